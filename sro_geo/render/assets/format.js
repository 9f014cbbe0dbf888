// @ts-check
/* Numbers as text, by the same rule as `text/numbers.py`. */
(function (/** @type {Sro} */ sro) {
  "use strict";

  const SURE = 10;

  /**
   * Half up on the decimal text, after rounding to ten sure digits; a zero carries no minus.
   * @param {number} value
   * @param {number} digits decimals
   * @param {Object<string, string>} words with the marks of the language
   * @returns {string}
   */
  sro.number = function (value, digits, words) {
    const [sure, power] = Math.abs(value).toExponential(SURE - 1).split("e");
    const whole = sure.replace(".", ""), cut = SURE - 1 - Number(power) - digits;
    const drop = cut > SURE ? 0 : 10 ** cut, count = Number(whole);
    const rounded = cut <= 0 ? whole + "0".repeat(-cut) : String(drop ? Math.floor(count / drop) + (count % drop >= drop / 2 ? 1 : 0) : 0);
    const text = rounded.padStart(digits + 1, "0"), at = text.length - digits;
    const front = text.slice(0, at).replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, words.mark_thousands);
    const sign = value < 0 && /[1-9]/.test(text) ? "\u2212" : "";
    return sign + front + (digits ? words.mark_decimal + text.slice(at) : "");
  };

  /** The number that is written, as a number. */
  sro.round = (value, digits) => Number(sro.number(value, digits, { mark_decimal: ".", mark_thousands: "" }).replace("\u2212", "-"));

  /** A text with its slots filled. */
  sro.fill = (text, facts) => text.replace(/\{(\w+)\}/g, (slot, name) => (name in facts ? String(facts[name]) : slot));

  /** The same with its sign; zero carries none. */
  sro.signed = function (value, digits, words) {
    const text = sro.number(value, digits, words);
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  };
})(window.sroGeo);
