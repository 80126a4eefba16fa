/** The one line under the answer that says what is going on, with its "Try again" button. */

import { byId } from "./dom.js";
import { secondsInWords } from "./words.js";

const SHORT_S = 3; // a wait is not counted out before it is noticed

const line = byId("status");
const text = byId("status-text");
const countdown = byId("status-countdown");
const announcer = byId("announcer");
const again = byId("again");
let ticking = null;
let retryNow = () => {};
let since = null; // when the wait that goes on began, in ms

again.addEventListener("click", () => {
  retryNow();
  byId("answer").focus(); // the button goes away: the focus must not go with it
});

/** tone: idle, busy, good, bad. announce: whether a screen reader should hear it now. */
export function say(tone, words, { announce: aloud = true } = {}) {
  stopTicking();
  write(tone, words, aloud);
}

/** A wait begins: for the next question or the report. */
export function beginWait() {
  since = Date.now();
}

export function endWait() {
  since = null;
}

/** Says what is under way, wordsAfter(seconds of the wait), and counts them: a line that only stands there looks dead. */
export function sayWorking(wordsAfter) {
  stopTicking();
  const begun = (since ??= Date.now());
  const tick = () => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    write("busy", wordsAfter(seconds), true);
    countdown.textContent = seconds < SHORT_S ? "" : `Waiting for ${secondsInWords(seconds)}.`;
  };
  tick();
  ticking = setInterval(tick, 1000);
}

/** Says that a request is tried again in so many seconds; now() tries at once. */
export function sayWaiting(words, seconds, now) {
  say("bad", words);
  retryNow = now;
  again.hidden = false;
  let left = Math.ceil(seconds);
  const tick = () => {
    countdown.textContent = left > 0 ? `Next try in ${left} s.` : "Trying…";
    left -= 1;
  };
  tick();
  ticking = setInterval(tick, 1000);
}

function write(tone, words, aloud) {
  line.dataset.tone = tone;
  if (text.textContent === words) return; // said already; a repeat must not drown what was announced since
  text.textContent = words;
  if (aloud) announce(words);
}

/** Says it to screen readers only. */
export function announce(words) {
  if (announcer.textContent !== words) announcer.textContent = words;
}

function stopTicking() {
  clearInterval(ticking);
  countdown.textContent = "";
  again.hidden = true;
}
