// @ts-check
/* Long lists: rows as they come into view, find a quarter by name, one stop of the tab key for each list, arrow keys within it. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** So many rows are seen without a search; longer lists scroll in a frame of their own. */
  sro.LONG = 24;

  /** Lists of more rows come in pieces that are filled when they come near to what is seen: at least so many rows in each, at most so many pieces. */
  const MANY = 200, PIECE = 15, PIECES = 300, HIGH = 36, NEAR = "600px 0px", NEAR_WITHIN = "300px 0px";

  /** Name as it is compared: without case, accents and signs; ä is found as a and as ae. */
  sro.fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, "").replace(/ß/g, "ss").replace(/([aou])e/g, "$1").replace(/[^a-z0-9]+/g, " ").trim();

  /** @type {WeakMap<Element, List>} */
  const lists = new WeakMap();
  let marked = { selected: "", hovered: "", state: /** @type {AtlasState | null} */ (null) };

  /** Rows of a list, which `cells` gives for a quarter: bodies of its table. A long list is filled as it is scrolled, and printed as far as it was seen. */
  sro.layRows = function (table, ids, cells, act) {
    const former = lists.get(table), list = { ids, shown: ids, cells, bodies: [], seen: former ? former.seen : new Set(), stop: "", watch: null };
    if (former) former.watch?.disconnect();
    else enliven(table, act);
    lists.set(table, list);
    table.parentElement?.classList.toggle("long", ids.length > MANY);
    return layBodies(list);
  };

  /** @param {List} list */
  function layBodies(list) {
    const { length } = list.shown, size = pieceOf(list);
    list.watch?.disconnect();
    list.bodies = Array.from({ length: Math.max(1, Math.ceil(length / size)) }, () => /** @type {HTMLTableSectionElement} */ (sro.el("tbody")));
    if (length <= size) { fillBody(list, 0); return list.bodies; }
    list.bodies.forEach((body, n) => {
      const gap = sro.el("tr", { class: "gap" });
      gap.style.height = `${HIGH * Math.min(size, length - n * size)}px`;
      body.append(gap);
    });
    list.seen.forEach((n) => fillBody(list, n));
    const numbers = new Map(list.bodies.map((body, n) => [/** @type {Element} */ (body), n]));
    const how = { rootMargin: NEAR, scrollMargin: NEAR_WITHIN }, watch = list.watch = new IntersectionObserver((told) => {
      for (const { target, isIntersecting } of told) {
        const n = numbers.get(target) || 0;
        if (isIntersecting) { list.seen.add(n); fillBody(list, n); } else list.seen.delete(n);
      }
      if (list.seen.size && list.stop) buttonOf(list, list.stop);
    }, how);
    list.bodies.forEach((body) => watch.observe(body));
    return list.bodies;
  }

  /** Rows in a piece. @param {List} list */
  const pieceOf = ({ shown: { length } }) => (length <= MANY ? MANY : Math.max(PIECE, Math.ceil(length / PIECES)));

  /** @param {List} list @param {number} n */
  function fillBody(list, n) {
    const body = list.bodies[n], size = pieceOf(list);
    if (!body || body.querySelector("[data-quarter]")) return;
    body.replaceChildren(...list.shown.slice(n * size, (n + 1) * size).map((id) => {
      const row = sro.el("tr", { "data-quarter": id }, ...list.cells(id)), button = /** @type {HTMLButtonElement} */ (row.querySelector("button.name"));
      button.tabIndex = id === list.stop ? 0 : -1;
      markRow(row);
      return row;
    }));
  }

  /** Button of a quarter, whose row is filled if need be. @param {List} list @param {string} id */
  function buttonOf(list, id) {
    const at = list.shown.indexOf(id), size = pieceOf(list), n = Math.floor(at / size);
    fillBody(list, n);
    return /** @type {HTMLButtonElement} */ (list.bodies[n].rows[at % size].querySelector("button.name"));
  }

  /** @param row {HTMLElement} */
  function markRow(row) {
    const selected = row.dataset.quarter === marked.selected;
    sro.toggle(row, "data-selected", selected);
    sro.toggle(row, "data-hovered", row.dataset.quarter === marked.hovered);
    row.querySelector("button.name")?.setAttribute("aria-pressed", String(selected));
    const { state } = marked, id = row.dataset.quarter || "";
    sro.toggle(row, "data-dim", state !== null && !sro.isLit(state, sro.placedOf(state.view.picture, id), id));
  }

  /** Same mark in all lists for what is selected or pointed at. */
  sro.markRows = function (state) {
    const { selected, hovered } = state, touched = new Set([marked.selected, marked.hovered, selected, hovered]);
    marked = { selected, hovered, state };
    for (const id of touched) {
      if (id) for (const row of document.querySelectorAll(`tr[data-quarter="${CSS.escape(id)}"]`)) markRow(/** @type {HTMLElement} */ (row));
    }
  };

  /** Rows of quarters that the map doesn't light up step back. */
  sro.dimRows = () => { for (const row of document.querySelectorAll("tr[data-quarter]")) markRow(/** @type {HTMLElement} */ (row)); };

  /** Rows point at their quarters and select them. @param {HTMLElement} table @param {AtlasAct} act */
  function enliven(table, act) {
    const at = (/** @type {any} */ event) => { const row = event.target.closest("tr[data-quarter]"); return row ? row.dataset.quarter : ""; };
    table.addEventListener("click", (event) => { if (at(event)) act.select(at(event)); });
    table.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") act.hover(at(event), null); });
    table.addEventListener("pointerleave", () => act.hover("", null));
    table.addEventListener("focusin", (event) => { if (at(event)) act.hover(at(event), null); });
    table.addEventListener("focusout", () => act.hover("", null));
  }

  /** Shows the rows whose names hold what is typed; Enter selects the first, Escape shows all. */
  sro.makeSearch = function (data, act) {
    const field = /** @type {HTMLInputElement | null} */ (sro.find("search")), table = /** @type {HTMLTableElement | null} */ (sro.find("ranking-table"));
    if (!field || !table) return () => {};
    const box = /** @type {HTMLElement} */ (field.parentElement), folded = new Map(), many = Object.keys(data.profiles).length > sro.LONG;
    box.hidden = !many;
    for (const one of [table, sro.find("table-all")]) one?.parentElement?.classList.toggle("rows", many);
    /** @param id {string} @returns {string} */
    const foldOf = (id) => { if (!folded.has(id)) folded.set(id, sro.fold(`${data.profiles[id].name}\n${data.profiles[id].parent}`)); return folded.get(id); };
    const find = () => {
      const wanted = sro.fold(field.value), list = /** @type {List} */ (lists.get(table)), found = wanted ? list.ids.filter((id) => foldOf(id).includes(wanted)) : list.ids;
      if (wanted || list.shown !== list.ids) {
        list.shown = found;
        for (const body of list.bodies) body.remove();
        table.append(...layBodies(list));
      }
      sro.find("search-none").hidden = found.length > 0;
      return found;
    };
    field.addEventListener("input", () => { find(); sro.setStop(table); });
    field.addEventListener("keydown", (event) => {
      const found = event.key === "Enter" && field.value ? find() : [];
      if (event.key === "Escape") { field.value = ""; find(); }
      const wanted = sro.fold(field.value), { name, parent } = found.length ? data.profiles[found[0]] : { name: "", parent: "" };
      if (found.length && sro.showUnit && sro.fold(parent).includes(wanted) && !sro.fold(name).includes(wanted)) sro.showUnit(parent); // a unit was looked for
      else if (found.length) { act.select(found[0]); sro.reveal(table); }
    });
    return find;
  };

  /** Scrolls a list in a frame so that the selected row stands in its middle. */
  sro.reveal = function (table) {
    const frame = table.closest(".rows"), row = table.querySelector("tbody tr[data-selected]"), list = lists.get(table);
    if (!frame || !list || !(row instanceof HTMLElement)) return;
    const n = list.bodies.findIndex((body) => body === row.parentElement);
    for (const one of [n - 1, n + 1]) fillBody(list, one);
    const wanted = row.offsetTop - (frame.clientHeight - row.offsetHeight) / 2, head = /** @type {HTMLElement} */ (table.querySelector("thead")).offsetHeight;
    const rows = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("tr[data-quarter]")]), first = wanted > 0 ? rows.find((one) => one.offsetTop >= wanted + head) : null; // no half of a row under the head
    frame.scrollTop = first ? table.offsetTop + first.offsetTop - head : 0;
  };

  /** Lets the tab key stop at one row of a list alone. @param {HTMLElement} table @param {List} list @param {string} id */
  function stopAt(table, list, id) {
    for (const button of table.querySelectorAll('button.name[tabindex="0"]')) button.setAttribute("tabindex", "-1");
    list.stop = id;
    const button = buttonOf(list, id);
    button.tabIndex = 0;
    return button;
  }

  /** The tab key stops at one row: the selected one, else the first; the arrow keys go on from there. */
  sro.setStop = function (table) {
    const list = lists.get(table);
    if (!list || !list.shown.length) return;
    const id = list.shown.includes(marked.selected) ? marked.selected : list.shown[0];
    if (list.bodies.length === 1 || list.seen.size || !table.closest("[tabindex]")) stopAt(table, list, id);
    else list.stop = id; // its frame is a stop itself, and scrolls it into view
  };

  /** Quarters by name, or by number with the unknown ones last; equal ones by name. */
  sro.sortQuarters = function (data, ids, { number, down }) {
    const names = rankNames(data), turn = down ? -1 : 1;
    /** @param a {string} @param b {string} */
    const byName = (a, b) => Number(names.get(a)) - Number(names.get(b));
    return [...ids].sort((a, b) => {
      if (!number) return turn * byName(a, b);
      const [x, y] = [a, b].map(number);
      if (typeof x !== "number" || typeof y !== "number") return Number(typeof x !== "number") - Number(typeof y !== "number") || byName(a, b);
      return turn * (x - y) || byName(a, b);
    });
  };

  /** @type {WeakMap<AtlasData, Map<string, number>>} */
  const ranked = new WeakMap();

  /** Place of each quarter in the order of names: names are compared once. @param {AtlasData} data */
  function rankNames(data) {
    const { compare } = new Intl.Collator(data.language), known = ranked.get(data);
    const ranks = known || new Map(Object.entries(data.profiles).sort(([, a], [, b]) => compare(a.name, b.name)).map(([id], i) => [id, i]));
    ranked.set(data, ranks);
    return ranks;
  }

  /** Head of a column that sorts by it. */
  sro.sortHead = function (text, sort, turn) {
    const button = sro.el("button", { type: "button", class: "sort" }, text);
    button.addEventListener("click", turn);
    return sro.el("th", { scope: "col", "aria-sort": sort ? (sort.down ? "descending" : "ascending") : null }, button);
  };

  sro.walkRows = function (table) {
    table.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key], list = lists.get(table);
      const here = event.target instanceof Element ? event.target.closest("tr[data-quarter]") : null;
      if (!step || !list || !(here instanceof HTMLElement)) return;
      const at = list.shown.indexOf(here.dataset.quarter) + step;
      event.preventDefault();
      stopAt(table, list, list.shown[Math.min(Math.max(at, 0), list.shown.length - 1)]).focus();
    });
  };
})(window.sroGeo);
