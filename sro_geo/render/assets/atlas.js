// @ts-check
/* The atlas around its map: what it shows beside, and which view, year and quarters are chosen. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  /** So many quarters make a long list; where list and profile stand side by side. */
  const MANY = 14, BESIDE = "(min-width:1241px)";

  /** @param {AtlasData} data @param {AtlasState} state @param {AtlasAct} act */
  sro.openPage = function (data, state, act) {
    const { view, selected, year, span, beside, ticked } = sro.readAddress(data);
    Object.assign(state, { view, base: view, year, span, beside, ticked, moving: Boolean(span), selected, kinds: sro.usualKinds(data, view), sort: { column: 0, down: false } });
    const lists = [sro.find("ranking-table"), sro.find("table-all"), sro.find("changes-table"), sro.find("alike-table")].filter(Boolean);
    let /** @type {(again?: boolean) => void} */ keep = () => {}, find = () => {};
    /** @param wanted {number} */
    const turn = (wanted) => {
      const years = sro.yearsOf(state.base);
      state.year = years.includes(wanted) ? wanted : sro.lastOf(state.base);
      if (!state.span && years.length) state.span = [years[0], sro.lastOf(state.base)];
      state.view = state.moving ? sro.viewChange(data, state.base, state.span) : sro.viewOf(data, state.base, state.year);
    };
    Object.assign(act, {
      /** @param chosen {View} */
      choose: (chosen) => { state.base = chosen; state.lit = null; if (!state.own) state.kinds = sro.usualKinds(data, chosen); state.span = null; state.moving = false; turn(state.year); act.show(); act.announce(); keep(); },
      /** @param span {number[]} @param moving {boolean} */
      setSpan: (span, moving) => { state.span = span; state.moving = moving; state.lit = null; turn(state.year); act.show(); act.announce(); keep(); },
      /** @param wanted {number} */
      setYear: (wanted) => { state.moving = false; turn(wanted); if (state.lit !== null && state.lit < 0) state.lit = null; act.show(); keep(true); },
      /** @param ids {string[]} */
      setTicked: (ids) => { state.ticked = ids; sro.drawTicked(data, state, act); keep(); },
      seek: () => { const { found } = state; sro.drawAlike(data, state, act); if (found !== state.found) act.relight(); },
      /** @param codes {string[]} */
      setBeside: (codes) => { state.beside = codes; sro.drawBeside(data, state, act); keep(); },
    });
    const draw = () => {
      sro.drawRanking(data, state, act);
      sro.drawContrast(data, state.view);
      sro.drawTicked(data, state, act);
      sro.drawChanges(data, state, act);
      sro.drawMultiples(data, state, act);
      sro.drawClosures(data, state.view);
      sro.drawOrders(data, state.view);
      sro.drawProfile(data, state);
      sro.drawAlike(data, state, act);
      sro.drawTable(data, state, act);
      find();
      markYears();
    };
    const begin = () => {
      sro.drawBeside(data, state, act);
      const grid = document.querySelector(".grid"), profile = sro.find("profile"), ranking = profile?.parentElement?.querySelector(".part-ranking"), wide = matchMedia(BESIDE);
      if (grid) grid.classList.toggle("many", data.views[0].ranking.length > MANY);
      const order = () => { if (profile && ranking) (wide.matches ? ranking.after(profile) : ranking.before(profile)); }; // the focus goes as the eye does
      wide.addEventListener("change", order);
      order();
      sro.makeChooser(data, state, act);
      keep = sro.keepAddress(data, state, act);
      find = sro.makeSearch(data, act);
      lists.forEach(sro.walkRows);
      lists.forEach(sro.reveal);
    };
    turn(state.year);
    const markYears = sro.makeYears(data, state, act);
    return { banner: data.example, draw, begin, mark: () => { sro.markRows(state); sro.markMultiples(state); lists.forEach(sro.setStop); }, dim: sro.dimRows, select: () => { sro.drawProfile(data, state); act.seek(); }, keep: () => keep(), list: () => sro.listTable(data, state) };
  };
})(window.sroGeo);
