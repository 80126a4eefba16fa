/** Records one stream; every second of it is handed out at once, so that a crash costs no more than that. */

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const CHUNK_MS = 1000;
const BITS_PER_SECOND = 48_000;
export const LONGEST_S = 300; // the server takes five seconds more, for the stop itself

/**
 * onChunk(blob, index). Returns {stop(), seconds(), done}: done is {blob, type, duration (s)}, also where the
 * recording ended because the microphone was taken away.
 */
export function record(stream, onChunk) {
  const type = TYPES.find((name) => MediaRecorder.isTypeSupported(name));
  const recorder = new MediaRecorder(stream, { ...(type && { mimeType: type }), audioBitsPerSecond: BITS_PER_SECOND });
  const chunks = [];
  let begun = null;
  let ended = null;
  const seconds = () => (begun === null ? 0 : ((ended ?? performance.now()) - begun) / 1000);
  recorder.addEventListener("start", () => (begun = performance.now()));
  recorder.addEventListener("dataavailable", ({ data }) => {
    if (!data.size) return;
    chunks.push(data);
    onChunk(data, chunks.length - 1);
  });
  const done = new Promise((resolve) => {
    recorder.addEventListener("stop", () => {
      ended ??= performance.now();
      resolve({ blob: new Blob(chunks, { type: recorder.mimeType }), type: recorder.mimeType, duration: seconds() });
    });
  });
  const stop = () => {
    if (recorder.state === "inactive") return;
    ended = performance.now();
    recorder.stop();
  };
  recorder.start(CHUNK_MS);
  return { stop, seconds, done, chunkSeconds: CHUNK_MS / 1000 };
}
