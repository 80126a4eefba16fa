/** Looks for news again and again, with growing pauses. */

const GROWTH = 1.5;

/**
 * Awaits look() after firstMs and then after pauses that grow up to longestMs; gives what it returned to use() and
 * what it threw to fail(). Returns {now(), stop()}: now() looks at once, stop() ends it, also for a look on its way.
 */
export function polling({ look, use, fail, firstMs, longestMs }) {
  let pause = firstMs;
  let stopped = false;
  let busy = false;
  let timer = setTimeout(turn, pause);

  async function turn() {
    if (stopped || busy) return;
    clearTimeout(timer);
    busy = true;
    const tell = await look().then(
      (value) => () => use(value),
      (error) => () => fail(error),
    );
    busy = false;
    if (!stopped) tell();
    pause = Math.min(pause * GROWTH, longestMs);
    if (!stopped) timer = setTimeout(turn, pause);
  }

  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  return { now: turn, stop };
}
