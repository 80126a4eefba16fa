/** Puts spoken words into the answer's box without touching what was typed there. */

import { byId } from "./dom.js";

/**
 * Adds the words at the end, or where the words instead still stand as they came: what was edited since is the
 * candidate's own and stays. Returns whether there was anything to add.
 */
export function insertWords(text, instead) {
  if (!text) return false;
  const answer = byId("answer");
  const now = answer.value;
  const at = instead ? now.lastIndexOf(instead) : -1;
  answer.value = at < 0 ? [now.trimEnd(), text].filter(Boolean).join("\n") : now.slice(0, at) + text + now.slice(at + instead.length);
  answer.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
