// @ts-check
/* The first script of every page, which nobody packs: what it unpacks runs only if the page's own policy lists its checksum. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const root = document.documentElement;

  /** Four bytes of five letters, as `pages.py` writes them. */
  const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=>?@^_`{|}~", LAST = LETTERS.length - 1;

  function inflate(/** @type {string} */ text) {
    const worth = new Uint8Array(128), whole = new DataView(new ArrayBuffer(Math.ceil(text.length / 5) * 4));
    for (let i = 0; i < LETTERS.length; i += 1) worth[LETTERS.charCodeAt(i)] = i;
    for (let i = 0, at = 0; i < text.length; i += 5, at += 4) {
      let sum = 0;
      for (let k = i; k < i + 5; k += 1) sum = sum * 85 + (k < text.length ? worth[text.charCodeAt(k)] : LAST);
      whole.setUint32(at, sum);
    }
    const bytes = new Uint8Array(whole.buffer, 0, Math.floor((text.length * 4) / 5));
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

  /** Head and title are seen before the work begins; a page that nobody sees has no frames, and doesn't wait for one. */
  const seen = () => new Promise((go) => { requestAnimationFrame(() => setTimeout(go)); setTimeout(go, 60); });

  root.classList.add("scripted"); // before anything is drawn: what stands there for lack of a script stays unseen
  sro.ready = new Promise((go) => document.addEventListener("DOMContentLoaded", go)).then(seen).then(unpack).then(() => sro.begin()).catch((error) => {
    root.classList.remove("scripted"); // an old browser, say: the page is as without script
    throw error;
  });
})((window.sroGeo = /** @type {any} */ ({})));
