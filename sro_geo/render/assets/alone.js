// @ts-check
/* A map that stands alone, with its values as a table. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const nothing = () => {};

  /** @param {MapData} data @param {MapState} state */
  sro.openPage = function (data, state) {
    const fold = sro.find("table-all")?.closest("details"), draw = () => { if (!fold || fold.open) drawPlainTable(data, state); }; // else nobody sees it
    fold?.addEventListener("toggle", draw);
    return { banner: "", draw, mark: nothing, select: nothing, keep: nothing, begin: nothing };
  };

  /** Values of a map that stands alone. @param {MapData} data @param {MapState} state */
  function drawPlainTable(data, state) {
    const { picture } = state.view, table = sro.find("table-all");
    if (!table) return;
    /** @param id {string} */
    const cells = (id) => [sro.el("th", { scope: "row" }, sro.nameOf(data, id)), sro.el("td", {}, sro.labelOf(picture, id))];
    const { compare } = new Intl.Collator(data.language), rows = [...picture.quarter_ids].sort((a, b) => compare(sro.nameOf(data, a), sro.nameOf(data, b)));
    const heads = [data.words.page_quarter, data.words.page_value].map((text) => sro.el("th", { scope: "col" }, text));
    table.replaceChildren(sro.el("thead", {}, sro.el("tr", {}, ...heads)), sro.el("tbody", {}, ...rows.map((id) => sro.el("tr", {}, ...cells(id)))));
  }
})(window.sroGeo);
