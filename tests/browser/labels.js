/* What is wrong with the labels of the drawn map, as a list of sentences. A second way to judge them: by sampled points
   of the drawn shapes, with the boxes that the browser itself gives. `all` asks for a label
   of every quarter, `shorts` are what unknown values are called in short. */
({ all: everyone, shorts }) => {
  const STEP = 6, faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const quarters = all("path[data-quarter]"), signs = all(".offer path").map((node) => node.getBoundingClientRect());
  const water = all(".water path");
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
  /* Whether the lines are the name: no letter is lost, no word breaks without a hyphen. */
  const isName = (name, lines) => {
    let rest = name;
    for (const line of lines) {
      const text = rest.startsWith(line) ? line : line.replace(/-$/, "");
      if (!text || !rest.startsWith(text)) return false;
      const after = rest.slice(text.length);
      if (after && !/[-/]$/.test(line) && !after.startsWith(" ")) return false;
      rest = after.replace(/^ /, "");
    }
    return !rest;
  };
  const map = document.querySelector(".sro-map").getBoundingClientRect(), legend = document.querySelector("#legend").getBoundingClientRect();
  const narrow = map.width < 500, on = document.querySelector("[data-labels][aria-pressed=true]").dataset.labels;
  const drawn = quarters.map((path) => {
    const lines = all(`[data-label="${path.dataset.quarter}"]`), [name, value, region] = path.getAttribute("aria-label").split(", ");
    return {
      path, name, value, must: Boolean(region) || path.getAttribute("aria-pressed") === "true", id: path.dataset.quarter,
      beside: lines.some((node) => node.hasAttribute("data-beside")), number: lines.some((node) => node.hasAttribute("data-number")),
      boxes: lines.map(inkOf), written: lines.map((node) => node.textContent),
    };
  });
  const boxes = drawn.flatMap((one) => one.boxes.map((box) => ({ box, of: one.name })));
  const leaders = all(".leader").length / 2, besides = drawn.filter((one) => one.beside).length;
  if (leaders !== besides) faults.push(`${besides} labels beside their quarters, ${leaders} leaders`);
  for (const { path, id, name, value, must, beside, number, boxes: own, written } of drawn) {
    if (must && on !== "none" && (number || written.length < (narrow ? 1 : 2))) faults.push(`${name}: must have name and value, has ${written}`);
    if (everyone && !written.length) faults.push(`${name}: has no label`);
    if (number) {
      const key = document.querySelector(`#numbers [data-key="${id}"]`);
      if (!key || key.querySelector("b").textContent !== written[0] || key.querySelector("span").textContent.replaceAll("\u00ad", "") !== name) faults.push(`${name}: not in the key`);
    } else if (written.length) {
      const last = written[written.length - 1], valued = last === value || shorts.includes(last);
      const names = valued ? written.slice(0, -1) : written;
      if (names.length && !isName(name, names)) faults.push(`${name}: written ${written}`);
    }
    for (const box of own) {
      if (beside && (box.left < map.left || box.right > map.right || box.top < map.top || box.bottom > map.bottom)) faults.push(`${name}: out of the map`);
      if (beside && meet(box, legend)) faults.push(`${name}: on the legend`);
      if (!beside && !points(box).every(([x, y]) => inside(path, x, y))) faults.push(`${name}: outside of its quarter`);
      if (!beside && points(box).some(([x, y]) => wet(x, y))) faults.push(`${name}: in the water`);
      if (signs.some((sign) => meet(box, sign))) faults.push(`${name}: under a sign`);
      for (const other of boxes) if (other.of !== name && meet(box, other.box)) faults.push(`${name}: on ${other.of}`);
    }
  }
  return faults;
}
