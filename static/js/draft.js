/** Keeps the work on an answer, text and code: at once in this browser, two seconds after the last key on the server. */

import { post } from "./api.js";
import { characters, ANSWER_LIMIT } from "./textbox.js";
import { Cancelled, retrying } from "./retry.js";
import * as store from "./store.js";
import { isBlank, sameWork } from "./work.js";

const PAUSE_MS = 2000;

export class DraftKeeper {
  /**
   * onState(name, detail): "empty", "typing", "saving", "saved", "too-long", "gone" ({error, seconds, now}).
   * onRefused(error): the server will not have this draft (409: the interview has moved on).
   */
  constructor({ sessionId, onState, onRefused }) {
    Object.assign(this, { sessionId, onState, onRefused });
    this.questionNumber = null;
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
  }

  /**
   * The work to show for this question: whichever of the server's and this browser's is newer. The browser's is
   * when it was typed on top of what the server has; if both went on apart, the server's is, and ours is kept.
   */
  begin(questionNumber, server, revision) {
    this.stop();
    this.questionNumber = questionNumber;
    this.confirmed = server;
    this.revision = revision;
    const local = store.readDraft(this.sessionId, questionNumber);
    this.work = server;
    if (local && !sameWork(local.work, server)) {
      const onTop = local.revision >= revision || (local.sent && sameWork(local.sent, server)) || isBlank(server);
      if (onTop) this.work = local.work;
      else store.keep(this.sessionId, questionNumber, local.work);
    }
    if (!sameWork(this.work, this.confirmed)) this.changed(this.work);
    return this.work;
  }

  changed(work) {
    this.work = work;
    this.remember();
    clearTimeout(this.timer);
    if (this.paused) return;
    if (sameWork(work, this.confirmed) && !this.request) return this.onState(work.answer || work.code ? "saved" : "empty");
    if (!this.gone) this.onState("typing"); // a request in its pause sends the newest work by itself
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.request || this.paused || this.questionNumber === null || sameWork(this.work, this.confirmed)) return;
    if (isTooLong(this.work)) return this.onState("too-long");
    this.onState("saving");
    let sent;
    const request = retrying(
      () => this.send((sent = this.work)),
      (error, seconds) => {
        this.gone = true;
        this.onState("gone", { error, seconds, now: () => this.request?.now() });
      },
    );
    this.request = request;
    try {
      const reply = await request.promise;
      this.confirm(sent, reply);
    } catch (error) {
      if (error instanceof Cancelled) return;
      this.end();
      this.onRefused(error);
      return;
    }
    this.end();
    if (sameWork(this.work, this.confirmed)) this.onState("saved");
    else this.changed(this.work);
  }

  /** Whether the server has all that was typed. */
  isSaved() {
    return sameWork(this.work, this.confirmed);
  }

  /** Hands the newest work over once, also while paused; throws what the server says. What is too long is left out. */
  async deliver() {
    await this.onItsWay?.catch(() => {}); // an older work must not come after this one
    if (this.isSaved() || isTooLong(this.work)) return;
    const { work } = this;
    this.confirm(work, await this.send(work));
  }

  end() {
    this.request = null;
    this.gone = false;
  }

  /** The page may be going away: one last try that outlives it. */
  flush() {
    const work = this.work;
    if (this.questionNumber === null || this.paused || sameWork(work, this.confirmed) || isTooLong(work)) return;
    const number = this.questionNumber;
    this.send(work, true).then(
      (reply) => {
        if (this.questionNumber !== number) return;
        this.confirm(work, reply);
        if (sameWork(this.work, work) && !this.request && !this.paused) this.onState("saved");
      },
      () => {}, // this browser has the work; the next save reports what is wrong
    );
  }

  send(work, keepalive = false) {
    this.sent = work;
    this.remember();
    const body = { session_id: this.sessionId, question_number: this.questionNumber, answer: work.answer };
    if (work.code) Object.assign(body, { code_submission: work.code, code_language: work.language });
    this.onItsWay = post("save-draft", body, { keepalive });
    return this.onItsWay;
  }

  confirm(work, reply) {
    this.confirmed = work;
    this.revision = reply.revision ?? this.revision;
    this.remember();
  }

  remember() {
    const { work, sent, revision } = this;
    store.writeDraft(this.sessionId, this.questionNumber, { work, sent, revision });
  }

  /** While an answer is on its way no draft may follow it. */
  pause() {
    this.paused = true;
    clearTimeout(this.timer);
    this.request?.cancel();
    this.end();
  }

  resume() {
    this.paused = false;
    this.changed(this.work);
  }

  stop() {
    this.pause();
    this.paused = false;
    this.questionNumber = null;
    this.sent = this.onItsWay = undefined;
  }
}

function isTooLong({ answer, code }) {
  return characters(answer) > ANSWER_LIMIT || characters(code) > ANSWER_LIMIT;
}
