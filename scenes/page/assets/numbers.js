// Numbers and names as a reader sees them, in the page and in its plots.
"use strict";

// Letters that are not written from left to right, and characters that change how others are.
const DIRECTED = /[\u0590-\u08ff\u200f\u202a-\u202e\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LONGEST_NAME = 40; // Characters of a column's name on an axis.

/** Text of a user as Plotly takes it, which reads tags, entities and %{...} in all it writes. */
function plain(text) {
  const characters = [...String(text).replace(/\s+/g, " ")];
  const short = characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME - 1).join("")}…` : characters.join("");
  return isolated(short).replace(/[&<>"'%{}$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text of a user whose direction ends where it ends, where it has one of its own; Python's captions.isolated. */
function isolated(text) {
  const own = String(text).replace(/[\u2066-\u2069]/g, "");
  return DIRECTED.test(own) ? `\u2068${own}\u2069` : own;
}

/** A parameter's name as Plotly writes it: W1 with a lowered 1. */
function symbol(name) {
  const [, letters, digits] = /^(.*?)(\d*)$/.exec(name);
  return `<i>${plain(letters)}</i>${digits && `<sub>${digits}</sub>`}`;
}

/** A number with five digits; very large and very small ones with their power of ten. */
function numberText(value, digits = 5) {
  if (value === null) return "not finite";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, power] = size.toExponential(Math.max(digits - 2, 1)).split("e");
    return `${sign}${mantissa}·10${superscript(Number(power))}`;
  }
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const [whole, decimals] = size.toFixed(Math.min(places, digits + 3)).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u2009") : whole;
  return `${sign}${grouped}${decimals ? `.${decimals}` : ""}`;
}

/** A number that was chosen, as people write it: without zeros behind the last digit. */
function roundText(value, digits = 5) {
  return numberText(value, digits).replace(/(\.\d*?)0+(?=$|·)/, "$1").replace(/\.(?=$|·)/, "");
}

function superscript(power) {
  return [...String(power)].map((character) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(character)]).join("");
}

function countText(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, count > 9999 ? "\u2009" : "");
}
