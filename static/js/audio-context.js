/** The page's one AudioContext: made at a gesture, as browsers ask, and used for levels and for playing. */

let context = null;

export function audioContext() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {}); // before a gesture: it stays silent
  return context;
}
