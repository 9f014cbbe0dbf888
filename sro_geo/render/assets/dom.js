// @ts-check
/* Elements, signs and shapes. Text goes in as text only: nothing here turns a string into markup. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** So many kinds of offers are shown at once; of more only the chosen one. */
  sro.FEW_KINDS = 4;

  const SVG = "http://www.w3.org/2000/svg";

  /**
   * @param {Element} node
   * @param {Object<string, string | number | boolean | null | undefined>} attributes
   * @param {(Node | string | null | undefined)[]} children
   */
  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children) {
      if (child !== null && child !== undefined && child !== "") node.append(child);
    }
  }

  /**
   * @param {string} tag
   * @param {Object<string, string | number | boolean | null | undefined>} [attributes]
   * @param {...(Node | string | null | undefined)} children
   * @returns {HTMLElement}
   */
  sro.el = function (tag, attributes, ...children) {
    const node = document.createElement(tag);
    fill(node, attributes || {}, tag === "option" ? children : children.flatMap((child) => (typeof child === "string" ? tie(child) : child)));
    return node;
  };

  /** What stays on one line: a number with the word it is joined to or that tells its unit, a word with its Roman number. */
  const TIED = /(\d+-\p{L}+|\d[\d.,]* (?:(?:Jahr|Monat|Minute|Gehminute|year|month|minute)\p{L}*|km|m|ha)(?!\p{L})|\p{L}+ [IVX]+(?!\p{L}))/u;

  /** @param text {string} @returns {(Node | string)[]} */
  function tie(text) {
    return text.split(TIED).map((piece, i) => {
      if (!(i % 2)) return piece;
      const node = document.createElement("span");
      node.className = "together";
      node.textContent = piece;
      return node;
    });
  }

  /** Give an element of the page another text. */
  sro.write = (id, text) => sro.find(id)?.replaceChildren(...tie(text));

  /**
   * @param {string} tag
   * @param {Object<string, string | number | boolean | null | undefined>} [attributes]
   * @param {...(Node | string | null | undefined)} children
   * @returns {SVGElement}
   */
  sro.svg = function (tag, attributes, ...children) {
    const node = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
    fill(node, attributes || {}, children);
    return node;
  };

  /** What the page shows: within it, or brought by a script of its own as split pages do. @param {string} id @returns {Promise<any>} */
  sro.readData = async function (id) {
    const node = document.getElementById(id);
    const told = revive(node ? JSON.parse(node.textContent || "") : sro.data);
    told.ground.quarters = joinPoints(told.ground.quarters);
    return told;
  };

  /** Areas of a GeoJSON collection, of points that `topology.py` says once. */
  function joinPoints(/** @type {any} */ { points, features, units }) {
    const walk = (/** @type {number[]} */ steps) => { let at = 0; return steps.map((step) => points[(at += step)]); };
    const join = (/** @type {number[][][]} */ parts) => parts.map((part) => part.map(walk));
    return {
      type: "FeatureCollection",
      features: features.map((/** @type {any} */ { parts, ...own }) => ({ ...own, type: "Feature", geometry: { type: "MultiPolygon", coordinates: join(parts) } })),
      units: units.map((/** @type {any} */ { parts, ...own }) => ({ ...own, parts: join(parts) })),
    };
  }

  /** Tables by column, lines in steps and texts without their common ends, as `packing.py` writes them, read back. @returns {any} */
  function revive(/** @type {any} */ value) {
    if (Array.isArray(value)) return value.map(revive);
    if (value === null || typeof value !== "object") return value;
    if (value["\u0001rows"]) {
      /** @type {[string, any[]][]} */
      const columns = Object.entries(value["\u0001rows"]).map(([head, cells]) => [head, revive(cells)]);
      return columns[0][1].map((_, i) => Object.fromEntries(columns.map(([head, cells]) => [head, cells[i]])));
    }
    if (value["\u0001same"]) return Array.from({ length: value["\u0001same"][1] }, () => revive(value["\u0001same"][0]));
    if (value["\u0001line"]) {
      const steps = value["\u0001line"];
      let x = 0, y = 0;
      return Array.from({ length: steps.length / 2 }, (_, i) => [(x += steps[2 * i]) / 1e5, (y += steps[2 * i + 1]) / 1e5]);
    }
    if (value["\u0001ends"]) {
      const [before, after, own] = value["\u0001ends"];
      return Object.fromEntries(Object.entries(own).map(([key, text]) => [key, before + text + after]));
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revive(one)]));
  }

  /** What needs the script comes, what stands there for lack of one goes. */
  sro.unveil = function () {
    for (const node of document.querySelectorAll("[data-live]")) node.removeAttribute("hidden");
    for (const node of document.querySelectorAll(".unscripted")) node.remove();
  };

  const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }, SIDEWAYS = { ArrowRight: 1, ArrowLeft: -1 };

  /** One stop of the tab key for all of these; arrow keys go on from there, those to the sides only in a line. */
  sro.rove = function (nodes, inLine) {
    const steps = /** @type {Record<string, number>} */ (inLine ? { ...STEPS, ...SIDEWAYS } : STEPS);
    nodes.forEach((node, i) => {
      node.tabIndex = i ? -1 : 0;
      node.addEventListener("focus", () => { for (const one of nodes) one.tabIndex = one === node ? 0 : -1; });
      node.addEventListener("keydown", (event) => {
        if (!steps[event.key]) return;
        event.preventDefault();
        nodes[Math.min(Math.max(i + steps[event.key], 0), nodes.length - 1)].focus();
      });
    });
  };

  /** @param {string} id @returns {any} element, or null unless it is `Within` what was found */
  sro.find = (id) => document.getElementById(id);

  /** Fill of a quarter: a colour, or the pattern of its reason. */
  sro.fillOf = function (picture, placed) {
    return placed >= 0 ? picture.classes[placed].fill : `url(#sro-${picture.unknown[-1 - placed].pattern})`;
  };

  /** Small box as in the legend. */
  sro.swatch = function (picture, placed) {
    const box = { x: 0.5, y: 0.5, width: 23, height: 15, fill: sro.fillOf(picture, placed), stroke: "#6c747c" };
    return sro.svg("svg", { class: "swatch", width: 24, height: 16, "aria-hidden": "true" }, sro.svg("rect", box));
  };

  /** @type {Record<string, (r: number) => string>} */
  const SHAPES = {
    circle: (r) => `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
    triangle: (r) => `M0,${-1.25 * r}L${1.2 * r},${0.9 * r}L${-1.2 * r},${0.9 * r}z`,
    square: (r) => `M${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
    diamond: (r) => `M0,${-1.4 * r}L${1.4 * r},0L0,${1.4 * r}L${-1.4 * r},0z`,
    plus: (r) => cross(r, 0),
    cross: (r) => cross(r, Math.PI / 4),
  };

  /** Outline of a plus sign, turned. @param {number} r @param {number} turn */
  function cross(r, turn) {
    const a = 1.3 * r, b = 0.45 * r;
    const corners = [[-b, -a], [b, -a], [b, -b], [a, -b], [a, b], [b, b], [b, a], [-b, a], [-b, b], [-a, b], [-a, -b], [-b, -b]];
    const turned = corners.map(([x, y]) => [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)]);
    return `M${turned.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join("L")}z`;
  }

  /** Sign of a kind of offer: solid where it is chosen, else hollow; the shape alone tells the kind. */
  sro.sign = function (shape, { solid = false, ink = "var(--ink)", back = "var(--paper)" } = {}) {
    const path = (SHAPES[shape] || SHAPES.circle)(solid ? 4.8 : 3.6);
    return sro.svg("path", solid
      ? { d: path, fill: ink, stroke: back, "stroke-width": 1 }
      : { d: path, fill: "none", stroke: ink, "stroke-width": 1.4 });
  };

  /** Open square that marks a model region beside its name. */
  sro.mark = function (label) {
    const box = sro.svg("rect", { x: 1.5, y: 1.5, width: 8, height: 8, fill: "var(--paper)", stroke: "var(--ink)", "stroke-width": 2 });
    return sro.svg("svg", { class: "mark", width: 11, height: 11, role: "img", "aria-label": label }, box);
  };

  /** Attributes that are set or taken away at once. */
  sro.toggle = function (node, name, on) {
    if (on) node.setAttribute(name, "true");
    else node.removeAttribute(name);
  };
})(window.sroGeo);
