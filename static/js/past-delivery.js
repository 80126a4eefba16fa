/** How an answer was given, for the hiring team; no score knows of it. */

import { el } from "./dom.js";
import { dateInWords, plural, secondsInWords } from "./words.js";

/** item: a completed answer of this interview; null where its record does not say how it was given. */
export function delivery({ audio, answer, question_number: number }, sessionId) {
  if (audio === undefined) return null;
  return el(
    "div",
    { class: "delivery" },
    el("h4", {}, "Delivery ", el("span", { class: "muted" }, "(not part of the score)")),
    audio === null ? el("p", {}, "Typed.") : [facts(audio), transcript(audio, answer), sounds(audio, sessionId, number)],
  );
}

function facts(audio) {
  const rows = [
    ["Given", `${audio.kind === "video" ? "on video" : "spoken"}${audio.recordings.length > 1 ? `, in ${audio.recordings.length} recordings` : ""}`],
    ["Length", secondsInWords(audio.duration ?? Number.NaN)],
    ["Words per minute", audio.words_per_minute === null ? "not measured" : String(Math.round(audio.words_per_minute))],
    ["Filler words", fillers(audio)],
    ["Longest pause", audio.longest_pause === null ? "not measured" : `${audio.longest_pause.toFixed(1)} s`],
    ["Edited after dictation", audio.edited === null ? "not recorded" : `${Math.round(audio.edited * 100)} % of the words`],
    ["Transcribed by", audio.model || "not recorded"],
  ];
  return el("dl", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", { dir: "auto" }, value))));
}

function fillers({ filler_words: { count, list } }) {
  if (count === null) return "not recorded";
  return count && list.length ? `${count}: ${list.join(", ")}` : String(count);
}

/** What was heard beside what was sent, where the two differ. */
function transcript({ transcript: heard }, sent) {
  if (!heard) return null;
  if (heard.trim() === sent.trim()) return el("p", { class: "muted" }, "The answer is the transcript, unchanged.");
  const version = (title, text) => el("div", {}, el("h5", {}, title), el("p", { class: "delivery-text", dir: "auto" }, text));
  return el("div", { class: "delivery-texts" }, version("As it was heard", heard), version("As it was sent", sent));
}

/** What is kept of the sound, to be played. */
function sounds({ recordings, consent }, sessionId, number) {
  const kept = recordings.filter(({ sound }) => sound);
  if (!kept.length) return el("p", { class: "muted" }, recordings.length > 1 ? "The recordings were not kept." : "The recording was not kept.");
  const agreed = consent && `The candidate agreed on ${dateInWords(consent.at)} (text ${consent.version}).`;
  return el(
    "div",
    { class: "delivery-sound" },
    el("p", {}, `Kept on the server: ${plural(kept.length, "recording")}. `, agreed),
    el("ul", {}, kept.map((recording, index) => el("li", {}, player(recording.id, sessionId, `Recording ${index + 1} of answer ${number}`), file(recording)))),
  );
}

/** Nothing is loaded before somebody plays it. */
function player(id, sessionId, name) {
  const path = `/api/data/interview/${encodeURIComponent(sessionId)}/recordings/${encodeURIComponent(id)}`;
  const gone = el("p", { class: "delivery-gone", role: "alert", hidden: true }, "This recording cannot be played: its file is gone, or your browser does not know its format.");
  return el("div", {}, el("audio", { controls: true, preload: "none", src: path, "aria-label": name, onerror: () => (gone.hidden = false) }), gone);
}

function file({ type, sound }) {
  return el("p", {}, el("code", {}, sound.file), `, ${[type, size(sound.size)].filter(Boolean).join(", ")}, SHA-256 `, el("code", {}, sound.sha256));
}

function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  return bytes < 1024 ? plural(bytes, "byte") : bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
