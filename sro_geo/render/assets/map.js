// @ts-check
/* The map: fills on Leaflet, everything else drawn over them in the same pixels. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const INK = "var(--ink)", PAPER = "var(--paper)", GREY = "var(--text2)", ACCENT = "var(--accent)";
  const { BRIGHT, DARK, apart } = sro;
  const SLACK = 0.995, WATER = "var(--water)", SHORE = "var(--shore)", FONT = sro.FONT = '"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,system-ui,sans-serif';
  const NARROW = 500, WIDE = 1040, BESIDE = 184, PAD = 6, EQUATOR = 40075016.686;

  /** The layer that a folium element puts on its map; the page begins with it as soon as its data are there. */
  sro.layIndicators = function (map, id) {
    map.createPane("areas").classList.add("areas"); // whatever else is laid on the map lies above
    const layer = L.geoJSON(null, {
      pane: "areas",
      renderer: L.svg({ padding: 1, pane: "areas" }),
      style: () => ({ color: "#6c747c", weight: 1, fillOpacity: 1, fillColor: PAPER, smoothFactor: 0, noClip: true }),
    });
    /** @param data {PageData} */
    const begin = (data) => { sro.unveil(); sro.start(data, makeMap(map, layer, data)); };
    sro.begin = () => sro.readData(id).then(begin);
    return layer;
  };

  /** @param {LeafletMap} map @param {LeafletLayer} layer @param {PageData} data @returns {Drawn} */
  function makeMap(map, layer, data) {
    const { features } = data.ground.quarters;
    const pane = map.createPane("sro");
    pane.classList.add("decor");
    const drawing = sro.svg("svg", { class: "drawing", width: 1, height: 1, "aria-hidden": "true" });
    pane.append(drawing);
    const groups = ["water", "units", "borders", "offers", "labels"].map((name) => sro.svg("g", { class: name }));
    drawing.append(...groups);
    // Leaflet rounds to whole pixels, which makes drawn borders jagged.
    map.latLngToLayerPoint = (at) => map.project(L.latLng(at)).subtract(map.getPixelOrigin());
    /** @type {Drawn} */
    // @ts-expect-error what it lacks follows
    const self = { map, data, features, numbers: new Map(features.map((f, i) => [f.id, i])), drawing, groups, state: null, focused: -1, ring: -1, shapes: [], fitted: 0, fitting: false, bounds: boundsOf(features.flatMap((f) => f.geometry.coordinates.flat())), measured: "" };
    self.lay = () => { self.areas ||= sro.layAreas(self, layer); }; // when the town has its place, so that no point is projected twice
    self.show = (state) => show(self, state);
    self.mark = (state) => mark(self, state);
    self.fit = () => fit(self);
    self.zoom = (by) => (by && map.getZoom() + by > self.fitted + 0.01 ? map.setZoom(map.getZoom() + by) : fit(self));
    self.metresPerPixel = () => 40075016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180) / 2 ** (map.getZoom() + 8);
    sro.linkUnits?.(self);
    self.on = (select, hover) => sro.listenAreas(self, select, hover);
    map.on("zoomend viewreset moveend", () => { if (!self.fitting) { measure(self); draw(self); } });
    return self;
  }

  /** Fit the town into the box and let the legend stand where the plan of that width has it; `places.py` fits by the same rules. @param {Drawn} self */
  function fit(self) {
    const { map, bounds } = self, box = map.getContainer(), width = box.clientWidth;
    const low = map.project(bounds.getSouthWest(), 10), high = map.project(bounds.getNorthEast(), 10);
    const ratio = (low.y - high.y) / (high.x - low.x);
    box.style.height = `${Math.round(Math.min(Math.max(width * ratio, 240), width < NARROW ? width * 1.3 : width < WIDE ? 660 : 1000))}px`;
    self.fitting = true; // everything is measured and drawn once, when the town has its place
    map.invalidateSize({ animate: false, pan: false });
    map.setMinZoom(0).setMaxZoom(24);
    /** @param one {Plan | undefined} */
    const leftOf = (one) => (one && one.corner === "beside" ? BESIDE : PAD), bottom = self.data.ground.rivers.length ? 18 : PAD;
    /** @param left {number} */
    const scaleAt = (left) => 2 ** (map.getBoundsZoom(bounds, false, L.point(left + PAD, PAD + bottom)) + 8) / EQUATOR;
    const plan = self.data.labels.plans.filter((one) => one.width <= width).reverse().find((one) => scaleAt(leftOf(one)) >= one.scale * SLACK);
    map.fitBounds(bounds, { paddingTopLeft: [leftOf(plan), PAD], paddingBottomRight: [PAD, bottom], animate: false });
    self.fitting = false;
    self.lay();
    const frame = box.closest(".frame"), corner = !plan ? "below" : plan.corner === "beside" ? "bottom-left" : plan.corner, picked = sro.find("picked");
    if (frame) frame.setAttribute("data-legend", corner);
    if (picked) (corner === "below" ? box.parentElement : frame)?.after(picked); // under the map, whatever else stands there
    self.fitted = map.getZoom();
    map.setMinZoom(self.fitted);
    map.setMaxZoom(self.fitted + 4);
    map.dragging.disable();
    measure(self);
    draw(self);
  }

  /** Pixels in a metre of the equator. @param self {Drawn} */
  const scaleOf = (self) => 2 ** (self.map.getZoom() + 8) / EQUATOR;

  /** What width the labels are placed for: the largest scale that is not above the map's. @param {Drawn} self @returns {Plan | null} */
  function planOf(self) {
    const { plans } = self.data.labels, width = self.map.getSize().x, zoomed = self.map.getZoom() > self.fitted + 0.01;
    return plans.filter((one) => (zoomed || one.width <= width) && one.scale * SLACK <= scaleOf(self)).pop() || null;
  }

  /** Everything in pixels of the present zoom. @param {Drawn} self */
  function measure(self) {
    const { map } = self, origin = map.getPixelOrigin(), scale = 256 * 2 ** map.getZoom(), anew = [origin.x, origin.y, scale].join(" ");
    if (self.measured === anew) { self.areas.move(false); return; } // moved only: pixels stay what they are
    self.measured = anew;
    /** Web Mercator, as Leaflet has it. @param at {Point} */
    const pixel = ([lon, lat]) => { const sine = Math.sin(lat * Math.PI / 180); return [(lon / 360 + 0.5) * scale - origin.x, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * scale - origin.y]; };
    /** Each point of the boundaries, which neighbours share. @type {Map<Point, Point>} */
    const known = new Map();
    /** @param at {Point} */
    const shared = (at) => { const found = known.get(at) || pixel(at); known.set(at, found); return found; };
    /** @param geometry {Polygons | MultiPolygons} */
    const rings = (geometry) => (geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat()).map((ring) => ring.map(pixel));
    /** @param geometry {OneLine | MultiLines} */
    const lines = (geometry) => (geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates).map((line) => line.map(pixel));
    self.shapes = self.features.map((f) => { const rings = f.geometry.coordinates.flat().map((ring) => ring.map(shared)); return { rings, pole: pixel(f.properties.pole), box: boxOf(rings) }; });
    self.units = sro.measureUnits ? sro.measureUnits(self, shared, pixel) : [];
    if (sro.drawUnits) into(self.groups[1], (add) => sro.drawUnits?.(self, add));
    self.water = self.data.ground.water.map((w) => ({ name: w.name, rings: rings(w.geometry) }));
    self.rivers = self.data.ground.rivers.flatMap((r) => lines(r.geometry).map((line) => ({ name: r.name, line })));
    self.bridges = self.data.ground.bridges.flatMap((b) => lines(b.geometry).map((line) => ({ name: b.name, line })));
    self.streets = self.data.ground.streets.map((line) => line.map(pixel));
    self.overlays = Object.fromEntries(Object.entries(self.data.ground.overlays).map(([slug, { gaps, reached }]) => [slug, [gaps, reached].map((some) => (some || []).map((line) => line.map(pixel)))]));
    self.points = self.data.ground.offers.map((offer) => pixel(offer.at));
    self.areas.move(true);
  }

  /** @param rings {Line[]} */
  function boxOf(rings) {
    const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
    for (const ring of rings) for (const [x, y] of ring) { box.x0 = Math.min(box.x0, x); box.y0 = Math.min(box.y0, y); box.x1 = Math.max(box.x1, x); box.y1 = Math.max(box.y1, y); }
    return box;
  }

  /** What lines in degrees lie within. */
  const boundsOf = sro.boundsOf = function (rings) {
    const { x0, y0, x1, y1 } = boxOf(rings);
    return L.latLngBounds([[y0, x0], [y1, x1]]);
  };

  /** @param rings {Line[]} */
  const trace = sro.trace = (rings) => rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}z`).join("");
  /** @param line {Line} */
  const traceLine = (line) => `M${line.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`;

  /** Number of a quarter's class in the picture; quarters of the ground are found by their id. */
  const places = new WeakMap();
  /** @param {Picture} picture @param {string} id */
  const placeOf = (picture, id) => {
    if (!places.has(picture)) places.set(picture, new Map(picture.quarter_ids.map((one, i) => [one, i])));
    return places.get(picture).get(id);
  };
  sro.placedOf = (picture, id) => picture.placed[placeOf(picture, id)];
  sro.labelOf = (picture, id) => picture.labels[placeOf(picture, id)];

  const isLit = sro.isLit = (state, placed, id) => (state.lit === null || state.lit === placed) && (!state.found || state.found.has(id));

  /** @param {Drawn} self @param {MapState} state */
  function show(self, state) {
    self.state = state;
    self.areas.show();
    self.labelled = state.selected; // what follows draws the labels anyhow
    mark(self, state);
    draw(self);
  }

  /** Number of a quarter, or −1. @param {Drawn} self @param {string} id */
  const numberOf = (self, id) => { const i = self.numbers.get(id); return i === undefined ? -1 : i; };

  /** Show what is selected, pointed at or focused; the labels are drawn anew only where the selection is another. @param {Drawn} self @param {MapState} state */
  function mark(self, state) {
    self.state = state;
    if (self.labelled !== state.selected) { self.labelled = state.selected; draw(self); }
    const chosen = numberOf(self, state.selected);
    self.areas.mark(chosen, self.focused >= 0 ? self.focused : Math.max(chosen, 0));
    into(self.groups[2], (add) => drawBorders(self, add));
  }

  /** Fill a group of the drawing anew. @param {SVGElement} group @param {(add: Add) => void} work */
  function into(group, work) {
    group.replaceChildren();
    return work((tag, attributes, ...children) => { const node = sro.svg(tag, attributes, ...children); group.append(node); return node; });
  }

  /** @param {Drawn} self */
  function draw(self) {
    if (!self.state) return;
    if (self.map.getZoom() > self.fitted + 0.01) self.map.dragging.enable();
    into(self.groups[0], (add) => { drawOverlay(self, add, drawWater); });
    into(self.groups[2], (add) => drawBorders(self, add));
    const labels = sro.listLabels(self, planOf(self), scaleOf(self)), boxes = labels.map((one) => one.box);
    into(self.groups[3], (add) => drawOffers(self, add, boxes));
    into(self.groups[4], (add) => { sro.drawLabels(labels, add); if (self.map.getSize().x >= NARROW && self.state.labels !== "none") nameBridges(self, add, boxes); });
    sro.drawNumbers(self, labels);
    if (self.redrawn) self.redrawn();
  }

  /** @param {Drawn} self @param {Add} add */
  function drawWater(self, add) {
    for (const area of self.water) add("path", { d: trace(area.rings), fill: WATER, stroke: SHORE, "stroke-width": 0.75, "fill-rule": "evenodd" });
    const wide = self.map.getSize().x < NARROW ? 7 : 9.5;
    for (const river of self.rivers) add("path", { d: traceLine(river.line), fill: "none", stroke: SHORE, "stroke-width": wide + 1.5 });
    for (const river of self.rivers) add("path", { d: traceLine(river.line), fill: "none", stroke: WATER, "stroke-width": wide });
  }

  /** Areas out of reach beneath the water, above it all streets and those within reach. @param {Drawn} self @param {Add} add @param {(self: Drawn, add: Add) => void} between */
  function drawOverlay(self, add, between) {
    /** @param lines {Line[]} */
    const [gaps, reached] = self.overlays[self.state.view.picture.slug] || [[], []], all = (lines) => lines.map(traceLine).join("");
    /** @param d {string} @param stroke {string} @param width {number} */
    const line = (d, stroke, width) => add("path", { d, stroke, fill: "none", "stroke-width": width, "stroke-linejoin": "round" });
    if (gaps.length) add("path", { d: trace(gaps), class: "gaps", fill: DARK, "fill-opacity": 0.3, "fill-rule": "evenodd", stroke: DARK, "stroke-width": 1 });
    between(self, add);
    if (!reached.length) return;
    line(all(self.streets), "#6c747c", 0.5);
    line(all(reached), BRIGHT, 2.4);
    line(all(reached), DARK, 1);
  }

  /** @param {Drawn} self @param {Add} add */
  function drawBorders(self, add) {
    const { state, shapes } = self, narrow = self.map.getSize().x < NARROW, ink = narrow ? 2 : 3;
    const outlined = state.view.picture.outlined.map((id) => numberOf(self, id)), chosen = numberOf(self, state.selected), hovered = numberOf(self, state.hovered);
    /** @param i {number} @param colour {string} @param width {number} @param [more] {Attributes} */
    const line = (i, colour, width, more) => add("path", { d: trace(shapes[i].rings), fill: "none", stroke: colour, "stroke-width": width, "stroke-linejoin": "round", ...more });
    if (chosen >= 0) {
      const band = 2 * ((narrow ? 3 : 4.5) + (outlined.includes(chosen) ? ink / 2 + 1.5 : 0)), clip = { "clip-path": "url(#sro-clip)" };
      add("clipPath", { id: "sro-clip" }, sro.svg("path", { d: trace(shapes[chosen].rings), "clip-rule": "evenodd" }));
      line(chosen, PAPER, band + 3, { ...clip, class: "chosen" });
      line(chosen, ACCENT, band, { ...clip, class: "chosen" });
    }
    for (const i of outlined) line(i, PAPER, ink + 3, { class: "casing" });
    for (const i of outlined) line(i, INK, ink, { class: "region" });
    for (const bridge of self.bridges) {
      add("path", { d: traceLine(bridge.line), fill: "none", stroke: INK, "stroke-width": 5 });
      add("path", { d: traceLine(bridge.line), fill: "none", stroke: PAPER, "stroke-width": 2.4 });
    }
    if (hovered >= 0 && hovered !== chosen) line(hovered, INK, 2, { class: "hovered" });
    if (self.ring >= 0) {
      line(self.ring, PAPER, 5);
      line(self.ring, INK, 4, { "stroke-dasharray": "7 5", "stroke-linejoin": "miter", class: "ring" });
    }
  }

  /** Signs of the shown kinds, off the labels; the chosen kind is solid. @param {Drawn} self @param {Add} add @param {Box[]} boxes */
  function drawOffers(self, add, boxes) {
    const { state } = self, { picture } = state.view, ground = self.data.ground;
    const shapeOf = Object.fromEntries(ground.symbols.map((s) => [s.kind, s]));
    ground.offers.forEach((offer, i) => {
      if (!state.kinds.has(offer.kind) || !shapeOf[offer.kind]) return;
      const id = offer.quarter >= 0 ? self.features[offer.quarter].id : "", placed = id ? sro.placedOf(picture, id) : -1;
      const lit = id && isLit(state, placed, id), own = !lit ? "" : placed >= 0 ? picture.classes[placed].ink : DARK;
      const solid = offer.kind === picture.offer_kind, [x, y] = sro.moveSign(self.points[i], boxes, offer.quarter >= 0 ? self.shapes[offer.quarter].rings : null);
      const colours = own ? { ink: own, back: own === BRIGHT ? DARK : BRIGHT } : { ink: INK, back: PAPER };
      const plate = placed < 0 ? sro.svg("circle", { r: 6.5, fill: own ? BRIGHT : PAPER }) : null;
      add("g", { class: "offer", "data-offer": i, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
        sro.svg("circle", { r: 9, fill: "none", "pointer-events": "all" }), plate, sro.svg("g", { transform: `scale(${offer.size})` }, sro.sign(shapeOf[offer.kind].symbol, { solid, ...colours })));
    });
  }

  /** Names of bridges and rivers, where they have room beside the line. @param {Drawn} self @param {Add} add @param {Box[]} boxes */
  function nameBridges(self, add, boxes) {
    const taken = { lines: self.rivers.map((r) => r.line).concat(self.bridges.map((b) => b.line), ...self.water.map((w) => w.rings)), boxes: boxes.map((b) => ({ x0: b.x0 - 2, y0: b.y0 - 2, x1: b.x1 + 2, y1: b.y1 + 2 })) };
    const font = `italic 400 12px ${FONT}`, frame = self.map.getSize(), shift = self.map.containerPointToLayerPoint([0, 0]);
    const named = [...self.bridges.map((b) => ({ name: b.name, ends: [b.line[0], b.line[b.line.length - 1]] })), ...self.rivers.map((r) => ({ name: r.name, ends: r.line.filter(([x, y]) => x > shift.x && x < shift.x + frame.x && y > shift.y + 8 && y < shift.y + frame.y - 8).slice(-1) }))];
    for (const { name, ends } of named) {
      const width = sro.widthOf(name, font);
      const spots = ends.flatMap(([x, y]) => [1, -1].flatMap((side) => [0, -10, 10, -20].map((up) => sro.boxAt(x + side * (width / 2 + 8), y + up, width + 4, 15))));
      const room = spots.find((box) => box.x0 > shift.x && box.x1 < shift.x + frame.x && box.y1 < shift.y + frame.y && box.y0 > shift.y
        && taken.boxes.every((b) => apart(b, box))
        && !taken.lines.some((l) => sro.lineMeets(l, box)) && !self.shapes.some((s) => !apart(s.box, box) && s.rings.some((ring) => sro.lineMeets(ring, box))));
      if (!room || !name) continue;
      taken.boxes.push(room);
      const x = (room.x0 + room.x1) / 2, y = (room.y0 + room.y1) / 2;
      const at = self.shapes.findIndex((s) => sro.inside(x, y, s.rings)), { picture } = self.state.view;
      const placed = at >= 0 ? sro.placedOf(picture, self.features[at].id) : -1;
      const lit = at >= 0 && isLit(self.state, placed, self.features[at].id), ink = !lit ? GREY : placed >= 0 ? picture.classes[placed].ink : DARK;
      if (at >= 0 && placed < 0) add("rect", { x: room.x0, y: room.y0, width: width + 4, height: 15, fill: lit ? BRIGHT : PAPER });
      add("text", { x: x.toFixed(1), y: (y + 4).toFixed(1), fill: ink, "text-anchor": "middle", "font-size": 12, "font-style": "italic", class: "water-name" }, name);
    }
  }
})(window.sroGeo);
