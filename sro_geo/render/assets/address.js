// @ts-check
/* What is shown, as an address: `#kennzahl=…&quartier=…`. The back button goes back one view. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const VIEW = "kennzahl", QUARTER = "quartier", YEAR = "jahr", SPAN = "veraenderung", BESIDE = "neben", TICKED = "auswahl";

  /** Two years whose change the address asks for: `2014-2024`. @param {View} view @param {string} text @returns {number[] | null} */
  function readSpan(view, text) {
    const [from, to] = text.split("-").map(Number), years = sro.yearsOf(view);
    return from < to && years.includes(from) && years.includes(to) && view.series.cuts.length ? [from, to] : null;
  }

  /** View, quarter and years that the address names, as far as there are such. */
  sro.readAddress = function (data) {
    const told = new URLSearchParams(location.hash.slice(1)), quarter = told.get(QUARTER) || "";
    const view = data.views.find((one) => one.code === told.get(VIEW)) || data.views[0], year = Number(told.get(YEAR));
    return {
      view,
      beside: told.has(BESIDE) ? data.views.map((one) => one.code).filter((code) => (told.get(BESIDE) || "").split(",").includes(code)) : data.beside,
      ticked: told.has(TICKED) ? data.ground.quarters.features.map((one) => one.id).filter((id) => (told.get(TICKED) || "").split(",").includes(id)) : sro.usualTicks(data),
      span: readSpan(view, told.get(SPAN) || ""),
      year: sro.yearsOf(view).includes(year) ? year : sro.lastOf(view),
      selected: quarter in data.profiles ? quarter : data.selected,
    };
  };

  /** @param {AtlasData} data @param {AtlasState} state */
  function write(data, state) {
    const beside = state.beside.join(","), ticked = state.ticked.join(",");
    return `#${new URLSearchParams({ [VIEW]: state.base.code, [QUARTER]: state.selected, ...(state.moving ? { [SPAN]: state.span.join("-") } : state.year ? { [YEAR]: String(state.year) } : {}), ...(beside === data.beside.join(",") ? {} : { [BESIDE]: beside }), ...(ticked === sro.usualTicks(data).join(",") ? {} : { [TICKED]: ticked }) })}`;
  }

  /** Keep the address in step with what is shown; a page inside another may have none. */
  sro.keepAddress = function (data, state, act) {
    let going = false;
    const keep = (again = false) => {
      if (going || location.hash === write(data, state)) return;
      try { history[again ? "replaceState" : "pushState"](null, "", write(data, state)); } catch { /* no address of its own */ }
    };
    const go = () => {
      const wanted = sro.readAddress(data);
      going = true;  // where the browser has gone already
      if (wanted.view !== state.base) act.goTo(wanted.view);
      if (wanted.span) act.setSpan(wanted.span, true);
      else if (state.moving || wanted.year !== state.year) act.setYear(wanted.year);
      if (wanted.beside.join() !== state.beside.join()) act.setBeside(wanted.beside);
      if (wanted.ticked.join() !== state.ticked.join()) act.setTicked(wanted.ticked);
      if (wanted.selected !== state.selected) act.select(wanted.selected);
      going = false;
    };
    window.addEventListener("popstate", go);
    window.addEventListener("hashchange", go);
    const button = sro.find("link");
    if (button) button.addEventListener("click", () => copy(write(data, state), button, data.words));
    return keep;
  };

  /** Copies the address of the view, also where a page from a folder may not ask for the clipboard. @param {string} address @param {HTMLElement} button @param {Words} words */
  function copy(address, button, words) {
    const field = /** @type {HTMLInputElement} */ (sro.el("input", { class: "copied", readonly: true, value: location.href.split("#")[0] + address }));
    button.after(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    button.focus();
    button.textContent = done ? words.page_link_done : words.page_link_failed;
    const live = sro.find("live");
    if (live) live.textContent = button.textContent;
    button.addEventListener("blur", () => { button.textContent = words.page_link; }, { once: true });
  }
})(window.sroGeo);
