/** Says a text aloud: by the server's voice where it has one, else by the browser's, sentence by sentence. */

import { fetchSpeech } from "./api.js";
import { play, stopPlaying } from "./playback.js";

const START_MS = 3000; // a browser without voices starts nothing and says nothing about it
const A_CHARACTER_MS = 150; // slower than any voice: past it the end was not told (Chrome does that)
let interrupt = () => {}; // ends the sentence that is being said, whatever the browser tells of it
let turn = 0; // what is said belongs to the newest call
let gestured = false;
for (const type of ["pointerdown", "keydown"]) addEventListener(type, () => (gestured = true), { capture: true, once: true });

/** Whether the page may make a sound: not before somebody has touched it. */
export function maySpeak() {
  return gestured;
}

/** Whether this browser knows of a voice; some find out late, and tell by voiceschanged. */
export function hasVoices() {
  return (globalThis.speechSynthesis?.getVoices().length ?? 0) > 0;
}

/** Resolves to "said", "stopped", or "none" where there is no voice. remote: whether the server speaks. */
export async function speak(text, { rate, language, remote }) {
  stopSpeaking();
  const mine = (turn += 1);
  if (!maySpeak()) return "stopped";
  if (remote) {
    try {
      const sound = await fetchSpeech({ text });
      if (mine !== turn) return "stopped";
      await play(sound, { rate });
      return mine === turn ? "said" : "stopped";
    } catch {
      if (mine !== turn) return "stopped"; // the server's voice is away: the browser's may be there
    }
  }
  return speakHere(text, rate, language, () => mine === turn);
}

export function stopSpeaking() {
  turn += 1;
  interrupt();
  stopPlaying();
  globalThis.speechSynthesis?.cancel();
}

async function speakHere(text, rate, language, isMine) {
  if (!globalThis.speechSynthesis || !globalThis.SpeechSynthesisUtterance) return "none";
  for (const sentence of sentences(text)) {
    const heard = await saySentence(sentence, rate, language);
    if (!isMine()) return "stopped";
    if (!heard) {
      speechSynthesis.cancel();
      return "none";
    }
  }
  return "said";
}

/** Resolves to whether anything was heard. */
function saySentence(sentence, rate, language) {
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(sentence);
    const voice = fittingVoice(language);
    utterance.lang = voice?.lang ?? language;
    if (voice) utterance.voice = voice;
    utterance.rate = rate;
    const end = (heard) => {
      clearTimeout(watchdog);
      resolve(heard);
    };
    let watchdog = setTimeout(end, START_MS, false);
    utterance.onstart = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(end, START_MS + (sentence.length * A_CHARACTER_MS) / rate, true);
    };
    utterance.onend = () => end(true);
    utterance.onerror = ({ error }) => end(error === "canceled" || error === "interrupted");
    interrupt = () => end(true);
    speechSynthesis.speak(utterance);
  });
}

/** A voice of this language, one that needs no other computer if there is one. */
function fittingVoice(language) {
  const short = language.split("-")[0];
  const fitting = speechSynthesis.getVoices().filter((voice) => voice.lang.split(/[-_]/u)[0] === short);
  return fitting.find((voice) => voice.localService && voice.default) ?? fitting.find((voice) => voice.localService) ?? fitting[0];
}

function sentences(text) {
  return text.split(/(?<=[.!?:])\s+|\n+/u).map((part) => part.trim()).filter(Boolean);
}
