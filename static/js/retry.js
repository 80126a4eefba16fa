/** Runs a request until it works, is refused for good, or is cancelled. */

const LONGEST_WAIT_S = 30;

export class Cancelled extends Error {}

/**
 * run() is called again with growing pauses (1, 2, 4 ... 30 s, or what Retry-After says) while it fails with a
 * retryable ApiError. onWait(error, seconds) is told before each pause. Returns {promise, now(), cancel()}:
 * now() ends the pause, cancel() makes the promise reject with Cancelled, whatever the request does.
 */
export function retrying(run, onWait) {
  let wake = () => {};
  let cancel;
  const cancelled = new Promise((_, reject) => {
    cancel = () => {
      reject(new Cancelled());
      wake();
    };
  });
  let stopped = false;
  cancelled.catch(() => (stopped = true));

  async function attempts() {
    for (let attempt = 0; !stopped; attempt += 1) {
      try {
        return await run();
      } catch (error) {
        if (!error.retryable) throw error;
        if (stopped) break;
        const seconds = Math.max(error.retryAfterS, Math.min(2 ** attempt, LONGEST_WAIT_S));
        onWait(error, seconds);
        await new Promise((resolve) => {
          const timer = setTimeout(resolve, seconds * 1000);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
    throw new Cancelled();
  }

  const wakeUp = () => wake();
  addEventListener("online", wakeUp);
  const promise = Promise.race([attempts(), cancelled]).finally(() => removeEventListener("online", wakeUp));
  return { promise, now: wakeUp, cancel };
}
