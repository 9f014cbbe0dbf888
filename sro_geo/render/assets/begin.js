// @ts-check
/* The first script of every page, which nobody packs: what it unpacks runs only if the page's own policy lists its checksum. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const root = document.documentElement;

  /** Four bytes of five letters, as `pages.py` writes them. */
  const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=>?@^_`{|}~", LAST = LETTERS.length - 1;

  function inflate(/** @type {string} */ text) {
    const worth = Object.fromEntries([...LETTERS].map((letter, i) => [letter, i])), bytes = new Uint8Array(Math.floor((text.length * 4) / 5));
    for (let i = 0, at = 0; i < text.length; i += 5) {
      let sum = 0;
      for (let k = 0; k < 5; k += 1) sum = sum * 85 + (i + k < text.length ? worth[text[i + k]] : LAST);
      for (let k = 3; k >= 0 && at < bytes.length; k -= 1) bytes[at++] = (sum / 256 ** k) & 255;
    }
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
