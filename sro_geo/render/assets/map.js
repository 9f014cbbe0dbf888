// @ts-check
/* The map: fills on Leaflet, everything else drawn over them in the same pixels. */
(function (/** @type {any} */ sro) {
  "use strict";

  const INK = "#1b1f23", WHITE = "#ffffff", PANEL = "#f5f6f7", GREY = "#454c54", ACCENT = "#b3360a";
  const WATER = "#dfe4e8", FONT = '"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,system-ui,sans-serif';
  const NARROW = 500, LEGEND = { width: 168, row: 24, head: 32, gap: 24 };

  /** The layer that a folium element puts on its map; it starts the page as soon as it is there. */
  sro.layIndicators = function (map, data) {
    const layer = L.geoJSON(data.ground.quarters, {
      renderer: L.svg({ padding: 1 }),
      style: () => ({ color: "#6c747c", weight: 1, fillOpacity: 1, fillColor: WHITE, smoothFactor: 0, noClip: true }),
    });
    layer.once("add", () => sro.start(data, makeMap(map, layer, data)));
    return layer;
  };

  /** @returns {any} what the page may do with the map */
  function makeMap(map, layer, data) {
    const paths = layer.getLayers();
    const features = data.ground.quarters.features;
    const pane = map.createPane("sro");
    pane.classList.add("decor");
    const drawing = sro.svg("svg", { class: "drawing", width: 1, height: 1, "aria-hidden": "true" });
    pane.append(drawing);
    const groups = ["water", "borders", "offers", "labels"].map((name) => sro.svg("g", { class: name }));
    drawing.append(...groups);
    // Leaflet rounds to whole pixels, which makes drawn borders jagged.
    map.latLngToLayerPoint = (at) => map.project(L.latLng(at)).subtract(map.getPixelOrigin());
    const self = { map, data, paths, features, drawing, groups, state: null, focused: -1, ring: -1, shapes: [], fitted: 0 };
    self.show = (state) => show(self, state);
    self.mark = (state) => mark(self, state);
    self.fit = () => fit(self);
    self.zoom = (by) => (by && map.getZoom() + by > self.fitted + 0.01 ? map.setZoom(map.getZoom() + by) : fit(self));
    self.metresPerPixel = () => 40075016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180) / 2 ** (map.getZoom() + 8);
    self.on = (name, tell) => listen(self, name, tell);
    map.on("zoomend viewreset moveend", () => { measure(self); draw(self); });
    return self;
  }

  /** Fit the town into the box, beside the legend where there is no free corner for it. */
  function fit(self) {
    const { map } = self, box = map.getContainer(), width = box.clientWidth, bounds = L.geoJSON(self.data.ground.quarters).getBounds();
    const low = map.project(bounds.getSouthWest(), 10), high = map.project(bounds.getNorthEast(), 10);
    const ratio = (low.y - high.y) / (high.x - low.x), narrow = width < NARROW;
    box.style.height = `${Math.round(Math.min(Math.max(width * ratio, 240), narrow ? width * 1.3 : 660))}px`;
    map.invalidateSize({ animate: false, pan: false });
    place(self, bounds, 6);
    const rows = Math.max(...self.data.views.map((v) => v.picture.classes.length + v.picture.unknown.length));
    const legend = { width: LEGEND.width, height: LEGEND.head + rows * LEGEND.row + LEGEND.gap };
    let corner = narrow ? "below" : findCorner(self, legend);
    if (!corner) {
      const before = map.getZoom();
      place(self, bounds, LEGEND.width + 16);
      corner = map.getZoom() < before - 0.45 ? "below" : "bottom-left";
      if (corner === "below") place(self, bounds, 6);
    }
    const frame = box.closest(".frame");
    if (frame) frame.setAttribute("data-legend", corner);
    self.fitted = map.getZoom();
    map.setMinZoom(self.fitted);
    map.setMaxZoom(self.fitted + 4);
    map.dragging.disable();
    measure(self);
    draw(self);
  }

  function place(self, bounds, left) {
    self.map.setMinZoom(0).setMaxZoom(24);
    self.map.fitBounds(bounds, { paddingTopLeft: [left, 6], paddingBottomRight: [6, self.data.ground.rivers.length ? 18 : 6], animate: false });
    measure(self);
  }

  /** Corner of the box that no quarter reaches. */
  function findCorner(self, legend) {
    const size = self.map.getSize(), shift = self.map.containerPointToLayerPoint([0, 0]);
    const corners = { "bottom-left": [0, size.y - legend.height], "bottom-right": [size.x - legend.width, size.y - legend.height], "top-left": [0, 0], "top-right": [size.x - legend.width, 0] };
    const free = Object.entries(corners).find(([, [x, y]]) => {
      const at = { x0: x + shift.x - 8, y0: y + shift.y - 8, x1: x + shift.x + legend.width + 8, y1: y + shift.y + legend.height + 8 };
      return self.shapes.every((s) => !s.rings.some((ring) => sro.lineMeets(ring, at)) && !sro.inside(at.x0, at.y0, s.rings));
    });
    return free ? free[0] : "";
  }

  /** Everything in pixels of the present zoom. */
  function measure(self) {
    const pixel = ([lon, lat]) => { const p = self.map.latLngToLayerPoint([lat, lon]); return [p.x, p.y]; };
    const rings = (geometry) => (geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat()).map((ring) => ring.map(pixel));
    const lines = (geometry) => (geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates).map((line) => line.map(pixel));
    self.shapes = self.features.map((f) => ({ rings: rings(f.geometry), pole: pixel(f.properties.pole) }));
    self.water = self.data.ground.water.map((w) => ({ name: w.name, rings: rings(w.geometry) }));
    self.rivers = self.data.ground.rivers.flatMap((r) => lines(r.geometry).map((line) => ({ name: r.name, line })));
    self.bridges = self.data.ground.bridges.flatMap((b) => lines(b.geometry).map((line) => ({ name: b.name, line })));
    self.points = self.data.ground.offers.map((offer) => pixel(offer.at));
  }

  const trace = (rings) => rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}z`).join("");
  const traceLine = (line) => `M${line.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`;

  /** Number of a quarter's class in the picture; quarters of the ground are found by their id. */
  sro.placedOf = (picture, id) => picture.placed[picture.quarter_ids.indexOf(id)];
  sro.labelOf = (picture, id) => picture.labels[picture.quarter_ids.indexOf(id)];

  const isLit = (state, placed) => state.lit === null || state.lit === placed;

  function show(self, state) {
    self.state = state;
    const { picture } = state.view;
    self.paths.forEach((path, i) => {
      const { id, properties } = self.features[i], placed = sro.placedOf(picture, id), node = path.getElement();
      path.setStyle({ fillColor: isLit(state, placed) ? sro.fillOf(picture, placed) : PANEL });
      const region = picture.outlined.includes(id) ? `, ${self.data.words.page_model_region}` : "";
      node.setAttribute("role", "button");
      node.setAttribute("data-quarter", id);
      node.setAttribute("aria-label", `${properties.name}, ${sro.labelOf(picture, id)}${region}`);
    });
    mark(self, state);
    draw(self);
  }

  /** Show what is selected, pointed at or focused; nothing else is drawn anew. */
  function mark(self, state) {
    self.state = state;
    const chosen = self.features.findIndex((f) => f.id === state.selected), stop = self.focused >= 0 ? self.focused : Math.max(chosen, 0);
    self.paths.forEach((path, i) => {
      path.getElement().setAttribute("aria-pressed", String(i === chosen));
      path.getElement().setAttribute("tabindex", i === stop ? "0" : "-1");
    });
    into(self.groups[1], (add) => drawBorders(self, add));
  }

  /** Fill a group of the drawing anew. */
  function into(group, work) {
    group.replaceChildren();
    return work((tag, attributes, ...children) => { const node = sro.svg(tag, attributes, ...children); group.append(node); return node; });
  }

  function draw(self) {
    if (!self.state) return;
    if (self.map.getZoom() > self.fitted + 0.01) self.map.dragging.enable();
    into(self.groups[0], (add) => drawWater(self, add));
    into(self.groups[1], (add) => drawBorders(self, add));
    const signs = into(self.groups[2], (add) => drawOffers(self, add));
    into(self.groups[3], (add) => drawLabels(self, add, signs));
    if (self.redrawn) self.redrawn();
  }

  function drawWater(self, add) {
    for (const area of self.water) add("path", { d: trace(area.rings), fill: WATER, stroke: "#aeb6be", "stroke-width": 0.75, "fill-rule": "evenodd" });
    const wide = self.map.getSize().x < NARROW ? 7 : 9.5;
    for (const river of self.rivers) add("path", { d: traceLine(river.line), fill: "none", stroke: "#aeb6be", "stroke-width": wide + 1.5 });
    for (const river of self.rivers) add("path", { d: traceLine(river.line), fill: "none", stroke: WATER, "stroke-width": wide });
  }

  function drawBorders(self, add) {
    const { state, features, shapes } = self, narrow = self.map.getSize().x < NARROW, ink = narrow ? 2 : 3;
    const outlined = features.map((f) => state.view.picture.outlined.includes(f.id));
    const number = (id) => features.findIndex((f) => f.id === id);
    const chosen = number(state.selected), hovered = number(state.hovered);
    const line = (i, colour, width, more) => add("path", { d: trace(shapes[i].rings), fill: "none", stroke: colour, "stroke-width": width, "stroke-linejoin": "round", ...more });
    if (chosen >= 0) {
      const band = 2 * ((narrow ? 3 : 4.5) + (outlined[chosen] ? ink / 2 + 1.5 : 0)), clip = { "clip-path": "url(#sro-clip)" };
      add("clipPath", { id: "sro-clip" }, sro.svg("path", { d: trace(shapes[chosen].rings), "clip-rule": "evenodd" }));
      line(chosen, WHITE, band + 3, { ...clip, class: "chosen" });
      line(chosen, ACCENT, band, { ...clip, class: "chosen" });
    }
    outlined.forEach((on, i) => { if (on) line(i, WHITE, ink + 3, { class: "casing" }); });
    outlined.forEach((on, i) => { if (on) line(i, INK, ink, { class: "region" }); });
    for (const bridge of self.bridges) {
      add("path", { d: traceLine(bridge.line), fill: "none", stroke: INK, "stroke-width": 5 });
      add("path", { d: traceLine(bridge.line), fill: "none", stroke: WHITE, "stroke-width": 2.4 });
    }
    if (hovered >= 0 && hovered !== chosen) line(hovered, INK, 2, { class: "hovered" });
    if (self.ring >= 0) {
      line(self.ring, WHITE, 5);
      line(self.ring, INK, 4, { "stroke-dasharray": "7 5", "stroke-linejoin": "miter", class: "ring" });
    }
  }

  /** Signs of the shown kinds; the chosen kind is solid. Returns where they stand. */
  function drawOffers(self, add) {
    const { state } = self, { picture } = state.view, ground = self.data.ground, points = [];
    const shapeOf = Object.fromEntries(ground.symbols.map((s) => [s.kind, s]));
    ground.offers.forEach((offer, i) => {
      if (!state.kinds.has(offer.kind) || !shapeOf[offer.kind]) return;
      const placed = offer.quarter >= 0 ? sro.placedOf(picture, self.features[offer.quarter].id) : -1;
      const dark = placed >= 0 && isLit(state, placed) && picture.classes[placed].ink === WHITE;
      const solid = offer.kind === picture.offer_kind, [x, y] = self.points[i];
      const colours = dark ? { ink: WHITE, back: INK } : { ink: INK, back: WHITE };
      const plate = placed < 0 ? sro.svg("circle", { r: 6.5, fill: WHITE }) : null;
      add("g", { class: "offer", "data-offer": i, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
        sro.svg("circle", { r: 9, fill: "none", "pointer-events": "all" }), plate, sro.sign(shapeOf[offer.kind].symbol, { solid, ...colours }));
      points.push([x, y]);
    });
    return points;
  }

  function drawLabels(self, add, signs) {
    const narrow = self.map.getSize().x < NARROW, size = narrow ? 12 : 13, line = size + 4;
    const { state } = self, { picture } = state.view;
    const taken = { lines: self.rivers.map((r) => r.line).concat(self.bridges.map((b) => b.line), ...self.water.map((w) => w.rings)), margin: 4, water: self.water.map((w) => w.rings), boxes: [] };
    const plates = [], near = (size) => ({ ...taken, boxes: [...signs.map(([x, y]) => sro.boxAt(x, y, size, size)), ...plates] });
    const widthOf = (text, bold) => sro.widthOf(text, `${bold ? 600 : 400} ${size}px ${FONT}`);
    const sizeOf = (way) => ({ width: Math.max(...way.map((text, n) => widthOf(text, n < way.length - 1))) + 6, height: way.length * line });
    const write = (id, way, at, more) => way.forEach((text, n) => add("text", {
      x: at[0].toFixed(1), y: (at[1] + (n - way.length / 2) * line + size).toFixed(1), "text-anchor": "middle", "font-size": size,
      "font-weight": n < way.length - 1 || (narrow && way.length === 1) ? 600 : 400, class: "label", "data-label": id, ...more,
    }, text));
    const inside = (i, id, ways, reason, placed) => {
      const outlined = picture.outlined.includes(id), shape = self.shapes[i];
      for (const clear of [near(13), near(9)]) {
        for (const way of ways) {
          const { width, height } = sizeOf(way), edge = outlined ? 2 + way.length : 0;
          const at = sro.findRoom(shape.rings, shape.pole, { width: width + 2 * edge, height: height + 2 * edge }, clear);
          if (!at) continue;
          const lit = isLit(state, placed);
          if (reason && lit) add("rect", { x: at[0] - width / 2, y: at[1] - height / 2, width, height, fill: WHITE });
          write(id, way, at, { fill: !lit ? GREY : reason ? INK : picture.classes[placed].ink });
          taken.boxes.push(sro.boxAt(at[0], at[1], width, height));
          return true;
        }
      }
      return false;
    };
    /* A model region carries its name and its value: on a plate beside it where they have no room inside. */
    const beside = (i, id, way) => {
      const { width, height } = sizeOf(way), shape = self.shapes[i];
      const at = sro.findPlate(self.shapes, i, { width: width + 4, height: height + 2 }, near(13).boxes, roomOf(self));
      if (!at) return;
      const [x, y] = shape.pole, edge = { x: Math.max(at[0] - width / 2, Math.min(x, at[0] + width / 2)), y: Math.max(at[1] - height / 2, Math.min(y, at[1] + height / 2)) };
      add("line", { x1: x, y1: y, x2: edge.x, y2: edge.y, stroke: INK, "stroke-width": 1 });
      add("rect", { x: at[0] - width / 2, y: at[1] - height / 2, width, height, fill: WHITE, stroke: INK, "stroke-width": 1 });
      write(id, way, at, { fill: INK, "data-beside": "" });
      plates.push(sro.boxAt(at[0], at[1], width + 4, height + 4));
    };
    const order = self.features.map((f, i) => i).sort((a, b) => Number(picture.outlined.includes(self.features[b].id)) - Number(picture.outlined.includes(self.features[a].id)));
    for (const i of order) {
      const { id, properties } = self.features[i], placed = sro.placedOf(picture, id), reason = placed < 0 ? picture.unknown[-1 - placed] : null;
      const ways = sro.waysToWrite(properties.name, sro.labelOf(picture, id), reason && reason.short), whole = ways.filter((way) => way.length > 1);
      if (!picture.outlined.includes(id)) inside(i, id, ways, reason, placed);
      else if (!inside(i, id, narrow ? [...whole, ways[whole.length]] : whole, reason, placed)) beside(i, id, narrow ? ways[whole.length] : ways[0]);
    }
    if (!narrow) nameBridges(self, add, { ...taken, boxes: [...taken.boxes, ...near(13).boxes] });
  }

  /** Room for plates: the map's box, less the legend that stands in it. */
  function roomOf(self) {
    const size = self.map.getSize(), [x, y] = (({ x, y }) => [x, y])(self.map.containerPointToLayerPoint([0, 0]));
    const legend = sro.find("legend"), home = self.map.getContainer().getBoundingClientRect(), box = legend && legend.getBoundingClientRect();
    const over = box && box.width && box.top < home.bottom && box.left < home.right && box.bottom > home.top;
    return { x0: x + 2, y0: y + 2, x1: x + size.x - 2, y1: y + size.y - 2, legend: over ? { x0: x + box.left - home.left - 4, y0: y + box.top - home.top - 4, x1: x + box.right - home.left + 4, y1: y + box.bottom - home.top + 4 } : null };
  }

  /** Names of bridges and rivers, where they have room beside the line. */
  function nameBridges(self, add, taken) {
    const font = `italic 400 12px ${FONT}`, frame = self.map.getSize(), shift = self.map.containerPointToLayerPoint([0, 0]);
    const named = [...self.bridges.map((b) => ({ name: b.name, ends: [b.line[0], b.line[b.line.length - 1]] })), ...self.rivers.map((r) => ({ name: r.name, ends: r.line.filter(([x, y]) => x > shift.x && x < shift.x + frame.x && y > shift.y + 8 && y < shift.y + frame.y - 8).slice(-1) }))];
    for (const { name, ends } of named) {
      const width = sro.widthOf(name, font);
      const spots = ends.flatMap(([x, y]) => [1, -1].flatMap((side) => [0, -10, 10, -20].map((up) => sro.boxAt(x + side * (width / 2 + 8), y + up, width + 4, 15))));
      const room = spots.find((box) => box.x0 > shift.x && box.x1 < shift.x + frame.x && box.y1 < shift.y + frame.y && box.y0 > shift.y
        && taken.boxes.every((b) => b.x1 < box.x0 || b.x0 > box.x1 || b.y1 < box.y0 || b.y0 > box.y1)
        && !taken.lines.some((l) => sro.lineMeets(l, box)) && !self.shapes.some((s) => s.rings.some((ring) => sro.lineMeets(ring, box))));
      if (!room || !name) continue;
      taken.boxes.push(room);
      const x = (room.x0 + room.x1) / 2, y = (room.y0 + room.y1) / 2;
      const at = self.shapes.findIndex((s) => sro.inside(x, y, s.rings)), { picture } = self.state.view;
      const placed = at >= 0 ? sro.placedOf(picture, self.features[at].id) : -1;
      const ink = placed >= 0 && isLit(self.state, placed) ? picture.classes[placed].ink : GREY;
      if (at >= 0 && placed < 0) add("rect", { x: room.x0, y: room.y0, width: width + 4, height: 15, fill: WHITE });
      add("text", { x: x.toFixed(1), y: (y + 4).toFixed(1), fill: ink, "text-anchor": "middle", "font-size": 12, "font-style": "italic", class: "water-name" }, name);
    }
  }

  /** Mouse, touch and keyboard on the quarters. `tell` gets the quarter's id and where the pointer is. */
  function listen(self, name, tell) {
    self.paths.forEach((path, i) => {
      const node = path.getElement(), { id } = self.features[i];
      const middle = () => { const box = node.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
      if (name === "select") {
        node.addEventListener("click", () => { self.focused = i; tell(id); });
        node.addEventListener("keydown", (event) => press(self, event, i, tell));
      } else {
        node.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") tell(id, [event.clientX, event.clientY]); });
        node.addEventListener("pointerleave", () => tell("", null));
        node.addEventListener("focus", () => { self.focused = i; self.ring = node.matches(":focus-visible") ? i : -1; tell(id, self.ring < 0 ? null : middle()); });
        node.addEventListener("blur", () => { self.ring = -1; tell("", null); });
      }
    });
  }

  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  function press(self, event, i, tell) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      tell(self.features[i].id);
    } else if (ARROWS[event.key]) {
      event.preventDefault();
      const next = findNext(self, i, ARROWS[event.key]);
      if (next < 0) return;
      self.paths[i].getElement().setAttribute("tabindex", "-1");
      const node = self.paths[next].getElement();
      node.setAttribute("tabindex", "0");
      node.focus({ preventScroll: true });
    }
  }

  /** Nearest quarter in a direction: what lies sideways counts as farther; −1 where there is none. */
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
