/** Recording an answer: begun and stopped by hand, or stopped by a silence where the candidate chose that. */

import { capture } from "./capture.js";
import { byId } from "./dom.js";
import { MicrophoneError } from "./microphone.js";
import { stopPlaying } from "./playback.js";
import { LONGEST_S } from "./recorder.js";
import { claim, letGo } from "./recording-claims.js";
import { forgetRecording, saveChunk, saveRecording } from "./recording-store.js";
import { Silence } from "./silence.js";
import { stopSpeaking } from "./speech.js";
import { chosenLanguage, wayFailed, wayToText } from "./transcription.js";
import { silenceChoice } from "./voice-choice.js";
import { go, isUnheard, now, problem, rest } from "./voice-now.js";
import { hideCountdown, saySilence, showFault, showLast, showLiveWords, showRefused, showTime, showWay } from "./voice-panel.js";
import { insert, toWords } from "./voice-text.js";
import * as words from "./voice-words.js";

const SHORTEST_S = 0.4; // less is a slip of the finger
let silence = null;

export function isRecording() {
  return now.take !== null || now.phase === "opening";
}

export function stopTake() {
  now.take?.stop();
}

export function toggle() {
  if (now.take) return now.take.stop();
  return begin(isUnheard() ? now.last : null);
}

export function keepOn() {
  silence?.goOn(performance.now());
  hideCountdown();
  byId("record").focus();
}

/** on: whether a silence shall stop the recording. */
export function stopAtSilence(on) {
  silenceChoice.set(on);
  if (!on) hideCountdown();
}

/** instead: as now.last; the recording that this one takes the place of, with its words. */
export async function begin(instead = null) {
  if (now.locked || now.number === null || wayToText() === "typing" || ["opening", "listening", "transcribing"].includes(now.phase)) return;
  stopSpeaking();
  stopPlaying();
  showFault("");
  showRefused(null);
  showLiveWords("", "");
  showTime(0);
  go("opening");
  const way = wayToText();
  const recording = newRecording(instead?.recording.id);
  const take = await open(recording, way);
  if (!take) return;
  if (now.number !== recording.questionNumber) return take.stop();
  now.take = take;
  claim(recording.id);
  saveRecording(recording);
  go("listening");
  const taken = await take.done;
  if (now.take === take) now.take = null;
  hideCountdown();
  await finish(recording, taken, way, instead?.text ?? "");
  letGo(recording.id);
}

function newRecording(replaces = null) {
  const { sessionId, number: questionNumber } = now;
  return { id: crypto.randomUUID(), sessionId, questionNumber, begun: Date.now(), type: "", duration: 0, language: chosenLanguage(), blob: null, reply: null, replaces };
}

/** Opens the microphone; null, and said why, if it cannot be had. */
async function open(recording, way) {
  silence = new Silence();
  try {
    return await capture({
      way,
      language: recording.language || document.documentElement.lang,
      level: { place: byId("level"), words: byId("level-words") },
      onChunk: (blob, index) => saveChunk(recording.id, index, blob),
      onLevel: listened,
      onWords: showLiveWords,
    });
  } catch (error) {
    if (!(error instanceof MicrophoneError)) throw error;
    problem(words.microphoneFault(error.kind));
    return null;
  }
}

function listened(level) {
  const { take } = now;
  if (!take) return;
  showTime(take.seconds());
  if (take.seconds() >= LONGEST_S) return take.stop();
  const quiet = silence.hear(level, performance.now());
  if (byId("stop-at-silence").checked && saySilence(quiet)) take.stop();
}

/** A recording has ended: make text of it in the way that was chosen. */
async function finish(recording, taken, way, instead) {
  const here = now.number === recording.questionNumber;
  if (here && taken.fault) recognitionFailed(way, taken.fault);
  if (!here || (taken.duration < SHORTEST_S && !taken.words)) {
    await forgetRecording(recording.id);
    if (here && !taken.fault) rest();
    return;
  }
  const kept = { recording: { ...recording, blob: taken.blob, type: taken.type, duration: taken.duration }, text: instead };
  if (recording.replaces && !instead) await forgetRecording(recording.replaces); // no words came of that one
  now.last = kept;
  showLast(kept.recording);
  showTime(taken.duration);
  if (way === "server") await toWords(kept);
  else await useDictated(kept, taken, way);
  if (taken.taken) problem(words.TAKEN);
  else if (taken.duration >= LONGEST_S) showFault(words.LONGEST);
}

async function useDictated(kept, { words: heard, fault }, way) {
  await saveRecording(kept.recording);
  insert(kept, heard);
  if (fault) go("problem");
  else if (way === "browser" && !heard) problem(words.NOTHING_HEARD);
}

function recognitionFailed(way, fault) {
  wayFailed(way);
  showWay();
  problem(words.recognitionFault(fault));
}
