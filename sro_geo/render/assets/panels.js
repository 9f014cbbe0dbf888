// @ts-check
/* Ranking, comparison, profile and table. Sentences arrive finished; numbers are written and placed here. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const ACCENT = "var(--accent)", INK = "var(--ink)", GREY = "var(--edge)", HAIR = "var(--hair)";
  /** Least width of the chart in the ranking, what its head may take of the room beside, and nearer to the next head; width of a usual number. */
  const NARROW = 86, BESIDE = 10, ASIDE = 6, NUMBER = 58;
  /** A number in large type, smaller where it is long. @param {string} text @param {...(Node | null)} more */
  const bigOf = (text, ...more) => sro.el("p", { class: text.length > 8 ? "big long" : "big" }, text || "·", ...more);

  /** @param data {AtlasData} @param id {string} */
  const nameOf = (data, id) => data.profiles[id].name;

  /** Name of a quarter as a button that selects it. */
  const nameButton = sro.nameButton = function (data, id) {
    const { soft, modelRegion } = data.profiles[id], end = modelRegion ? soft.search(/[^ \u00ad/-]*$/) : soft.length; // the mark stays with the last syllable
    const pieces = soft.slice(0, end).split(/(?<=[-/])/).flatMap((piece, i) => (i ? [sro.el("wbr"), piece] : [piece]));
    const button = sro.el("button", { type: "button", class: "name" }, ...pieces);
    if (modelRegion) button.append(sro.el("span", { class: "together" }, soft.slice(end), " ", sro.mark(data.words.page_model_region)));
    return button;
  };

  // -- ranking ----------------------------------------------------------------------------------------------------

  /** From a value to its place on the axis in per cent of the width. @param {View} view @returns {(x: number) => number} */
  function axisOf(view) {
    let low = Infinity, high = -Infinity;
    /** @param x {number | null} */
    const take = (x) => { if (x !== null) { low = Math.min(low, x); high = Math.max(high, x); } };
    [...view.ticks, view.city].forEach(take);
    for (const row of view.ranking) [row.value, row.low, row.high].forEach(take);
    const span = high - low || 1;
    return (x) => 8 + (84 * (x - low)) / span;
  }

  /** @type {WeakMap<View, Record<string, RankRow>>} */
  const rankings = new WeakMap();
  /** Rows of a ranking by their quarters. @param {View} view */
  function rankingOf(view) {
    const known = rankings.get(view) || Object.fromEntries(view.ranking.map((row) => [row.quarter_id, row]));
    rankings.set(view, known);
    return known;
  }

  /** @param x {number} */
  const per = (x) => `${x.toFixed(2)}%`;
  /** @param x {number} @param more {Attributes} */
  const upright = (x, more) => sro.svg("line", { x1: per(x), x2: per(x), y1: 0, y2: "100%", ...more });

  /** What stands behind every dot. @param {View} view @param {(x: number) => number} axis */
  function gridOf(view, axis) {
    const lines = view.ticks.map((at) => upright(axis(at), { stroke: HAIR }));
    if (view.city !== null) lines.push(upright(axis(view.city), { stroke: INK, "stroke-dasharray": "3 3", class: "city" }));
    return sro.svg("svg", { width: "100%", height: "100%", "aria-hidden": "true" }, ...lines);
  }

  /** @param {View} view @param {(x: number) => number} axis @param {Words} words */
  function axisHead(view, axis, words) {
    const ticks = view.ticks.map((at) => { const text = sro.number(at, view.tickDigits, words); return { at, text, x: (axis(at) / 100) * NARROW, half: sro.widthOf(text, "12px sans-serif") / 2 + 3 }; });
    /** @param step {number} */
    const every = (step) => ticks.filter((_, i) => i % step === 0);
    /** @param tick {{ x: number, half: number }} */
    const aside = ({ x, half }) => Math.min(0, NARROW + ASIDE - x - half);
    const step = ticks.findIndex((_, i) => every(i + 1).every(({ x, half }, k, told) => !k || told[k - 1].x + told[k - 1].half <= x - half)) + 1;
    const told = step ? every(step).filter(({ x, half }) => x - half >= -BESIDE && x + half <= NARROW + BESIDE) : [];
    return sro.svg("svg", { width: "100%", height: 18, "aria-hidden": "true" }, ...told.map((tick) => sro.svg("text", { x: per(axis(tick.at)), dx: aside(tick), y: 14, "text-anchor": "middle" }, tick.text)));
  }

  /** @param {KnownRow} row @param {(x: number) => number} axis @param {SVGElement} grid */
  function dotRow(row, axis, grid) {
    const drawn = /** @type {SVGElement} */ (grid.cloneNode(true));
    /** @param a {number} @param b {number} */
    const line = (a, b) => sro.svg("line", { x1: per(axis(a)), x2: per(axis(b)), y1: "50%", y2: "50%", class: "span" });
    const low = row.low === null ? row.value : row.low, high = row.high === null ? row.value : row.high;
    if (low < high) drawn.append(line(low, high));
    drawn.append(sro.svg("circle", { cx: per(axis(row.value)), cy: "50%", r: 4.2, class: row.uncertain ? "dot open" : "dot" }));
    return drawn;
  }

  sro.drawRanking = function (data, state, act) {
    const { words } = data, { view } = state, axis = axisOf(view), table = sro.find("ranking-table");
    const head = sro.find("ranking-head");
    if (!table || !head) return;
    head.textContent = [view.ranked ? words.page_ranking : words.page_overview, view.year].filter(Boolean).join(" ");
    sro.write("ranking-note", view.rankingNote);
    /** @param text {string} @param name {string} */
    const cell = (text, name) => sro.el("th", { scope: "col", class: name }, text);
    const top = sro.el("tr", {}, cell(words.page_quarter, "who"), cell(view.rankingHead, "num"), sro.el("td", { class: "chart" }, axisHead(view, axis, words)), view.ranked ? cell(words.page_ranks, "rank") : null);
    const byId = rankingOf(view), write = view.picture.labels.some((text) => text.includes("+")) ? sro.signed : sro.number, grid = gridOf(view, axis);
    const rows = sro.layRows(table, view.ranking.map((row) => row.quarter_id), (id) => rankCells(data, view, byId[id], { axis, write, grid }), act);
    table.replaceChildren(sro.el("thead", {}, top), ...rows);
    table.classList.toggle("unranked", !view.ranked);
    const known = view.ranking.map((row) => row.value).filter((value) => value !== null), far = known.length ? [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))] : [];
    table.classList.toggle("huge", far.some((end) => sro.widthOf(write(end, view.digits, words), `13px ${sro.FONT}`) > NUMBER));
    const city = view.city === null ? "" : ` ${words.page_city_dashed}: ${view.cityLabel}.`;
    sro.write("ranking-key", view.ranking.some((row) => row.value !== null) ? words.page_ranking_key + city : "");
  };

  /** @param {AtlasData} data @param {View} view @param {RankRow} row @param {{ axis: (x: number) => number, write: typeof sro.number, grid: SVGElement }} how */
  function rankCells(data, view, row, { axis, write, grid }) {
    const placed = sro.placedOf(view.picture, row.quarter_id);
    const cells = [sro.el("th", { scope: "row", class: "who" }, nameButton(data, row.quarter_id))];
    if (row.value === null) {
      const why = sro.el("td", { colspan: 2, class: "why" }, placed < 0 ? sro.swatch(view.picture, placed) : null, " ", sro.labelOf(view.picture, row.quarter_id));
      cells.push(why);
    } else {
      cells.push(sro.el("td", { class: "num" }, write(row.value, view.digits, data.words)), sro.el("td", { class: "chart" }, dotRow(row, axis, grid)));
    }
    if (view.ranked) cells.push(sro.el("td", { class: "rank" }, row.rank));
    return cells;
  }

  // -- comparison -------------------------------------------------------------------------------------------------

  sro.drawContrast = function (data, view) {
    const node = sro.find("contrast"), box = sro.find("contrast-body"), { contrast } = view, { words } = data;
    if (!node || !box) return;
    node.hidden = !contrast;
    if (!contrast) return;
    sro.write("contrast-head", sro.dated(view, words.page_contrast));
    sro.laySides(box, contrast, words);
  };

  /** Both sides and their difference. */
  sro.laySides = function (box, contrast, words) {
    /** @param s {Side} */
    const side = (s) => sro.el("div", { class: "side" }, sro.el("h3", {}, s.name), bigOf(s.value), sro.el("p", { class: "note" }, s.size), sro.el("p", { class: "note" }, s.quarters));
    const unit = contrast.difference && contrast.unit ? sro.el("small", {}, contrast.unit) : null;
    const last = sro.el("div", { class: "side" }, sro.el("h3", {}, words.page_difference), bigOf(contrast.difference, unit), sro.el("p", { class: "note" }, contrast.sentence));
    box.replaceChildren(side(contrast.group), side(contrast.rest), last);
  };

  // -- closures ---------------------------------------------------------------------------------------------------

  sro.drawClosures = function (data, view) {
    const node = sro.find("closures"), table = sro.find("closures-table"), { closures } = view, { words } = data;
    if (!node || !table) return;
    node.hidden = !closures;
    if (!closures) return;
    sro.write("closures-head", sro.dated(view, words.page_closures));
    sro.write("closures-note", [view.lead, closures.note].filter(Boolean).join(" "));
    const heads = [words.page_offer, words.page_quarter, words.page_lose, words.page_farther, words.page_unplaced];
    table.replaceChildren(...listRows(heads.slice(0, closures.rows[0].length), closures.rows)); // the last where places are known
  };

  /** @param {string[]} heads @param {string[][]} rows */
  function listRows(heads, rows) {
    /** @param cells {string[]} */
    const row = ([name, ...cells]) => sro.el("tr", {}, sro.el("th", { scope: "row" }, name), ...cells.map((text) => sro.el("td", {}, text)));
    return [sro.el("thead", {}, sro.el("tr", {}, ...heads.map((text) => sro.el("th", { scope: "col" }, text)))), sro.el("tbody", {}, ...rows.map(row))];
  }

  // -- supposed shocks, siting ------------------------------------------------------------------------------------

  sro.drawOrders = function (data, view) {
    const { words } = data;
    drawTold(data, view, "supposed", [words.page_area, words.page_lose, words.page_lose_choice, words.page_farther, words.page_places]);
    drawTold(data, view, "siting", [words.page_sites, words.page_gain, words.page_gives_up]);
  };

  /** @param {AtlasData} data @param {View} view @param {"supposed" | "siting"} name @param {string[]} heads */
  function drawTold(data, view, name, heads) {
    const node = sro.find(name), box = sro.find(`${name}-body`), told = view[name];
    if (!node || !box) return;
    node.hidden = !told.length;
    sro.find(`${name}-head`).textContent = sro.dated(view, data.words[`page_${name}`]);
    /** @param told {Told} */
    const list = ({ note, rows }) => [sro.el("p", { class: "sub" }, [view.lead, note].filter(Boolean).join(" ")), sro.el("table", { class: "all" }, ...listRows(heads, rows))];
    box.replaceChildren(...told.flatMap(list));
  }

  // -- profile ----------------------------------------------------------------------------------------------------

  sro.drawProfile = function (data, state) {
    const { view, selected } = state, { words } = data, profile = data.profiles[selected], node = sro.find("profile-body");
    if (!node || !profile) return;
    const pill = profile.modelRegion ? sro.el("span", { class: "pill" }, words.page_model_region) : null;
    const facts = [view.moved ? String(view.year) : view.year && `${words.page_year} ${view.year}`, view.cityLabel, view.places[selected]].filter(Boolean).map((text) => sro.el("span", {}, text));
    const big = sro.labelOf(view.picture, selected), unit = (view.units || {})[selected];
    node.replaceChildren(
      sro.el("h2", { class: "quarter" }, profile.soft, " ", pill),
      profile.parent ? sro.el("p", { class: "note" }, sro.fill(words.page_belongs, { unit: profile.parent })) : "",
      sro.el("p", { class: "note" }, sro.dated(view, profile.people)),
      sro.el("p", { class: "fact" }, sro.el("span", { class: big.length > 8 ? "big long" : "big" }, big, unit && sro.el("small", {}, unit)), sro.el("span", { class: "beside" }, ...facts)),
      view.lead ? sro.el("p", { class: "note lead" }, view.lead) : "",
      sro.el("p", { class: "sentence" }, view.sentences[selected] || ""),
    );
    const series = sro.drawSeries(data, state);
    if (series) node.append(series);
    if (profile.parts.length) node.append(drawParts(data, profile, view));
    if (profile.similar) node.append(sro.el("div", { class: "block" }, sro.el("h3", {}, words.page_similar), sro.el("p", {}, profile.similar)));
  };

  /** @param {AtlasData} data @param {Profile} profile @param {View} view */
  function drawParts(data, profile, view) {
    const most = mostOf(data);
    const head = sro.el("div", { class: "part head" }, sro.el("span", {}), sro.el("span", { class: "ends" }, sro.el("span", {}, "0"), sro.el("span", {}, "100")), sro.el("span", {}), sro.el("span", { class: "given" }, profile.parts.some((part) => part.contribution !== null) ? data.words.page_contribution : ""));
    const title = sro.el("p", { class: "index" }, sro.el("strong", {}, sro.dated(view, data.indexName)), sro.el("span", {}, profile.indexText));
    const note = profile.partsNote ? sro.el("p", { class: "note" }, profile.partsNote) : null;
    return sro.el("div", { class: "block parts" }, title, head, ...profile.parts.map((part) => drawPart(part, most, data.words)), note);
  }

  /** @type {WeakMap<AtlasData, number>} */
  const longest = new WeakMap();
  /** Largest contribution of any quarter. @param {AtlasData} data */
  function mostOf(data) {
    const most = longest.get(data) || Object.values(data.profiles).reduce((most, { parts }) => parts.reduce((top, part) => Math.max(top, Math.abs(part.contribution || 0)), most), 1e-9);
    longest.set(data, most);
    return most;
  }

  /** @param {Part} part @param {number} most @param {Words} words */
  function drawPart(part, most, words) {
    if (part.score === null) return sro.el("div", { class: "part" }, sro.el("span", {}, part.name), sro.el("span", { class: "why" }, part.number));
    /** @param x {number} */
    const at = (x) => per(4 + 0.92 * x), middle = 11, bits = [sro.svg("line", { x1: at(0), x2: at(100), y1: middle, y2: middle, stroke: HAIR, "stroke-width": 2 })];
    if (part.city !== null) {
      bits.push(sro.svg("line", { x1: at(part.city), x2: at(part.score), y1: middle, y2: middle, stroke: GREY, "stroke-width": 2 }));
      bits.push(sro.svg("line", { x1: at(part.city), x2: at(part.city), y1: 4, y2: 18, stroke: INK, "stroke-width": 2 }));
    }
    bits.push(sro.svg("circle", { cx: at(part.score), cy: middle, r: 4.5, fill: ACCENT }));
    const rail = sro.svg("svg", { width: "100%", height: 22, "aria-hidden": "true" }, ...bits);
    return sro.el("div", { class: "part" }, sro.el("span", {}, part.name), rail, sro.el("strong", {}, part.number), sro.el("span", { class: "given" }, drawGiven(part, most), sro.el("span", {}, part.contribution === null ? "" : sro.signed(part.contribution, 1, words))));
  }

  /** Contribution as a tiny bar left or right of zero. @param {Part} part @param {number} most */
  function drawGiven(part, most) {
    if (part.contribution === null) return null;
    const long = (18 * Math.abs(part.contribution)) / most, x = part.contribution < 0 ? 20 - long : 20;
    return sro.svg("svg", { width: 40, height: 22, "aria-hidden": "true" }, sro.svg("rect", { x, y: 6, width: long, height: 10, fill: GREY }), sro.svg("line", { x1: 20, x2: 20, y1: 3, y2: 19, stroke: GREY }));
  }

  // -- table ------------------------------------------------------------------------------------------------------

  /** Names of the larger units, sorted; none where the project knows none. @param {AtlasData} data */
  const unitsOf = (data) => [...new Set(Object.values(data.profiles).map((one) => one.parent))].filter(Boolean).sort(new Intl.Collator(data.language).compare);

  /** Texts of the table as it is sorted; quarters with their ids, then the city. @param {AtlasData} data @param {AtlasState} state */
  function layTable(data, { view, sort }) {
    const { words } = data, { picture } = view, known = rankingOf(view), same = data.tableHead.indexOf(picture.name); // it is the value already
    /** @template T @param row {T[]} */
    const others = (row) => row.filter((_, i) => i !== same);
    /** @param row {(number | null)[]} */
    const numbers = (row) => others(row).map((value) => (value === null ? "." : sro.number(value, 0, words)));
    const units = unitsOf(data), larger = units.length > 0; // then the value stands one column farther on
    const heads = [words.page_quarter, ...(larger ? [words.page_parent] : []), words.page_value, ...(view.ranked ? [words.page_rank] : []), ...others(data.tableHead)];
    /** @param id {string} */
    const cells = (id) => [...(larger ? [data.profiles[id].parent] : []), sro.labelOf(picture, id), ...(view.ranked ? [known[id] ? known[id].rank : ""] : []), ...numbers(data.tableRows[id] || [])];
    const column = Math.min(sort.column, heads.length - 1), place = column - heads.length + others(data.tableHead).length;
    /** @param id {string} */
    const unitOf = (id) => (data.profiles[id].parent ? units.indexOf(data.profiles[id].parent) : null);
    /** @param id {string} */
    const numberOf = (id) => (place >= 0 ? others(data.tableRows[id] || [])[place] : larger && column === 1 ? unitOf(id) : known[id] && known[id].value);
    const order = sro.sortQuarters(data, picture.quarter_ids, { number: column === 0 ? null : numberOf, down: sort.down });
    const city = [...(larger ? [""] : []), view.cityValue || ".", ...(view.ranked ? ["x"] : []), ...numbers(data.tableCity)];
    const lacking = !view.cityValue || [data.tableCity, ...order.map((id) => data.tableRows[id] || [])].some((row) => others(row).includes(null));
    return { heads, column, order, cells, city, larger, lacking, note: view.year && data.tableHead.length ? sro.fill(words.page_other_columns, { year: sro.lastOf(view) }) : "" };
  }

  sro.listTable = function (data, state) {
    const { heads, order, cells, city, larger, note } = layTable(data, state);
    return { heads, at: larger ? 2 : 1, rows: [...order.map((id) => [data.profiles[id].name, ...cells(id)]), [data.place, ...city]], note, year: String(state.view.year || sro.lastOf(state.base) || "") };
  };

  sro.drawTable = function (data, state, act) {
    const { view } = state, { words } = data, { picture } = view, table = sro.find("table-all"), { heads, column, order, cells, city, larger, note, lacking } = layTable(data, state);
    if (!table) return;
    /** @param id {string} */
    const row = (id) => {
      const placed = sro.placedOf(picture, id), own = cells(id), unit = larger ? sro.el("td", { class: "unit" }, own.shift()) : null, [value, ...rest] = own;
      return [sro.el("th", { scope: "row" }, nameButton(data, id)), ...(unit ? [unit] : []), sro.el("td", { class: "value" }, placed < 0 ? sro.swatch(picture, placed) : null, " ", value), ...rest.map((text) => sro.el("td", {}, text))];
    };
    /** @param text {string} @param at {number} */
    const head = (text, at) => sro.sortHead(text, at === column ? state.sort : null, () => {
      state.sort = { column: at, down: at === column && !state.sort.down };
      sro.drawTable(data, state, act);
      sro.markRows(state);
      sro.setStop(table);
      /** @type {HTMLElement} */ (table.querySelectorAll("thead button")[at]).focus();
    });
    const top = heads.map(head);
    if (larger) top[1].classList.add("unit");
    sro.find("table-signs").textContent = [sro.isUnsure(picture.labels) && words.page_unsure, lacking && words.page_dot, view.ranked && words.page_cross].filter(Boolean).join(" ");
    table.replaceChildren(
      sro.el("caption", {}, `${[picture.title, view.moved ? "" : view.year].filter(Boolean).join(", ")}. ${note} ${view.lead ? words.page_example + "." : ""}`.trim()),
      sro.el("thead", {}, sro.el("tr", {}, ...top)),
      ...sro.layRows(table, order, row, act), sro.el("tbody", {}, sro.el("tr", { class: "city" }, sro.el("th", { scope: "row" }, data.place), ...city.map((text) => sro.el("td", {}, text)))),
    );
  };
})(window.sroGeo);
