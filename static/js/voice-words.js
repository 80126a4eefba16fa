/** What the pages say about voice: states, ways to text, faults of the microphone, the consent. */

import { explain, fieldMessage, secondsInWords } from "./words.js";

export const STATES = {
  asking: "Reading the question to you",
  ready: "Your turn",
  opening: "Opening the microphone…",
  listening: "Listening",
  transcribing: "Transcribing your words…",
  waiting: "Your recording waits to be sent",
  check: "Check your answer",
  saving: "Saving your answer…",
  thinking: "The interviewer is thinking…",
  problem: "That did not work",
};

/** What to do next in a state, where nothing else says it; for "ready" see readyTip. */
export const TIPS = {
  asking: "You can begin at any time: the reading stops then.",
  listening: "Take your time. Press again when you have finished.",
  transcribing: "This takes a few seconds.",
};

/** What to do with a new question, by whom the words become text, and that the sound is kept where it is. */
export function readyTip(way, isSoundKept) {
  if (way === "typing") return "";
  const text = way === "server" ? "This server turns your words into text" : "Your browser turns your words into text";
  return `Press the button, speak, and press again. ${text}: mend it, and submit.${isSoundKept ? " The sound is kept, as you agreed." : ""}`;
}

export const WAYS = {
  server: "Your words come from this server’s transcription.",
  browser: "Your words come from your browser’s speech recognition; some browsers send the sound to their maker for it.",
  typing: "No transcription works here: type your answer.",
};

const TYPING = "You can go on by typing.";
const FAULTS = {
  denied: `The microphone is not allowed for this page. To allow it, use the microphone or lock sign beside the address, then try again. ${TYPING}`,
  missing: `No microphone was found. ${TYPING}`,
  busy: `The microphone is in use by another program or did not start. ${TYPING}`,
  unsupported: `This browser cannot record on this page. ${TYPING}`,
  other: `The microphone did not start. ${TYPING}`,
};
export const TAKEN = `The microphone was taken away. What you said until then is kept. ${TYPING}`;
export const LONGEST = "Five minutes are the longest recording; it was stopped. You can record more after it.";
export const NOTHING_HEARD = "No words were heard in this recording. Listen to it, record again, or type.";

export const MUTED = "Questions are not read aloud.";
export const NOT_YET = "Press Read aloud to hear it.";
export const NO_VOICE = "This browser has no voice to read aloud with: please read the question.";
export const STOP_FIRST = "Please stop the recording first.";

export function microphoneFault(kind) {
  return FAULTS[kind] ?? FAULTS.other;
}

/** fault: the browser's name for what went wrong. */
export function recognitionFault(fault) {
  return `The browser’s speech recognition does not work here (${fault}). ${TYPING}`;
}

/** Why the server made no text of a recording. */
export function transcriptionFault(error) {
  return error.errors.map((item) => fieldMessage(item.message)).join(" ") || explain(error);
}

/** Changes with every change of what the candidate agrees to; stored with the consent. */
export const CONSENT_VERSION = "2026-11-22";

/** The offer to make do with the part of a recording (s) that the file holds. */
export function useWhatIsThere(seconds) {
  return `Use the ${secondsInWords(seconds)} that are there`;
}

/** Why a recording is still here only. */
export function notSent(error) {
  return `${explain(error)} Your recording is kept here.`;
}
