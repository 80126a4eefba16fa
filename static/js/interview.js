/** The interview page: shows the screen that the server's state names, and takes the candidate through it. */

import { get, post } from "./api.js";
import { startClock, stopClock } from "./clock.js";
import { byId } from "./dom.js";
import { DraftKeeper } from "./draft.js";
import { confirmEnd } from "./ending.js";
import { showKept } from "./kept.js";
import * as notice from "./notice.js";
import * as asking from "./question.js";
import { renderReport } from "./report.js";
import { Cancelled, retrying } from "./retry.js";
import { say, sayWaiting } from "./status.js";
import * as store from "./store.js";
import { explain } from "./words.js";

const POLL_MS = 5000;

const sessionId = idInAddress();
const brand = byId("brand-name").textContent;
const drafts = new DraftKeeper({ sessionId, onState: showDraftState, onRefused: draftRefused });
let state = null; // what the server said last
let sending = null; // the answer or the ending on its way: {promise, now(), cancel()}
let loading = null;

byId("answer-form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
byId("answer").addEventListener("input", answerChanged);
byId("answer").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  submit();
});
byId("end").addEventListener("click", end);
document.addEventListener("visibilitychange", () => !document.hidden && lookAgain());
addEventListener("pageshow", (event) => event.persisted && load());
load();

function idInAddress() {
  const written = location.pathname.split("/")[2] ?? "";
  try {
    return decodeURIComponent(written);
  } catch {
    return written; // cut in the middle of a character: the server does not know it either
  }
}

/* ---- what the server says, and the screen for it ---- */

/** words(fresh): a line for the top of the page, if what is shown needs one. */
async function load(words = () => "") {
  loading?.cancel();
  const request = retrying(() => get(`interview/${encodeURIComponent(sessionId)}`), showLoadWait);
  loading = request;
  try {
    const fresh = await request.promise;
    loading = null;
    show(fresh, words(fresh));
  } catch (error) {
    if (error instanceof Cancelled) return;
    loading = null;
    refuse(error);
  }
}

function showLoadWait(error, seconds) {
  const now = () => loading?.now();
  if (document.body.dataset.screen === "question") {
    return sayWaiting(`${explain(error)} Your answer is stored.`, seconds, now);
  }
  const already = document.body.dataset.screen === "unreachable";
  notice.noticeUnreachable(error, seconds, already ? null : now);
  if (!already) screen("unreachable", "Waiting for the server");
}

/** error: what the server said when the page acted on what is no longer so, if it did. */
function whatHappened(fresh, error) {
  if (fresh.status !== "in_progress") return "The interview was ended in the meantime: in another window, or after a long time without activity.";
  if (fresh.question_number === state?.question_number) return error ? explain(error) : "";
  return "That question was answered in another window. This is where the interview stands now.";
}

function show(fresh, words = "") {
  const before = state;
  state = fresh;
  banner(words);
  const running = state.status === "in_progress";
  byId("running").hidden = !running;
  byId("reference").textContent = `Reference number ${state.session_id}.`;
  const shown = state.report?.unsent_draft ? [state.report.unsent_draft] : [];
  store.keepOrphans(sessionId, running ? state.question_number : null, state.answers, shown);
  showKept(sessionId, running ? addToAnswer : null);
  if (running) return showAsking(before);
  stopClock();
  drafts.stop();
  if (state.report) return showReport();
  if (state.status === "abandoned") {
    notice.noticeAbandoned();
    return screen("abandoned", "Interview ended");
  }
  showAwaiting();
}

function showAsking(before) {
  startClock(state.started_at, state.server_time);
  asking.lock(false);
  if (before?.status === "in_progress" && before.question_number === state.question_number) return drafts.resume();
  asking.showQuestion(state);
  byId("answer").value = drafts.begin(state.question_number, serverDraft(state));
  asking.countAnswer();
  showKept(sessionId, addToAnswer);
  if (byId("answer").value === "") say("idle", before ? "Your last answer is saved." : "", { announce: false });
  screen("question", `Question ${state.question_number} of ${state.total_questions}`);
}

/** The draft and its revision; the draft may come as text or as an object that holds it. */
function serverDraft({ draft, revision }) {
  const text = typeof draft === "string" ? draft : (draft?.answer ?? "");
  return { text, revision: draft?.revision ?? revision ?? 0 };
}

function showReport() {
  byId("report-screen").replaceChildren(renderReport(state));
  screen("report", "Your report");
}

function showAwaiting() {
  notice.noticeAwaiting(state);
  screen("awaiting", "The report follows");
  setTimeout(poll, POLL_MS);
}

async function poll() {
  try {
    const fresh = await get(`interview/${encodeURIComponent(sessionId)}`);
    byId("waiting").textContent = "Waiting for the report";
    if (fresh.report || fresh.status !== "awaiting_evaluation") return show(fresh);
  } catch (error) {
    if (!error.retryable) return refuse(error);
    byId("waiting").textContent = `${explain(error)} Your answers are stored there; trying again.`;
  }
  setTimeout(poll, POLL_MS);
}

