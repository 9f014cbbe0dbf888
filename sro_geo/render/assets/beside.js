// @ts-check
/* Several indicators side by side: model regions, the rest and the city as dots with what unknown parts admit, and as numbers. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const HIGH = 46, INK = "var(--ink)", HAIR = "var(--hair)", SHARE = "%";
  /** @param x {number} */
  const decimals = (x) => (String(x).split(".")[1] || "").length;
  /** @param x {number} */
  const per = (x) => `${x.toFixed(2)}%`;

  /** Smallest round number that is not below. @param {number} most */
  function roundUp(most) {
    const power = 10 ** Math.floor(Math.log10(most || 1));
    return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((n) => Number((n * power).toPrecision(6))).find((end) => end >= most * (1 - 1e-9)) || most;
  }

  /** @param dots {(Dot | null)[]} @returns {number[]} */
  const ends = (dots) => dots.flatMap((dot) => (dot ? dot.filter((end) => end !== null) : []));

  /** From the first to the last of round ends, in per cent of the width; 0 is always on it. @param {number[]} numbers @param {boolean} share @returns {Axis} */
  function makeAxis(numbers, share) {
    const low = Math.min(0, ...numbers), high = Math.max(0, ...numbers);
    const first = low < 0 ? -roundUp(-low) : 0, last = share ? Math.min(100, roundUp(high)) : roundUp(high), span = last - first || 1;
    return { first, last, at: (x) => 4 + (92 * (x - first)) / span };
  }

  /** What the two sides may differ by. @param {Sides} sides @returns {[number, number, number] | null} */
  function differ({ group, rest }) {
    if (!group || !rest) return null;
    const [value, low, high] = group, [other, least, most] = rest;
    return [value - other, (low === null ? value : low) - (most === null ? other : most), (high === null ? value : high) - (least === null ? other : least)];
  }

  /** @param x {number} @param more {Attributes} */
  const upright = (x, more) => sro.svg("line", { x1: per(x), x2: per(x), y1: 0, y2: "100%", ...more });

  /** A dot with its line; open where it says nothing for sure. @param {Axis} axis @param {Dot} dot @param {number} y @param {string} name @param {boolean} open */
  function drawDot(axis, [value, low, high], y, name, open) {
    const from = low === null ? value : low, to = high === null ? value : high;
    const line = from < to ? sro.svg("line", { x1: per(axis.at(from)), x2: per(axis.at(to)), y1: y, y2: y, class: "span" }) : null;
    return [line, sro.svg("circle", { cx: per(axis.at(value)), cy: y, r: 5, class: `dot ${name}${open ? " open" : ""}` })];
  }

  /** @param {View} view @param {Axis} axis */
  function drawSides(view, axis) {
    const { group, rest, city } = view.sides, middle = (axis.first + axis.last) / 2;
    const lines = [axis.first, middle, axis.last].map((x) => upright(axis.at(x), { stroke: HAIR }));
    if (city) lines.push(upright(axis.at(city[0]), { stroke: INK, "stroke-dasharray": "3 3", class: "city" }));
    const dots = [...(group ? drawDot(axis, group, 15, "group", false) : []), ...(rest ? drawDot(axis, rest, 31, "rest", true) : [])];
    return sro.svg("svg", { width: "100%", height: HIGH, "aria-hidden": "true" }, ...lines, ...dots);
  }

  /** @param {[number, number, number]} difference @param {Axis} axis @param {boolean} unbounded Whether nothing bounds a side. */
  function drawDifference(difference, axis, unbounded) {
    const open = unbounded || (difference[1] <= 0 && difference[2] >= 0 && difference[1] < difference[2]);
    const lines = [axis.first, axis.last].map((x) => upright(axis.at(x), { stroke: HAIR }));
    return sro.svg("svg", { width: "100%", height: HIGH, "aria-hidden": "true" }, ...lines, upright(axis.at(0), { stroke: INK }), ...drawDot(axis, difference, 23, "apart", open));
  }

  /** Ends of an axis under its row; those that all rows share stand in the head, on a phone under each. @param {Axis} axis @param {(x: number) => string} write @param {boolean} [shared] */
  function tellEnds(axis, write, shared) {
    return sro.el("span", { class: shared ? "ends shared" : "ends" }, ...[axis.first, axis.last].map((x) => sro.el("span", {}, write(x))));
  }

  /** @param {AtlasData} data @param {View} view @param {{ sides: Axis, apart: Axis }} shared @param {boolean} marked */
  function drawRow(data, view, shared, marked) {
    const { words } = data, { contrast } = view, share = view.rankingHead === SHARE, difference = differ(view.sides);
    const axis = share ? shared.sides : makeAxis(ends([view.sides.group, view.sides.rest, view.sides.city]), false);
    const most = difference ? Math.max(10 ** (1 - view.digits), ...difference.map(Math.abs)) : 0, apart = share ? shared.apart : makeAxis([-most, most], false);
    /** @param x {number} */
    const plain = (x) => sro.number(x, decimals(x), words), signed = (x) => sro.signed(x, decimals(x), words);
    /** @param n {number | null} */
    const size = (n) => (typeof n === "number" ? sro.el("span", { class: "note size" }, `n = ${sro.number(n, 0, words)}`) : null);
    /** @param text {string} @param head {string} @param n {number | null} */
    const cell = (text, head, n) => sro.el("td", { "data-head": head }, text || words.page_change_unknown, size(n));
    return sro.el("tr", { "data-view": view.code },
      sro.el("th", { scope: "row" }, view.picture.title, marked && view.lead ? sro.el("span", { class: "note" }, ` (${words.page_example})`) : null),
      sro.el("td", { class: "plot" }, drawSides(view, axis), tellEnds(axis, (x) => (share ? sro.fill(words.percent, { n: plain(x) }) : plain(x)), share)),
      cell(contrast.group.value, contrast.group.name, view.sides.sizes[0]), cell(contrast.rest.value, contrast.rest.name, view.sides.sizes[1]), cell(view.sides.city_value, data.place, null),
      sro.el("td", { class: "moved", "data-head": words.page_difference }, [contrast.difference, contrast.unit].filter(Boolean).join(" ") || words.page_change_unknown),
      sro.el("td", { class: "plot apart" }, difference ? drawDifference(difference, apart, [view.sides.group, view.sides.rest].some((side) => !!side?.includes(null))) : null, share || !difference ? null : tellEnds(apart, signed)));
  }

  const MOST = 3;

  /** In what the two sides surely differ most; invented figures stand there only where all are. @param {AtlasData} data @param {View[]} views */
  function tellApart(data, views) {
    const { words } = data, known = views.filter((view) => view.sides.group && view.sides.rest);
    const found = data.apart.map((code) => known.find((view) => view.code === code)).filter(Boolean).slice(0, MOST);
    const list = found.map(({ picture, contrast }) => sro.fill(words.page_apart_one, { name: picture.name, group: contrast.group.value, rest: contrast.rest.value })).join("; ");
    if (list) return sro.fill(words.page_apart, { list });
    return known.length ? words.page_apart_none : "";
  }

  /** Ticks that choose what stands there. @param {AtlasData} data @param {AtlasState} state @param {AtlasAct} act @param {View[]} views */
  function drawTicks(data, state, act, views) {
    const box = sro.find("beside-ticks");
    const ticks = views.map((view) => {
      const input = /** @type {HTMLInputElement} */ (sro.el("input", { type: "checkbox", value: view.code, checked: state.beside.includes(view.code) }));
      input.addEventListener("change", () => act.setBeside(views.map((one) => one.code).filter((code) => (code === view.code ? input.checked : state.beside.includes(code)))));
      return sro.el("label", {}, input, sro.el("span", {}, view.picture.name)); // one piece, whatever is tied in it
    });
    box.replaceChildren(...ticks);
  }

  sro.drawBeside = function (data, state, act) {
    const node = sro.find("beside"), table = sro.find("beside-table"), { words } = data, views = data.views.filter((view) => view.contrast && view.sides);
    if (!node || !table) return;
    node.hidden = views.length < 2;
    if (node.hidden) return;
    const box = sro.find("beside-ticks");
    if (!box.childElementCount) drawTicks(data, state, act, views);
    for (const input of box.querySelectorAll("input")) input.checked = state.beside.includes(input.value);
    const chosen = state.beside.map((code) => views.find((view) => view.code === code)).filter(Boolean), shares = chosen.filter((view) => view.rankingHead === SHARE);
    const most = Math.max(1, ...shares.flatMap((view) => (differ(view.sides) || []).map(Math.abs)));
    const shared = { sides: makeAxis(ends(shares.flatMap((view) => [view.sides.group, view.sides.rest, view.sides.city])), true), apart: makeAxis([-most, most], false) };
    /** @param text {string} @param [ends] {Node | null} */
    const invented = chosen.length && chosen.every((view) => view.lead), any = views[0].contrast, th = (text, ends) => sro.el("th", { scope: "col" }, text, ends || null);
    const head = sro.el("tr", {}, th(words.page_indicator),
      sro.el("td", { class: "plot" }, shares.length ? tellEnds(shared.sides, (x) => sro.fill(words.percent, { n: sro.number(x, 0, words) })) : null),
      th(any.group.name), th(any.rest.name), th(data.place), th(words.page_difference),
      sro.el("td", { class: "plot apart" }, shares.length ? tellEnds(shared.apart, (x) => sro.signed(x, decimals(x), words)) : null));
    table.replaceChildren(sro.el("thead", {}, head), sro.el("tbody", {}, ...chosen.map((view) => drawRow(data, view, shared, !invented))));
    /** @param name {string} */
    const dot = (name) => sro.svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, sro.svg("circle", { cx: 7, cy: 7, r: 5, class: `dot ${name}` }));
    sro.find("beside-key").replaceChildren(sro.el("span", {}, dot("group"), ` ${any.group.name}`), sro.el("span", {}, dot("rest open"), ` ${any.rest.name}`), sro.el("span", {}, `${words.page_city_dashed}: ${data.place}`), sro.el("span", {}, words.page_beside_key));
    sro.write("beside-lead", tellApart(data, invented ? chosen : chosen.filter((view) => !view.lead)));
    const told = new Set(chosen.flatMap((view) => view.contrast.sentence.split(/(?<=\.) /)));
    sro.find("beside-note").textContent = [invented ? `${words.page_example}.` : "", ...told].filter(Boolean).join(" ");
  };
})(window.sroGeo);
