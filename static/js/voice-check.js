/** Before the first question: how to answer, and whether the microphone is heard. Every step can be skipped. */

import { post } from "./api.js";
import { audioContext } from "./audio-context.js";
import { capture } from "./capture.js";
import { byId } from "./dom.js";
import { showLevel } from "./level-meter.js";
import { MicrophoneError, closeMicrophone, openMicrophone, whenTakenAway } from "./microphone.js";
import { play, stopPlaying } from "./playback.js";
import { speak, stopSpeaking } from "./speech.js";
import { chosenLanguage, lookForWay, serverKeepsAudio, serverSpeaks, transcribing, wayFailed, wayToText } from "./transcription.js";
import { answeringChoice, deviceChoice, rateChoice, soundChoice } from "./voice-choice.js";
import { showDevices } from "./voice-panel.js";
import * as words from "./voice-words.js";
import { clockTime, explain } from "./words.js";

const SAMPLE = "This is how the questions will sound.";
const PHRASE_S = 15; // nobody needs longer for the test phrase
let onDone = () => {};
let onConsent = () => {};
let sessionId = "";
let number = 1;
let stopListening = () => {}; // closes the microphone of the level meter
let take = null;
let opening = false; // the microphone is being opened for a take
let heard = null; // the sound of the last test
let turn = 0;

byId("check-allow").addEventListener("click", allow);
byId("check-type").addEventListener("click", () => leave("typing"));
byId("check-type-too").addEventListener("click", () => leave("typing"));
byId("check-done").addEventListener("click", () => leave("voice"));
byId("check-phrase").addEventListener("click", phrase);
byId("check-play").addEventListener("click", () => sound(() => play(heard).catch(() => say("This browser cannot play it."))));
byId("check-sound").addEventListener("click", () => sound(sample));
byId("check-device").addEventListener("change", ({ target }) => {
  deviceChoice.set(target.value);
  listen();
});

/** Fills the screen from its first step; done() when the candidate has chosen how to answer, agreed(consent) before. */
export async function beginCheck({ session_id: ofSession, question_number: asked, recording_consent: consent }, done, agreed) {
  [sessionId, number, onDone, onConsent] = [ofSession, asked, done, agreed];
  step("check-ask");
  advise("voice");
  fault("");
  byId("check-agree").checked = Boolean(consent) && !soundChoice.isTakenBack(sessionId);
  byId("check-phrase-label").textContent = "Say the test phrase";
  showOffers(); // as the server was known before: what comes later moves what is below it
  await lookForWay();
  showOffers();
}

function showOffers() {
  byId("check-way").textContent = words.WAYS[wayToText()];
  byId("check-consent").hidden = !serverKeepsAudio();
}

function step(id) {
  for (const part of ["check-ask", "check-mic"]) byId(part).hidden = part !== id;
}

async function allow() {
  audioContext(); // made at this gesture, it may sound from now on
  fault("");
  if (!(await consented())) return;
  byId("check-allow").setAttribute("aria-disabled", "true");
  const opened = await listen();
  byId("check-allow").removeAttribute("aria-disabled");
  if (!opened) return advise("typing");
  await showDevices(byId("check-device"));
  say("");
  heard = null;
  byId("check-play").hidden = true;
  step("check-mic");
  byId("check-mic-title").focus();
}

/** Which of the two ways on is the likely one. */
function advise(way) {
  byId("check-allow").className = way === "voice" ? "primary" : "secondary";
  byId("check-allow").textContent = way === "voice" ? "Set up the microphone" : "Try the microphone again";
  byId("check-type").className = way === "typing" ? "primary" : "secondary";
}

/** Whether the server knows of the consent, where one was given. */
async function consented() {
  if (byId("check-consent").hidden) return true;
  const agreed = byId("check-agree").checked;
  soundChoice.set(sessionId, agreed);
  if (!agreed) return true;
  try {
    onConsent(await post("recording-consent", { session_id: sessionId, version: words.CONSENT_VERSION }));
    return true;
  } catch (error) {
    fault(`Your agreement was not stored. ${explain(error)} Try again, or take the tick away.`);
    return false;
  }
}

