// @ts-check
/* The first script of every page, which nobody packs: what it unpacks runs only if the page's own policy lists its checksum. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const root = document.documentElement;

  function inflate(/** @type {string} */ text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  }

  function make(/** @type {string} */ tag, /** @type {string} */ text, /** @type {Record<string, string>} */ attributes = {}) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.textContent = text;
    return node;
  }

  /** What is packed becomes what it was: style and script, in which a zero parts them, or data. */
  async function unpack() {
    const packed = [...document.querySelectorAll("script[type='text/plain']")];
    const texts = await Promise.all(packed.map((node) => inflate(node.textContent || "")));
    packed.forEach((node, i) => {
      const [first, script] = texts[i].split("\0");
      node.replaceWith(...(script ? [make("style", first), make("script", script)] : [make("script", first, { type: "application/json", id: node.id })]));
    });
  }

  root.classList.add("scripted"); // before anything is drawn: what stands there for lack of a script stays unseen
  sro.ready = new Promise((go) => document.addEventListener("DOMContentLoaded", go)).then(unpack).then(() => sro.begin()).catch((error) => {
    root.classList.remove("scripted"); // an old browser, say: the page is as without script
    throw error;
  });
})((window.sroGeo = /** @type {any} */ ({})));
