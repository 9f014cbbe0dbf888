/* What is wrong with the labels of the drawn map, as a list of sentences. A second way to judge them: by sampled points
   of the drawn shapes, with the widths that the browser itself gives, and by trying every place of a fine grid. */
() => {
  const STEP = 6, SPARE = 8, EDGE = 3, faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const quarters = all("path[data-quarter]"), signs = all(".offer path").map((node) => node.getBoundingClientRect());
  const water = all(".water path"), svg = document.querySelector(".drawing");
  const inSvg = (node, x, y) => {
    const point = node.ownerSVGElement.createSVGPoint();
    [point.x, point.y] = [x, y];
    return point.matrixTransform(node.getScreenCTM().inverse());
  };
  const inside = (path, x, y) => path.isPointInFill(inSvg(path, x, y));
  const wet = (x, y) => water.some((path) => {
    const filled = path.getAttribute("fill") !== "none";
    return filled ? path.isPointInFill(inSvg(path, x, y)) : path.isPointInStroke(inSvg(path, x, y));
  });
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const steps = (from, to) => {
    const count = Math.max(1, Math.ceil((to - from) / STEP));
    return Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);
  };
  const points = (box) => steps(box.left, box.right).flatMap((x) => steps(box.top, box.bottom).map((y) => [x, y]));
  /* Ink of a line of text: its box holds room above and below that stays empty. */
  const inkOf = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect(), cut = (bottom - top) * 0.2;
    return { left, right, top: top + cut, bottom: bottom - cut };
  };
  const nameOf = (path) => path.getAttribute("aria-label").split(", ")[0];
  const drawn = quarters.map((path) => {
    const lines = all(`[data-label="${path.dataset.quarter}"]`);
    const beside = lines.some((node) => node.hasAttribute("data-beside"));
    return { path, lines, beside, name: nameOf(path), boxes: lines.map(inkOf), written: lines.map((node) => node.textContent) };
  });

  const boxes = drawn.flatMap((one) => one.boxes.map((box) => ({ box, of: one.name })));
  const map = document.querySelector(".sro-map").getBoundingClientRect(), legend = document.querySelector("#legend").getBoundingClientRect();
  const narrow = map.width < 500;
  for (const { path, name, beside, boxes: own, written } of drawn) {
    const region = path.getAttribute("aria-label").endsWith(", Modellregion");
    if (beside && !region) faults.push(`${name}: beside its quarter`);
    if (region && written.length < (narrow ? 1 : 2)) faults.push(`${name}: a model region without ${narrow ? "value" : "name and value"}`);
    for (const box of own) {
      if (beside && (box.left < map.left || box.right > map.right || box.top < map.top || box.bottom > map.bottom)) faults.push(`${name}: out of the map`);
      if (beside && meet(box, legend)) faults.push(`${name}: on the legend`);
      if (!beside && !points(box).every(([x, y]) => inside(path, x, y))) faults.push(`${name}: outside of its quarter`);
      if (!beside && points(box).some(([x, y]) => wet(x, y))) faults.push(`${name}: in the water`);
      if (signs.some((sign) => meet(box, sign))) faults.push(`${name}: on a sign`);
      if (boxes.some((other) => other.of !== name && meet(box, other.box))) faults.push(`${name}: on another label`);
    }
    if (written.length > 1 && written.slice(0, -1).join(" ").replace("- ", "-") !== name) {
      faults.push(`${name}: named ${written.slice(0, -1).join(" ")}`);
    }
  }

  /* Whether a box of this size, with some room to spare, has a place in the quarter. */
  const fits = (path, width, height) => {
    const frame = path.getBoundingClientRect();
    for (let top = frame.top; top + height <= frame.bottom; top += STEP) {
      for (let left = frame.left; left + width <= frame.right; left += STEP) {
        const box = { left, top, right: left + width, bottom: top + height };
        if (signs.some((sign) => meet(box, sign))) continue;
        if (points(box).every(([x, y]) => inside(path, x, y) && !wet(x, y))) return true;
      }
    }
    return false;
  };
  const widthOf = (text, weight, size) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", "text");
    node.textContent = text;
    node.setAttribute("font-weight", weight);
    node.setAttribute("font-size", size);
    node.setAttribute("class", "label");
    svg.append(node);
    const { width } = node.getBBox();
    node.remove();
    return width;
  };
  const size = Number(all("[data-label]")[0].getAttribute("font-size"));
  for (const { path, name, written } of drawn) {
    const value = path.getAttribute("aria-label").slice(name.length + 2).split(", ")[0];
    const room = (lines) => [
      Math.max(...lines.map((text, i) => widthOf(text, i < lines.length - 1 ? 600 : 400, size))) + 2 * (SPARE + EDGE),
      lines.length * (size + 4) + 2 * (SPARE + EDGE),
    ];
    if (written.length < 2 && fits(path, ...room([name, value]))) faults.push(`${name}: has room for its name`);
    if (!written.length && fits(path, ...room([value]))) faults.push(`${name}: has room for its value`);
  }
  return faults;
}
