/** Which tab works on a recording: another one must not take it for one that a reload left behind. */

const WAIT_MS = 2000; // a tab that was just closed or reloaded lets go of its own a moment later
const held = new Map(); // id of a recording -> what lets go of it

/** Resolves to whether this tab has it now, or had it before; false: another tab works on it. */
export function claim(id) {
  if (held.has(id) || !navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const hold = () => {
      resolve(true);
      return new Promise((release) => held.set(id, release));
    };
    navigator.locks.request(`candor-recording-${id}`, { signal: AbortSignal.timeout(WAIT_MS) }, hold).catch(() => resolve(false));
  });
}

export function letGo(id) {
  held.get(id)?.();
  held.delete(id);
}
