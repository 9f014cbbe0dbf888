// @ts-check
/* The map of another year, made of the page's own numbers in the classes of the year that the page is about; and its slider. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const PACE = 1100;

  /** Years that can be chosen for a view: none where there is one only, or no class to colour by. */
  const yearsOf = sro.yearsOf = (view) => (view.series && view.picture.classes.length ? view.series.years : []);
  /** @param view {View} @returns {any} */
  const lastOf = sro.lastOf = (view) => yearsOf(view).slice(-1)[0] || null;

  /** What is known of each quarter in a year, in the order of the picture. */
  const readYear = sro.readYear = function (view, year) {
    const { series, picture } = view, at = series.years.indexOf(year);
    /** @param list {any[]} @returns {Record<string, any>} */
    const pick = (list) => Object.fromEntries(list.filter((one) => one.year === year).map((one) => [one.quarter_id, one]));
    const unsure = pick(series.unsure), lacks = pick(series.lacks);
    return picture.quarter_ids.map((id) => {
      /** @type {any} */
      const value = series.quarters[id][at], { low = null, high = null, estimated = false } = unsure[id] || {};
      return { id, value, low, high, estimated, reason: value === null ? (lacks[id] || { reason: "missing" }).reason : "" };
    });
  };

  /** Lowest and highest rank that each known quarter can have, as `resilience/rank.py` counts them. */
  const rank = sro.rankCells = function (cells) {
    const ends = cells.filter((cell) => !cell.reason).map(({ value, low, high }) => [low === null ? value : low, high === null ? value : high]);
    /** @param at {(ends: number[]) => boolean} */
    const above = (at) => ends.filter(at).length;
    return (cell) => {
      const worst = cell.low === null ? cell.value : cell.low, best = cell.high === null ? cell.value : cell.high;
      const first = above(([low]) => low > best) + 1, last = above(([, high]) => high >= worst);
      return first === last ? String(first) : `${first}–${last}`;
    };
  };

  sro.byName = (data, a, b) => (data.profiles[a.id].name < data.profiles[b.id].name ? -1 : 1);

  /** Rows of a ranking: from the largest value, unknown ones last; unranked by name. */
  sro.listRanks = function (data, cells, ranked) {
    /** @param cell {Cell} */
    const sure = (cell) => (cell.reason ? 1 : 0), rankOf = rank(cells);
    const order = [...cells].sort((a, b) => (ranked ? sure(a) - sure(b) || Number(b.value) - Number(a.value) : 0) || sro.byName(data, a, b));
    return order.map((cell) => ({
      quarter_id: cell.id, value: cell.value, low: cell.low, high: cell.high,
      uncertain: cell.estimated || cell.low !== null || cell.high !== null, rank: !ranked ? "" : cell.reason ? data.words.rank_open : rankOf(cell),
    }));
  };

  /** Place among the known for each quarter: `Rang 1–2 von 10`. */
  sro.tellRanks = function (data, rows, ranked) {
    const all = rows.filter((row) => row.value !== null).length;
    return Object.fromEntries(rows.map((row) => [row.quarter_id, ranked && row.value !== null ? sro.fill(data.words.rank_of, { rank: row.rank, all }) : ""]));
  };

  /** Reasons that occur, as a legend lists them, and the class of each quarter. */
  sro.placeCells = function (data, cells, breaks, shown) {
    const { words, patterns } = data, order = Object.keys(patterns).filter((reason) => cells.some((cell) => cell.reason === reason));
    return {
      placed: cells.map((cell, i) => (cell.reason ? -1 - order.indexOf(cell.reason) : breaks.filter((cut) => cut <= Number(shown[i])).length)),
      unknown: order.map((reason) => ({ label: words[reason], short: words[`short_${reason}`], pattern: patterns[reason], count: cells.filter((cell) => cell.reason === reason).length })),
    };
  };

  /** Value as a map writes it. */
  sro.writeValue = function (view, { value, estimated }, words) {
    const { pattern, signed } = view.series;
    const text = sro.fill(pattern, { n: (signed ? sro.signed : sro.number)(value, view.digits, words) });
    return estimated ? `(${text})` : text;
  };

  /** Map of a year: classes stay, what falls into them is counted anew. @param {AtlasData} data @param {View} view @param {number} year @param {Cell[]} cells @param {string} cityLabel @param {boolean} invented @returns {Picture} */
  function draw(data, view, year, cells, cityLabel, invented) {
    const { words } = data, { picture, digits } = view;
    const shown = cells.map((cell) => (cell.reason ? null : sro.round(cell.value, digits)));
    const { placed, unknown } = sro.placeCells(data, cells, picture.breaks, shown);
    const known = shown.filter((value) => value !== null);
    /** @param value {number} */
    const write = (value) => (view.series.signed ? sro.signed : sro.number)(value, digits, words);
    const [low, high] = [Math.min(...known), Math.max(...known)].map((end) => (known.length ? write(end) : ""));
    const only = low === high ? low : sro.fill(words.class_only, { low, high });
    return {
      ...picture,
      subtitle: [invented ? words.page_example : "", year, cityLabel, picture.breaks.length ? sro.fill(words.page_classes_as, { year: lastOf(view) }) : ""].filter(Boolean).join(" · "),
      classes: picture.classes.map((one, n) => ({ ...one, label: picture.breaks.length ? one.label : only, count: placed.filter((p) => p === n).length })),
      unknown,
      placed,
      labels: cells.map((cell) => (cell.reason ? words[cell.reason] : sro.writeValue(view, cell, words))),
      warnings: [sro.tellBreaks(view.series, year, lastOf(view), words), ...picture.warnings].filter(Boolean),
      digest: "",
    };
  }

  /** View of another year, in the form of a view; that of the page's own year as it came. */
  sro.viewOf = function (data, view, year) {
    if (!yearsOf(view).includes(year) || year === lastOf(view)) return view;
    const { words, place } = data, { series } = view, cells = readYear(view, year), invented = series.invented.includes(year);
    const ranked = view.ranked && !invented, rows = sro.listRanks(data, cells, ranked);
    const city = series.city[series.years.indexOf(year)], cityValue = city === null ? "" : sro.fill(series.pattern, { n: (series.signed ? sro.signed : sro.number)(city, view.digits, words) });
    const cityLabel = cityValue && sro.fill(words.city_value, { place, value: cityValue });
    const picture = draw(data, view, year, cells, cityLabel, invented);
    /** @param i {number} */
    const tell = (i) => sro.fill(cityValue ? words.page_year_sentence_city : words.page_year_sentence, { name: picture.title, year, value: picture.labels[i], place, city: cityValue });
    return {
      ...view, year, ranked, picture, ranking: rows, cityValue, cityLabel,
      city: series.sums ? null : city,
      rankingNote: ranked || !view.ranked ? view.rankingNote : words.page_example,
      places: sro.tellRanks(data, rows, ranked),
      sentences: Object.fromEntries(cells.map((cell, i) => [cell.id, tell(i)])),
    };
  };

  /** What is of the page's own year, said with it where another is shown. */
  sro.dated = (view, text) => (view.year && text ? `${text} (${lastOf(view)})` : text);

  /** Slider and play button; returns what brings them in step with what is shown. */
  sro.makeYears = function (data, state, act) {
    const box = sro.find("years"), slider = /** @type {HTMLInputElement | null} */ (sro.find("year")), play = sro.find("play");
    if (!box || !slider || !play) return () => {};
    let clock = 0;
    const stop = () => { clearInterval(clock); clock = 0; mark(); };
    const mark = () => {
      play.setAttribute("aria-label", clock ? data.words.page_pause : data.words.page_play);
      play.title = clock ? data.words.page_pause : data.words.page_play;
      play.classList.toggle("playing", clock > 0);
    };
    const step = () => {
      const years = yearsOf(state.base), next = years[years.indexOf(state.year) + 1];
      if (next) act.setYear(next);
      if (!next || next === lastOf(state.base)) { stop(); act.announce(); }
    };
    play.addEventListener("click", () => {
      if (clock) { stop(); act.announce(); return; }
      if (state.year === lastOf(state.base)) act.setYear(yearsOf(state.base)[0]);
      clock = window.setInterval(step, PACE);
      mark();
    });
    slider.addEventListener("input", () => { stop(); act.setYear(Number(slider.value)); act.announce(); });
    play.hidden = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark();
    return () => {
      const years = yearsOf(state.base);
      box.hidden = !years.length;
      if (!years.length) { if (clock) stop(); return; }
      [slider.min, slider.max, slider.value] = [years[0], lastOf(state.base), state.year].map(String);
      slider.setAttribute("aria-valuetext", String(state.year));
      sro.find("year-first").textContent = slider.min;
      sro.find("year-last").textContent = slider.max;
      sro.find("year-now").textContent = slider.value;
    };
  };
})(window.sroGeo);
