// @ts-check
/* The years of all quarters as small lines on one axis, model regions first; a gap stays a gap and is named. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** More quarters than that are shown when they are asked for, in a frame of their own, and drawn as they come into view. */
  const MOST = 60, TALL = 60;
  let opened = false;

  /** @param line {(number | null)[]} @returns {number[]} */
  const known = (line) => line.filter((number) => number !== null);

  /** @param {Series} series @param {(number | null)[]} line @param {number} shock @param {At} at */
  function drawLines(series, line, shock, at) {
    const broken = sro.brokenAt(series);
    /** @param numbers {(number | null)[]} @param name {string} */
    const draw = (numbers, name) => sro.cutLine(numbers, at, broken).map((points) => sro.svg("polyline", { points: (points.length > 1 ? points : [points[0], points[0]]).map((p) => p.join(",")).join(" "), class: `line ${name}${points.length > 1 ? "" : " lone"}` }));
    const upright = shock >= 0 ? sro.svg("line", { x1: at(shock, 0)[0], x2: at(shock, 0)[0], y1: 0, y2: TALL, class: "shock" }) : null;
    const flat = [0.5, at(0, 0)[1], TALL - 0.5].map((y) => sro.svg("line", { x1: 0, x2: 100, y1: y, y2: y, class: "axis" }));
    return sro.svg("svg", { viewBox: `0 0 100 ${TALL}`, preserveAspectRatio: "none", class: "series", "aria-hidden": "true" }, ...flat, upright, ...sro.markBreaks(broken, at, 0, TALL), ...(series.sums ? [] : draw(sro.wholeLine(series, "city"), "rest")), ...draw(line, "own"));
  }

  /** @param {AtlasData} data @param {AtlasState} state @param {string} id @param {{ at: At, write: (number: number) => string, low: string, high: string, shock: number }} axis @param {AtlasAct} act */
  function drawOne(data, state, id, axis, act) {
    const { words } = data, { base } = state, { series, picture } = base, line = series.quarters[id], last = line[line.length - 1];
    const none = !known(line).length, gaps = sro.listGaps(series.years, line), mark = data.profiles[id].modelRegion ? sro.mark(words.page_model_region) : null;
    const end = sro.el("b", {}, last === null ? "" : axis.write(last));
    if (last !== null) end.style.top = `${(axis.at(0, last)[1] / TALL) * 100}%`;
    const ends = sro.el("span", { class: "scale-ends", "aria-hidden": "true" }, sro.el("span", {}, axis.high), sro.el("span", {}, axis.low));
    const why = last === null ? `${series.years[series.years.length - 1]} ${sro.labelOf(picture, id)}` : "";
    const item = sro.el("li", { "data-multiple": id },
      sro.el("strong", {}, data.profiles[id].soft, " ", mark),
      sro.el("span", { class: "note" }, none ? sro.labelOf(picture, id) : [gaps && `${words.page_series_gap}: ${gaps}`, why].filter(Boolean).join("; ")),
      none ? null : sro.el("div", { class: "lines" }, ends, sro.el("div", { class: "drawn" }, drawLines(series, line, axis.shock, axis.at)), sro.el("div", { class: "last" }, end)),
      none ? null : sro.el("span", { class: "first-last", "aria-hidden": "true" }, sro.el("span", {}, String(series.years[0])), sro.el("span", {}, String(series.years[series.years.length - 1]))));
    item.addEventListener("click", () => act.select(id));
    return item;
  }

  sro.drawMultiples = function (data, state, act) {
    const node = sro.find("multiples"), list = sro.find("multiples-list"), { words, shock } = data, { base } = state, { series } = base;
    if (!node || !list || list.dataset.of === base.code) return;
    list.dataset.of = base.code;
    const ids = base.ranking.map((row) => row.quarter_id), all = series ? [...Object.values(series.quarters).flatMap(known), ...(series.sums ? [] : known(sro.wholeLine(series, "city")))] : [];
    node.hidden = !sro.isLine(series);
    if (node.hidden) return;
    /** @param number {number} */
    const low = Math.min(0, ...all), high = Math.max(...all, low + 1e-9), write = (number) => (series.signed ? sro.signed : sro.number)(number, base.digits, words);
    /** @param i {number} @param number {number} */
    const at = (i, number) => [(100 * i) / (series.years.length - 1), 2 + ((TALL - 4) * (high - number)) / (high - low)].map((x) => Math.round(x * 100) / 100);
    const axis = { at, write, low: write(low), high: write(high), shock: series.years.indexOf(shock.year) };
    /** @param id {string} */
    const region = (id) => (data.profiles[id].modelRegion ? 0 : 1), order = [...ids].sort((a, b) => region(a) - region(b));
    const share = series.pattern.includes("%") ? `, ${base.picture.heading}` : "", told = { name: base.picture.title + share, from: series.years[0], to: series.years[series.years.length - 1] };
    sro.write("multiples-note", [base.lead ? `${words.page_example}.` : "", sro.fill(words.page_multiples_note, told), series.group.length ? words.page_multiples_first : "", shock.year && axis.shock >= 0 ? `${words.page_shock}: ${shock.name} (${shock.year}).` : "", series.sums || !known(sro.wholeLine(series, "city")).length ? "" : sro.fill(words.page_multiples_city, { place: data.place }), ...series.breaks.map((one) => `${one.text}.`)].filter(Boolean).join(" "));
    list.classList.toggle("small", ids.length > sro.LONG);
    const many = ids.length > MOST, drawAll = () => {
      list.classList.toggle("framed", many);
      if (many) list.tabIndex = 0; // it scrolls
      list.replaceChildren(...order.map((id) => (many ? drawLater(data, id, () => drawOne(data, state, id, axis, act)) : drawOne(data, state, id, axis, act))));
      sro.markMultiples(state);
    };
    if (!many || opened) { drawAll(); return; }
    const button = sro.el("button", { type: "button", class: "button" }, sro.fill(words.page_multiples_all, { n: ids.length }));
    button.addEventListener("click", () => { opened = true; drawAll(); list.focus(); });
    list.classList.remove("framed");
    list.removeAttribute("tabindex");
    list.replaceChildren(sro.el("li", {}, button));
  };

  /** A quarter by its name until it comes into view. @param {AtlasData} data @param {string} id @param {() => HTMLElement} draw */
  function drawLater(data, id, draw) {
    const item = sro.el("li", { "data-multiple": id, class: "later" }, sro.el("strong", {}, data.profiles[id].soft));
    const watch = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) { watch.disconnect(); if (item.isConnected) { const drawn = draw(); sro.toggle(drawn, "data-selected", item.hasAttribute("data-selected")); item.replaceWith(drawn); } } }, { rootMargin: "200px" });
    watch.observe(item);
    return item;
  }

  sro.markMultiples = function (state) {
    for (const item of document.querySelectorAll("[data-multiple]")) if (item instanceof HTMLElement) sro.toggle(item, "data-selected", item.dataset.multiple === state.selected);
  };
})(window.sroGeo);
