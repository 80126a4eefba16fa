/** The wait for the first question: what happens, for how long already, and that it was interrupted. */

import { byId } from "./dom.js";
import { secondsInWords } from "./words.js";

const KEY = "candor:starting";
const SHORT_S = 2; // most interviews begin at once
const DOING = {
  job: "The posting is being read and your first question chosen.",
  technical: "Your first question is being chosen.",
  resume: "Your resume is being read and your first question chosen.",
};
const PATIENCE = "This can take a minute; please keep this page open.";

let ticking = null;

/** type: that of the interview, which says what is being read. */
export function beginWait(type) {
  const since = Date.now();
  const words = `${DOING[type]} ${PATIENCE}`;
  remember(true);
  clearInterval(ticking);
  ticking = setInterval(() => {
    const seconds = Math.floor((Date.now() - since) / 1000);
    if (seconds < SHORT_S) return;
    if (byId("start-waiting").textContent !== words) byId("start-waiting").textContent = words;
    byId("start-seconds").textContent = `Waiting for ${secondsInWords(seconds)}.`;
  }, 1000);
}

export function endWait() {
  remember(false);
  clearInterval(ticking);
  byId("start-waiting").textContent = "";
  byId("start-seconds").textContent = "";
}

/** Whether this tab was reloaded or left in the middle of a wait; told once. */
export function leftWaiting() {
  try {
    const left = sessionStorage.getItem(KEY) !== null;
    remember(false);
    return left;
  } catch {
    return false; // storage is off: not known
  }
}

function remember(waiting) {
  try {
    if (waiting) sessionStorage.setItem(KEY, "1");
    else sessionStorage.removeItem(KEY);
  } catch {
    // storage is off: a reload will not know of the wait
  }
}
