/** Sends recordings to the server's transcription, and knows which of the three ways to text works here. */

import { get, upload } from "./api.js";
import { hasDictation } from "./dictation.js";
import { canRecord } from "./microphone.js";
import { retrying } from "./retry.js";
import { languageChoice } from "./voice-choice.js";

// those that OpenAI's guide to speech to text names
const LANGUAGES = "af ar az be bg bs ca cs cy da de el en es et fa fi fr gl he hi hr hu hy id is it ja kk kn ko lt lv mi mk mr ms ne nl no pl pt ro ru sk sl sr sv sw ta th tl tr uk ur vi zh".split(" ");
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
  return health?.keep_audio === true;
}

/** The languages to choose from, "" for whichever is heard; [] where there is nothing to choose: some models know English only. */
export function languagesOffered() {
  const way = wayToText();
  if (way === "browser") return [...new Set(["en-US", ...navigator.languages, ...LANGUAGES])];
  if (way !== "server") return [];
  const known = health.transcription_languages ?? LANGUAGES; // a remote server does not say
  return known.length > 1 ? ["", ...known] : [];
}

/** What the candidate has chosen of them, else "". */
export function chosenLanguage() {
  const chosen = languageChoice.get();
  return languagesOffered().includes(chosen) ? chosen : "";
}

/** recording as in recording-store.js; resolves to the server's reply. onWait as in retry.js. */
export function transcribing(recording, onWait) {
  return retrying(() => upload("transcribe", formOf(recording)), onWait);
}

function formOf({ blob, type, sessionId, questionNumber, duration, language, trial }) {
  const form = new FormData();
  const ending = /mp4/u.test(type) ? "mp4" : /ogg/u.test(type) ? "ogg" : "webm";
  form.append("file", blob, `recording.${ending}`);
  form.append("session_id", sessionId);
  form.append("question_number", String(questionNumber));
  form.append("duration", duration.toFixed(2));
  if (language) form.append("language", language);
  if (trial) form.append("trial", "true");
  return form;
}
