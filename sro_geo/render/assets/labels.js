// @ts-check
/* Where a label has room: its whole box must lie inside the quarter, off the river, the signs and the other labels. */
(function (/** @type {any} */ sro) {
  "use strict";

  const FINEST = 3, STEPS = 40;

  /** Whether a segment meets a box {x0, y0, x1, y1}. */
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

  const apart = (a, b) => a.x1 < b.x0 || a.x0 > b.x1 || a.y1 < b.y0 || a.y0 > b.y1;

  /** Box around a point. */
  sro.boxAt = (x, y, width, height) => ({ x0: x - width / 2, y0: y - height / 2, x1: x + width / 2, y1: y + height / 2 });

  /**
   * Nearest point to the pole around which a box of the given size has room; null where there is none.
   *
   * @param {number[][][]} rings quarter in pixels
   * @param {number[]} pole where it is widest
   * @param {{width: number, height: number}} size
   * @param {{lines: number[][][], margin: number, water: number[][][][], boxes: any[]}} taken rivers, their half width, lakes, boxes in use
   * @returns {number[] | null}
   */
  sro.findRoom = function (rings, pole, size, taken) {
    const xs = rings.flat().map((p) => p[0]), ys = rings.flat().map((p) => p[1]);
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const step = Math.max(FINEST, (east - west) / STEPS, (south - north) / STEPS), spots = [];
    for (let y = pole[1] - step * Math.floor((pole[1] - north) / step); y < south; y += step) {
      for (let x = pole[0] - step * Math.floor((pole[0] - west) / step); x < east; x += step) {
        if (x - size.width / 2 > west && x + size.width / 2 < east && y - size.height / 2 > north && y + size.height / 2 < south) spots.push([x, y]);
      }
    }
    const far = (p) => (p[0] - pole[0]) ** 2 + (p[1] - pole[1]) ** 2;
    spots.sort((a, b) => far(a) - far(b));
    return spots.find(([x, y]) => hasRoom(x, y, rings, size, taken)) || null;
  };

  const FAR = 3, PLATE_STEP = 6;

  /**
   * Middle of a plate for a quarter that has no room inside: off all quarters if that is not far, else over others.
   *
   * @param {{rings: number[][][], pole: number[]}[]} shapes all quarters in pixels
   * @param {number} own number of the quarter
   * @param {{width: number, height: number}} size
   * @param {any[]} taken boxes in use
   * @param {any} room box of the map, with the legend's
   */
  sro.findPlate = function (shapes, own, size, taken, room) {
    const [px, py] = shapes[own].pole, spots = [];
    for (let y = room.y0 + size.height / 2; y <= room.y1 - size.height / 2; y += PLATE_STEP) {
      for (let x = room.x0 + size.width / 2; x <= room.x1 - size.width / 2; x += PLATE_STEP) spots.push([x, y]);
    }
    const far = ([x, y]) => Math.hypot(x - px, y - py);
    spots.sort((a, b) => far(a) - far(b));
    const touches = (box, shape) => shape.rings.some((ring) => sro.lineMeets(ring, box)) || sro.inside(box.x0, box.y0, shape.rings);
    let over = null;
    for (const spot of spots) {
      if (over && far(spot) > FAR * far(over)) return over;
      const box = sro.boxAt(spot[0], spot[1], size.width, size.height);
      if ((room.legend && !apart(box, room.legend)) || taken.some((other) => !apart(box, other))) continue;
      if (!shapes.some((shape) => touches(box, shape))) return spot;
      if (!over && !touches(box, shapes[own])) over = spot;
    }
    return over;
  };

  function hasRoom(x, y, rings, size, taken) {
    const box = sro.boxAt(x, y, size.width, size.height);
    if (taken.boxes.some((other) => !apart(box, other))) return false;
    const wide = sro.boxAt(x, y, size.width + 2 * taken.margin, size.height + 2 * taken.margin);
    if (taken.lines.some((line) => sro.lineMeets(line, wide)) || taken.water.some((area) => sro.inside(x, y, area))) return false;
    return sro.inside(x, y, rings) && !rings.some((ring) => sro.lineMeets(ring, box));
  }

  const paper = document.createElement("canvas").getContext("2d");

  /** Width of a text in pixels. */
  sro.widthOf = function (text, font) {
    if (!paper) return text.length * 7;
    paper.font = font;
    return paper.measureText(text).width;
  };

  /** Ways to write a quarter's label, the best first: name and value, the name in two lines, the value alone. */
  sro.waysToWrite = function (name, value, short) {
    const ways = [[name, value]];
    const cuts = [...name.matchAll(/[-/ ]/g)].map((hit) => hit.index + 1);
    const middle = cuts.sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
    if (middle && middle < name.length) ways.push([name.slice(0, middle).trim(), name.slice(middle), value]);
    ways.push([value]);
    if (short && short !== value) ways.push([short]);
    return ways;
  };
})(window.sroGeo);
