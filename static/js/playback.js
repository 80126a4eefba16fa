/** Plays sound that is held as a blob; the page's policy allows no media elements on blob: addresses. */

import { audioContext } from "./audio-context.js";

let playing = null;

/** Resolves when the sound has ended or was stopped; rejects for what this browser cannot decode. rate: 1 as recorded. */
export async function play(blob, { rate = 1 } = {}) {
  stopPlaying();
  const mine = {};
  playing = mine;
  const context = audioContext();
  const sound = await context.decodeAudioData(await blob.arrayBuffer());
  if (playing !== mine) return;
  const source = context.createBufferSource();
  source.buffer = sound;
  source.playbackRate.value = rate;
  source.connect(context.destination);
  await new Promise((resolve) => {
    source.onended = resolve;
    mine.stop = () => source.stop();
    source.start();
  });
  if (playing === mine) playing = null;
}

/** How many seconds of sound are in the blob; rejects for what this browser cannot decode. */
export async function lengthOf(blob) {
  return (await audioContext().decodeAudioData(await blob.arrayBuffer())).duration;
}

export function stopPlaying() {
  playing?.stop?.();
  playing = null;
}
