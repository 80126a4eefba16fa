/** Brings an answer, or the ending, to the server: across lost connections, and replies that never come. */

import { polling } from "./polling.js";
import { isReading } from "./reading.js";
import { Cancelled, retrying } from "./retry.js";

const PACE = { firstMs: 1000, longestMs: 5000 }; // the candidate sits and waits for it

/**
 * Calls run() until it works, while look() watches whether the server shows that it has got this: done(fresh). From
 * then on nothing needs to be sent again, however long the reply takes and whatever becomes of it.
 * onTry(): before each request. onWait(error, seconds): it is tried again after them. onThere(fresh): it is there, and
 * what follows it is being made. Returns {outcome, now(), cancel()}: outcome resolves to null, or to the error of a
 * server that will not have it, or to Cancelled.
 */
export function delivery({ run, look, done, onTry, onWait, onThere }) {
  let there = false;
  const attempt = () => {
    onTry();
    return run();
  };
  const sending = retrying(attempt, (error, seconds) => (there ? sending.cancel() : onWait(error, seconds)));
  const use = (fresh) => {
    if (!done(fresh)) return;
    there = true;
    sending.now(); // in a pause: what is there already is answered at once
    if (isReading(fresh)) onThere(fresh);
    else sending.cancel();
  };
  const watch = polling({ look, use, fail: () => {}, ...PACE });
  const arrived = (error) => {
    watch.stop();
    return there && error instanceof Cancelled ? null : error;
  };
  return { outcome: sending.promise.then(() => arrived(null), arrived), now: sending.now, cancel: sending.cancel };
}
