/** Where the voice part of the question screen stands; its files act on this, and share nothing else. */

import { setState, showFault } from "./voice-panel.js";

export const now = {
  sessionId: "",
  number: null, // the question on screen; null: none
  phase: "ready", // one of STATES in voice-words.js
  locked: false, // an answer is on its way
  take: null, // the recording that goes on
  last: null, // {recording, text}: the newest recording of this question and the words that came of it
  heard: [], // the recordings whose words are in the answer, in their order, each with the server's reply
};

export function go(phase) {
  now.phase = phase;
  setState(phase, now.last !== null, isUnheard());
}

/** Whether the newest recording brought no words, and is done with: the next one takes its place. */
export function isUnheard() {
  return now.phase === "problem" && now.last !== null && !now.last.text;
}

export function problem(message) {
  showFault(message);
  go("problem");
}

/** What there is to do when nothing goes on. */
export function rest() {
  go(now.last ? "check" : "ready");
}
