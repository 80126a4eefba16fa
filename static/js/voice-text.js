/** Recordings become text in the answer's box, also after a lost line or a reload; what cannot is the candidate's to decide. */

import { bringAnswerIntoView } from "./answer-view.js";
import { byId } from "./dom.js";
import { dropPending, leftBehind, toText } from "./pending-recordings.js";
import { lengthOf } from "./playback.js";
import { forgetRecording } from "./recording-store.js";
import { wayToText } from "./transcription.js";
import { insertWords } from "./voice-insert.js";
import { go, now, problem, rest } from "./voice-now.js";
import { showFault, showLast, showLiveWords, showPending, showRefused, showWay } from "./voice-panel.js";
import * as words from "./voice-words.js";

const SHORTFALL = 0.1; // of the recorded time, as the server sees it
let onMoved = () => {};

/** moved(): called when the server says that the interview is elsewhere. */
export function startText(moved) {
  onMoved = moved;
}

/** Has the server make text of kept.recording; it takes the place of kept.text. */
export async function toWords(kept) {
  const mine = kept.recording.questionNumber;
  const isHere = () => now.number === mine;
  showFault("");
  showRefused(null);
  go("transcribing");
  try {
    const reply = await toText(kept.recording, (error, seconds) => isHere() && waiting(error, seconds));
    if (!isHere()) return;
    showPending("");
    if (!reply) return rest();
    const replaces = canTakePlace(kept.text) ? kept.recording.replaces : null;
    kept.recording = { ...kept.recording, reply, replaces };
    nowHeard(kept.recording);
    if (reply.text.trim()) insert(kept, reply.text);
    else problem(words.NOTHING_HEARD);
  } catch (error) {
    if (isHere()) await refused(kept, error);
  }
}

/** The words of this recording are in the answer, and those of the one that it replaces no more. */
function nowHeard(recording) {
  now.heard = [...now.heard.filter(({ id }) => id !== recording.replaces), recording];
  if (recording.replaces) forgetRecording(recording.replaces);
}

function waiting(error, seconds) {
  showPending(words.notSent(error), seconds);
  if (now.phase === "transcribing") go("waiting");
}

/** The server will not have it: say why, and offer what is left to do. */
async function refused(kept, error) {
  showPending("");
  showWay();
  problem(words.transcriptionFault(error));
  if (error.status === 422) showRefused(await usableLength(kept.recording));
  else if (wayToText() === "server") onMoved();
}

/** The seconds that a cut file holds; 0 for one that is whole, or that cannot be opened. */
async function usableLength({ blob, duration }) {
  const seconds = await lengthOf(blob).catch(() => 0);
  return seconds < duration * (1 - SHORTFALL) ? seconds : 0;
}

/** Sends a refused recording once more, as it is. */
export function sendAgain() {
  return toWords(now.last);
}

/** Has the text made of what a cut file holds. */
export async function usePart() {
  const { last } = now;
  last.recording = { ...last.recording, duration: await usableLength(last.recording) };
  showLast(last.recording);
  await toWords(last);
}

/** Leaves the recording out: the answer is typed. */
export async function leaveOut() {
  const { last } = now;
  await dropPending(last?.recording.id);
  if (now.last !== last) return;
  now.last = null;
  showPending("");
  showRefused(null);
  showFault("");
  showLast(null);
  rest();
  byId("answer").focus();
}

export function insert(kept, text) {
  const added = insertWords(text.trim(), kept.text);
  if (added) kept.text = text.trim();
  showLiveWords("", "");
  rest();
  offerAgain();
  if (added) bringAnswerIntoView();
}

/** Recording again takes the place of words that stand as they came; words that were changed since are there to stay. */
export function offerAgain() {
  byId("record-again").hidden = Boolean(now.last?.text) && !canTakePlace(now.last.text);
}

function canTakePlace(words) {
  const answer = byId("answer").value;
  return !answer.trim() || answer.includes(words);
}

/** Goes on with what a reload or a lost line left behind of the question on screen. */
export async function takeUp() {
  const { sessionId, number } = now;
  const { done, open } = await leftBehind(sessionId, number);
  if (now.number !== number || now.take) return;
  now.heard = done;
  const newest = done.at(-1);
  if (newest) {
    now.last = { recording: newest, text: newest.reply.text.trim() };
    showLast(newest);
    rest();
    offerAgain();
  }
  for (const recording of open) {
    now.last = { recording, text: "" };
    showLast(recording);
    if (wayToText() === "server") await toWords(now.last);
  }
}
