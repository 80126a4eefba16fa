/** Sends recordings to the server's transcription, and knows which of the three ways to text works here. */

import { get, upload } from "./api.js";
import { hasDictation } from "./dictation.js";
import { canRecord } from "./microphone.js";
import { retrying } from "./retry.js";

const failed = new Set(); // ways that were tried here and did not work
let health = null;

/** Asks the server what it offers; returns the best way to text: "server", "browser" or "typing". */
export async function lookForWay() {
  try {
    health = await get("health");
  } catch {
    health ??= {}; // away: what it said before holds
  }
  return wayToText();
}

export function wayToText() {
  if (!canRecord()) return "typing";
  if (health?.transcription && !failed.has("server")) return "server";
  return hasDictation() && !failed.has("browser") ? "browser" : "typing";
}

/** It turned out not to work: the next best is used from now on. */
export function wayFailed(way) {
  failed.add(way);
}

export function serverSpeaks() {
  return health?.speech === "remote";
}

/** Whether the server keeps recordings of those who agree. */
export function serverKeepsAudio() {
  return health?.keeps_audio === true;
}

/** The languages to choose from (BCP 47), [] where there is nothing to choose: some models know English only. */
export function languagesOffered() {
  const way = wayToText();
  if (way === "typing" || (way === "server" && /\.en$/u.test(health.transcription))) return [];
  return [...new Set(["en-US", ...navigator.languages])];
}

/** recording as in recording-store.js; resolves to the server's reply. onWait as in retry.js. */
export function transcribing(recording, onWait) {
  return retrying(() => upload("transcribe", formOf(recording)), onWait);
}

function formOf({ blob, type, sessionId, questionNumber, duration, language }) {
  const form = new FormData();
  const ending = /mp4/u.test(type) ? "mp4" : /ogg/u.test(type) ? "ogg" : "webm";
  form.append("file", blob, `recording.${ending}`);
  form.append("session_id", sessionId);
  form.append("question_number", String(questionNumber));
  form.append("duration", duration.toFixed(2));
  if (language) form.append("language", language);
  return form;
}
