// @ts-check
/* Map and table as files: the drawn sheet as SVG, the same painted as PNG, the table as a spreadsheet opens it. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const TWICE = 2, BOM = "\ufeff", FAMILY = "font-family";

  /** Pattern of the page as a canvas fills with it. */
  sro.copyPattern = function (paper, node, scale) {
    const tile = document.createElement("canvas"), ink = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d")), number = (/** @type {string} */ name) => Number(node.getAttribute(name));
    [tile.width, tile.height] = [number("width") * scale, number("height") * scale];
    ink.scale(scale, scale);
    for (const part of node.children) paint(ink, part, node, scale);
    const turned = /rotate\((\d+)\)/.exec(node.getAttribute("patternTransform") || ""), pattern = /** @type {CanvasPattern} */ (paper.createPattern(tile, "repeat"));
    pattern.setTransform(new DOMMatrix().rotate(turned ? Number(turned[1]) : 0).scale(1 / scale));
    return pattern;
  };

  /** Outline of a shape. @param {Element} node */
  function outline(node) {
    /** @param name {string} */
    const at = (name) => Number(node.getAttribute(name)), path = new Path2D(node.getAttribute("d") || "");
    if (node.tagName === "rect") path.rect(at("x"), at("y"), at("width"), at("height"));
    if (node.tagName === "circle") path.arc(at("cx"), at("cy"), at("r"), 0, 2 * Math.PI);
    if (node.tagName === "line") { path.moveTo(at("x1"), at("y1")); path.lineTo(at("x2"), at("y2")); }
    return path;
  }

  /** Paint a drawing of ours on a canvas: an image of it would need a source that strict servers forbid. @param {CanvasRenderingContext2D} paper @param {Element} node @param {Element} root @param {number} scale */
  function paint(paper, node, root, scale) {
    /** @param name {string} @param usual {string} */
    const read = (name, usual = "") => node.getAttribute(name) || usual, number = (/** @type {string} */ name) => Number(read(name, "1"));
    /** @param text {string} */
    const named = (text) => /** @type {Element} */ (root.querySelector(`[id="${text.slice(5, -1)}"]`));
    if (["defs", "clipPath", "title"].includes(node.tagName)) return;
    paper.save();
    for (const [, how, told] of read("transform").matchAll(/(\w+)\(([^)]*)\)/g)) {
      const [x, y = x] = told.split(/[ ,]+/).map(Number);
      if (how === "scale") paper.scale(x, y); else paper.translate(x, y);
    }
    if (read("clip-path")) paper.clip(outline(/** @type {Element} */ (named(read("clip-path")).firstElementChild)), "evenodd");
    const fill = read("fill", "none"), stroke = read("stroke", "none");
    paper.fillStyle = fill.startsWith("url(") ? sro.copyPattern(paper, named(fill), scale) : fill;
    [paper.strokeStyle, paper.lineWidth, paper.lineJoin, paper.lineCap] = [stroke, number("stroke-width"), /** @type {CanvasLineJoin} */ (read("stroke-linejoin", "miter")), /** @type {CanvasLineCap} */ (read("stroke-linecap", "butt"))];
    paper.setLineDash(read("stroke-dasharray").split(/[ ,]+/).filter(Boolean).map(Number));
    if (node.tagName === "text") {
      [paper.font, paper.textAlign] = [`${read("font-style")} ${read("font-weight")} ${read("font-size")}px ${root.getAttribute(FAMILY)}`, read("text-anchor") === "middle" ? "center" : /** @type {CanvasTextAlign} */ (read("text-anchor", "start"))];
      paper.direction = "ltr"; // `start` and `end` mean left and right
      if (read("letter-spacing")) paper.letterSpacing = `${read("letter-spacing")}px`;
      if (stroke !== "none") paper.strokeText(node.textContent || "", Number(read("x")), Number(read("y")));
      paper.fillText(node.textContent || "", Number(read("x")), Number(read("y")));
    } else if (node.tagName === "g" || node.tagName === "svg") {
      for (const part of node.children) paint(paper, part, root, scale);
    } else {
      const path = outline(node);
      paper.globalAlpha = number("fill-opacity");
      if (fill !== "none") paper.fill(path, /** @type {CanvasFillRule} */ (read("fill-rule", "nonzero")));
      paper.globalAlpha = number("stroke-opacity");
      if (stroke !== "none") paper.stroke(path);
    }
    paper.restore();
  }

  /** @param {SVGElement} sheet @returns {Promise<Blob | null>} */
  function toPng(sheet) {
    const canvas = document.createElement("canvas"), paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    [canvas.width, canvas.height] = ["width", "height"].map((name) => TWICE * Number(sheet.getAttribute(name)));
    paper.scale(TWICE, TWICE);
    paint(paper, sheet, sheet, TWICE);
    return new Promise((done) => { canvas.toBlob(done, "image/png"); });
  }

  /** Text that no spreadsheet takes for a formula, by the rule of `report/tables.py`. */
  sro.guard = (text) => text.replace(/(^|;)([=+\-@\t\r\n])/g, "$1'$2");

  /** A number as it is shown as a number of a spreadsheet, or null: without unit, marks of thousands and brackets, which would make it less than zero. @param {string} text @param {Words} words */
  function toNumber(text, { mark_decimal: comma, mark_thousands: point }) {
    const plain = text.replace(/^\((.*)\)$/, "$1").replace(/\u00a0%$/, "").replaceAll(point, "").replace("\u2212", "-").replace(/^\+/, "");
    return /^-?\d+$/.test(plain.replace(comma, "")) ? plain : null;
  }

  /** Table as text for a spreadsheet of the page's language; what is told below the map stands below it. @param {PageData} data @param {MapState} state @param {Table} table */
  function toCsv({ words }, { view: { picture, moved } }, { heads, rows, at, year, note }) {
    const parting = words.mark_decimal === "," ? ";" : ",", unsure = sro.isUnsure(picture.labels);
    /** @param text {string} */
    const cell = (text) => { const told = toNumber(text, words) || sro.guard(text); return told.includes(parting) || /["\r\n]/.test(told) ? `"${told.replaceAll('"', '""')}"` : told; };
    const value = [picture.title, moved ? "" : year, picture.heading].filter(Boolean).join(", "), notes = [[note], ...sro.listNotes(picture, words)].map((told) => told.join("")).filter((text) => text && text !== words.page_unsure);
    const lines = [[...heads.map((head, i) => (i === at ? value : head)), ...(unsure ? [words.page_remark] : [])], ...rows.map((cells) => [...cells, ...(unsure ? [cells[at].startsWith("(") ? words.page_remark_unsure : ""] : [])]), [], ...notes.map((told) => [told])];
    return BOM + lines.map((cells) => `${cells.map(cell).join(parting)}\r\n`).join("");
  }

  /** @param {BlobPart} content @param {string} type @param {string} name @param {Words} words */
  function give(content, type, name, words) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    sro.el("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000); // slow browsers read it later
    const live = sro.find("live");
    if (live) live.textContent = sro.fill(words.page_saved, { file: name });
  }

  sro.makeSaving = function (data, state, map, list) {
    const name = () => [state.view.picture.slug, list().year].filter(Boolean).join("-").replace(/[^\p{L}\p{N}_-]+/gu, "-");
    /** @param id {string} @param work {(name: string) => unknown} */
    const on = (id, work) => sro.find(id)?.addEventListener("click", () => work(name()));
    const draw = () => sro.drawSheet(map, data, state);
    on("save-png", async (name) => { const content = await toPng(draw()); if (content) give(content, "image/png", `${name}.png`, data.words); });
    on("save-svg", (name) => give(new XMLSerializer().serializeToString(draw()), "image/svg+xml", `${name}.svg`, data.words));
    on("save-csv", (name) => give(toCsv(data, state, list()), "text/csv", `${name}.csv`, data.words));
  };
})(window.sroGeo);
