// @ts-check
/* What is chosen, and who must hear of it. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** Kinds whose points are shown unless the reader says otherwise: on a map about offers all where they are few, else the chosen one. */
  sro.usualKinds = function (data, view) {
    const kinds = data.ground.symbols.map((s) => s.kind), { offers } = view.picture;
    if (offers === "all") return new Set(kinds);
    if (offers === "none" || !view.picture.offer_kind) return new Set();
    if (offers === "chosen") return new Set([view.picture.offer_kind]);
    if (window.innerWidth <= 760) return new Set([view.picture.offer_kind]);
    return new Set(kinds.length <= sro.FEW_KINDS ? kinds : [view.picture.offer_kind]);
  };

  sro.start = function (data, map) {
    const view = data.views[0], legend = sro.find("legend"), key = sro.find("key");
    /** @type {MapState} */
    const state = { view, selected: data.selected, hovered: "", lit: null, found: null, labels: window.innerWidth <= 760 ? "values" : data.labels.mode, kinds: sro.usualKinds(data, view), own: false, unfolded: false };
    const scale = () => sro.drawScale(key, map.metresPerPixel(), data.words, map.map.getSize().x);
    /** @type {MapAct} */
    const act = {
      select: (id) => { state.selected = id; mark(); page.select(); picked(data, state); announce(data, state); page.keep(); },
      hover: (id, at) => { if (id !== state.hovered) { state.hovered = id; mark(); } sro.tell(id && at, id ? describe(data, state, id) : []); },
      light: (placed) => { state.lit = state.lit === placed ? null : placed; sro.markLegend(legend, state.lit); act.relight(); },
      relight: () => { map.show(state); page.dim(); },
      showKind: (symbol) => { switchKind(data, state, symbol); sro.drawKey(key, data, state, act); map.show(state); scale(); },
      announce: () => announce(data, state),
      show: () => {
        const { picture } = state.view;
        sro.drawTitles(picture, data.words, page.banner);
        sro.drawLegend(legend, picture, data.words, act);
        sro.markLegend(legend, state.lit);
        sro.drawKey(key, data, state, act);
        page.draw();
        picked(data, state);
        page.mark();
        map.show(state);
      },
    };
    const mark = () => { map.mark(state); page.mark(); };
    watchWidth(data.words);
    const page = sro.openPage(data, state, act);
    map.redrawn = scale;
    map.fit();
    act.show();
    map.on(act.select, act.hover);
    listen(data, state, map, act);
    makeLabelling(data, state, () => map.show(state));
    sro.offerBasemap?.(map.map, data);
    sro.makeSaving(data, state, map, page.list);
    page.begin();
    if (window.parent !== window) tellHeight();
  };

  const names = new WeakMap();
  const nameOf = sro.nameOf = (data, id) => {
    if (!names.has(data)) names.set(data, new Map(data.ground.quarters.features.map((f) => [f.id, f.properties.name])));
    return names.get(data).get(id);
  };

  /** @param {PageData} data @param {MapState} state @param {string} id */
  function describe(data, state, id) {
    return [nameOf(data, id), sro.labelOf(state.view.picture, id), state.view.places ? state.view.places[id] : ""];
  }

  /** @param {PageData} data @param {MapState} state */
  function announce(data, state) {
    const live = sro.find("live");
    if (live) live.textContent = [state.view.picture.title, state.view.moved ? "" : state.view.year, ...(state.selected ? describe(data, state, state.selected) : [])].filter(Boolean).join(", ");
  }

  /** Line under the map with the quarter that was touched. @param {PageData} data @param {MapState} state */
  function picked(data, state) {
    const node = sro.find("picked");
    if (!node) return;
    node.hidden = !state.selected;
    if (!state.selected) return;
    const link = data.profiles ? sro.el("a", { href: "#profile" }, data.words.page_to_profile) : null, when = state.view.year ? `, ${state.view.year}:` : "";
    node.replaceChildren(sro.el("span", {}, sro.el("strong", {}, nameOf(data, state.selected)), `${when} ${sro.labelOf(state.view.picture, state.selected)}${(state.view.units || {})[state.selected] || ""}`), link || "");
  }

  /** Switch of the labels. @param {PageData} data @param {MapState} state @param {() => void} show */
  function makeLabelling(data, state, show) {
    const box = sro.find("labelling"), { words } = data;
    if (!box) return;
    /** @type {[LabelMode, string][]} */
    const names = [["names", words.page_labels_names], ["values", words.page_labels_values], ["both", words.page_labels_both], ["none", words.page_labels_none]];
    const mark = () => { for (const button of box.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.labels === state.labels)); };
    for (const [mode, name] of names) {
      const button = sro.el("button", { type: "button", "data-labels": mode }, name);
      button.addEventListener("click", () => { state.labels = mode; mark(); show(); });
      box.append(button);
    }
    mark();
  }

  /** Two hollow signs of the same shape can't be told apart, so the newer one takes the place of the older. @param {PageData} data @param {MapState} state @param {OfferSymbol} symbol */
  function switchKind(data, state, symbol) {
    state.own = true;
    state.kinds = new Set(state.kinds);
    if (state.kinds.delete(symbol.kind)) return;
    for (const other of data.ground.symbols) {
      if (other.symbol === symbol.symbol && other.kind !== state.view.picture.offer_kind) state.kinds.delete(other.kind);
    }
    state.kinds.add(symbol.kind);
  }

  /** @param {PageData} data @param {MapState} state @param {Drawn} map @param {MapAct} act */
  function listen(data, state, map, act) {
    /** @param event {Event} @returns {any} sign of an offer, or null */
    const offers = data.ground.offers, at = (event) => (event.target instanceof Element ? event.target.closest("[data-offer]") : null);
    const kinds = Object.fromEntries(data.ground.symbols.map((s) => [s.kind, s]));
    /** @param offer {Offer} */
    const tell = (offer) => (offer.count === null ? [offer.name, kinds[offer.kind].name, offer.provider] : [sro.fill(data.words.page_around, { kind: kinds[offer.kind].plural, n: offer.count })]);
    map.drawing.addEventListener("pointerover", (event) => {
      const offer = at(event) && offers[Number(at(event).getAttribute("data-offer"))];
      if (offer) sro.tell([event.clientX, event.clientY], tell(offer));
    });
    map.drawing.addEventListener("pointerout", (event) => { if (at(event)) sro.tell(null, []); });
    map.drawing.addEventListener("click", (event) => {
      const offer = at(event) && offers[Number(at(event).getAttribute("data-offer"))];
      if (offer && offer.quarter >= 0) act.select(data.ground.quarters.features[offer.quarter].id);
    });
    for (const [id, by] of Object.entries({ "zoom-in": 0.5, "zoom-out": -0.5, "zoom-all": 0 })) {
      const button = sro.find(id);
      if (button) button.addEventListener("click", () => map.zoom(by));
    }
    const wide = sro.find("wide"), grid = document.querySelector(".grid");
    if (wide) wide.hidden = !grid;
    if (wide && grid) wide.addEventListener("click", () => { wide.setAttribute("aria-pressed", String(grid.classList.toggle("wide"))); refit(); });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      sro.tell(null, []);
      if (state.lit !== null) act.light(state.lit);
    });
    let width = window.innerWidth;
    const refit = () => { map.fit(); map.show(state); };
    window.addEventListener("resize", () => { if (width !== window.innerWidth) { width = window.innerWidth; refit(); } });
    window.addEventListener("beforeprint", () => { document.documentElement.classList.add("printing"); refit(); });
    window.addEventListener("afterprint", () => { document.documentElement.classList.remove("printing"); refit(); });
  }

  /** A page in a frame tells how high it is; where the frame has become as high, nothing is left to scroll. */
  function tellHeight() {
    const root = document.documentElement;
    let high = 0;
    const mark = () => root.classList.toggle("framed", window.innerHeight >= high);
    const tell = () => { high = Math.ceil(root.getBoundingClientRect().height); window.parent.postMessage({ sroGeoHeight: high }, "*"); mark(); };
    tell(); // a frame out of sight hears of nothing else
    new ResizeObserver(tell).observe(document.body);
    window.addEventListener("resize", mark);
  }

  /** Says over a table that it is wider than its frame, as long as it is. @param {Words} words */
  function watchWidth(words) {
    for (const box of document.querySelectorAll(".scroll")) {
      const hint = sro.el("p", { class: "note wider", hidden: true }, words.page_wider);
      const look = () => { hint.hidden = box.scrollWidth <= box.clientWidth + 1; }, watch = new ResizeObserver(look);
      box.before(hint);
      for (const node of [box, ...box.children]) watch.observe(node);
    }
  }
})(window.sroGeo);
