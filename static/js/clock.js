/** Elapsed time by the server's clock: a wrong clock on this side must not matter. */

import { byId } from "./dom.js";
import { clockTime } from "./words.js";

let started = null;
let ahead = 0; // how far this browser's clock is ahead of the server's, in ms
let ticking = null;

export function startClock(startedAt, serverTime) {
  started = Date.parse(startedAt);
  ahead = Date.now() - Date.parse(serverTime);
  if (!Number.isFinite(ahead)) ahead = 0;
  clearInterval(ticking);
  byId("clock").parentElement.hidden = !Number.isFinite(started);
  if (!Number.isFinite(started)) return;
  show();
  ticking = setInterval(show, 1000);
}

export function stopClock() {
  clearInterval(ticking);
}

function show() {
  byId("clock").textContent = clockTime((Date.now() - ahead - started) / 1000);
}