/** Opens the microphone for the level meter; whether that worked. */
async function listen() {
  stopListening();
  const mine = (turn += 1);
  try {
    const stream = await openMicrophone(deviceChoice.get());
    const hide = showLevel(stream, byId("check-level"), byId("check-level-words"));
    stopListening = () => {
      stopListening = () => {};
      hide();
      closeMicrophone(stream);
    };
    whenTakenAway(stream, () => mine === turn && fault(words.TAKEN));
    fault("");
    return true;
  } catch (error) {
    if (!(error instanceof MicrophoneError)) throw error;
    fault(words.microphoneFault(error.kind));
    return false;
  }
}

async function phrase() {
  if (take) return take.stop();
  if (opening) return;
  opening = true;
  stopSpeaking();
  stopPlaying();
  stopListening();
  const button = byId("check-phrase");
  const way = wayToText();
  try {
    take = await capture({
      way,
      language: chosenLanguage() || document.documentElement.lang,
      level: { place: byId("check-level"), words: byId("check-level-words") },
      onLevel: goesOn,
      onWords: (final, interim) => say(`${final} ${interim}`.trim()),
    });
  } catch (error) {
    if (!(error instanceof MicrophoneError)) throw error;
    return fault(words.microphoneFault(error.kind));
  } finally {
    opening = false;
  }
  byId("check-phrase-label").textContent = "Stop";
  byId("check-time").hidden = false;
  button.setAttribute("aria-pressed", "true");
  say("Listening…");
  const taken = await take.done;
  take = null;
  heard = taken.blob;
  button.setAttribute("aria-pressed", "false");
  byId("check-phrase-label").textContent = "Say it again";
  byId("check-time").hidden = true;
  byId("check-play").hidden = false;
  if (byId("check-screen").hidden) return;
  if (way === "server") await transcribe(taken);
  else if (taken.fault) recognitionFailed();
  else said(taken.words);
  if (!byId("check-screen").hidden) listen();
}

function goesOn() {
  if (!take) return;
  byId("check-time").textContent = clockTime(take.seconds());
  if (take.seconds() > PHRASE_S) take.stop();
}

async function transcribe({ blob, type, duration }) {
  say("Transcribing…");
  const recording = { blob, type, duration, sessionId, questionNumber: number, language: chosenLanguage(), trial: true };
  try {
    const { text } = await transcribing(recording, (error) => say(`${explain(error)} Trying again…`)).promise;
    said(text);
  } catch (error) {
    if (error.status === 404) wayFailed("server");
    byId("check-way").textContent = words.WAYS[wayToText()];
    say(words.transcriptionFault(error));
  }
}

function recognitionFailed() {
  wayFailed("browser");
  byId("check-way").textContent = words.WAYS[wayToText()];
  say("The browser’s speech recognition does not work here. You can hear the questions and type your answers.");
}

function said(text) {
  say(text.trim() ? `Understood: “${text.trim()}”` : "Nothing was understood. Look at the level, and try once more.");
}

/** Makes a sound with the microphone off, unless the test phrase is being said. */
async function sound(make) {
  if (take) return;
  stopListening();
  await make();
  if (!take && !byId("check-mic").hidden && !byId("check-screen").hidden) listen();
}

async function sample() {
  const options = { rate: rateChoice.get(), language: document.documentElement.lang, remote: serverSpeaks() };
  const outcome = await speak(SAMPLE, options);
  if (outcome === "none") say("This browser has no voice to read aloud with; the questions stand on the page.");
}

function leave(way) {
  turn += 1;
  take?.stop();
  stopListening();
  stopPlaying();
  stopSpeaking();
  answeringChoice.set(sessionId, way);
  onDone();
}

function say(text) {
  byId("check-said").textContent = text;
}

function fault(message) {
  byId("check-error").textContent = message;
  byId("check-error").hidden = !message;
}
