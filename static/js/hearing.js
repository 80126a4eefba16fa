/** The question aloud: said when it comes, again on demand, slower or faster, or not at all. Its text always stands there. */

import { byId } from "./dom.js";
import { maySpeak, speak, stopSpeaking } from "./speech.js";
import { serverSpeaks } from "./transcription.js";
import { mutedChoice, rateChoice } from "./voice-choice.js";
import { NO_VOICE, STOP_FIRST } from "./voice-words.js";

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
});
speed.addEventListener("change", () => {
  rateChoice.set(Number(speed.value));
  sayQuestion();
});
document.addEventListener("keydown", (event) => event.key === "Escape" && stopSpeaking());
addEventListener("pagehide", stopSpeaking);

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
  note.textContent = "";
  if (!aloud || mutedChoice.get()) return;
  if (voiceless) note.textContent = NO_VOICE;
  else if (maySpeak()) sayQuestion();
  else note.textContent = "Not read aloud before you have pressed something on this page.";
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
  onSpeaking(false);
}

/** The question as it is read: its code stays for the eyes. */
function questionText() {
  const rest = [...byId("question-rest").querySelectorAll(":scope > :not(pre)")].map((part) => part.textContent);
  return [byId("question").textContent, ...rest].join("\n");
}

function showMuted() {
  const muted = mutedChoice.get();
  mute.setAttribute("aria-pressed", String(muted));
  mute.textContent = muted ? "Muted: questions are not read aloud" : "Mute";
}
