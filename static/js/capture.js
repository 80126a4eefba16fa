/** One take: the microphone opened, recorded and closed again, its level shown, live words where the browser has them. */

import { dictate } from "./dictation.js";
import { showLevel } from "./level-meter.js";
import { closeMicrophone, openMicrophone, whenTakenAway } from "./microphone.js";
import { record } from "./recorder.js";
import { deviceChoice } from "./voice-choice.js";

/**
 * way: "browser" adds the browser's recognition in this language. level: {place, words} of the meter.
 * onChunk(blob, index), onLevel(dB), onWords(final, interim) as it goes on. Returns {stop(), seconds(), done}: done is
 * {blob, type, duration, taken (the microphone was taken away), words, fault (of the recognition, or "")}.
 * Throws MicrophoneError.
 */
export async function capture({ way, language, level, onChunk = () => {}, onLevel = () => {}, onWords = () => {} }) {
  const stream = await openMicrophone(deviceChoice.get());
  const recorder = record(stream, onChunk);
  const dictation = way === "browser" ? dictate(language, onWords) : null;
  const hideLevel = showLevel(stream, level.place, level.words, onLevel);
  let taken = false;
  const stop = () => {
    recorder.stop();
    dictation?.stop();
  };
  whenTakenAway(stream, () => {
    taken = true;
    stop();
  });
  dictation?.done.then(({ error }) => error && recorder.stop());
  const finish = async () => {
    const sound = await recorder.done;
    hideLevel();
    closeMicrophone(stream);
    dictation?.stop();
    const heard = (await dictation?.done) ?? { text: "", error: "" };
    return { ...sound, taken, words: heard.text, fault: heard.error };
  };
  return { stop, seconds: recorder.seconds, done: finish() };
}
