// @ts-check
/* Larger units of a city of many quarters: their borders, their names where `places.py` has found room, and links that lead to each. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const INK = "var(--ink)", PAPER = "var(--paper)", LINE = 1.16, SPACED = 0.1, NARROW = 500, ROOM = 12;

  /** Units in pixels of the present zoom. */
  sro.measureUnits = function (self, shared, pixel) {
    return self.data.ground.quarters.units.map(({ name, pole, parts }) => {
      const rings = parts.flat().map((ring) => ring.map(shared));
      return { name, pole: pixel(pole), rings, d: sro.trace(rings) };
    });
  };

  /** Borders of all units: ink on white. */
  sro.drawUnits = function (self, add) {
    const d = self.units.map((unit) => unit.d).join(""), wide = self.map.getSize().x < NARROW ? 0.8 : 1.1;
    for (const [stroke, width] of [[PAPER, 2 * wide], [INK, wide]]) add("path", { d, fill: "none", stroke, "stroke-width": width, "stroke-linejoin": "round", class: "unit" });
  };

  /** Spaced letters, first in the colour of the paper and broader: not every program draws the outline of a text below it. */
  sro.writeUnit = function ({ lines, size, x, y, unit }, add) {
    const gap = SPACED * size; // which stands behind the last letter, too
    lines.forEach(({ text }, n) => {
      const look = { x: (x + gap / 2).toFixed(1), y: (y + (n - (lines.length - 1) / 2) * size * LINE + size * 0.36).toFixed(1), "text-anchor": "middle", "font-size": size, "letter-spacing": gap.toFixed(1) };
      add("text", { ...look, fill: PAPER, stroke: PAPER, "stroke-width": 3, "stroke-linejoin": "round" }, text);
      add("text", { ...look, fill: INK, class: "label", "data-unit": unit }, text);
    });
  };

  /** Links below the map, each leads to a unit: one stop of the tab key, the arrow keys go on from there. */
  sro.linkUnits = function (self) {
    const { words, language, ground } = self.data, { compare } = new Intl.Collator(language);
    /** @type {[string, Line[]][]} */
    const all = ground.quarters.units.map(({ name, parts }) => [name, parts.flat()]);
    const buttons = all.sort(([a], [b]) => compare(a, b)).map(([name, rings]) => {
      const button = sro.el("button", { type: "button" }, name);
      button.addEventListener("click", () => showUnit(self, name, rings));
      return button;
    });
    const bar = sro.el("div", { class: "units", role: "toolbar", "aria-label": words.page_units_help }, sro.el("span", {}, `${words.page_units}:`), ...buttons);
    sro.rove(buttons, true);
    sro.find("map-notes")?.before(bar);
    sro.showUnit = (name) => { const found = all.find(([one]) => one === name); if (found) showUnit(self, ...found); };
  };

  /** Lets the map show a unit as large as it can; the button for the whole town leads back. @param {Drawn} self @param {string} name @param {Line[]} rings */
  function showUnit({ map, data }, name, rings) {
    map.fitBounds(sro.boundsOf(rings), { paddingTopLeft: [ROOM, ROOM], paddingBottomRight: [ROOM, ROOM], animate: false });
    map.getContainer().scrollIntoView({ block: "nearest" });
    const live = sro.find("live");
    if (live) live.textContent = `${data.words.page_unit}: ${name}`;
  }

  /** Labels of the units that have room for their name, in capitals. */
  sro.listUnits = function (self, plan, enlarged) {
    return plan.units.split(";").flatMap((text, n) => {
      if (!text) return [];
      const [size, dx, dy, ...cuts] = text.split(" ").slice(1).map(Number), { name, pole } = self.units[n];
      const lines = sro.cutName(name, cuts).map((line) => ({ text: line.toUpperCase(), bold: false }));
      const width = Math.max(...lines.map(({ text }) => sro.widthOf(text, `400 ${size}px ${sro.FONT}`) + SPACED * size * text.length)), x = pole[0] + dx * enlarged, y = pole[1] + dy * enlarged;
      return [{ i: -1, id: "", lines, size, side: "", x, y, box: sro.boxAt(x, y, width, lines.length * size * LINE), leader: null, number: false, edge: false, white: false, ink: INK, paper: PAPER, unit: name }];
    });
  };
})(window.sroGeo);
