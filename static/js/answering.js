/** Handing in an answer, and ending early: nothing is sent twice, and nothing that was typed or said is lost. */

import { THINKING_TIMEOUT_MS, post } from "./api.js";
import { delivery } from "./delivery.js";
import { confirmEnd } from "./ending.js";
import { showKept } from "./kept.js";
import * as asking from "./question.js";
import { readingWords } from "./reading.js";
import { Cancelled } from "./retry.js";
import { announce, beginWait, endWait, say, sayWaiting, sayWorking } from "./status.js";
import * as store from "./store.js";
import { forgetRecordings, isRecording, lockVoice, spokenAudio, unlockVoice, whyNotYet } from "./voice.js";
import { explain, fieldMessage } from "./words.js";
import { sentFields } from "./work.js";

export class Answering {
  /**
   * now(): what the server said last, or null while nothing may be sent. look(): asks it. load(): asks, and shows the
   * screen for it. movedOn(error), refuse(error): the interview is elsewhere; the server will not have this page.
   */
  constructor({ sessionId, drafts, questionClock, now, look, load, movedOn, refuse }) {
    Object.assign(this, { sessionId, drafts, questionClock, now, look, load, movedOn, refuse });
    this.sending = null; // the answer or the ending on its way: {outcome, now(), cancel()}
  }

  async submit() {
    if (this.sending) return this.sending.now();
    const state = this.now();
    if (!state) return;
    const early = whyNotYet();
    if (early) return say("bad", early);
    const work = asking.currentWork();
    if (asking.showFaults(asking.faultsOf(work, state.interview_type === "technical"))) return;
    const number = state.question_number;
    const fields = sentFields(work);
    const body = { session_id: this.sessionId, question_number: number, ...fields, ...spokenAudio(state.recording_consent) };
    const isOurs = (item) => item.answer === fields.answer && (item.code_submission ?? "") === (fields.code_submission ?? "");
    const stored = (fresh) => fresh.answers.some((item) => item.question_number === number && isOurs(item));
    const submitAnswer = () => post("submit-answer", body, { timeoutMs: THINKING_TIMEOUT_MS });
    if (!(await this.send(submitAnswer, "Saving and scoring your answer…", stored))) return;
    forgetRecordings(number);
    say("busy", number < state.total_questions ? "Saved. The next question follows…" : "Saved. Your report follows…");
    await this.load();
  }

  /** isRead: whether the last answer is still being read. */
  async end(isRead) {
    if (this.sending || isRead) return announce("The interview can be ended when your answer has been read.");
    const state = this.now();
    if (!state) return;
    if (!(await confirmEnd(state, asking.currentWork(), isRecording()))) return;
    const ended = (fresh) => fresh.status !== "in_progress";
    const endInterview = async () => {
      await this.drafts.deliver().catch(passOn);
      return post("end-interview", { session_id: this.sessionId }, { timeoutMs: THINKING_TIMEOUT_MS });
    };
    if (!(await this.send(endInterview, "Ending the interview…", ended))) return;
    if (this.drafts.isSaved()) store.removeDraft(this.sessionId, state.question_number); // any other is shown as kept on the next screen
    await this.load();
  }

  /** The work has changed: what is on its way must not be sent by a retry of the old. */
  takeBack() {
    this.sending?.cancel();
  }

  /** Sends until the server has done it; false: refused or taken back, the text stays in the box and on the page. */
  async send(run, words, done) {
    this.drafts.pause();
    beginWait();
    const onTry = () => {
      this.hold();
      sayWorking(() => words);
    };
    const onWait = (error, seconds) => {
      this.release();
      sayWaiting(`${explain(error)} ${whereTextIs()}`, seconds, () => this.sending?.now());
    };
    const onThere = (fresh) => {
      asking.lock("Answer saved");
      lockVoice("thinking");
      sayWorking((seconds) => readingWords(fresh, seconds));
    };
    this.sending = delivery({ run, look: this.look, done, onTry, onWait, onThere });
    const error = await this.sending.outcome;
    this.sending = null;
    if (!error) return true;
    endWait();
    this.release();
    if (error.status === 409) await this.movedOn(error);
    else if (error instanceof Cancelled) this.drafts.resume();
    else this.refused(error);
    return false;
  }

  /** While something is on its way nothing may be put into the answer box. */
  hold() {
    asking.lock("Sending…");
    lockVoice("saving");
    this.questionClock.stop();
    showKept(this.sessionId, null);
  }

  release() {
    asking.unlock();
    unlockVoice();
    this.questionClock.go();
    showKept(this.sessionId, asking.addWork);
  }

  refused(error) {
    if (error.status === 404 || error.status === 401 || error.status === 403) return this.refuse(error);
    this.drafts.resume();
    const about = (code) => error.errors.filter((item) => item.field.startsWith("code_") === code).map((item) => fieldMessage(item.message)).join(" ");
    asking.showFaults(error.errors.length ? { answer: about(false), code: about(true) } : { answer: explain(error), code: "" });
    say("bad", "Not submitted. Your text is still here.");
  }
}

export function whereTextIs() {
  return store.isDurable() ? "Your text is kept in this browser." : "Keep this page open: your text is only here.";
}

/** A draft that the server will not have as it is stops nobody from ending; whatever else went wrong does. */
function passOn(error) {
  if (error.retryable || [401, 403, 404, 409].includes(error.status)) throw error;
}
