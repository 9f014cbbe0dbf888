// @ts-check
/* Labels of the quarters, drawn where `places.py` has found room for them, and what keeps off them. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const INK = "var(--ink)", PAPER = "var(--paper)", GREY = "var(--text2)", LINE = 1.16, GAP = 4;
  /** On a class or a pattern, whose colours are the same in light and dark. */
  const BRIGHT = sro.BRIGHT = "#ffffff", DARK = sro.DARK = "#1b1f23";

  /** Whether a segment meets a box {x0, y0, x1, y1}. @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {Box} box */
  function meets(ax, ay, bx, by, box) {
    if (Math.max(ax, bx) < box.x0 || Math.min(ax, bx) > box.x1 || Math.max(ay, by) < box.y0 || Math.min(ay, by) > box.y1) return false;
    let from = 0, to = 1;
    const dx = bx - ax, dy = by - ay;
    for (const [p, q] of [[-dx, ax - box.x0], [dx, box.x1 - ax], [-dy, ay - box.y0], [dy, box.y1 - ay]]) {
      if (p === 0 && q < 0) return false;
      if (p < 0) from = Math.max(from, q / p);
      if (p > 0) to = Math.min(to, q / p);
    }
    return from <= to;
  }

  /** Whether a line of points meets a box. */
  sro.lineMeets = function (line, box) {
    for (let i = 1; i < line.length; i += 1) {
      if (meets(line[i - 1][0], line[i - 1][1], line[i][0], line[i][1], box)) return true;
    }
    return false;
  };

  /** Whether a point lies inside closed rings (even–odd, so that holes count). */
  sro.inside = function (x, y, rings) {
    let odd = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
        const [ax, ay] = ring[i], [bx, by] = ring[j];
        if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
      }
    }
    return odd;
  };

  /** @param a {Box} @param b {Box} */
  const apart = sro.apart = (a, b) => a.x1 <= b.x0 || a.x0 >= b.x1 || a.y1 <= b.y0 || a.y0 >= b.y1;

  /** Box around a point. */
  sro.boxAt = (x, y, width, height) => ({ x0: x - width / 2, y0: y - height / 2, x1: x + width / 2, y1: y + height / 2 });

  const paper = document.createElement("canvas").getContext("2d");

  /** Width of a text in pixels. */
  /** Measured widths by font and text: a label is tried in many places. */
  const measured = new Map(), MANY = 20000;

  const widthOf = sro.widthOf = function (text, font) {
    if (!paper) return text.length * 7;
    const key = `${font} ${text}`;
    if (!measured.has(key)) {
      if (measured.size > MANY) measured.clear();
      paper.font = font;
      measured.set(key, paper.measureText(text).width);
    }
    return measured.get(key);
  };

  /** Lines of a name that is cut before some of its letters; a broken word gets its hyphen. */
  const cutName = sro.cutName = function (name, cuts) {
    const letters = [...name], ends = [0, ...cuts, letters.length];
    return cuts.concat(letters.length).map((end, i) => {
      const piece = letters.slice(ends[i], end).join("");
      return (end === letters.length || /[-/ ]$/.test(piece) ? piece : `${piece}-`).trim();
    });
  };

  sro.softOf = function (data, i, id) {
    if (data.profiles) return data.profiles[id].soft;
    const letters = [...data.ground.quarters.features[i].properties.name], ends = [0, ...data.soft[i], letters.length];
    return ends.slice(1).map((end, n) => letters.slice(ends[n], end).join("")).join("\u00ad");
  };

  /** Labels of the map in its present state, with their boxes; what the selected quarter's label covers is left out. */
  sro.listLabels = function (self, plan, scale) {
    const { state } = self, mode = state.labels;
    if (!plan || mode === "none") return [];
    const printed = document.documentElement.classList.contains("printing"), selected = self.numbers.get(state.selected), chosen = printed || selected === undefined ? -1 : selected, own = plan.selected.split(";");
    /** @type {Label[]} */
    const all = plan[mode].split(";").map((text, i) => (i === chosen && own[i] ? own[i] : text)).flatMap((text, i) => text.split("/").filter(Boolean).flatMap((one) => readLabel(self, i, one.split(" "), scale / plan.scale)).slice(0, 1));
    if (sro.placeFreely) return sro.placeFreely(self, plan, chosen, all, sro.listUnits ? sro.listUnits(self, plan, scale / plan.scale) : []);
    const top = all.find((one) => one.i === chosen);
    return all.filter((one) => !top || one === top || (apart(one.box, top.box) && !(one.leader && sro.lineMeets(one.leader, top.box))));
  };

  /** The label of a text: letters that say what it is, size of the type, way from the quarter's pole, cuts of the name or how wide a value may be; none where it is wider. @param {Drawn} self @param {number} i @param {string[]} told @param {number} enlarged @returns {Label[]} */
  function readLabel(self, i, [letters, ...told], enlarged) {
    const [size, dx, dy, ...cuts] = told.map(Number), { id, properties } = self.features[i], { picture } = self.state.view, [px, py] = self.shapes[i].pole;
    /** @param letter {string} */
    const has = (letter) => letters.includes(letter), placed = sro.placedOf(picture, id);
    const lines = has("n") ? cutName(properties.name, cuts).map((text) => ({ text, bold: has("f") })) : [];
    if (has("v")) lines.push({ text: has("k") && placed < 0 ? picture.unknown[-1 - placed].short : sro.labelOf(picture, id), bold: !lines.length });
    if (!has("n") && cuts.length && widthOf(lines[0].text, `600 ${size}px ${sro.FONT}`) > cuts[0]) return [];
    if (has("z")) lines.push({ text: String(self.data.labels.numbers[i]), bold: false });
    return [sro.makeLabel(self, i, { lines, size, side: "ltrb".split("").find(has) || "", at: [px + dx * enlarged, py + dy * enlarged], plate: has("p"), number: has("z") })];
  }

  /** Label of what it says and where it stands, which is its middle or the end of its leader. */
  sro.makeLabel = function (self, i, { lines, size, side, at, plate, number = false }) {
    const { id } = self.features[i], { picture } = self.state.view, placed = sro.placedOf(picture, id);
    const width = Math.max(...lines.map((line) => widthOf(line.text, `${line.bold ? 600 : 400} ${size}px ${sro.FONT}`))) + (side ? GAP : 0), height = lines.length * size * LINE + (side ? GAP / 2 : 0);
    const x = at[0] + (side === "l" ? width / 2 : side === "r" ? -width / 2 : 0), y = at[1] + (side === "t" ? height / 2 : side === "b" ? -height / 2 : 0);
    const lit = sro.isLit(self.state, placed, id), dark = !side && !plate && lit && placed >= 0, own = placed < 0 && lit && !side;
    return { i, id, lines, size, side, x, y, box: sro.boxAt(x, y, width, height), leader: side ? [self.shapes[i].pole, at] : null, number, edge: plate && !number, white: plate || own, ink: side || plate ? INK : dark ? picture.classes[placed].ink : own ? DARK : lit ? INK : GREY, paper: own ? BRIGHT : PAPER };
  };

  /** Leaders first, then plates and texts. */
  sro.drawLabels = function (labels, add) {
    for (const { leader } of labels) {
      if (!leader) continue;
      const [[x1, y1], [x2, y2]] = leader.map((point) => point.map((number) => number.toFixed(1)));
      for (const [stroke, width] of [[PAPER, 3], [INK, 1]]) add("line", { x1, y1, x2, y2, stroke, "stroke-width": width, class: "leader" });
      add("circle", { cx: x1, cy: y1, r: 2.2, fill: INK, stroke: PAPER, "stroke-width": 0.7 });
    }
    for (const { box, white, paper, edge } of labels) {
      if (white) add("rect", { x: box.x0, y: box.y0, width: box.x1 - box.x0, height: box.y1 - box.y0, fill: paper, stroke: edge ? "#6c747c" : null });
    }
    for (const label of labels) {
      const { id, lines, size, side, x, y, ink, number, unit } = label;
      if (unit) sro.writeUnit?.(label, add);
      else lines.forEach((line, n) => add("text", {
        x: x.toFixed(1), y: (y + (n - (lines.length - 1) / 2) * size * LINE + size * 0.36).toFixed(1), "text-anchor": "middle", "font-size": size,
        "font-weight": line.bold ? 600 : 400, fill: ink, class: "label", "data-label": id, "data-beside": side ? "" : null, "data-number": number ? "" : null,
      }, line.text));
    }
  };

  /** Names of the numbered quarters under the map. */
  sro.drawNumbers = function (self, labels) {
    const { data } = self, box = sro.find("numbers"), list = box && box.querySelector("ol");
    if (!box || !list) return;
    const numbered = labels.filter((one) => one.number).map((one) => [data.labels.numbers[one.i], one]).sort((a, b) => a[0] - b[0]);
    box.hidden = !numbered.length;
    list.replaceChildren(...numbered.map(([number, { i, id }]) => sro.el("li", { "data-key": id }, sro.el("b", {}, String(number)), sro.el("span", {}, sro.softOf(data, i, id)))));
  };

  /** Where a sign stands off all labels: where it is, else as near to it as may be, best in its own quarter. */
  sro.moveSign = function ([x, y], boxes, rings) {
    /** @param spot {Point} */
    const free = (spot) => boxes.every((box) => apart(box, sro.boxAt(spot[0], spot[1], 13, 13)));
    if (free([x, y])) return [x, y];
    let other = null;
    for (let radius = 3; radius < 120; radius += 3) {
      for (let turn = 0; turn < 24; turn += 1) {
        const spot = [x + radius * Math.cos((turn * Math.PI) / 12), y + radius * Math.sin((turn * Math.PI) / 12)];
        if (!free(spot)) continue;
        if (!rings || sro.inside(spot[0], spot[1], rings)) return spot;
        other = other || spot;
      }
    }
    return other || [x, y];
  };
})(window.sroGeo);
