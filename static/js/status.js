/** The one line under the answer that says what is going on, with its "Try again" button. */

import { byId } from "./dom.js";

const line = byId("status");
const text = byId("status-text");
const countdown = byId("status-countdown");
const announcer = byId("announcer");
const again = byId("again");
let ticking = null;
let retryNow = () => {};

again.addEventListener("click", () => {
  retryNow();
  byId("answer").focus(); // the button goes away: the focus must not go with it
});

/** tone: idle, busy, good, bad. announce: whether a screen reader should hear it now. */
export function say(tone, words, { announce = true } = {}) {
  stopWaiting();
  line.dataset.tone = tone;
  text.textContent = words;
  if (announce && announcer.textContent !== words) announcer.textContent = words;
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

function stopWaiting() {
  clearInterval(ticking);
  countdown.textContent = "";
  again.hidden = true;
}
