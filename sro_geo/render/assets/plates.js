// @ts-check
/* Labels of cities that are too large to place all beforehand: those of the selected quarter and of model regions without room, names on a zoomed map. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const SIZE = 12, LINE = 1.16, MOST = 3, SLACK = 1.12, MARGIN = 1.5, SPARE = 4, RAYS = 24, NEAREST = 9, STEP = 4, FARTHEST = 600, STEEP = 0.7;
  const LEGEND = 168, HEAD = 56, ROW = 24;

  /** Whether two lines of two points cross. @param {Line} a @param {Line} b */
  function crosses([a, b], [c, d]) {
    /** @param p {Point} @param q {Point} @param r {Point} */
    const turn = (p, q, r) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
  }

  /** Lines of a name that is broken at its soft hyphens, spaces and hyphens. @param {string} soft @param {number} most @param {string} font */
  function wrap(soft, most, font) {
    /** @type {string[]} */
    const lines = [];
    /** @param text {string} */
    const write = (text) => text.replace(/\u00ad$/, "-").replaceAll("\u00ad", "").trim();
    let line = "";
    for (const piece of soft.split(/(?<=[ \-/\u00ad])/)) {
      if (line && sro.widthOf(write(line + piece), font) > most) { lines.push(write(line)); line = ""; }
      line += piece;
    }
    return [...lines, write(line)];
  }

  /** Ways to write a quarter's label: the name in ever more lines, the value below. @param {Drawn} self @param {number} i @param {LabelMode} mode @param {boolean} bold @returns {Label["lines"][]} */
  function write(self, i, mode, bold) {
    const { data, features, state } = self, { id, properties } = features[i], { picture } = state.view, placed = sro.placedOf(picture, id);
    const value = { text: placed < 0 ? picture.unknown[-1 - placed].short : sro.labelOf(picture, id), bold: false }, values = mode === "names" ? [] : [value];
    if (mode === "values") return [values];
    const soft = sro.softOf(data, i, id), font = `${bold ? 600 : 400} ${SIZE}px ${sro.FONT}`, whole = sro.widthOf(properties.name, font);
    return Array.from({ length: MOST }, (_, n) => wrap(soft, (whole / (n + 1)) * SLACK, font)).filter((lines, n, all) => !n || lines.length > all[n - 1].length)
      .map((lines) => [...lines.map((text) => ({ text, bold })), ...values]);
  }

  /** @param {Label["lines"]} lines */
  const sizeOf = (lines) => [Math.max(...lines.map((line) => sro.widthOf(line.text, `${line.bold ? 600 : 400} ${SIZE}px ${sro.FONT}`))) + SPARE, lines.length * SIZE * LINE];

  /** Whether a box that holds the pole of a quarter lies in it, off all water. @param {Drawn} self @param {number} i @param {Box} box */
  function isInside(self, i, box) {
    const { rings, box: whole } = self.shapes[i], wide = { x0: box.x0 - MARGIN, y0: box.y0 - MARGIN, x1: box.x1 + MARGIN, y1: box.y1 + MARGIN };
    if (wide.x0 < whole.x0 || wide.x1 > whole.x1 || wide.y0 < whole.y0 || wide.y1 > whole.y1 || rings.some((ring) => sro.lineMeets(ring, wide))) return false;
    const water = self.water.flatMap((one) => one.rings), lines = [...self.rivers, ...self.bridges].map((one) => one.line);
    return ![...water, ...lines].some((line) => sro.lineMeets(line, wide)) && !self.water.some((one) => sro.inside(box.x0, box.y0, one.rings));
  }

  /** Label in its quarter, around the pole. @param {Drawn} self @param {number} i @param {Label["lines"][]} ways @param {Label[]} others */
  function placeInside(self, i, ways, others) {
    const [x, y] = self.shapes[i].pole;
    for (const lines of ways) {
      const [width, height] = sizeOf(lines), box = sro.boxAt(x, y, width, height);
      if (isInside(self, i, box) && others.every((one) => sro.apart(one.box, box) && !(one.leader && sro.lineMeets(one.leader, box)))) return sro.makeLabel(self, i, { lines, size: SIZE, side: "", at: [x, y], plate: false });
    }
    return null;
  }

  /** Box that labels stay in, without the legend's. @param {Drawn} self @param {Plan} plan */
  function frameOf(self, plan) {
    const { x, y } = self.map.containerPointToLayerPoint([0, 0]), { x: width, y: height } = self.map.getSize(), { classes, unknown } = self.state.view.picture;
    const frame = { x0: x + 2, y0: y + 2, x1: x + width - 2, y1: y + height - 2 }, high = HEAD + ROW * (classes.length + unknown.length), corner = plan.corner === "beside" ? "bottom-left" : plan.corner;
    const left = corner.endsWith("left") ? x : x + width - LEGEND, top = corner.startsWith("top") ? y : y + height - high;
    return { frame, legend: corner === "below" ? null : { x0: left, y0: top, x1: left + LEGEND, y1: top + high } };
  }

  /** Plate on or beside other quarters, by the shortest leader: off labels and model regions; if need be on these, at last even across leaders. @param {Drawn} self @param {number} i @param {Label["lines"][]} ways @param {Label[]} others @param {Plan} plan */
  function placePlate(self, i, ways, others, plan) {
    const { pole, rings } = self.shapes[i], { frame, legend } = frameOf(self, plan), regions = self.state.view.picture.outlined.map((id) => Number(self.numbers.get(id))).filter((n) => n !== i);
    for (const level of [0, 1, 2]) {
      for (let far = NEAREST; far < FARTHEST; far += STEP) {
        for (const lines of ways) {
          const [width, height] = sizeOf(lines);
          for (let ray = 0; ray < RAYS; ray += 1) {
            const angle = (2 * Math.PI * ray) / RAYS, at = [pole[0] + far * Math.cos(angle), pole[1] + far * Math.sin(angle)], upright = Math.abs(Math.sin(angle)) > STEEP;
            const side = upright ? (Math.sin(angle) > 0 ? "t" : "b") : Math.cos(angle) > 0 ? "l" : "r", label = sro.makeLabel(self, i, { lines, size: SIZE, side, at, plate: true }), { box } = label;
            if (box.x0 < frame.x0 || box.x1 > frame.x1 || box.y0 < frame.y0 || box.y1 > frame.y1 || (legend && !sro.apart(box, legend))) continue;
            if (rings.some((ring) => sro.lineMeets(ring, box)) || others.some((one) => !sro.apart(one.box, box) || (level < 2 && ((one.leader && sro.lineMeets(one.leader, box)) || sro.lineMeets([pole, at], one.box))))) continue;
            if (!level && (others.some((one) => one.leader && crosses(one.leader, [pole, at])) || regions.some((n) => sro.lineMeets(self.shapes[n].rings[0], box) || sro.inside(box.x0, box.y0, self.shapes[n].rings)))) continue;
            return label;
          }
        }
      }
    }
    return sro.makeLabel(self, i, { lines: ways[0], size: SIZE, side: "", at: pole, plate: true });
  }

  /** Names of larger units without those that another label or its leader covers. @param {Label[]} units @param {Label[]} others */
  const keepFree = (units, others) => units.filter(({ box }) => others.every((one) => sro.apart(one.box, box) && !(one.leader && sro.lineMeets(one.leader, box))));

  sro.placeFreely = function (self, plan, chosen, placed, units) {
    const pole = chosen < 0 ? null : self.shapes[chosen].pole, free = units.filter(({ box }) => !pole || sro.apart(box, sro.boxAt(pole[0], pole[1], 6, 6))); // a leader ends there
    const { map, state, numbers } = self, found = [...placed, ...free], known = new Set(placed.map((one) => one.i));
    for (const i of [...state.view.picture.outlined.map((id) => Number(numbers.get(id))), chosen]) {
      if (i < 0 || known.has(i)) continue;
      const ways = write(self, i, "both", true);
      found.push(placeInside(self, i, ways, found) || placePlate(self, i, ways, found, plan));
      known.add(i);
    }
    const own = found.filter((one) => !one.unit);
    found.splice(0, found.length, ...own, ...keepFree(free, own));
    if (map.getZoom() <= self.fitted + 0.01) return found;
    const { frame } = frameOf(self, { ...plan, corner: "below" });
    self.shapes.forEach(({ box }, i) => {
      if (known.has(i) || sro.apart(box, frame)) return;
      const label = placeInside(self, i, write(self, i, state.labels, false), found);
      if (label && label.box.x0 > frame.x0 && label.box.x1 < frame.x1 && label.box.y0 > frame.y0 && label.box.y1 < frame.y1) found.push(label);
    });
    return found;
  };
})(window.sroGeo);
