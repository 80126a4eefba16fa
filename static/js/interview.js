/** The interview page: shows the screen that the server's state names, and takes the candidate through it. */

import { THINKING_TIMEOUT_MS, get, post } from "./api.js";
import { Clock } from "./clock.js";
import { startEditor } from "./code-editor.js";
import { byId } from "./dom.js";
import { DraftKeeper } from "./draft.js";
import { confirmEnd } from "./ending.js";
import { hideHints, showHints } from "./hints.js";
import { showKept } from "./kept.js";
import * as notice from "./notice.js";
import { polling } from "./polling.js";
import * as asking from "./question.js";
import { isReading, readingWords, savedWords } from "./reading.js";
import { renderReport } from "./report.js";
import { Cancelled, retrying } from "./retry.js";
import { idInAddress } from "./session-address.js";
import { announce, say, sayWaiting, sayWorking } from "./status.js";
import * as store from "./store.js";
import { forgetRecordings, leaveVoice, lockVoice, showVoice, spokenAudio, startVoice, unlockVoice, whyNotYet } from "./voice.js";
import { beginCheck } from "./voice-check.js";
import { answering } from "./voice-choice.js";
import { explain, fieldMessage } from "./words.js";
import { givenWork, isBlank, sameWork, sentFields, workOf } from "./work.js";

const SOON = { firstMs: 1000, longestMs: 5000 }; // for what the candidate sits and waits for
const SOME_TIME = { firstMs: 1000, longestMs: 15_000 };

const sessionId = idInAddress();
const brand = byId("brand-name").textContent;
const clock = new Clock(byId("clock"));
const questionClock = new Clock(byId("question-clock"));
const drafts = new DraftKeeper({ sessionId, onState: showDraftState, onRefused: draftRefused });
let state = null; // what the server said last
let sending = null; // the answer or the ending on its way: {promise, now(), cancel()}
let loading = null;
let looking = null; // the polling of a page that waits for the server to get on
let waitingSince = null; // when the wait for the next question or the report began, in ms

byId("answer-form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
byId("answer").addEventListener("input", workChanged);
startEditor(workChanged);
byId("answer-form").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  submit();
});
byId("end").addEventListener("click", end);
startVoice(sessionId, showCheck);
document.addEventListener("visibilitychange", () => !document.hidden && lookAgain());
addEventListener("pageshow", (event) => event.persisted && load());
load();

/* ---- what the server says, and the screen for it ---- */

function look() {
  return get(`interview/${encodeURIComponent(sessionId)}`);
}

/** Whether a question waits for an answer. */
function isOpen() {
  return state?.status === "in_progress" && state.question_number !== null;
}

