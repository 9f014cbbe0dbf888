// @ts-check
/* What has changed between two years: table, sentence and map, made of the values as they are shown. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** What a quarter has gained or lost, of rounded values; bounds are the least and the most that unsure values admit. @param {Cell} a @param {Cell} b @param {number} digits @returns {Change} */
  function compare(a, b, digits) {
    const reason = b.reason || a.reason, estimated = a.estimated || b.estimated;
    if (reason) return { id: a.id, before: a, after: b, value: null, low: null, high: null, estimated, reason };
    /** @param value {number} @param cell {Known} @param side {"low" | "high"} */
    const at = (value) => sro.round(value, digits), end = (cell, side) => at(cell[side] === null ? cell.value : cell[side]);
    /** @param x {number} @param y {number} */
    const less = (x, y) => sro.round(y - x, digits);
    const value = less(at(a.value), at(b.value)), low = less(end(a, "high"), end(b, "low")), high = less(end(a, "low"), end(b, "high"));
    return { id: a.id, before: a, after: b, value, low: low < value ? low : null, high: high > value ? high : null, estimated, reason };
  }

  /** Change of each quarter between two years, in the order of the picture. */
  const listChanges = sro.listChanges = function (view, from, to) {
    const [before, after] = [from, to].map((year) => sro.readYear(view, year));
    return before.map((cell, i) => compare(cell, after[i], view.digits));
  };

  /** @param cell {Known} */
  const open = ({ value, low, high }) => (low !== null || high !== null) && (low === null ? value : low) <= 0 && (high === null ? value : high) >= 0;

  /** Value of city or model regions, if it is known of all their quarters. @param {View} view @param {Area} line @param {number} year @returns {any} */
  function readArea({ series }, line, year) {
    const value = sro.wholeLine(series, line)[series.years.indexOf(year)];
    return value === undefined ? null : value;
  }

  /** Change of city or model regions. @param {View} view @param {Area} line @param {number} from @param {number} to */
  function changeOf(view, line, from, to) {
    /** @param year {number} @returns {Cell} */
    const read = (year) => {
      const value = readArea(view, line, year);
      return { id: "", value, low: null, high: null, estimated: false, reason: value === null ? "missing" : "" };
    };
    return compare(read(from), read(to), view.digits);
  }

  /** @param cut {number} */
  const decimals = (cut) => (String(cut).split(".")[1] || "").length;

  /** @param {number[]} breaks @param {Words} words */
  function labelClasses(breaks, words) {
    const most = Math.max(...breaks.map(decimals)), cuts = breaks.map((cut) => sro.signed(cut, most, words));
    return [sro.fill(words.class_under, { high: cuts[0] }), ...cuts.slice(1).map((high, i) => sro.fill(words.class_between, { low: cuts[i], high })), sro.fill(words.class_over, { low: cuts[cuts.length - 1] })];
  }

  /** Unit of a number as it is written, in brackets or not: that of one or that of more. */
  sro.unitOfMany = ([one, more], text) => (/^\(?[+\u2212]?1\)?$/.test(text) ? one : more);

  /** Map of the change in the form of a view; its classes are the same for all pairs of years. */
  sro.viewChange = function (data, view, [from, to]) {
    const { words, place } = data, { picture, series } = view, cells = listChanges(view, from, to), breaks = series.cuts;
    const { placed, unknown } = sro.placeCells(data, cells, breaks, cells.map((cell) => cell.value));
    const labels = cells.map((cell) => { const text = cell.reason ? words[cell.reason] : sro.signed(cell.value, view.digits, words); return cell.estimated && !cell.reason ? `(${text})` : text; });
    const city = changeOf(view, "city", from, to).value, cityValue = city === null ? "" : sro.signed(city, view.digits, words);
    const cityLabel = cityValue && sro.fill(words.city_value, { place, value: [cityValue, series.unit].filter(Boolean).join("\u00a0") }), colours = data.diverging[breaks.length + 1];
    const title = sro.fill(words.page_change_title, { name: picture.title, from, to }), invented = [from, to].some((year) => series.invented.includes(year));
    const ranked = view.ranked && !invented, rows = sro.listRanks(data, cells, ranked), broken = sro.tellBreaks(series, from, to, words);
    const spread = breaks.length ? [breaks[0], 0, breaks[breaks.length - 1]] : [0];
    return {
      ...view, moved: true, year: `${from}–${to}`, ranked, ranking: rows, cityValue, cityLabel, city: series.sums ? null : city,
      rankingHead: series.unit, rankingNote: ranked ? words.page_change_rank : view.ranked ? words.page_example : view.rankingNote,
      ticks: spread, tickDigits: Math.max(...spread.map(decimals)),
      picture: {
        ...picture, title, labels, placed, breaks, digest: "", warnings: [broken, ...picture.warnings].filter(Boolean),
        subtitle: [invented ? words.page_example : "", cityLabel, words.page_change_classes].filter(Boolean).join(" · "),
        heading: series.heading,
        classes: colours.map(([fill, ink], n) => ({ label: labelClasses(breaks, words)[n], fill, ink, count: placed.filter((p) => p === n).length })),
        unknown,
      },
      places: sro.tellRanks(data, rows, ranked),
      units: Object.fromEntries(cells.map(({ id, reason }) => [id, reason || !series.unit ? "" : ` ${series.unit}`])),
      sentences: Object.fromEntries(cells.map((cell, i) => [cell.id, [sro.fill(cityValue ? words.page_change_sentence_city : words.page_change_sentence, { name: picture.title, from, to, change: [labels[i], cell.reason ? "" : sro.unitOfMany(series.units, labels[i])].filter(Boolean).join(" "), place, city: cityValue }), cell.reason ? "" : broken].filter(Boolean).join(" ")])),
    };
  };

  /** The two years as selects, and whether the map shows the change. @param {AtlasData} data @param {AtlasState} state @param {AtlasAct} act */
  function fillSelects(data, state, act) {
    const { words } = data, years = sro.yearsOf(state.base), box = sro.find("changes-years");
    /** @param at {number} @param label {string} */
    const select = (at, label) => {
      const node = /** @type {HTMLSelectElement} */ (sro.el("select", { id: `changes-${at}` }, ...years.map((year) => sro.el("option", { value: year }, String(year)))));
      node.value = String(state.span[at]);
      node.addEventListener("change", () => {
        const span = [...state.span];
        span[at] = Number(node.value);
        if (span[0] >= span[1]) span[1 - at] = years[years.indexOf(span[at]) + (at ? -1 : 1)];
        if (span[0] && span[1]) act.setSpan(span, state.moving);
        if (!state.moving) sro.write("live", sro.find("changes-note").textContent || ""); // the map stays as it is
        sro.find(`changes-${at}`).focus();
      });
      for (const option of node.options) option.disabled = at ? Number(option.value) === years[0] : Number(option.value) === years[years.length - 1];
      return sro.el("span", { class: "field" }, sro.el("label", { for: `changes-${at}` }, label), node);
    };
    const button = sro.el("button", { type: "button", id: "changes-map", class: "button", "aria-pressed": String(state.moving) }, state.moving ? words.page_change_back : words.page_change_map);
    button.addEventListener("click", () => { act.setSpan(state.span, !state.moving); sro.find("changes-map").focus(); });
    box.replaceChildren(select(0, words.page_change_from), select(1, words.page_change_to), state.base.series.cuts.length ? button : "");
  }

  sro.drawChanges = function (data, state, act) {
    const node = sro.find("changes"), table = sro.find("changes-table"), { words } = data, { base } = state;
    if (!node || !table) return;
    node.hidden = !state.span;
    const drawn = [base.code, state.span, state.moving].join(" ");
    if (!state.span || table.dataset.of === drawn) return;
    table.dataset.of = drawn;
    const [from, to] = state.span, { series } = base, cells = listChanges(base, from, to).sort((a, b) => (a.reason ? 1 : 0) - (b.reason ? 1 : 0) || Number(b.value) - Number(a.value) || sro.byName(data, a, b));
    const byId = Object.fromEntries(cells.map((cell) => [cell.id, cell]));
    fillSelects(data, state, act);
    /** @param test {(change: Change) => unknown} */
    const invented = [from, to].some((year) => series.invented.includes(year)) || base.lead, count = (test) => cells.filter(test).length;
    const told = { name: base.picture.title, from, to, up: count((c) => !c.reason && c.value > 0), down: count((c) => !c.reason && c.value < 0), same: count((c) => c.value === 0), unknown: count((c) => c.reason) };
    const broken = sro.tellBreaks(series, from, to, words);
    sro.write("changes-note", [invented ? `${words.page_example}.` : "", sro.fill(told.unknown ? words.page_change_told : words.page_change_told_all, told), broken].filter(Boolean).join(" "));
    /** @param cell {Cell} */
    const wide = cells.some((cell) => cell.low !== null || cell.high !== null), write = (cell) => (cell.reason ? words[cell.reason] : sro.writeValue(base, cell, words));
    /** @param cell {Change} */
    const moved = (cell) => (cell.reason ? words.page_change_unknown : sro.signed(cell.value, base.digits, words) + (broken && " |")); // the sign of official tables
    /** @param cell {Change} */
    const span = (cell) => (cell.low === null && cell.high === null ? "" : sro.fill(open(cell) ? words.page_change_open : words.class_only, { low: sro.signed(cell.low === null ? cell.value : cell.low, base.digits, words), high: sro.signed(cell.high === null ? cell.value : cell.high, base.digits, words) }));
    /** @param cell {Cell} */
    const known = (cell) => (cell.reason ? words.page_change_unknown : sro.writeValue(base, cell, words));
    /** @param text {string} */
    const td = (text) => sro.el("td", {}, text);
    /** @param cell {Change} @param tell {(cell: Cell) => string} */
    const list = (cell, tell) => [td(tell(cell.before)), td(tell(cell.after)), sro.el("td", { class: "moved" }, moved(cell)), wide ? td(span(cell)) : null];
    /** @param line {Area} @param name {string} */
    const whole = (line, name) => { const cell = changeOf(base, line, from, to); return sro.el("tr", { class: "city" }, sro.el("th", { scope: "row" }, name), ...list(cell, known)); };
    const heads = [words.page_quarter, String(from), String(to), words.page_changes, ...(wide ? [words.page_change_span] : [])];
    table.replaceChildren(
      sro.el("thead", {}, sro.el("tr", {}, ...heads.map((text) => sro.el("th", { scope: "col" }, text, text === words.page_changes && series.heading ? sro.el("span", { class: "note size" }, series.heading) : null)))),
      ...sro.layRows(table, cells.map((cell) => cell.id), (id) => [sro.el("th", { scope: "row" }, sro.nameButton(data, id)), ...list(byId[id], write)], act), sro.el("tbody", {}, series.group.length ? whole("group", words.page_model_regions) : null, whole("city", data.place)),
    );
    /** @param line {Area} @param name {string} */
    const gap = (line, name) => sro.tellAreaGaps(series, line, [from, to], name, words);
    sro.find("changes-how").textContent = [words.page_change_how, series.group.length ? gap("group", words.page_model_regions) : "", gap("city", data.place), wide ? words.page_change_open_how : "", broken && words.page_change_sign].filter(Boolean).join(" ");
    table.parentElement?.classList.toggle("rows", cells.length > sro.LONG);
  };
})(window.sroGeo);
