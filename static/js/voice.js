/** Answering aloud: one button records, the words come into the answer's box, nothing is sent by itself. */

import { capture } from "./capture.js";
import { byId } from "./dom.js";
import { hearQuestion, startHearing } from "./hearing.js";
import { MicrophoneError } from "./microphone.js";
import { dropPending, isAnyPending, leftBehind, toText, tryPendingNow } from "./pending-recordings.js";
import { play, stopPlaying } from "./playback.js";
import { LONGEST_S } from "./recorder.js";
import { forgetRecording, recordingsOf, saveChunk, saveRecording } from "./recording-store.js";
import { Silence } from "./silence.js";
import { stopSpeaking } from "./speech.js";
import { lookForWay, wayFailed, wayToText } from "./transcription.js";
import { answering, languageChoice, silenceChoice } from "./voice-choice.js";
import { insertWords } from "./voice-insert.js";
import { hideCountdown, saySilence, setState, showFault, showLast, showLiveWords, showPending, showTime, showWay } from "./voice-panel.js";
import * as words from "./voice-words.js";

const SHORTEST_S = 0.4; // less is a slip of the finger
let sessionId = "";
let number = null; // the question on screen; null: none
let phase = "ready";
let locked = false;
let running = null; // the take that goes on
let last = null; // {recording, text}: the newest recording of this question
let silence = null;
let onCheck = () => {};

/** check(): shows the microphone check to someone who types now. */
export function startVoice(ofSession, check) {
  sessionId = ofSession;
  onCheck = check;
  startHearing((speaking) => {
    if (phase === "asking" || phase === "ready") go(speaking ? "asking" : "ready");
  });
  byId("record").addEventListener("click", () => toggle());
  byId("record-again").addEventListener("click", () => begin(last?.text ?? ""));
  byId("replay").addEventListener("click", replay);
  byId("keep-on").addEventListener("click", keepOn);
  byId("pending-now").addEventListener("click", tryPendingNow);
  byId("pending-drop").addEventListener("click", drop);
  byId("use-voice").addEventListener("click", () => onCheck());
  byId("stop-at-silence").addEventListener("change", ({ target }) => silenceChoice.set(target.checked));
  document.addEventListener("keydown", spacePressed);
  navigator.mediaDevices?.addEventListener?.("devicechange", () => phase === "problem" && showWay());
}

/** The question of this state is on screen, new or after a reload. */
export async function showVoice({ question_number: shown }) {
  const spoken = answering(sessionId) === "voice";
  stopAll();
  number = shown;
  last = null;
  byId("voice").hidden = !spoken;
  byId("voice-offer").hidden = spoken;
  byId("stop-at-silence").checked = silenceChoice.get();
  showFault("");
  showLast(null);
  showPending("");
  showLiveWords("", "");
  showTime(0);
  go("ready");
  await lookForWay();
  if (number !== shown) return;
  showWay();
  hearQuestion(spoken);
  await takeUp(shown);
}

/** While an answer is on its way nothing is recorded. */
export function lockVoice() {
  locked = true;
  stopSpeaking();
  go("thinking");
}

export function unlockVoice() {
  locked = false;
  if (phase === "thinking") go(last ? "check" : "ready");
}

/** No question waits for an answer: the microphone is off and the voice is still. */
export function leaveVoice() {
  number = null;
  stopAll();
}

/** Why the answer cannot be sent yet, or "". */
export function whyNotYet() {
  if (running || phase === "opening") return "Stop the recording first: its words belong to your answer.";
  return isAnyPending() ? "The words of your recording are not there yet. Wait for them, or leave the recording out." : "";
}

/** What goes with the answer: {audio} if the server has heard it, else nothing. consent: as the server tells it. */
export function spokenAudio(consent) {
  const id = last?.recording.reply?.recording_id;
  return id ? { audio: { recording_id: id, consent: consent ?? null } } : {};
}

/** The answer is on the server: its recordings need not be kept here. */
export async function forgetRecordings(answered) {
  const all = await recordingsOf(sessionId);
  await Promise.all(all.filter((item) => item.questionNumber === answered).map((item) => forgetRecording(item.id)));
}

function go(next) {
  phase = next;
  setState(next, last !== null);
}

function stopAll() {
  stopSpeaking();
  stopPlaying();
  running?.stop();
}

