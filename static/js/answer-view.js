/** Brings the answer into view when words have come into it by themselves, unless the candidate is busy elsewhere. */

import { byId } from "./dom.js";

const MARGIN = 12; // px, to the window's edges
const SCROLLED_MS = 1000; // who has just scrolled looks at what they have chosen to see
let scrolled = -Infinity;
addEventListener("scroll", () => (scrolled = performance.now()), { capture: true, passive: true });

/** The whole panel with the answer and its button where they fit; else the answer and its button, or its first lines. */
export function bringAnswerIntoView() {
  if (isBusyElsewhere()) return;
  const bottom = edge("submit", "bottom") + MARGIN;
  if (edge("answer-label", "top") >= 0 && bottom <= innerHeight) return;
  const tops = ["voice", "answer-label"].map((id) => edge(id, "top") - MARGIN);
  const top = tops.find((from) => bottom - from <= innerHeight) ?? tops.at(-1);
  const down = Math.min(Math.max(bottom - innerHeight, 0), top);
  const by = top < 0 ? top : down;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (by !== 0) scrollBy({ top: by, behavior: still ? "instant" : "smooth" });
}

/** Typing or choosing, in a dialog, or scrolling. */
function isBusyElsewhere() {
  if (document.querySelector("dialog[open]")) return true;
  return document.activeElement.matches("input, textarea, select") || performance.now() - scrolled < SCROLLED_MS;
}

function edge(id, side) {
  return byId(id).getBoundingClientRect()[side];
}
