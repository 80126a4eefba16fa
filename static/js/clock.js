/** Elapsed time by the server's clock: a wrong clock on this side must not matter, and a reload restarts nothing. */

import { clockTime } from "./words.js";

export class Clock {
  /** Writes into output, whose parent is hidden while there is no time to show. */
  constructor(output) {
    this.output = output;
  }

  /** since, serverTime: ISO. Where either is missing nothing is shown. */
  start(since, serverTime) {
    this.stop();
    const ahead = Date.now() - Date.parse(serverTime); // of this browser's clock, in ms
    this.started = Date.parse(since ?? "") + ahead;
    this.go();
  }

  /** Goes on after a stop; the time of the stop counts. */
  go() {
    this.stop();
    const known = Number.isFinite(this.started);
    this.output.parentElement.hidden = !known;
    if (!known) return;
    this.show();
    this.ticking = setInterval(() => this.show(), 1000);
  }

  stop() {
    clearInterval(this.ticking);
  }

  show() {
    this.output.textContent = clockTime((Date.now() - this.started) / 1000);
  }
}