function spacePressed(event) {
  if (event.key !== " " || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (byId("voice").hidden || byId("question-screen").hidden) return;
  if (event.target.closest("input, textarea, select, button, summary, a, dialog, [contenteditable]")) return;
  event.preventDefault(); // it would scroll
  toggle();
}

function toggle() {
  if (running) return running.stop();
  return begin();
}

/** instead: the words that those of this recording take the place of. */
async function begin(instead = "") {
  if (locked || number === null || ["opening", "listening", "transcribing"].includes(phase)) return;
  const mine = number;
  stopSpeaking();
  stopPlaying();
  showFault("");
  showLiveWords("", "");
  showTime(0);
  go("opening");
  const way = wayToText();
  const language = languageChoice.get();
  const recording = { id: crypto.randomUUID(), sessionId, questionNumber: mine, begun: Date.now(), type: "", duration: 0, language, blob: null, reply: null };
  silence = new Silence();
  try {
    running = await capture({
      way,
      language: language || document.documentElement.lang,
      level: { place: byId("level"), words: byId("level-words") },
      onChunk: (blob, index) => saveChunk(recording.id, index, blob),
      onLevel: listened,
      onWords: showLiveWords,
    });
  } catch (error) {
    if (!(error instanceof MicrophoneError)) throw error;
    return problem(words.microphoneFault(error.kind));
  }
  if (number !== mine) return running.stop();
  saveRecording(recording);
  go("listening");
  const take = running;
  const taken = await take.done;
  if (running === take) running = null;
  hideCountdown();
  if (number === mine && taken.fault) recognitionFailed(way, taken.fault);
  if (number !== mine || (taken.duration < SHORTEST_S && !taken.words)) {
    await forgetRecording(recording.id);
    if (number === mine && !taken.fault) go(last ? "check" : "ready");
    return;
  }
  await finish(Object.assign(recording, { blob: taken.blob, type: taken.type, duration: taken.duration }), taken, way, instead);
}

/** A recording has ended: make text of it in the way that was chosen. */
async function finish(recording, taken, way, instead) {
  const kept = { recording, text: instead };
  last = kept;
  showLast(recording);
  showTime(recording.duration);
  if (way === "server") await send(kept);
  else {
    await saveRecording(recording);
    await insert(kept, taken.words);
    if (taken.fault) go("problem");
    else if (way === "browser" && !taken.words) problem(words.NOTHING_HEARD);
  }
  if (taken.taken) problem(words.TAKEN);
  else if (recording.duration >= LONGEST_S) showFault(words.LONGEST);
}

function recognitionFailed(way, fault) {
  wayFailed(way);
  showWay();
  problem(words.recognitionFault(fault));
}

/** kept.text: the words that the new ones take the place of. */
async function send(kept) {
  const mine = kept.recording.questionNumber;
  go("transcribing");
  try {
    const reply = await toText(kept.recording, (error, seconds) => {
      if (number !== mine) return;
      showPending(`${words.notSent(error)} Next try in ${Math.ceil(seconds)} s.`);
      if (phase === "transcribing") go("ready");
    });
    if (number !== mine) return;
    showPending("");
    if (!reply) return go("ready");
    kept.recording = { ...kept.recording, reply };
    if (reply.text.trim()) await insert(kept, reply.text);
    else problem(words.NOTHING_HEARD);
  } catch (error) {
    if (number !== mine) return;
    showPending("");
    if (error.status === 404) wayFailed("server");
    showWay();
    problem(words.transcriptionFault(error));
  }
}

async function insert(kept, text) {
  if (insertWords(text.trim(), kept.text)) kept.text = text.trim();
  showLiveWords("", "");
  go("check");
}

function problem(message) {
  showFault(message);
  go("problem");
}

function listened(level) {
  if (!running) return;
  showTime(running.seconds());
  if (running.seconds() >= LONGEST_S) return running.stop();
  const quiet = silence.hear(level, performance.now());
  if (byId("stop-at-silence").checked && saySilence(quiet)) running.stop();
}

function keepOn() {
  silence?.goOn(performance.now());
  hideCountdown();
  byId("record").focus();
}

async function replay() {
  const button = byId("replay");
  if (button.getAttribute("aria-pressed") === "true") return stopPlaying();
  button.setAttribute("aria-pressed", "true");
  try {
    await play(last.recording.blob);
  } catch {
    showFault("This browser cannot play the recording.");
  }
  button.setAttribute("aria-pressed", "false");
}

async function drop() {
  await dropPending();
  showPending("");
  last = null;
  showLast(null);
  go("ready");
  byId("answer").focus();
}

/** Goes on with what a reload or a lost line left behind. */
async function takeUp(shown) {
  const { done, open } = await leftBehind(sessionId, shown);
  if (number !== shown) return;
  const newest = done.at(-1);
  if (newest) {
    last = { recording: newest, text: newest.reply.text.trim() };
    showLast(newest);
    go("check");
  }
  for (const recording of open) {
    last = { recording, text: "" };
    showLast(recording);
    if (wayToText() === "server") await send(last);
  }
}
