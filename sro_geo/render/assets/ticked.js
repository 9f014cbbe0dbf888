// @ts-check
/* Quarters of the reader's choosing beside the rest, pooled of the numbers of the tables as `compare/pooling.py` does. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** So many names of chosen quarters are told. */
  const NAMED = 20;

  sro.usualTicks = (data) => data.ground.quarters.features.map((one) => one.id).filter((id) => data.profiles[id].modelRegion);

  sro.poolSide = function (pool, order, ids) {
    const at = new Map(order.map((id, i) => [id, i])), quarters = ids.length;
    let above = 0, size = 0, hidden = 0, gaps = 0, { bounded } = pool;
    for (const id of ids) {
      const i = Number(at.get(id)), up = pool.above[i], down = pool.below[i], own = id in pool.values ? pool.values[id] : null, value = own === null && up !== null && down ? (pool.factor * up) / down : own;
      if (quarters === 1 && value !== null) return { value, low: value, high: value, size: down || 0, quarters, known: 1 }; // a single known quarter as it is
      if (value !== null && down !== null) {
        above += up === null ? (value * down) / pool.factor : up;
        size += down;
      } else if (!pool.void.includes(id)) {
        gaps += 1;
        if (down === null) bounded = false; else hidden += down;
      }
    }
    const value = size > 0 ? (pool.factor * above) / size : null, whole = size + hidden;
    /** Bound where so much of what is unknown counts. @param more {number} */
    const bound = (more) => (!gaps ? value : bounded && whole > 0 ? (pool.factor * (above + more)) / whole : null);
    return { value, low: bound(0), high: bound(hidden), size, quarters, known: quarters - gaps };
  };

  /** Decimals with which the shown difference is that of the shown values, if one more suffices. @param {number} a @param {number} b @param {number} digits */
  const chooseDigits = (a, b, digits) => [digits, digits + 1].find((n) => Math.abs(sro.round(a, n) - sro.round(b, n) - sro.round(a - b, n)) < 10 ** -(n + 1)) ?? digits;

  /** Whether what is unknown may make one side what the other is. @param {Pooled} a @param {Pooled} b */
  function isOpen(a, b) {
    if ([a, b].every((side) => side.low === side.value && side.high === side.value)) return false;
    return a.low === null || a.high === null || b.low === null || b.high === null || (a.high >= b.low && b.high >= a.low);
  }

  /** @param {AtlasData} data @param {View} view @param {Pool} pool @param {string[]} ticked @returns {Contrast} */
  function contrastOf({ words }, { picture, digits }, pool, ticked) {
    const order = picture.quarter_ids, [own, rest] = [true, false].map((inside) => sro.poolSide(pool, order, order.filter((id) => ticked.includes(id) === inside)));
    const known = own.value !== null && rest.value !== null, places = known ? chooseDigits(Number(own.value), Number(rest.value), digits) : digits;
    /** @param value {number} @param n {number} */
    const bare = (value, n) => (pool.signed ? sro.signed : sro.number)(value, n, words), write = (value, n) => sro.fill(pool.pattern, { n: bare(value, n) });
    /** @param name {string} @param side {Pooled} @returns {Side} */
    const tell = (name, side) => {
      const quarters = sro.fill(words.page_ticked_quarters, { known: side.known, all: side.quarters });
      const open = side.low !== null && side.high !== null && side.low < side.high;
      return {
        name, value: side.value === null ? words.page_change_unknown : write(side.value, places), size: sro.fill(pool.size, { n: sro.number(side.size, 0, words) }),
        quarters: open ? sro.fill(words.page_ticked_possible, { quarters, low: bare(Number(side.low), digits), high: write(Number(side.high), digits) }) : quarters,
      };
    };
    const difference = known ? sro.signed(Number(own.value) - Number(rest.value), places, words) : "";
    return {
      group: tell(words.page_ticked_own, own), rest: tell(words.page_ticked_rest, rest), difference, unit: known ? sro.unitOfMany(pool.units, difference) : "",
      sentence: [known && isOpen(own, rest) ? words.page_ticked_open : "", words.page_ticked_how].filter(Boolean).join(" "),
    };
  }

  /** One tick for each quarter, made when the fold is opened first. @param {AtlasData} data @param {AtlasState} state @param {AtlasAct} act @param {HTMLElement} box */
  function drawTicks(data, state, act, box) {
    const ids = data.ground.quarters.features.map((one) => one.id);
    box.replaceChildren(...sro.sortQuarters(data, ids, { number: null, down: false }).map((id) => {
      const input = /** @type {HTMLInputElement} */ (sro.el("input", { type: "checkbox", value: id, checked: state.ticked.includes(id) }));
      input.addEventListener("change", () => act.setTicked(ids.filter((one) => (one === id ? input.checked : state.ticked.includes(one)))));
      return sro.el("label", {}, input, ` ${sro.nameOf(data, id)}`);
    }));
  }

  sro.drawTicked = function (data, state, act) {
    const node = sro.find("ticked"), { words } = data, { view, base } = state;
    if (!node) return;
    const box = sro.find("ticked-ticks"), fold = /** @type {HTMLElement} */ (box.parentElement), body = sro.find("ticked-body"), count = base.picture.quarter_ids.length;
    node.hidden = count < 2;
    const tell = () => { sro.find("ticked-note").hidden = usual && !(/** @type {HTMLDetailsElement} */ (fold).open); }; // nobody has chosen yet
    fold.ontoggle = () => { if (!box.childElementCount) drawTicks(data, state, act, box); tell(); };
    for (const input of box.querySelectorAll("input")) input.checked = state.ticked.includes(input.value);
    sro.write("ticked-head", sro.dated(view, words.page_ticked));
    const usual = state.ticked.join() === sro.usualTicks(data).join() && state.ticked.length > 0, few = !state.ticked.length || state.ticked.length === count;
    const why = usual && base.contrast ? words.page_ticked_usual : few ? words.page_ticked_few : base.pool ? "" : words.page_ticked_not;
    const named = state.ticked.length <= NAMED ? `${words.page_ticked_own}: ${state.ticked.map((id) => sro.nameOf(data, id)).join(", ")}.` : ""; // a print has no ticks
    sro.write("ticked-note", why || named);
    tell();
    body.replaceChildren();
    if (!why && base.pool) sro.laySides(body, contrastOf(data, base, base.pool, state.ticked), words);
  };
})(window.sroGeo);
