// @ts-check
/* Quarters like the selected one by indicators and tolerances of the reader's choosing, found as `compare/nearness.py` finds them. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** So many indicators are ticked at first; so many names of undecided quarters are told. */
  const FIRST = 2, NAMED = 20;

  /** What the reader has asked for: indicators, null for the usual ones; tolerances by code, as typed; whether the map shows what was found. */
  /** @type {{ codes: string[] | null, widths: Record<string, string>, lit: boolean }} */
  const asked = { codes: null, widths: {}, lit: false };

  /** @type {WeakMap<View, Map<string, number>>} */
  const kept = new WeakMap();
  /** Values as they stand on the page, by quarter: whoever checks a difference has no others, and what is withheld is not among them. @param {View} view */
  function valuesOf(view) {
    const values = kept.get(view) || new Map(view.ranking.filter((row) => row.value !== null).map((row) => [row.quarter_id, sro.round(Number(row.value), view.digits)]));
    kept.set(view, values);
    return values;
  }

  /** Quarters within all tolerances, the least of the greatest differences first; and those of which all that is known is within. The edge belongs to a tolerance. */
  sro.findNear = function (limits, order, own) {
    const found = /** @type {Near[]} */ ([]), open = /** @type {string[]} */ ([]);
    for (const id of order) {
      const near = { id, most: -1, n: 0, by: 0 };
      let unknown = false;
      limits.forEach(({ values, digits, width }, n) => {
        const there = values.get(id), here = values.get(own);
        if (there === undefined || here === undefined) { unknown = true; return; }
        const by = sro.round(there - here, digits), most = by ? Math.abs(by) / width : 0;
        if (most > near.most) Object.assign(near, { most, n, by });
      });
      if (id !== own && near.most <= 1) if (unknown) open.push(id); else found.push(near);
    }
    return { found: found.sort((a, b) => a.most - b.most), open };
  };

  /** Half a standard deviation as a round number that can be seen. @param {View} view @param {Words} words */
  function writeWidth(view, words) {
    const all = [...valuesOf(view).values()], least = 10 ** -view.digits;
    /** @param numbers {number[]} */
    const mean = (numbers) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length, middle = mean(all), half = Math.sqrt(mean(all.map((x) => (x - middle) ** 2))) / 2, power = 10 ** Math.floor(Math.log10(half || least));
    const width = Math.max(least, ...[1, 2, 5, 10].map((n) => Number((n * power).toPrecision(1))).sort((a, b) => Math.abs(a - half) - Math.abs(b - half)).slice(0, 1));
    return sro.number(width, (String(width).split(".")[1] || "").length, words);
  }

  /** A number as it is typed, with either mark of decimals; NaN where it is none. @param {string} text @param {Words} words */
  function readNumber(text, { mark_thousands }) {
    const plain = text.trim().replace(/^[1-9]\d{0,2}([.,]\d{3})+(?!\d)/, (many) => many.split(mark_thousands).join("")).replace(",", ".");
    return /^[\d.]+$/.test(plain) ? Number(plain) : NaN;
  }

  /** One tick for each indicator; the tab key stops at one of them. @param {View[]} views @param {AtlasAct} act */
  function drawTicks(views, act) {
    const inputs = views.map(({ code }) => /** @type {HTMLInputElement} */ (sro.el("input", { type: "checkbox", value: code })));
    for (const input of inputs) input.addEventListener("change", () => { asked.codes = inputs.filter((one) => one.checked).map((one) => one.value); act.seek(); });
    sro.rove(inputs, false);
    sro.find("alike-ticks").replaceChildren(...inputs.map((input, i) => sro.el("label", {}, input, sro.el("span", {}, views[i].picture.name))));
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape" && asked.lit) { asked.lit = false; act.seek(); } });
  }

  /** A row for each ticked indicator: what the quarter has, and a field for what others may differ by, which stays while it is typed in. @param {Words} words @param {string} selected @param {View[]} views @param {AtlasAct} act */
  function drawWidths(words, selected, views, act) {
    const box = sro.find("alike-widths"), of = views.map((view) => view.code).join();
    if (box.dataset.of !== of) box.replaceChildren(...views.map(({ code, picture, rankingHead }) => {
      const unit = rankingHead === "%" ? words.page_alike_share : rankingHead.replace(/\u00ad/g, ""), field = /** @type {HTMLInputElement} */ (sro.el("input", { id: `alike-${code}`, inputmode: "decimal", autocomplete: "off", value: asked.widths[code], "aria-label": sro.fill(words.page_alike_width, { name: picture.name, unit }) }));
      field.addEventListener("input", () => { asked.widths[code] = field.value; act.seek(); });
      return sro.el("p", {}, sro.el("span", {}), sro.el("span", { class: "width" }, "± ", field, ` ${unit}`));
    }));
    box.dataset.of = of;
    views.forEach((view, i) => {
      const row = box.children[i], known = valuesOf(view).has(selected), { name } = view.picture, told = sro.labelOf(view.picture, selected);
      row.children[0].textContent = known ? `${name}: ${told}` : sro.fill(words.page_alike_lacking, { name, reason: told });
      row.children[1].classList.toggle("idle", !known);
      sro.toggle(/** @type {Element} */ (row.querySelector("input")), "aria-invalid", known && Number.isNaN(readNumber(asked.widths[view.code], words)));
    });
  }

  /** Whom the fields let in, as text and list; gives their ids with that of the quarter itself. @param {AtlasData} data @param {AtlasState} state @param {View[]} views @param {AtlasAct} act */
  function drawFound(data, state, views, act) {
    const { words } = data, { selected } = state, order = data.ground.quarters.features.map((one) => one.id), table = sro.find("alike-table"), focused = table.contains(document.activeElement);
    const used = views.map((view) => ({ view, values: valuesOf(view), digits: view.digits, width: readNumber(asked.widths[view.code], words) })).filter(({ values }) => values.has(selected));
    const wrong = used.some(({ width }) => Number.isNaN(width)), { found, open } = sro.findNear(used, used.length && !wrong ? order : [], selected), byId = new Map(found.map((near) => [near.id, near])), ids = [selected, ...byId.keys()];
    const names = open.length > NAMED ? "" : ` (${open.map((id) => sro.nameOf(data, id)).join(", ")})`, facts = { name: sro.nameOf(data, selected), n: found.length, all: order.length - 1 };
    const told = wrong ? [words.page_alike_wrong] : !used.length ? [words.page_alike_none] : [sro.fill(words.page_alike_found, facts), open.length && `${words.page_alike_open}: ${open.length}${names}.`, !found.length && words.page_alike_wider];
    sro.write("alike-told", [views.some((view) => view.lead) && `${words.page_example}.`, ...told].filter(Boolean).join(" "));
    /** @param id {string} */
    const cells = (id) => {
      const { n, by } = /** @type {Near} */ (byId.get(id)), { picture, digits } = used[n].view;
      return [sro.el("th", { scope: "row" }, sro.nameButton(data, id)), sro.el("td", {}, by ? `${picture.name} ${sro.signed(by, digits, words)}` : words.page_alike_same)];
    };
    const head = sro.el("thead", {}, sro.el("tr", {}, ...[words.page_quarter, words.page_alike_most].map((text) => sro.el("th", { scope: "col" }, text))));
    table.replaceChildren(...(found.length ? [head, ...sro.layRows(table, ids.slice(1), cells, act)] : []));
    table.parentElement?.classList.toggle("rows", found.length > sro.LONG);
    sro.find("alike-more").hidden = !found.length;
    asked.lit = asked.lit && found.length > 0;
    sro.find("alike-light").setAttribute("aria-pressed", String(asked.lit));
    state.found = asked.lit ? new Set(ids) : null;
    sro.setStop(table);
    if (focused) /** @type {HTMLElement | null} */ (table.querySelector('.name[tabindex="0"]') || sro.find("alike").querySelector("summary"))?.focus();
    return ids;
  }

  sro.drawAlike = function (data, state, act) {
    const fold = /** @type {HTMLDetailsElement | null} */ (sro.find("alike")), views = data.views.filter((view) => view.ranking.some((row) => row.value !== null)), { words } = data;
    if (!fold) return;
    fold.hidden = Object.keys(data.profiles).length < 2 || !views.length;
    fold.ontoggle = act.seek;
    state.found = null;
    if (!fold.open) { asked.lit = false; return; }
    const ticks = sro.find("alike-ticks"), codes = asked.codes || [...new Set([state.base.code, ...data.beside])].filter((code) => views.some((view) => view.code === code)).slice(0, FIRST), chosen = views.filter((view) => codes.includes(view.code));
    if (!ticks.childElementCount) drawTicks(views, act);
    for (const input of ticks.querySelectorAll("input")) input.checked = codes.includes(input.value);
    for (const view of chosen) asked.widths[view.code] ??= writeWidth(view, words);
    drawWidths(words, state.selected, chosen, act);
    const ids = drawFound(data, state, chosen, act);
    sro.find("alike-light").onclick = () => { asked.lit = !asked.lit; act.seek(); };
    sro.find("alike-tick").onclick = () => {
      const other = /** @type {HTMLDetailsElement} */ (sro.find("ticked").querySelector("details"));
      act.setTicked(data.ground.quarters.features.map((one) => one.id).filter((id) => ids.includes(id)));
      other.open = true;
      other.querySelector("summary")?.focus();
    };
  };
})(window.sroGeo);
