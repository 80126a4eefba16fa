/** The interview page: shows the screen that the server's state names, and takes the candidate through it. */

import { Answering, whereTextIs } from "./answering.js";
import { get } from "./api.js";
import { Clock } from "./clock.js";
import { startEditor } from "./code-editor.js";
import { byId } from "./dom.js";
import { DraftKeeper } from "./draft.js";
import { hideHints, showHints } from "./hints.js";
import { showKept } from "./kept.js";
import * as notice from "./notice.js";
import { polling } from "./polling.js";
import * as asking from "./question.js";
import { isReading, readingWords, savedWords } from "./reading.js";
import { loadReport } from "./report-parts.js";
import { Cancelled, retrying } from "./retry.js";
import { banner, nameScreen, screenNow, showScreen } from "./screens.js";
import { idInAddress } from "./session-address.js";
import { endWait, say, sayWaiting, sayWorking } from "./status.js";
import * as store from "./store.js";
import { lookForWay } from "./transcription.js";
import { leaveVoice, lockVoice, showVoice, startVoice, unlockVoice } from "./voice.js";
import { beginCheck } from "./voice-check.js";
import { answeringChoice } from "./voice-choice.js";
import { explain } from "./words.js";
import { givenWork, isBlank, sameWork, workOf } from "./work.js";

const SOON = { firstMs: 1000, longestMs: 5000 }; // for what the candidate sits and waits for
const SOME_TIME = { firstMs: 1000, longestMs: 15_000 };

const sessionId = idInAddress();
const clock = new Clock(byId("clock"));
const questionClock = new Clock(byId("question-clock"));
const drafts = new DraftKeeper({ sessionId, onState: showDraftState, onRefused: draftRefused });
const answering = new Answering({
  sessionId,
  drafts,
  questionClock,
  now: () => (loading || !isOpen() ? null : state),
  look,
  load: () => load(),
  movedOn,
  refuse,
});
let state = null; // what the server said last
let loading = null;
let looking = null; // the polling of a page that waits for the server to get on

byId("answer-form").addEventListener("submit", (event) => {
  event.preventDefault();
  answering.submit();
});
byId("answer").addEventListener("input", workChanged);
startEditor(workChanged);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
  if (screenNow() !== "question" || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  answering.submit();
});
byId("end").addEventListener("click", () => answering.end(state !== null && isReading(state)));
startVoice(sessionId, { onCheck: showCheck, onMoved: lookAgain });
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
  if (["question", "reading"].includes(screenNow())) {
    return sayWaiting(`${explain(error)} Your answer is stored.`, seconds, now);
  }
  const already = screenNow() === "unreachable";
  notice.noticeUnreachable(error, seconds, already ? null : now);
  if (!already) showScreen("unreachable", "Waiting for the server");
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
    return showScreen("abandoned", "Interview ended");
  }
  showAwaiting();
}

function showAsking(before) {
  endWait();
  if (state.question_number === 1 && answeringChoice.get(sessionId) === null) return offerVoice();
  asking.unlock();
  unlockVoice();
  showHints(state);
  if (before?.status === "in_progress" && before.question_number === state.question_number) return drafts.resume();
  asking.showQuestion(state);
  const work = drafts.begin(state.question_number, serverDraft(state), state.revision ?? 0);
  asking.fill(work);
  showKept(sessionId, asking.addWork);
  if (isBlank(work)) say("idle", savedWords(state.answers, before !== null), { announce: false });
  showScreen("question", `Question ${state.question_number} of ${state.total_questions}`);
  showVoice(state);
}

/** Asks how to answer; not where nothing turns speech into text: there is only typing then. */
async function offerVoice() {
  if ((await lookForWay()) === "typing") answeringChoice.assumeTyping();
  if (!isOpen()) return;
  if (answeringChoice.get(sessionId) === null) showCheck();
  else showAsking(null);
}

/** How to answer, before the first question or when somebody who types would rather speak. */
function showCheck() {
  if (screenNow() === "check") return;
  leaveVoice();
  showScreen("check", "Before the first question");
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
  lockVoice("thinking");
  hideHints();
  asking.showAnswered(state);
  sayWorking((seconds) => readingWords(state, seconds));
  if (sentHere || same) nameScreen("reading", "Your answer is being read");
  else showScreen("reading", "Your answer is being read");
  const failed = (error) => sayWorking(() => `${explain(error)} Your answer is saved; trying again.`);
  lookOut(SOON, failed);
}

function showPreparing() {
  notice.noticePreparing();
  showScreen("preparing", "Your question is being prepared");
  lookOut(SOON, () => {});
}

/** Looks until the server shows something else than now. failed(error): for now it could not be asked. */
function lookOut(pace, failed) {
  const use = (fresh) => {
    const words = fresh.report ? "" : byId("banner").textContent;
    if (standing(fresh) !== standing(state)) return show(fresh, words);
    if (isReading(state)) sayWorking((seconds) => readingWords(state, seconds));
    else if (screenNow() === "awaiting") notice.noteAwaiting();
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

async function showReport() {
  loading = retrying(loadReport, showLoadWait);
  const renderReport = await loading.promise.catch(() => null); // null: another look at the server took its place
  if (!renderReport) return;
  loading = null;
  byId("report-screen").replaceChildren(renderReport(state));
  showScreen("report", "Your report");
}

function showAwaiting() {
  const already = screenNow() === "awaiting";
  notice.noticeAwaiting(state);
  if (!already) showScreen("awaiting", "The report follows");
  lookOut(SOME_TIME, notice.noteAwaiting);
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
  showScreen("refused", "Interview");
}

function workChanged() {
  answering.takeBack();
  asking.clearFaults();
  asking.countAnswer();
  drafts.changed(asking.currentWork());
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
  if (answering.sending || loading || !isOpen()) return;
  try {
    const fresh = await look();
    if (answering.sending || loading || !isOpen()) return;
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
