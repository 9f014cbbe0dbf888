// @ts-check
/* The years of an indicator as lines: quarter, city, model regions; gaps stay gaps and are named. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const WIDE = 320, HIGH = 150, TOP = 10, FOOT = 22, APART = 15, FEWEST = 3;

  /** Pieces of a line between its gaps and breaks, as points. */
  const cutLine = sro.cutLine = function (numbers, at, broken) {
    const pieces = /** @type {number[][][]} */ ([[]]);
    numbers.forEach((number, i) => {
      if (number === null || broken.includes(i)) pieces.push([]);
      if (number !== null) pieces[pieces.length - 1].push(at(i, number));
    });
    return pieces.filter((piece) => piece.length);
  };

  /** Places of the years from which the values mean something else. */
  const brokenAt = sro.brokenAt = (series) => series.breaks.map((one) => series.years.indexOf(one.year));

  /** Breaks between two years, each in a sentence, with what that means for a comparison; empty where there are none. */
  sro.tellBreaks = function (series, from, to, words) {
    const between = series.breaks.filter((one) => from < one.year && one.year <= to).map((one) => `${one.text}.`);
    return between.length ? [...between, words.page_series_limited].join(" ") : "";
  };

  /** A mark before each of these years. */
  const markBreaks = sro.markBreaks = (broken, at, top, foot) => broken.map((i) => { const x = at(i - 0.5, 0)[0]; return sro.svg("line", { x1: x, x2: x, y1: top, y2: foot, class: "break" }); });

  /** @param {NamedLine} line @param {At} at @param {number[]} broken */
  function drawLine(line, at, broken) {
    return cutLine(line.numbers, at, broken).map((points) => points.length > 1
      ? sro.svg("polyline", { points: points.map((p) => p.join(",")).join(" "), class: `line ${line.name}` })
      : sro.svg("circle", { cx: points[0][0], cy: points[0][1], r: 2.5, class: `point ${line.name}` }));
  }

  /** Ends of the lines with their labels, pushed apart. @param {NamedLine[]} lines @param {At} at @param {number} right */
  function labelEnds(lines, at, right) {
    const ends = lines.map((line) => {
      const last = line.numbers.map((number) => number !== null).lastIndexOf(true), number = line.numbers[last];
      return typeof number === "number" ? { line, x: at(last, 0)[0], y: at(last, number)[1] } : null;
    }).filter(Boolean).sort((a, b) => a.y - b.y);
    ends.forEach((end, i) => { if (i) end.y = Math.max(end.y, ends[i - 1].y + APART); });
    const over = ends.length ? Math.max(0, ends[ends.length - 1].y - (HIGH - FOOT)) : 0;
    return ends.map((end) => sro.svg("text", { x: right + 6, y: end.y - over + 4, class: `end ${end.line.name}` }, end.line.label));
  }

  /** Line of city or model regions without a last value that is not that of all their quarters, as those before are. */
  sro.wholeLine = (series, line) => (series.partly.includes(line) ? [...series[line].slice(0, -1), null] : series[line]);

  /** Whether so many years have values that they make a line: two are a comparison. */
  sro.isLine = (series) => Boolean(series) && series.years.filter((_, i) => Object.values(series.quarters).some((line) => line[i] !== null)).length >= FEWEST;

  sro.drawSeries = function (data, state) {
    const { view, selected } = state, { series } = view, { words } = data;
    if (!sro.isLine(series)) return null;
    const areas = series.sums ? [] : [{ name: "rest", label: data.place, numbers: sro.wholeLine(series, "city") }, { name: "group", label: words.page_model_regions, numbers: sro.wholeLine(series, "group") }];
    const lines = [
      ...areas,
      { name: "own", label: words.page_this_quarter, numbers: series.quarters[selected] },
    ].filter((line) => line.numbers.some((number) => number !== null));
    const all = lines.flatMap((line) => line.numbers.filter((number) => number !== null));
    if (!all.length) return null;
    const low = Math.min(0, ...all), high = Math.max(...all, low + 1e-9), { years } = series;
    /** @param number {number} */
    const write = (number) => (series.signed ? sro.signed : sro.number)(number, view.digits, words), scale = [...new Set([low, 0, high].map(write))];
    const left = Math.min(WIDE / 3, 8 + Math.max(...scale.map((text) => sro.widthOf(text, `12px ${sro.FONT}`)))), right = Math.max(WIDE / 2, WIDE - 10 - Math.max(...lines.map((line) => sro.widthOf(line.label, `600 12px ${sro.FONT}`))));
    /** @param i {number} @param number {number} */
    const at = (i, number) => [
      left + ((right - left) * i) / Math.max(years.length - 1, 1),
      TOP + (HIGH - TOP - FOOT) * (1 - (number - low) / (high - low)),
    ].map((x) => Math.round(x * 10) / 10);
    const base = at(0, 0)[1], parts = [base, at(0, high)[1]].map((y) => sro.svg("line", { x1: left, x2: right, y1: y, y2: y, class: "axis" }));
    const ends = [low, high, ...(low < 0 && [low, high].every((end) => Math.abs(at(0, end)[1] - base) > APART) ? [0] : [])];
    parts.push(...ends.slice(0, scale.length).map((end) => sro.svg("text", { x: left - 6, y: at(0, end)[1] + 4, class: "scale-end", "text-anchor": "end" }, write(end))));
    const shock = years.indexOf(data.shock.year);
    if (shock >= 0) parts.push(sro.svg("line", { x1: at(shock, 0)[0], x2: at(shock, 0)[0], y1: TOP, y2: HIGH - FOOT, class: "shock" }));
    const now = years.findIndex((year) => year === view.year);
    if (now >= 0) parts.push(sro.svg("line", { x1: at(now, 0)[0], x2: at(now, 0)[0], y1: TOP, y2: HIGH - FOOT, class: "now" }));
    for (const i of [0, years.length - 1]) parts.push(sro.svg("text", { x: at(i, 0)[0], y: HIGH - 4, class: "year", "text-anchor": i ? "end" : "start" }, String(years[i])));
    const broken = brokenAt(series);
    parts.push(...markBreaks(broken, at, TOP, HIGH - FOOT), ...lines.flatMap((line) => drawLine(line, at, broken)), ...labelEnds(lines, at, right));
    const told = [tellSeries(data, state, lines), ...series.breaks.map((one) => `${one.text}.`)].filter(Boolean).map((text) => sro.el("p", { class: "note" }, text));
    const picture = sro.svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "series", role: "img", "aria-label": `${view.picture.name}, ${years[0]}–${years[years.length - 1]}` }, ...parts);
    return sro.el("div", { class: "block" }, sro.el("h3", {}, `${words.page_series}, ${state.base.picture.heading}`), picture, ...told, listYears(data, state, lines));
  };

  /** Years without a value as ranges: `2008–2011, 2014`. */
  const listGaps = sro.listGaps = function (years, numbers) {
    /** @type {[number, number][]} */
    const gaps = [];
    years.forEach((year, i) => {
      if (numbers[i] !== null) return;
      const last = gaps[gaps.length - 1];
      if (last && last[1] === year - 1) last[1] = year;
      else gaps.push([year, year]);
    });
    return gaps.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(", ");
  };

  /** Which of these years have no value of city or model regions: where quarters are unknown, and where nothing is made of theirs. */
  const tellAreaGaps = sro.tellAreaGaps = function (series, line, years, name, words) {
    const numbers = sro.wholeLine(series, line), partly = series.partly.includes(line) ? series.years.length - 1 : -1;
    /** @param year {number} @param known {boolean} */
    const lacks = (year, known) => { const i = series.years.indexOf(year); return numbers[i] === null && known === (i !== partly && Object.values(series.quarters).every((own) => own[i] !== null)); };
    /** @param known {boolean} @param why {string} */
    const tell = (known, why) => { const gaps = listGaps(years, years.map((year) => (lacks(year, known) ? null : 0))); return gaps && `${name}, ${why}: ${gaps}.`; };
    return [tell(false, words.page_series_city_gap), tell(true, words.page_series_city_none)].filter(Boolean).join(" ");
  };

  /** @param {AtlasData} data @param {AtlasState} state @param {NamedLine[]} lines */
  function tellSeries(data, state, lines) {
    /** @param name {string} */
    const { series } = state.view, { years } = series, { words, shock } = data, numbersOf = (name) => (lines.find((line) => line.name === name) || { numbers: years.map(() => null) }).numbers;
    const own = listGaps(years, numbersOf("own")), city = series.sums ? "" : tellAreaGaps(series, "city", years, data.place, words);
    const said = [shock.year && years.includes(shock.year) ? `${words.page_shock}: ${shock.name} (${shock.year}).` : "", own && `${words.page_series_gap}: ${own}.`, city];
    return said.filter(Boolean).join(" ");
  }

  /** The same as a table, for those who read numbers or listen. @param {AtlasData} data @param {AtlasState} state @param {NamedLine[]} lines */
  function listYears(data, state, lines) {
    /** @param number {number | null} */
    const { view } = state, { years, signed } = view.series, cell = (number) => sro.el("td", {}, number === null ? "." : (signed ? sro.signed : sro.number)(number, view.digits, data.words));
    const head = sro.el("tr", {}, sro.el("th", { scope: "col" }, data.words.page_year), ...lines.map((line) => sro.el("th", { scope: "col" }, line.label)));
    /** @param year {number} */
    const broken = (year) => view.series.breaks.filter((one) => one.year === year).map((one) => sro.el("tr", {}, sro.el("td", { class: "break", colspan: lines.length + 1 }, one.text)));
    const rows = years.flatMap((year, i) => [...broken(year), sro.el("tr", {}, sro.el("th", { scope: "row" }, String(year)), ...lines.map((line) => cell(line.numbers[i])))]);
    return sro.el("details", { class: "values" }, sro.el("summary", {}, data.words.page_series_values), sro.el("table", {}, sro.el("thead", {}, head), sro.el("tbody", {}, ...rows)));
  }
})(window.sroGeo);
