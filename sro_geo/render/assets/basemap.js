// @ts-check
/* Somebody else's map below ours, where the project names one: no server is asked before the reader says so. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** A button that says whose server it would ask. @param {LeafletMap} map @param {PageData} data */
  sro.offerBasemap = function (map, data) {
    const box = sro.find("basemap"), { basemap } = data.ground, { words } = data;
    if (!box || !basemap) return;
    const layer = L.tileLayer(basemap.server + basemap.tiles, { maxZoom: 24, maxNativeZoom: 17 });
    const button = sro.el("button", { type: "button", "aria-pressed": "false" }, sro.fill(words.page_basemap, { name: basemap.name }));
    const note = sro.el("span", { class: "note" }, sro.fill(words.page_basemap_asks, { server: basemap.server.replace("https://", "") }));
    button.addEventListener("click", () => {
      const shown = !map.hasLayer(layer);
      if (shown) map.addLayer(layer); else map.removeLayer(layer);
      map.getContainer().classList.toggle("based", shown);
      button.setAttribute("aria-pressed", String(shown));
      note.textContent = basemap.credit;
    });
    box.replaceChildren(button, note);
    box.hidden = false;
  };
})(window.sroGeo);
