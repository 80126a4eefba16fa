/** Answering aloud: one button records, the words come into the answer's box, nothing is sent by itself. */

import { byId } from "./dom.js";
import { hearQuestion, startHearing } from "./hearing.js";
import { isAnyPending, tryPendingNow } from "./pending-recordings.js";
import { play, stopPlaying } from "./playback.js";
import { forgetRecording, recordingsOf } from "./recording-store.js";
import { stopSpeaking } from "./speech.js";
import { lookForWay, wayToText } from "./transcription.js";
import { answeringChoice, silenceChoice, soundChoice } from "./voice-choice.js";
import { go, now, rest } from "./voice-now.js";
import { showFault, showLast, showLiveWords, showPending, showRefused, showTime, showWay } from "./voice-panel.js";
import { begin, isRecording, keepOn, stopAtSilence, stopTake, toggle } from "./voice-take.js";
import { leaveOut, offerAgain, sendAgain, startText, takeUp, usePart } from "./voice-text.js";

const LOCKED = ["saving", "thinking"];
const AT_REST = ["ready", "waiting", "check", "problem"]; // what a question that is read aloud may interrupt

export { isRecording };

/** onCheck(): shows the microphone check to someone who types now. onMoved(): the interview is elsewhere, says the server. */
export function startVoice(sessionId, { onCheck, onMoved }) {
  now.sessionId = sessionId;
  startHearing(asking(), () => !isRecording());
  startText(onMoved);
  byId("record").addEventListener("click", (event) => event.detail < 2 && toggle()); // a double click is one click
  byId("record-again").addEventListener("click", () => begin(now.last));
  byId("replay").addEventListener("click", replay);
  byId("keep-on").addEventListener("click", keepOn);
  byId("pending-now").addEventListener("click", tryPendingNow);
  byId("pending-drop").addEventListener("click", leaveOut);
  byId("refused-again").addEventListener("click", sendAgain);
  byId("refused-part").addEventListener("click", usePart);
  byId("refused-drop").addEventListener("click", leaveOut);
  byId("use-voice").addEventListener("click", () => onCheck());
  byId("stop-at-silence").addEventListener("change", ({ target }) => stopAtSilence(target.checked));
  byId("keep-sound").addEventListener("change", ({ target }) => {
    soundChoice.set(now.sessionId, target.checked);
    showWay();
  });
  byId("answer").addEventListener("input", offerAgain);
  document.addEventListener("keydown", spacePressed);
  navigator.mediaDevices?.addEventListener?.("devicechange", () => showWay());
}

/** The question of this state is on screen, new or after a reload. */
export async function showVoice({ question_number: number, recording_consent: consent }) {
  const spoken = answeringChoice.get(now.sessionId) === "voice";
  stopAll();
  Object.assign(now, { number, last: null, heard: [] });
  byId("voice").hidden = !spoken;
  byId("voice-offer").hidden = spoken || wayToText() === "typing";
  byId("stop-at-silence").checked = silenceChoice.get();
  showFault("");
  showLast(null);
  showPending("");
  showRefused(null);
  showLiveWords("", "");
  showTime(0);
  go("ready");
  await lookForWay();
  if (now.number !== number) return;
  byId("voice-offer").hidden = spoken || wayToText() === "typing";
  showWay(consent ? !soundChoice.isTakenBack(now.sessionId) : null);
  hearQuestion(spoken);
  if (spoken) await takeUp();
}

/** While an answer is on its way nothing is recorded. phase: saving, or thinking when the server has it. */
export function lockVoice(phase) {
  now.locked = true;
  stopSpeaking();
  go(phase);
}

export function unlockVoice() {
  now.locked = false;
  if (LOCKED.includes(now.phase)) rest();
}

/** No question waits for an answer: the microphone is off and the voice is still. */
export function leaveVoice() {
  now.number = null;
  stopAll();
}

/** Why the answer cannot be sent yet, or "". */
export function whyNotYet() {
  if (isRecording()) return "Stop the recording first: its words belong to your answer.";
  return isAnyPending() ? "The words of your recording are not there yet. Wait for them, or leave the recording out." : "";
}

/** What goes with the answer: {audio} if the server has heard it, else nothing. consent: as the server tells it. */
export function spokenAudio(consent) {
  const ids = now.heard.map(({ reply }) => reply.recording_id);
  const newest = ids.pop();
  if (!newest) return {};
  const agreed = !soundChoice.isTakenBack(now.sessionId);
  return { audio: { recording_id: newest, earlier_recording_ids: ids, consent: agreed ? (consent ?? null) : null } };
}

/** The answer is on the server: its recordings need not be kept here. */
export async function forgetRecordings(answered) {
  const all = await recordingsOf(now.sessionId);
  await Promise.all(all.filter((item) => item.questionNumber === answered).map((item) => forgetRecording(item.id)));
}

function stopAll() {
  stopSpeaking();
  stopPlaying();
  stopTake();
}

/** Shows that the question is being read aloud, and afterwards what stood there before. */
function asking() {
  let before = "ready";
  return (speaking) => {
    if (speaking && AT_REST.includes(now.phase)) {
      before = now.phase;
      go("asking");
    } else if (!speaking && now.phase === "asking") go(before);
  };
}

function spacePressed(event) {
  if (event.key !== " " || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (byId("voice").hidden || byId("question-screen").hidden || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select, button, summary, a, dialog, [contenteditable]")) return;
  event.preventDefault(); // it would scroll
  toggle();
}

async function replay() {
  const button = byId("replay");
  if (button.getAttribute("aria-pressed") === "true") return stopPlaying();
  stopSpeaking();
  button.setAttribute("aria-pressed", "true");
  try {
    await play(now.last.recording.blob);
  } catch {
    showFault("This browser cannot play the recording.");
  }
  button.setAttribute("aria-pressed", "false");
}
