// @ts-check
/* Legend and key of a map, and what stands above and below it. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** Classes from high to low, then the unknown. */
  sro.listLegend = (picture) => [...picture.classes.map((c, i) => ({ placed: i, label: c.label, count: c.count })).reverse(), ...picture.unknown.map((u, i) => ({ placed: -1 - i, label: u.label, count: u.count }))];

  /** Head, classes from high to low, then the unknown. Each row lights up its class. */
  sro.drawLegend = function (node, picture, words, act) {
    const all = sro.listLegend(picture), rows = all.filter((row) => row.placed >= 0), unknown = all.filter((row) => row.placed < 0);
    const head = sro.el("div", { class: "legend-head" }, sro.el("strong", {}, picture.heading), sro.el("span", {}, words.page_quarters));
    /** @param items {LegendRow[]} @param name {string} */
    const list = (items, name) => sro.el("ul", { class: name }, ...items.map((row) => sro.el("li", {}, legendButton(row, picture, act))));
    node.replaceChildren(head, sro.el("div", { class: "legend-rows" }, list(rows, "classes"), unknown.length ? list(unknown, "unknown") : null));
    node.setAttribute("role", "group");
    node.setAttribute("aria-label", words.page_legend);
    node.title = words.page_legend_help;
  };

  /** @param {LegendRow} row @param {Picture} picture @param {MapAct} act */
  function legendButton(row, picture, act) {
    const parts = [sro.swatch(picture, row.placed), sro.el("span", { class: "range" }, row.label), sro.el("span", { class: "count" }, String(row.count))];
    const button = sro.el("button", { type: "button", "aria-pressed": "false", "data-placed": row.placed }, ...parts);
    button.addEventListener("click", () => act.light(row.placed));
    return button;
  }

  sro.markLegend = function (node, lit) {
    for (const button of node.querySelectorAll("button")) button.setAttribute("aria-pressed", String(lit !== null && Number(button.dataset.placed) === lit));
  };

  /** Kinds of offers as switches, what the outlines mean, scale bar, north. */
  sro.drawKey = function (node, data, state, act) {
    const { words, ground } = data, { picture } = state.view;
    /** @type {HTMLElement[]} */
    const items = [];
    /** @type {HTMLElement[]} */
    const others = [];
    for (const symbol of ground.symbols) {
      const chosen = symbol.kind === picture.offer_kind, shown = state.kinds.has(symbol.kind);
      const sign = sro.svg("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, sro.sign(symbol.symbol, { solid: chosen }));
      const button = sro.el("button", { type: "button", class: "kind", "aria-pressed": String(shown), "data-kind": symbol.kind, title: `${words.page_show_kind}: ${symbol.plural}` }, sign, sro.el("span", {}, symbol.name));
      if (chosen) button.classList.add("solid");
      button.addEventListener("click", () => act.showKind(symbol));
      if (shown) button.append(...sizesOf(data, symbol, chosen));
      (shown || chosen || ground.symbols.length <= sro.FEW_KINDS ? items : others).push(button);
    }
    /** @param name {string} @param label {string} */
    const box = (name, label) => sro.el("span", { class: `outline ${name}` }, sro.el("i", { "aria-hidden": "true" }), label);
    if (picture.outlined.length) items.push(box("region", words.page_model_region));
    if (ground.quarters.units.length) items.push(box("border", words.page_unit));
    if (data.profiles) items.push(box("picked-box", words.page_selected));
    if (others.length) items.push(moreKinds(others, words, state));
    const bar = sro.el("span", { class: "scale" }, sro.el("i", { "aria-hidden": "true" }), sro.el("span", {}, ""));
    const arrow = sro.svg("svg", { width: 12, height: 16, viewBox: "0 0 12 16", "aria-hidden": "true" }, sro.svg("path", { d: "M6,0L11,15L6,11L1,15z", fill: "var(--ink)" }));
    const north = sro.el("span", { class: "north", title: words.page_north }, arrow, "N");
    const focused = document.activeElement instanceof HTMLElement && node.contains(document.activeElement) ? document.activeElement.dataset.kind : "";
    node.replaceChildren(sro.el("span", { class: "signs", role: "group", "aria-label": words.page_key }, ...items), sro.el("span", { class: "measures" }, bar, north));
    const again = focused && [...node.querySelectorAll("button")].find((b) => b.dataset.kind === focused);
    if (again) again.focus();
    drawGathered(data, state);
  };

  /** Of the shown kinds whose signs stand for many, how many offers each quarter has. @param {PageData} data @param {MapState} state */
  function drawGathered({ words, ground, language }, state) {
    const box = sro.find("gathered"), table = sro.find("gathered-table"), shown = ground.symbols.filter((s) => state.kinds.has(s.kind) && ground.gathered[s.kind]);
    if (!box || !table) return;
    box.hidden = !shown.length;
    if (!shown.length) return;
    /** @param i {number} */
    const cells = (i) => shown.map((s) => sro.el("td", {}, sro.number(ground.gathered[s.kind][i], 0, words)));
    /** @param name {string} @param i {number} */
    const row = (name, i) => sro.el("tr", {}, sro.el("th", { scope: "row" }, name), ...cells(i));
    const rows = ground.quarters.features.map(({ properties }, i) => [properties.name, i]).sort(([a], [b]) => a.localeCompare(b, language));
    const outside = ground.quarters.features.length, stray = shown.some((s) => ground.gathered[s.kind][outside]);
    const heads = [words.page_quarter, ...shown.map((s) => s.plural)].map((text) => sro.el("th", { scope: "col" }, text));
    table.replaceChildren(sro.el("caption", {}, words.page_gathered_note), sro.el("thead", {}, sro.el("tr", {}, ...heads)),
      sro.el("tbody", {}, ...rows.map(([name, i]) => row(name, i)), stray ? row(words.page_outside, outside) : null));
  }

  /** Of a kind whose signs stand for many, each size that is drawn and for how many it stands. @param {PageData} data @param {OfferSymbol} symbol @param {boolean} solid */
  function sizesOf({ ground, words }, symbol, solid) {
    /** @param least {number} @param last {number | null} */
    const told = (least, last) => (last === null ? sro.fill(words.page_from, { least }) : `${least}–${last}`);
    return (ground.sizes[symbol.kind] || []).map(([least, last, size]) => sro.el("span", { class: "size" }, sro.svg("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, sro.svg("g", { transform: `scale(${size})` }, sro.sign(symbol.symbol, { solid }))), told(least, last)));
  }

  /** Kinds that are not shown, folded where they are many. @param {HTMLElement[]} buttons @param {Words} words @param {MapState} state */
  function moreKinds(buttons, words, state) {
    const fold = sro.el("details", { class: "more", open: state.unfolded }, sro.el("summary", {}, words.page_more_kinds), ...buttons);
    fold.addEventListener("toggle", () => { state.unfolded = fold.hasAttribute("open"); });
    return fold;
  }

  /** Width below which the scale bar shares its line with the buttons. */
  const NARROW = 400;

  /** Length of the scale bar from the drawn width: a round number of metres, at most 110 pixels, and on a phone 80. */
  sro.drawScale = function (node, metresPerPixel, words, width) {
    /** @type {HTMLElement | null} */
    const bar = node.querySelector(".scale i"), text = node.querySelector(".scale span");
    if (!bar || !text) return;
    const most = (width < NARROW ? 80 : 110) * metresPerPixel, power = 10 ** Math.floor(Math.log10(most));
    const metres = [5, 2, 1].map((m) => m * power).find((m) => m <= most) || power;
    const amount = metres >= 1000 ? metres / 1000 : metres;
    bar.style.width = `${Math.round(metres / metresPerPixel)}px`;
    text.textContent = `${sro.number(amount, Math.max(0, -Math.floor(Math.log10(amount))), words)}\u00a0${metres >= 1000 ? "km" : "m"}`;
  };

  /** Title above the map; notices, warnings and sources below it. */
  sro.drawTitles = function (picture, words, banner) {
    /** @param id {string} @param text {string} */
    const put = (id, text) => { const node = sro.find(id); if (node) { sro.write(id, text); node.hidden = !text; } };
    put("map-title", picture.title);
    put("map-subtitle", picture.subtitle);
    const notes = sro.find("map-notes");
    if (!notes) return;
    const told = sro.listNotes(picture, words).filter(([strong, text]) => !banner || !(strong || text === banner)), from = [...picture.notices, ...picture.warnings];
    notes.replaceChildren(...told.map(([strong, text]) => sro.el("p", { class: from.includes(text) ? "notice" : null }, strong ? sro.el("strong", {}, strong) : null, text)));
  };

  /** What stands below a map, each with the words that are bold in it: notices, warnings, invented figures, sources, checksum. */
  sro.listNotes = function (picture, words) {
    const mark = words.page_example, { example } = picture;
    /** @type {[string, string][]} */
    const notes = [...picture.notices, ...picture.warnings].filter((text) => text !== example).map((text) => ["", text]);
    if (sro.isUnsure(picture.labels)) notes.push(["", words.page_unsure]);
    if (example) notes.push([mark, example.startsWith(mark) ? example.slice(mark.length) : `: ${example}`]);
    for (const text of [picture.source, picture.digest && `${words.page_digest} ${picture.digest}`]) if (text) notes.push(["", text]);
    return notes;
  };

  /** Whether a value stands in brackets. */
  sro.isUnsure = (labels) => labels.some((text) => text.startsWith("("));

  /** Tooltip of our own beside the pointer or the focused quarter. */
  sro.tell = function (at, lines) {
    const tip = sro.find("tip");
    if (!tip) return;
    tip.hidden = !at;
    if (!at) return;
    tip.replaceChildren(...lines.filter(Boolean).map((text, i) => sro.el(i ? "span" : "strong", {}, text)));
    const { width, height } = tip.getBoundingClientRect(), edge = document.documentElement.clientWidth;
    tip.style.left = `${Math.max(4, Math.min(at[0] + 14, edge - width - 4))}px`;
    tip.style.top = `${at[1] + 18 + height > window.innerHeight ? at[1] - height - 10 : at[1] + 18}px`;
  };
})(window.sroGeo);