/** words(fresh): a line for the top of the page, if what is shown needs one. */
async function load(words = () => "") {
  loading?.cancel();
  looking?.stop();
  const request = retrying(look, showLoadWait);
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
  if (["question", "reading"].includes(document.body.dataset.screen)) {
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
  looking?.stop();
  say("idle", "", { announce: false });
  const before = state;
  state = fresh;
  banner(words);
  const running = state.status === "in_progress";
  byId("running").hidden = !running;
  byId("reference").textContent = `Reference number ${state.session_id}.`;
  const { unsent_draft: answer, unsent_draft_code: code } = state.report ?? {};
  const shown = answer || code ? [workOf({ answer, code })] : [];
  store.keepOrphans(sessionId, running ? state.question_number : null, state.answers, shown);
  showKept(sessionId, isOpen() ? asking.addWork : null);
  if (running) clock.start(state.started_at, state.server_time);
  else clock.stop();
  questionClock.start(isOpen() ? state.asked_at : null, state.server_time);
  if (isOpen()) return showAsking(before);
  drafts.stop();
  leaveVoice();
  if (isReading(state)) return showReading(before);
  if (running) return showPreparing();
  if (state.report) return showReport();
  if (state.status === "abandoned") {
    notice.noticeAbandoned();
    return screen("abandoned", "Interview ended");
  }
  showAwaiting();
}

function showAsking(before) {
  waitingSince = null;
  if (state.question_number === 1 && answering(sessionId) === null) return showCheck();
  asking.unlock();
  unlockVoice();
  showHints(state);
  if (before?.status === "in_progress" && before.question_number === state.question_number) return drafts.resume();
  asking.showQuestion(state);
  const work = drafts.begin(state.question_number, serverDraft(state), state.revision ?? 0);
  asking.fill(work);
  showKept(sessionId, asking.addWork);
  if (isBlank(work)) say("idle", savedWords(state.answers, before !== null), { announce: false });
  screen("question", `Question ${state.question_number} of ${state.total_questions}`);
  showVoice(state);
}

/** How to answer, before the first question or when somebody who types would rather speak. */
function showCheck() {
  if (document.body.dataset.screen === "check") return;
  leaveVoice();
  screen("check", "Before the first question");
  beginCheck(
    state,
    () => isOpen() && showAsking(null),
    (consent) => (state.recording_consent = consent),
  );
}

/** The answer stays where it was sent from, or is shown there to a page that comes in the middle. */
function showReading(before) {
  const last = state.answers.at(-1);
  const sentHere = before?.question_number === last.question_number && sameWork(asking.currentWork(), givenWork(last));
  const same = before && isReading(before) && before.answers.length === state.answers.length;
  asking.lock("Answer saved");
  hideHints();
  asking.showAnswered(state);
  waitingSince ??= Date.now();
  sayWorking((seconds) => readingWords(state, seconds), waitingSince);
  if (sentHere || same) nameScreen("reading", "Your answer is being read");
  else screen("reading", "Your answer is being read");
  const failed = (error) => sayWorking(() => `${explain(error)} Your answer is saved; trying again.`, waitingSince);
  lookOut(SOON, failed);
}

function showPreparing() {
  notice.noticePreparing();
  screen("preparing", "Your question is being prepared");
  lookOut(SOON, () => {});
}

/** Looks until the server shows something else than now. failed(error): for now it could not be asked. */
function lookOut(pace, failed) {
  const use = (fresh) => {
    const words = fresh.report ? "" : byId("banner").textContent;
    if (standing(fresh) !== standing(state)) return show(fresh, words);
    if (isReading(state)) sayWorking((seconds) => readingWords(state, seconds), waitingSince);
    else if (document.body.dataset.screen === "awaiting") notice.noteAwaiting();
  };
  const fail = (error) => (error.retryable ? failed(error) : refuse(error));
  looking = polling({ look, use, fail, ...pace });
}

/** What of a state decides about the screen for it. */
function standing({ status, question_number: number, report, answers }) {
  return JSON.stringify([status, number, report !== null, answers.map((item) => item.evaluation)]);
}

function serverDraft({ draft, draft_code: code, draft_code_language: language }) {
  return workOf({ answer: draft, code, language });
}

function showReport() {
  byId("report-screen").replaceChildren(renderReport(state));
  screen("report", "Your report");
}

function showAwaiting() {
  const already = document.body.dataset.screen === "awaiting";
  notice.noticeAwaiting(state);
  if (!already) screen("awaiting", "The report follows");
  lookOut(SOME_TIME, notice.noteAwaiting);
}

/** Shows one screen, names it in the title, and moves the focus to its heading. */
function screen(screenName, title) {
  const parts = { check: "check-screen", question: "question-screen", reading: "question-screen", report: "report-screen" };
  const part = parts[screenName] ?? "notice-screen";
  for (const id of ["notice-screen", "check-screen", "question-screen", "report-screen"]) byId(id).hidden = id !== part;
  nameScreen(screenName, title);
  if (part !== "question-screen") announce(""); // it was about the question
  scrollTo(0, 0);
  byId(part).querySelector("h1").focus({ preventScroll: true });
}

function nameScreen(screenName, title) {
  document.body.dataset.screen = screenName;
  document.title = `${title} · ${brand}`;
}

function banner(words) {
  byId("banner").hidden = !words;
  byId("banner").textContent = words;
}

/** Nothing will come of trying again: say why. Whatever was typed stays on the page. */
function refuse(error) {
  looking?.stop();
  say("idle", "", { announce: false });
  drafts.stop();
  leaveVoice();
  clock.stop();
  byId("running").hidden = true;
  if (isOpen()) store.keep(sessionId, state.question_number, asking.currentWork());
  showKept(sessionId, null);
  if (error.status === 404) notice.noticeUnknown();
  else if (error.status === 401 || error.status === 403) notice.noticeDenied(error);
  else notice.noticeRefused(error);
  screen("refused", "Interview");
}

/* ---- answering ---- */

function workChanged() {
  sending?.cancel(); // changed work must not be sent by a retry of the old
  asking.clearFaults();
  asking.countAnswer();
  drafts.changed(asking.currentWork());
}

async function submit() {
  if (sending) return sending.now();
  if (loading || !isOpen()) return;
  const work = asking.currentWork();
  const early = whyNotYet();
  if (early) return say("bad", early);
  if (asking.showFaults(asking.faultsOf(work, state.interview_type === "technical"))) return;
  const number = state.question_number;
  const fields = sentFields(work);
  const body = { session_id: sessionId, question_number: number, ...fields, ...spokenAudio(state.recording_consent) };
  const isOurs = (item) => item.answer === fields.answer && (item.code_submission ?? "") === (fields.code_submission ?? "");
  const stored = (fresh) => fresh.answers.some((item) => item.question_number === number && isOurs(item));
  const submitAnswer = () => post("submit-answer", body, { timeoutMs: THINKING_TIMEOUT_MS });
  const done = await send(submitAnswer, "Saving and scoring your answer…", stored);
  if (!done) return;
  forgetRecordings(number);
  say("busy", number < state.total_questions ? "Saved. The next question follows…" : "Saved. Your report follows…");
  await load();
}

async function end() {
  if (sending || isReading(state)) return announce("The interview can be ended when your answer has been read.");
  if (loading || !isOpen()) return;
  if (!(await confirmEnd(state, asking.currentWork()))) return;
  const number = state.question_number;
  const ended = (fresh) => fresh.status !== "in_progress";
  const endInterview = async () => {
    await drafts.deliver().catch(passOn);
    return post("end-interview", { session_id: sessionId }, { timeoutMs: THINKING_TIMEOUT_MS });
  };
  const done = await send(endInterview, "Ending the interview…", ended);
  if (!done) return;
  if (drafts.isSaved()) store.removeDraft(sessionId, number); // any other is shown as kept on the next screen
  await load();
}

/** A draft that the server will not have as it is stops nobody from ending; whatever else went wrong does. */
function passOn(error) {
  if (error.retryable || [401, 403, 404, 409].includes(error.status)) throw error;
}

/**
 * Sends until the server has done it; false: refused or taken back, the text stays in the box and on the page.
 * done(fresh): whether the server shows that it has got this. From then on nothing needs to be sent again, however
 * long the reply takes and whatever becomes of it.
 */
async function send(run, words, done) {
  drafts.pause();
  waitingSince = Date.now();
  let there = false;
  const attempt = () => {
    hold();
    sayWorking(() => words, waitingSince);
    return run();
  };
  sending = retrying(attempt, (error, seconds) => {
    if (there) return sending.cancel();
    release();
    sayWaiting(`${explain(error)} ${whereTextIs()}`, seconds, () => sending?.now());
  });
  const use = (fresh) => {
    if (!done(fresh)) return;
    there = true;
    sending.now(); // in a pause: what is there already is answered at once
    if (!isReading(fresh)) return sending.cancel();
    asking.lock("Answer saved");
    sayWorking((seconds) => readingWords(fresh, seconds), waitingSince);
  };
  const watch = polling({ look, use, fail: () => {}, ...SOON });
  const error = await sending.promise.then(
    () => null,
    (reason) => reason,
  );
  watch.stop();
  sending = null;
  if (!error || (there && error instanceof Cancelled)) return true;
  waitingSince = null;
  release();
  if (error.status === 409) await movedOn(error);
  else if (error instanceof Cancelled) drafts.resume();
  else sendRefused(error);
  return false;
}

/** While something is on its way nothing may be put into the answer box. */
function hold() {
  asking.lock("Sending…");
  lockVoice();
  questionClock.stop();
  showKept(sessionId, null);
}

function release() {
  asking.unlock();
  unlockVoice();
  questionClock.go();
  showKept(sessionId, asking.addWork);
}

function whereTextIs() {
  return store.isDurable() ? "Your text is kept in this browser." : "Keep this page open: your text is only here.";
}

function sendRefused(error) {
  if (error.status === 404 || error.status === 401 || error.status === 403) return refuse(error);
  drafts.resume();
  const about = (code) => error.errors.filter((item) => item.field.startsWith("code_") === code).map((item) => fieldMessage(item.message)).join(" ");
  asking.showFaults(error.errors.length ? { answer: about(false), code: about(true) } : { answer: explain(error), code: "" });
  say("bad", "Not submitted. Your text is still here.");
}

/* ---- other tabs, other devices, time-outs ---- */

/** The question on screen is no longer the current one: keep what was typed, show where the interview stands. */
async function movedOn(error = null) {
  store.writeDraft(sessionId, state.question_number, { work: asking.currentWork(), revision: 0 });
  await load((fresh) => whatHappened(fresh, error));
}

function draftRefused(error) {
  if (error.status === 409) return movedOn(error);
  if (error.status === 404 || error.status === 401 || error.status === 403) return refuse(error);
  say("bad", `The draft is not saved on the server. ${explain(error)}`);
}

async function lookAgain() {
  looking?.now();
  if (sending || loading || !isOpen()) return;
  try {
    const fresh = await look();
    if (sending || loading || !isOpen()) return;
    const same = fresh.status === state.status && fresh.question_number === state.question_number;
    if (!same) return await movedOn();
    state.answers = fresh.answers; // one that had no score may have got it
    asking.showEarlier(state.answers);
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
  if (detail.error.timedOut) lookAgain(); // a draft waits while another window's answer is being read
}
