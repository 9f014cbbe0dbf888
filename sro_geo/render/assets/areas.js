// @ts-check
/* The quarters on the map: a path each, unless a page brings `canvas.js`; mouse, touch and keyboard on them. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** Name, value and model region of a quarter, as they are read out. */
  const nameOf = sro.tellArea = function ({ features, state, data }, i) {
    const { id, properties } = features[i], { picture } = state.view;
    return `${properties.name}, ${sro.labelOf(picture, id)}${picture.outlined.includes(id) ? `, ${data.words.page_model_region}` : ""}`;
  };

  /** Fill of a quarter, or null where its class isn't lit. */
  const fillAt = sro.fillArea = function ({ features, state }, i) {
    const { id } = features[i], placed = sro.placedOf(state.view.picture, id);
    return sro.isLit(state, placed, id) ? sro.fillOf(state.view.picture, placed) : null;
  };

  /** Sets what is not set yet: of many quarters few are another. @param {Element} node @param {string} name @param {string} value */
  function put(node, name, value) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }

  const makeButton = sro.makeButton = (/** @type {Element} */ node, /** @type {string} */ id) => { node.setAttribute("role", "button"); node.setAttribute("data-quarter", id); };

  /** A path of Leaflet's for each quarter. @param {Drawn} self @param {LeafletLayer} layer @returns {Areas} */
  function layPaths(self, layer) {
    layer.addData(self.data.ground.quarters);
    const nodes = layer.getLayers().map((path) => path.getElement()), numbers = new Map(nodes.map((node, i) => [node, i]));
    nodes.forEach((node, i) => makeButton(node, self.features[i].id));
    return {
      move: () => {},
      show: () => nodes.forEach((node, i) => {
        put(node, "fill", fillAt(self, i) || "var(--panel)"); // Leaflet would write all of the style anew
        put(node, "aria-label", nameOf(self, i));
      }),
      mark: (chosen, stop) => nodes.forEach((node, i) => {
        put(node, "aria-pressed", String(i === chosen));
        put(node, "tabindex", i === stop ? "0" : "-1");
      }),
      at: ({ target }) => { const i = target instanceof SVGElement ? numbers.get(target) : undefined; return i === undefined ? -1 : i; },
      focus: (i, from) => { nodes[from].setAttribute("tabindex", "-1"); nodes[i].setAttribute("tabindex", "0"); nodes[i].focus({ preventScroll: true }); },
    };
  }

  sro.layAreas = (self, layer) => (sro.layCanvas ? sro.layCanvas(self) : layPaths(self, layer));

  /** Mouse, touch and keyboard on the quarters: whoever listens gets the quarter's id and where the pointer is. */
  sro.listenAreas = function (self, select, hover) {
    const box = self.map.getContainer(), { features, areas } = self;
    let over = -1;
    /** @param i {number} @param at {Point | null} */
    const point = (i, at) => { if (i >= 0 || over >= 0) hover(i < 0 ? "" : features[i].id, at); over = i; };
    box.addEventListener("click", (event) => { const i = areas.at(event); if (i >= 0) { self.focused = i; select(features[i].id); } });
    box.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") point(areas.at(event), [event.clientX, event.clientY]); });
    box.addEventListener("pointerout", (event) => { if (event.pointerType !== "touch") point(-1, null); });
    box.addEventListener("focusin", (event) => {
      const node = event.target, i = node instanceof SVGElement && node.dataset.quarter ? self.numbers.get(node.dataset.quarter) : undefined;
      if (i === undefined || !(node instanceof SVGElement)) return;
      const { left, top, width, height } = node.getBoundingClientRect();
      self.focused = i;
      self.ring = node.matches(":focus-visible") ? i : -1;
      hover(features[i].id, self.ring < 0 ? null : [left + width / 2, top + height / 2]);
    });
    box.addEventListener("focusout", () => { self.ring = -1; hover("", null); });
    box.addEventListener("keydown", (event) => press(self, event, select));
  };

  /** @type {Record<string, Point>} */
  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  /** @param {Drawn} self @param {KeyboardEvent} event @param {Tell} select */
  function press(self, event, select) {
    const node = event.target, i = node instanceof SVGElement && node.dataset.quarter ? Number(self.numbers.get(node.dataset.quarter)) : -1;
    if (i < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(self.features[i].id);
    } else if (ARROWS[event.key]) {
      event.preventDefault();
      const next = findNext(self, i, ARROWS[event.key]);
      if (next >= 0) self.areas.focus(next, i);
    }
  }

  /** Nearest quarter in a direction: what lies sideways counts as farther; −1 where there is none. @param {Drawn} self @param {number} i @param {Point} way */
  function findNext(self, i, [dx, dy]) {
    const [x, y] = self.shapes[i].pole;
    let best = -1, least = Infinity;
    self.shapes.forEach((shape, j) => {
      const ahead = (shape.pole[0] - x) * dx + (shape.pole[1] - y) * dy, aside = Math.abs((shape.pole[0] - x) * dy) + Math.abs((shape.pole[1] - y) * dx);
      if (j !== i && ahead > 1 && ahead + 2 * aside < least && aside < 2.5 * ahead) [best, least] = [j, ahead + 2 * aside];
    });
    return best;
  }
})(window.sroGeo);
