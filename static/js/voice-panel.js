/** What the voice part of the question screen shows: its state, the time, the words as they come, what went wrong. */

import { byId, el } from "./dom.js";
import { microphones, canRecord } from "./microphone.js";
import { chosenLanguage, languagesOffered, wayToText } from "./transcription.js";
import { deviceChoice, languageChoice } from "./voice-choice.js";
import * as words from "./voice-words.js";
import { clockTime } from "./words.js";

const SILENCE_S = 3; // so long nobody speaks before the countdown begins
const COUNTDOWN_S = 3;
const ENGLISH = "en-US"; // what is heard by browsers if nothing was chosen
let counting = null;
const BUSY = ["opening", "transcribing", "saving", "thinking"];

byId("device").addEventListener("change", ({ target }) => deviceChoice.set(target.value));
byId("language").addEventListener("change", ({ target }) => languageChoice.set(target.value));

/** again: whether there is a recording already; unheard: whether no words came of it. */
export function setState(state, again, unheard) {
  byId("voice").dataset.state = state;
  const said = byId("voice-state");
  if (said.textContent !== words.STATES[state]) said.textContent = words.STATES[state];
  byId("voice-tip").textContent = again ? "" : tipOf(state);
  const button = byId("record");
  if (BUSY.includes(state)) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
  byId("record-label").textContent = state === "listening" ? "Stop recording" : unheard ? "Record it again" : again ? "Record more" : "Record your answer";
  byId("voice").classList.toggle("unheard", unheard);
  byId("voice-last").classList.toggle("away", state === "listening" || state === "opening");
}

function tipOf(state) {
  return state === "ready" ? words.readyTip(wayToText(), byId("keep-sound").checked) : (words.TIPS[state] ?? "");
}

export function showTime(seconds) {
  const written = clockTime(seconds);
  if (byId("voice-time").textContent !== written) byId("voice-time").textContent = written;
}

export function showLiveWords(final, interim) {
  if (final || interim) byId("voice-tip").textContent = "";
  const place = byId("live-words");
  const parts = [final, final && interim ? " " : "", interim && el("span", { class: "interim" }, interim)];
  place.replaceChildren(...parts.filter(Boolean)); // empty, it takes no room
  place.scrollTop = place.scrollHeight; // the newest are in sight
}

export function showFault(message) {
  byId("voice-error").textContent = message;
  byId("voice-error").hidden = !message;
}

/** What was recorded last can be played; null: nothing. */
export function showLast(recording) {
  byId("voice-last").hidden = !recording;
  byId("replay-length").textContent = recording ? clockTime(recording.duration) : "";
}

/** A recording that is not on the server yet, and in how many seconds it is sent again; "": there is none. */
export function showPending(message, seconds = 0) {
  byId("pending").hidden = !message;
  const said = byId("pending-text");
  if (said.textContent !== message) said.textContent = message; // a repeat would be announced again
  countDown(message ? Math.ceil(seconds) : null);
}

/** Beside what is announced: a number that changes each second must not be. left (s): null stops it. */
function countDown(left) {
  clearTimeout(counting);
  byId("pending-next").textContent = left === null ? "" : left > 0 ? `Next try in ${left} s.` : "Trying…";
  if (left > 0) counting = setTimeout(countDown, 1000, left - 1);
}

/** A recording that the server will not have can be sent again or left out; seconds: what a cut file holds. null: none. */
export function showRefused(seconds) {
  byId("refused").hidden = seconds === null;
  byId("refused-again").hidden = byId("refused-part").hidden = !seconds;
  byId("refused-part").textContent = seconds ? words.useWhatIsThere(seconds) : "";
}

/** Shows the countdown when nobody has spoken for a while; returns whether it has run out. */
export function saySilence(seconds) {
  if (seconds < SILENCE_S) {
    hideCountdown();
    return false;
  }
  const left = Math.ceil(SILENCE_S + COUNTDOWN_S - seconds);
  byId("silence").hidden = false;
  const text = `Silence: recording stops in ${Math.max(left, 0)} s.`;
  if (byId("silence-text").textContent !== text) byId("silence-text").textContent = text;
  return left <= 0;
}

export function hideCountdown() {
  byId("silence").hidden = true;
}

/** Names the way to text, and offers what there is to choose from. kept: whether the sound is; null: nobody was asked. */
export async function showWay(kept = byId("keep-sound-row").hidden ? null : byId("keep-sound").checked) {
  const way = wayToText();
  byId("voice").dataset.way = way;
  byId("voice-way").textContent = words.WAYS[way];
  byId("keep-sound-row").hidden = kept === null;
  byId("keep-sound").checked = Boolean(kept);
  if (byId("voice").dataset.state === "ready") byId("voice-tip").textContent = tipOf("ready");
  const languages = languagesOffered().map((code) => [code, languageName(code)]);
  choices(byId("language"), languages.sort(([a, one], [b, other]) => (a && b ? one.localeCompare(other) : a ? 1 : -1)), chosenLanguage() || ENGLISH);
  if (canRecord()) await showDevices(byId("device"));
}

/** Fills a select with the microphones; its row is hidden where there is nothing to choose. */
export async function showDevices(select) {
  const found = await microphones();
  choices(select, found.map(({ id, name }) => [id, name]), deviceChoice.get());
}

/** pairs: [value, name]; the row is hidden where there is nothing to choose. */
function choices(select, pairs, chosen) {
  select.closest("p").hidden = pairs.length < 2;
  select.replaceChildren(...pairs.map(([value, name]) => el("option", { value }, name)));
  if (pairs.some(([value]) => value === chosen)) select.value = chosen;
}

function languageName(code) {
  if (!code) return "Found out from the sound";
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code);
  } catch {
    return code;
  }
}
