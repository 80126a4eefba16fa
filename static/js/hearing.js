/** The question aloud: said when it comes, again on demand, slower or faster, or not at all. Its text always stands there. */

import { byId } from "./dom.js";
import { hasVoices, maySpeak, speak, stopSpeaking } from "./speech.js";
import { serverSpeaks } from "./transcription.js";
import { mutedChoice, rateChoice } from "./voice-choice.js";
import { MUTED, NOT_YET, NO_VOICE, STOP_FIRST } from "./voice-words.js";

const repeat = byId("repeat");
const mute = byId("mute");
const speed = byId("speed");
const note = byId("hearing-note");
let onSpeaking = () => {};
let mayBegin = () => true;
let voiceless = false; // found out by trying: it is tried again only on demand
let turn = 0; // what is said belongs to the newest call

repeat.addEventListener("click", () => sayQuestion());
mute.addEventListener("click", () => {
  mutedChoice.set(!mutedChoice.get());
  showMuted();
  stopSpeaking();
  note.textContent = mutedChoice.get() ? MUTED : "";
});
speed.addEventListener("change", () => {
  rateChoice.set(Number(speed.value));
  sayQuestion();
});
document.addEventListener("keydown", (event) => event.key === "Escape" && stopSpeaking());
addEventListener("pagehide", stopSpeaking);
for (const type of ["pointerdown", "keydown"]) addEventListener(type, pressed, { capture: true });
globalThis.speechSynthesis?.addEventListener?.("voiceschanged", showControls);

/** told(speaking): called when the voice begins and when it ends. isFree(): whether the microphone is off. */
export function startHearing(told, isFree) {
  [onSpeaking, mayBegin] = [told, isFree];
  speed.value = String(rateChoice.get());
  if (speed.selectedIndex < 0) speed.value = "1";
  showMuted();
}

/** A new question is on the screen. aloud: whether to say it without being asked. */
export function hearQuestion(aloud) {
  stopSpeaking();
  byId("hearing").hidden = false;
  showControls();
  if (aloud && voiceless) return (note.textContent = NO_VOICE);
  note.textContent = aloud && mutedChoice.get() ? MUTED : "";
  if (!aloud || mutedChoice.get()) return;
  if (maySpeak()) sayQuestion();
  else note.textContent = NOT_YET;
}

/** What a note asked for may be done by this: the page may speak from now on, or the recording is stopped. */
function pressed() {
  if ([NOT_YET, STOP_FIRST].includes(note.textContent)) note.textContent = "";
}

/** Where nothing reads aloud, there is nothing to set either. */
function showControls() {
  byId("hearing-controls").hidden = voiceless && !serverSpeaks() && !hasVoices();
}

async function sayQuestion() {
  if (!mayBegin()) return (note.textContent = STOP_FIRST);
  const mine = (turn += 1);
  note.textContent = "";
  onSpeaking(true);
  const language = document.documentElement.lang;
  const outcome = await speak(questionText(), { rate: rateChoice.get(), language, remote: serverSpeaks() });
  if (mine !== turn) return;
  voiceless = outcome === "none";
  if (voiceless) note.textContent = NO_VOICE;
  showControls();
  onSpeaking(false);
}

/** The question as it is read: its code stays for the eyes. */
function questionText() {
  const rest = [...byId("question-rest").querySelectorAll(":scope > :not(pre)")].map((part) => part.textContent);
  return [byId("question").textContent, ...rest].join("\n");
}

function showMuted() {
  mute.textContent = mutedChoice.get() ? "Unmute" : "Mute";
}
