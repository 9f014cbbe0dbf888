// @ts-check
/* A map that stands alone, with its values as a table. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const nothing = () => {};

  /** @param {MapData} data @param {MapState} state */
  sro.openPage = function (data, state) {
    const fold = sro.find("table-all")?.closest("details"), draw = () => { if (!fold || fold.open) drawPlainTable(data, state); }; // else nobody sees it
    fold?.addEventListener("toggle", draw);
    return { banner: "", draw, mark: nothing, dim: nothing, select: nothing, keep: nothing, begin: nothing, list: () => listTable(data, state) };
  };

  /** @param {MapData} data @param {MapState} state @returns {Table} */
  function listTable(data, { view: { picture } }) {
    const { words } = data, { compare } = new Intl.Collator(data.language);
    const rows = picture.quarter_ids.map((id) => [sro.nameOf(data, id), sro.labelOf(picture, id)]).sort(([a], [b]) => compare(a, b));
    return { heads: [words.page_quarter, words.page_value], rows, at: 1, year: "", note: "" };
  }

  /** Values of a map that stands alone. @param {MapData} data @param {MapState} state */
  function drawPlainTable(data, state) {
    const table = sro.find("table-all"), { heads, rows } = listTable(data, state);
    if (!table) return;
    const head = sro.el("tr", {}, ...heads.map((text) => sro.el("th", { scope: "col" }, text)));
    table.replaceChildren(sro.el("thead", {}, head), sro.el("tbody", {}, ...rows.map(([name, value]) => sro.el("tr", {}, sro.el("th", { scope: "row" }, name), sro.el("td", {}, value)))));
  }
})(window.sroGeo);