/** Shows one screen, names it in the title, and moves the focus to its heading. */
function screen(name, title) {
  const part = { question: "question-screen", report: "report-screen" }[name] ?? "notice-screen";
  for (const id of ["notice-screen", "question-screen", "report-screen"]) byId(id).hidden = id !== part;
  document.body.dataset.screen = name;
  document.title = `${title} · ${brand}`;
  scrollTo(0, 0);
  byId(part).querySelector("h1").focus({ preventScroll: true });
}

function banner(words) {
  byId("banner").hidden = !words;
  byId("banner").textContent = words;
}

/** Nothing will come of trying again: say why. Whatever was typed stays on the page. */
function refuse(error) {
  drafts.stop();
  stopClock();
  byId("running").hidden = true;
  if (byId("answer").value.trim() && state?.status === "in_progress") {
    store.keep(sessionId, state.question_number, byId("answer").value);
  }
  showKept(sessionId, null);
  if (error.status === 404) notice.noticeUnknown();
  else if (error.status === 401 || error.status === 403) notice.noticeDenied(error);
  else notice.noticeRefused(error);
  screen("refused", "Interview");
}

/* ---- answering ---- */

function answerChanged() {
  sending?.cancel(); // a changed text must not be sent by a retry of the old one
  asking.showFault("");
  asking.countAnswer();
  drafts.changed(asking.answerText());
}

function addToAnswer(text) {
  const before = byId("answer").value;
  asking.setAnswer(before.trim() ? `${before}\n\n${text}` : text);
  byId("answer").focus();
}

async function submit() {
  if (sending) return sending.now();
  if (loading || state?.status !== "in_progress") return;
  const text = asking.answerText();
  const fault = asking.faultOf(text);
  asking.showFault(fault);
  if (fault) return byId("answer").focus();
  const number = state.question_number;
  const body = { session_id: sessionId, answer: text, question_number: number };
  const done = await send(() => post("submit-answer", body, { scoring: true }), "Saving and scoring your answer…");
  if (!done) return;
  say("busy", number < state.total_questions ? "Saved. The next question follows…" : "Saved. Your report follows…");
  await load();
}

async function end() {
  if (sending || loading || state?.status !== "in_progress") return;
  if (!(await confirmEnd(state, asking.answerText()))) return;
  const number = state.question_number;
  const done = await send(() => post("end-interview", { session_id: sessionId }, { scoring: true }), "Ending the interview…");
  if (!done) return;
  store.removeDraft(sessionId, number); // the dialog has said that this text is not submitted
  await load();
}

/** Sends until the server has it. False: refused or taken back, the text stays in the box and on the page. */
async function send(run, words) {
  drafts.pause();
  const attempt = () => {
    asking.lock(true);
    say("busy", words);
    return run();
  };
  sending = retrying(attempt, (error, seconds) => {
    asking.lock(false);
    sayWaiting(`${explain(error)} ${whereTextIs()}`, seconds, () => sending?.now());
  });
  try {
    await sending.promise;
    sending = null;
    return true;
  } catch (error) {
    sending = null;
    asking.lock(false);
    if (error.status === 409) await movedOn(error);
    else if (error instanceof Cancelled) drafts.resume();
    else sendRefused(error);
    return false;
  }
}

function whereTextIs() {
  return store.isDurable() ? "Your text is kept in this browser." : "Keep this page open: your text is only here.";
}

function sendRefused(error) {
  if (error.status === 404 || error.status === 401 || error.status === 403) return refuse(error);
  drafts.resume();
  const fields = error.errors.map((item) => item.message).join(" ");
  asking.showFault(fields || explain(error));
  say("bad", "Not submitted. Your text is still here.");
  byId("answer").focus();
}

/* ---- other tabs, other devices, time-outs ---- */

/** The question on screen is no longer the current one: keep what was typed, show where the interview stands. */
async function movedOn(error = null) {
  const text = asking.answerText();
  store.writeDraft(sessionId, state.question_number, { text, revision: 0 });
  await load((fresh) => whatHappened(fresh, error));
}

function draftRefused(error) {
  if (error.status === 409) return movedOn(error);
  if (error.status === 404 || error.status === 401 || error.status === 403) return refuse(error);
  say("bad", `The draft is not saved on the server. ${explain(error)}`);
}

async function lookAgain() {
  if (sending || loading || state?.status !== "in_progress") return;
  try {
    const fresh = await get(`interview/${encodeURIComponent(sessionId)}`);
    const same = fresh.status === state.status && fresh.question_number === state.question_number;
    if (!same && !sending && !loading) await movedOn();
  } catch (error) {
    if (!error.retryable) refuse(error); // a server that is away is noticed with the next draft
  }
}

function showDraftState(name, detail) {
  if (name === "typing" || name === "saving") return say("busy", "Saving your draft…", { announce: false });
  if (name === "empty") return say("idle", "", { announce: false });
  if (name === "saved") return say("good", "Draft saved");
  if (name === "too-long") return say("bad", "Too long to be saved on the server.");
  sayWaiting(`${explain(detail.error)} ${whereTextIs()}`, detail.seconds, detail.now);
}
