// @ts-check
/* The quarters of large cities, painted on one canvas: so many are no longer elements of the page. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const PANEL = "--panel", BORDER = "#6c747c", EDGE = 12, PRINTED = 3;

  /** Width of the border of a quarter: thin where they are small. */
  sro.edgeOf = ({ shapes }) => Math.min(1, Math.sqrt(shapes.reduce((sum, { box }) => sum + (box.x1 - box.x0) * (box.y1 - box.y0), 0) / shapes.length) / EDGE);

  /** All quarters on a canvas; one path stands for that which has the focus. */
  sro.layCanvas = function (self) {
    const { map } = self, pane = map.getPane("areas"), canvas = document.createElement("canvas"), paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const svg = sro.svg("svg", { class: "drawing", width: 1, height: 1 });
    /** @type {Path2D[]} */
    let paths = [];
    /** @type {Map<number, number[]> | null} */
    let cells = null;
    let button = sro.svg("path"), of = -1, corner = [0, 0];
    pane.append(canvas, svg);

    /** Paths of the present zoom. */
    const trace = () => { paths = self.shapes.map(({ rings }) => { const path = new Path2D(); for (const ring of rings) { ring.forEach(([x, y], k) => (k ? path.lineTo(x, y) : path.moveTo(x, y))); path.closePath(); } return path; }); cells = null; };
    const paint = () => {
      if (!self.state) return;
      const { x: width, y: height } = map.getSize(), { x, y } = map.containerPointToLayerPoint([0, 0]), scale = document.documentElement.classList.contains("printing") ? PRINTED : window.devicePixelRatio || 1;
      corner = [x, y];
      [canvas.width, canvas.height, canvas.style.width, canvas.style.height] = [width * scale, height * scale, `${width}px`, `${height}px`];
      canvas.style.transform = `translate(${x}px,${y}px)`;
      paper.setTransform(scale, 0, 0, scale, -x * scale, -y * scale);
      const inks = new Map();
      /** @param fill {string} */
      const inkOf = (fill) => { if (!inks.has(fill)) inks.set(fill, fill.startsWith("url(#") ? sro.copyPattern(paper, sro.find(/** @type {Within} */ (fill.slice(5, -1))), scale) : fill || getComputedStyle(pane).getPropertyValue(PANEL)); return inks.get(fill); };
      paper.lineWidth = /** @type {(self: Drawn) => number} */ (sro.edgeOf)(self);
      paper.strokeStyle = BORDER;
      self.shapes.forEach(({ box }, i) => {
        if (box.x1 < x || box.x0 > x + width || box.y1 < y || box.y0 > y + height) return;
        paper.fillStyle = inkOf(sro.fillArea(self, i) || "");
        paper.fill(paths[i], "evenodd");
        paper.stroke(paths[i]);
      });
    };
    /** Size of a cell in which quarters are looked for. */
    const cellOf = (/** @type {number} */ x) => Math.floor(x / 16), key = (/** @type {number} */ column, /** @type {number} */ row) => column * 65536 + row;
    const sortIn = () => {
      const sorted = /** @type {Map<number, number[]>} */ (new Map());
      self.shapes.forEach(({ box }, i) => {
        for (let column = cellOf(box.x0); column <= cellOf(box.x1); column += 1) for (let row = cellOf(box.y0); row <= cellOf(box.y1); row += 1) {
          const held = sorted.get(key(column, row));
          if (held) held.push(i); else sorted.set(key(column, row), [i]);
        }
      });
      return sorted;
    };
    /** @param i {number} */
    const point = (i) => { button.setAttribute("d", sro.trace(self.shapes[i].rings)); button.setAttribute("aria-label", sro.tellArea(self, i)); };
    /** @param i {number} @param [chosen] {boolean} */
    const stand = (i, chosen) => {
      if (i !== of) {
        const former = button;
        button = sro.svg("path", { fill: "none", tabindex: "0" });
        sro.makeButton(button, self.features[i].id);
        svg.append(button);
        if (document.activeElement === former) button.focus({ preventScroll: true });
        former.remove();
        of = i;
      }
      if (chosen !== undefined) button.setAttribute("aria-pressed", String(chosen));
      point(i);
    };
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    return {
      move: (anew) => { if (anew) trace(); paint(); },
      show: paint,
      mark: (chosen, stop) => stand(stop, stop === chosen),
      at: ({ target, clientX, clientY }) => {
        if (target === button) return of;
        if (target !== canvas) return -1;
        cells = cells || sortIn();
        const { left, top } = canvas.getBoundingClientRect(), x = clientX - left + corner[0], y = clientY - top + corner[1];
        const found = (cells.get(key(cellOf(x), cellOf(y))) || []).find((i) => sro.inside(x, y, self.shapes[i].rings));
        return found === undefined ? -1 : found;
      },
      focus: (i) => { stand(i); button.focus({ preventScroll: true }); },
    };
  };
})(window.sroGeo);
