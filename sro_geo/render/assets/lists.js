// @ts-check
/* Long lists: find a quarter by name, one stop of the tab key for each list, arrow keys within it. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** So many rows are seen without a search; longer lists scroll in a frame of their own. */
  sro.LONG = 24;

  /** Name as it is compared: without case, accents and signs; ä is found as a and as ae. */
  sro.fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, "").replace(/ß/g, "ss").replace(/([aou])e/g, "$1").replace(/[^a-z0-9]+/g, " ").trim();

  /** @param table {Element} */
  const rowsOf = (table) => /** @type {HTMLTableRowElement[]} */ ([...table.querySelectorAll("tbody tr[data-quarter]")]);
  /** @param row {HTMLElement} */
  const buttonOf = (row) => { fillRow(row); return /** @type {HTMLButtonElement} */ (row.querySelector("button.name")); };

  /** Lists of more rows get their cells when they come near to what is seen. */
  const MANY = 200, NEAR = "300px 0px";
  const waiting = new WeakMap(), watches = new WeakMap();

  function fillRow(/** @type {HTMLElement} */ row) {
    const cells = waiting.get(row);
    if (!cells) return;
    waiting.delete(row);
    row.append(...cells().filter(Boolean));
    const button = /** @type {HTMLButtonElement} */ (row.querySelector("button.name"));
    button.tabIndex = -1;
    button.setAttribute("aria-pressed", String(row.dataset.selected === "true"));
  }

  /** Rows of a list in its frame, `cells` gives those of a quarter; a long list is filled as it is scrolled, and printed as far as it was seen. */
  sro.layRows = function (table, ids, cells, act) {
    const rows = ids.map((id) => sro.el("tr", { "data-quarter": id }));
    if (!watches.has(table)) enliven(table, act);
    else if (watches.get(table)) watches.get(table).disconnect();
    watches.set(table, null);
    rows.forEach((row) => waiting.set(row, () => cells(row.dataset.quarter)));
    table.parentElement?.classList.toggle("long", rows.length > MANY);
    if (rows.length <= MANY) { rows.forEach(fillRow); return rows; }
    const watch = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) if (isIntersecting) { fillRow(/** @type {HTMLElement} */ (target)); watch.unobserve(target); }
    }, { root: table.parentElement, rootMargin: NEAR });
    rows.forEach((row) => watch.observe(row));
    watches.set(table, watch);
    return rows;
  };

  /** Rows point at their quarters and select them. @param {HTMLElement} table @param {AtlasAct} act */
  function enliven(table, act) {
    const at = (/** @type {any} */ event) => { const row = event.target.closest("tr[data-quarter]"); return row ? row.dataset.quarter : ""; };
    table.addEventListener("click", (event) => { if (at(event)) act.select(at(event)); });
    table.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") act.hover(at(event), null); });
    table.addEventListener("pointerleave", () => act.hover("", null));
  }

  /** Shows the rows whose names hold what is typed; Enter selects the first, Escape shows all. */
  sro.makeSearch = function (data, act) {
    const field = /** @type {HTMLInputElement | null} */ (sro.find("search")), table = sro.find("ranking-table");
    if (!field || !table) return () => {};
    const box = /** @type {HTMLElement} */ (field.parentElement);
    const many = Object.keys(data.profiles).length > sro.LONG;
    box.hidden = !many;
    for (const list of [table, sro.find("table-all")]) list?.parentElement?.classList.toggle("rows", many);
    const find = () => {
      const wanted = sro.fold(field.value);
      const found = rowsOf(table).filter((row) => {
        row.hidden = !sro.fold(data.profiles[row.dataset.quarter || ""].name).includes(wanted);
        return !row.hidden;
      });
      sro.find("search-none").hidden = found.length > 0;
      return found;
    };
    field.addEventListener("input", () => { find(); sro.setStop(table); });
    field.addEventListener("keydown", (event) => {
      const found = event.key === "Enter" && field.value ? find() : [];
      if (event.key === "Escape") { field.value = ""; find(); }
      if (found.length) { act.select(found[0].dataset.quarter); sro.reveal(table); }
    });
    return find;
  };

  /** Scrolls a list in a frame so that the selected row stands in its middle. */
  sro.reveal = function (table) {
    const frame = table.closest(".rows"), row = table.querySelector("tbody tr[data-selected]");
    if (!frame || !(row instanceof HTMLElement)) return;
    const wanted = row.offsetTop - (frame.clientHeight - row.offsetHeight) / 2, head = /** @type {HTMLElement} */ (table.querySelector("thead")).offsetHeight;
    const first = wanted > 0 ? rowsOf(table).find((one) => one.offsetTop >= wanted + head) : null; // no half of a row under the head
    frame.scrollTop = first ? /** @type {HTMLElement} */ (table).offsetTop + first.offsetTop - head : 0;
  };

  /** The tab key stops at one row: the selected one, else the first; the arrow keys go on from there. */
  sro.setStop = function (table) {
    const shown = rowsOf(table).filter((row) => !row.hidden);
    const stop = shown.find((row) => row.dataset.selected === "true") || shown[0];
    for (const row of rowsOf(table)) if (row === stop || !waiting.has(row)) buttonOf(row).tabIndex = row === stop ? 0 : -1;
  };

  /** Quarters by name, or by number with the unknown ones last; equal ones by name. */
  sro.sortQuarters = function (ids, { name, number, down, language }) {
    /** @param a {string} @param b {string} */
    const { compare } = new Intl.Collator(language), byName = (a, b) => compare(name(a), name(b));
    const turn = down ? -1 : 1;
    return [...ids].sort((a, b) => {
      if (!number) return turn * byName(a, b);
      const [x, y] = [a, b].map(number);
      if (typeof x !== "number" || typeof y !== "number") return Number(typeof x !== "number") - Number(typeof y !== "number") || byName(a, b);
      return turn * (x - y) || byName(a, b);
    });
  };

  /** Head of a column that sorts by it. */
  sro.sortHead = function (text, sort, turn) {
    const button = sro.el("button", { type: "button", class: "sort" }, text);
    button.addEventListener("click", turn);
    return sro.el("th", { scope: "col", "aria-sort": sort ? (sort.down ? "descending" : "ascending") : null }, button);
  };

  sro.walkRows = function (table) {
    table.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
      const here = event.target instanceof Element ? event.target.closest("tr[data-quarter]") : null;
      if (!step || !here) return;
      const shown = rowsOf(table).filter((row) => !row.hidden), at = shown.indexOf(/** @type {HTMLTableRowElement} */ (here)) + step;
      const next = shown[Math.min(Math.max(at, 0), shown.length - 1)];
      for (const row of shown) if (row === next || !waiting.has(row)) buttonOf(row).tabIndex = row === next ? 0 : -1;
      event.preventDefault();
      buttonOf(next).focus();
    });
  };
})(window.sroGeo);
