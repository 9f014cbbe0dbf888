// @ts-check
/* The map as it is shown as a picture of its own: in light colours, every look an attribute, every text a text. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** Colours of a light page, as `base.css` has them, whatever the reader's screen shows. @type {Record<string, string>} */
  const LIGHT = { ink: "#1b1f23", text2: "#454c54", notes: "#5c646d", panel: "#f5f6f7", paper: "#ffffff", water: "#dfe4e8", shore: "#aeb6be", accent: "#b3360a" };
  const MARGIN = 16, BOX = 176, SMALL = 12, LINE = 16, ROW = 24, GAP = 20, SIGN = 22, SWATCH = 30, EDGE = "#6c747c";
  /** Other programs measure texts by other fonts. */
  const SLACK = 1.06;
  const FAMILY = "Segoe UI, Roboto, Noto Sans, Helvetica Neue, Arial, sans-serif";
  /** What XML can't say. */
  const UNSAYABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u00ad\ufffe\uffff]/g;

  /** @param {string} text @param {number} size @param {boolean} bold */
  const widthOf = (text, size, bold) => sro.widthOf(text, `${bold ? 600 : 400} ${size}px ${sro.FONT}`) * SLACK;

  /** Text in lines that fit; a word that is longer than a line is cut. @param {string} text @param {number} most @param {number} size @param {boolean} bold */
  function breakLines(text, most, size, bold = false) {
    const lines = [""];
    /** @param piece {string} */
    const fits = (piece) => widthOf(piece.trimEnd(), size, bold) <= most;
    for (const word of text.split(/(?<= )/)) {
      for (const piece of fits(word) ? [word] : [...word]) {
        const line = lines[lines.length - 1];
        if (line && !fits(line + piece)) lines.push(piece); else lines[lines.length - 1] += piece;
      }
    }
    return lines.map((line) => line.trim());
  }

  /** @param {string} text @param {number} x @param {number} y @param {{ size?: number; bold?: boolean; fill?: string; end?: boolean }} look */
  const print = (text, x, y, { size = SMALL, bold = false, fill = LIGHT.ink, end = false } = {}) => sro.svg("text", { x, y: Math.round(y * 10) / 10, fill, "font-size": size, "font-weight": bold ? 600 : 400, "text-anchor": end ? "end" : "start" }, text);

  /** @param {number} x @param {number} y @param {...(Node | null)} parts */
  const move = (x, y, ...parts) => sro.svg("g", { transform: `translate(${x} ${y})` }, ...parts);

  /** Rows of a legend in columns, from the top of its box. @param {MapState} state @param {Words} words @param {number} width @param {number} columns */
  function layLegend({ view: { picture }, lit }, words, width, columns) {
    const heading = breakLines(picture.heading, width, SMALL, true), beside = widthOf(picture.heading, SMALL, true) + 8 + widthOf(words.page_quarters, SMALL, false) <= width, last = beside ? 0 : heading.length;
    const parts = [...heading.map((text, n) => print(text, 0, 14 + n * LINE, { bold: true })), print(words.page_quarters, width, 14 + last * LINE, { fill: LIGHT.notes, end: true })];
    const rows = sro.listLegend(picture), each = Math.ceil(rows.length / columns), head = (last + 1) * LINE + 8;
    let y = head, height = head;
    rows.forEach((row, i) => {
      const column = Math.floor(i / each), x = column * (BOX + GAP), bold = lit === row.placed;
      if (!(i % each)) y = head;
      else if (row.placed === -1) y += 8;
      const lines = breakLines(row.label, BOX - SWATCH - 8 - widthOf(String(row.count), SMALL, bold), SMALL, bold), tall = Math.max(ROW, lines.length * LINE + 8);
      if (bold) parts.push(sro.svg("rect", { x: x - 3, y: y + 1, width: BOX + 6, height: tall - 2, fill: LIGHT.panel, stroke: LIGHT.ink, "stroke-width": 2 }));
      const swatch = sro.swatch(picture, row.placed).firstElementChild, first = y + tall / 2 + 4 - ((lines.length - 1) * LINE) / 2;
      parts.push(move(x, y + tall / 2 - 8, swatch), ...lines.map((text, n) => print(text, x + SWATCH, first + n * LINE, { bold })), print(String(row.count), x + BOX, first, { bold, fill: LIGHT.notes, end: true }));
      y += tall;
      height = Math.max(height, y);
    });
    return { height, parts };
  }

  /** Entries side by side in as many rows as they need. @param {{ width: number; parts: (Node | null)[] }[]} entries @param {number} width */
  function layFlow(entries, width) {
    let x = 0, y = 0;
    const parts = entries.map((entry) => {
      if (x && x + entry.width > width) { x = 0; y += ROW; }
      const part = move(x, y, ...entry.parts);
      x += entry.width + GAP;
      return part;
    });
    return { height: entries.length ? y + ROW : 0, parts };
  }

  /** @param {string} text @param {Node} sign */
  const entry = (text, sign, width = SIGN) => ({ width: width + widthOf(text, SMALL, false), parts: [sign, print(text, width, 16, { fill: LIGHT.text2 })] });

  /** Kinds of offers that are shown, outlines, scale and north. @param {PageData} data @param {MapState} state */
  function listKey(data, state) {
    const { words, ground } = data, { picture } = state.view;
    /** @param symbol {OfferSymbol} @param size {number} */
    const sign = (symbol, size) => move(8, 12, sro.svg("g", { transform: `scale(${size})` }, sro.sign(symbol.symbol, { solid: symbol.kind === picture.offer_kind })));
    const kinds = ground.symbols.filter((symbol) => state.kinds.has(symbol.kind)).flatMap((symbol) => [entry(symbol.name, sign(symbol, 1)), ...(ground.sizes[symbol.kind] || []).map(([least, last, size]) => entry(last === null ? sro.fill(words.page_from, { least }) : `${least}–${last}`, sign(symbol, size)))]);
    /** @param stroke {string} */
    const box = (stroke) => sro.svg("rect", { x: 1.5, y: 8, width: 13, height: 8, fill: LIGHT.paper, stroke, "stroke-width": 3 });
    const border = sro.svg("path", { d: "M1,12H15", stroke: LIGHT.ink, "stroke-width": 1.1 });
    const outlines = [...(ground.quarters.units.length ? [entry(words.page_unit, border)] : []), ...(picture.outlined.length ? [entry(words.page_model_region, box(LIGHT.ink))] : []), ...(state.selected ? [entry(`${words.page_selected}: ${sro.nameOf(data, state.selected)}`, box(LIGHT.accent))] : [])];
    const bar = document.querySelector(".scale i"), long = bar instanceof HTMLElement ? parseFloat(bar.style.width) : 0, told = document.querySelector(".scale span")?.textContent || "";
    const scale = entry(told, sro.svg("path", { d: `M1,9V15H${long - 1}V9`, fill: "none", stroke: LIGHT.ink, "stroke-width": 2 }), long + 6);
    const north = entry("N", sro.svg("path", { d: "M6,4L11,19L6,15L1,19z", fill: LIGHT.ink }), 16);
    return [...kinds, ...outlines, scale, north];
  }

  /** Numbered quarters. @param {PageData} data */
  function listNumbers(data) {
    return [...document.querySelectorAll("#numbers:not([hidden]) li")].map((one) => {
      const number = one.querySelector("b")?.textContent || "", name = sro.nameOf(data, /** @type {HTMLElement} */ (one).dataset.key || "");
      return { width: SIGN + widthOf(name, SMALL, false), parts: [print(number, 0, 16, { bold: true }), print(name, SIGN, 16)] };
    });
  }

  /** Quarters, and all that lies over them, in the pixels of the map. @param {Drawn} self @param {number} width @param {number} height */
  function drawMap(self, width, height) {
    const { x, y } = self.map.containerPointToLayerPoint([0, 0]), frame = { x0: x, y0: y, x1: x + width, y1: y + height };
    const edge = sro.edgeOf ? sro.edgeOf(self) : 1, group = sro.svg("g", { transform: `translate(${-x} ${-y})`, "clip-path": "url(#sro-frame)" });
    group.append(sro.svg("clipPath", { id: "sro-frame" }, sro.svg("rect", { x, y, width, height })));
    self.shapes.forEach(({ rings, box }, i) => {
      if (sro.apart(box, frame)) return;
      group.append(sro.svg("path", { d: sro.trace(rings), fill: sro.fillArea(self, i) || LIGHT.panel, "fill-rule": "evenodd", stroke: EDGE, "stroke-width": edge }));
    });
    const laid = self.map.getPane("overlayPane").querySelectorAll("svg > g"); // layers of folium
    for (const part of [...self.groups, ...laid]) group.append(part.cloneNode(true));
    for (const part of group.querySelectorAll(".hovered, .ring, [pointer-events]")) part.remove();
    return group;
  }

  /** Only attributes that say how it looks, in light colours. @param {SVGElement} root */
  function clean(root) {
    for (const node of root.querySelectorAll("*")) {
      for (const { name, value } of [...node.attributes]) {
        if (/^(class|role|tabindex|style|data-.*|aria-.*)$/.test(name)) node.removeAttribute(name);
        else if (value.startsWith("var(")) node.setAttribute(name, LIGHT[value.slice(6, -1)]);
      }
      if (node.firstChild instanceof Text) node.textContent = (node.textContent || "").replace(UNSAYABLE, "");
    }
  }

  sro.drawSheet = function (self, data, state) {
    const { picture } = state.view, { words } = data, { x: room, y: tall } = self.map.getSize(), width = room + 2 * MARGIN, corner = self.map.getContainer().closest(".frame")?.getAttribute("data-legend") || "below";
    const root = sro.svg("svg", { width }), used = sro.listLegend(picture).flatMap(({ placed }) => (placed < 0 ? [picture.unknown[-1 - placed].pattern] : []));
    root.append(sro.svg("title", {}, picture.title), sro.svg("defs", {}, ...used.map((name) => /** @type {Node} */ (document.getElementById(`sro-${name}`)).cloneNode(true))));
    const paper = sro.svg("rect", { width, fill: LIGHT.paper });
    root.append(paper);
    let y = MARGIN;
    /** @param text {string} @param size {number} @param high {number} @param fill {string} @param bold {boolean} */
    const write = (text, size, high, fill, bold = false) => { for (const line of text ? breakLines(text, room, size, bold) : []) { root.append(print(line, MARGIN, y + high * 0.75, { size, bold, fill })); y += high; } };
    /** @param laid {{ height: number; parts: (Node | null)[] }} @param gap {number} */
    const put = ({ height, parts }, gap) => { if (!height) return; y += gap; root.append(move(MARGIN, y, ...parts)); y += height; };
    write(picture.title, 20, 28, LIGHT.ink, true);
    write(picture.subtitle, 13, 20, LIGHT.text2);
    put({ height: tall, parts: [drawMap(self, room, tall)] }, 8);
    const columns = Math.max(1, Math.floor((room + GAP) / (BOX + GAP)));
    if (corner === "below") put(layLegend(state, words, columns * (BOX + GAP) - GAP, columns), 8);
    else {
      const { height, parts } = layLegend(state, words, BOX, 1), left = corner.endsWith("left") ? MARGIN : MARGIN + room - BOX;
      root.append(move(left, corner.startsWith("top") ? y - tall : y - height, sro.svg("rect", { x: -4, width: BOX + 8, height, fill: LIGHT.paper }), ...parts));
    }
    put(layFlow(listKey(data, state), room), 8);
    put(layFlow(listNumbers(data), room), 4);
    y += 8;
    for (const [strong, text] of sro.listNotes(picture, words)) write(strong + text, SMALL, LINE, LIGHT.notes);
    const height = Math.ceil(y + MARGIN - 8);
    for (const node of [root, paper]) node.setAttribute("height", String(height));
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, "font-family": FAMILY })) root.setAttribute(name, value);
    clean(root);
    return root;
  };
})(window.sroGeo);
