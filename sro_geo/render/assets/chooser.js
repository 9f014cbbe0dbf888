// @ts-check
/* Topic and indicator. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  sro.makeChooser = function (data, state, act) {
    const topics = sro.find("topics"), select = /** @type {HTMLSelectElement | null} */ (sro.find("indicator"));
    if (!topics || !select) return;
    const used = data.topics.filter((topic) => data.views.some((view) => view.picture.topic === topic.id));
    /** @type {Record<string, View>} */
    const remembered = {};
    /** @param view {View} */
    const choose = (view) => { remembered[view.picture.topic] = view; update(data, view, select, topics); act.choose(view); };
    act.goTo = choose;
    for (const topic of used) {
      const button = sro.el("button", { type: "button", "data-topic": topic.id }, topic.name);
      button.addEventListener("click", () => choose(remembered[topic.id] || data.views.find((view) => view.picture.topic === topic.id)));
      topics.append(button);
    }
    select.addEventListener("change", () => choose(data.views[Number(select.value)]));
    const change = sro.find("change"), controls = sro.find("controls");
    if (change && controls) {
      change.addEventListener("click", () => {
        const open = controls.classList.toggle("open");
        change.setAttribute("aria-expanded", String(open));
        change.textContent = open ? data.words.page_close : data.words.page_change;
      });
    }
    const chooser = change?.closest(".chooser"), root = document.documentElement;
    if (chooser) new ResizeObserver(() => { root.style.scrollPaddingTop = getComputedStyle(chooser).position === "sticky" ? `${chooser.getBoundingClientRect().height + 8}px` : ""; }).observe(chooser); // nothing that gets the focus lies below it
    update(data, state.base, select, topics);
  };

  /** @param {AtlasData} data @param {View} view @param {HTMLSelectElement} select @param {HTMLElement} topics */
  function update(data, view, select, topics) {
    for (const button of topics.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.topic === view.picture.topic));
    const options = data.views.map((other, i) => [other, i]).filter(([other]) => other.picture.topic === view.picture.topic);
    select.replaceChildren(...options.map(([other, i]) => sro.el("option", { value: i }, other.picture.name)));
    select.value = String(data.views.indexOf(view));
    const name = sro.find("chosen-name"), note = sro.find("chosen-note");
    const topic = data.topics.find((other) => other.id === view.picture.topic);
    if (name) name.textContent = `${topic ? `${topic.name}: ` : ""}${view.picture.name}`;
    if (note) note.textContent = view.picture.example ? data.words.page_example : "";
  }
})(window.sroGeo);
