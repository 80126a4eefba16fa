/** Keeps the answer being typed: at once in this browser, two seconds after the last key on the server. */

import { post } from "./api.js";
import { characters, ANSWER_LIMIT } from "./textbox.js";
import { Cancelled, retrying } from "./retry.js";
import * as store from "./store.js";

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
   * The text to show for this question: whichever of the server's and this browser's is newer. The browser's is
   * when it was typed on top of what the server has; if both went on apart, the server's is, and ours is kept.
   */
  begin(questionNumber, server) {
    this.stop();
    this.questionNumber = questionNumber;
    this.confirmed = server.text;
    this.revision = server.revision;
    const local = store.readDraft(this.sessionId, questionNumber);
    this.text = server.text;
    if (local && local.text !== server.text) {
      const onTop = local.revision >= server.revision || local.sent === server.text || server.text === "";
      if (onTop) this.text = local.text;
      else store.keep(this.sessionId, questionNumber, local.text);
    }
    if (this.text !== this.confirmed) this.changed(this.text);
    return this.text;
  }

  changed(text) {
    this.text = text;
    this.remember();
    clearTimeout(this.timer);
    if (this.paused) return;
    if (text === this.confirmed && !this.request) return this.onState(text ? "saved" : "empty");
    if (!this.gone) this.onState("typing"); // a request in its pause sends the newest text by itself
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.request || this.paused || this.questionNumber === null || this.text === this.confirmed) return;
    if (characters(this.text) > ANSWER_LIMIT) return this.onState("too-long");
    this.onState("saving");
    let sent;
    const request = retrying(
      () => this.send((sent = this.text)),
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
    if (this.text === this.confirmed) this.onState("saved");
    else this.changed(this.text);
  }

  end() {
    this.request = null;
    this.gone = false;
  }

  /** The page may be going away: one last try that outlives it. */
  flush() {
    const text = this.text;
    if (this.questionNumber === null || this.paused || text === this.confirmed) return;
    if (characters(text) > ANSWER_LIMIT) return;
    const number = this.questionNumber;
    this.send(text, true).then(
      (reply) => {
        if (this.questionNumber !== number) return;
        this.confirm(text, reply);
        if (this.text === text && !this.request && !this.paused) this.onState("saved");
      },
      () => {}, // this browser has the text; the next save reports what is wrong
    );
  }

  send(text, keepalive = false) {
    this.sent = text;
    this.remember();
    const body = { session_id: this.sessionId, question_number: this.questionNumber, answer: text };
    return post("save-draft", body, { keepalive });
  }

  confirm(text, reply) {
    this.confirmed = text;
    this.revision = reply.revision ?? this.revision;
    this.remember();
  }

  remember() {
    const { text, sent, revision } = this;
    store.writeDraft(this.sessionId, this.questionNumber, { text, sent, revision });
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
    this.changed(this.text);
  }

  stop() {
    this.pause();
    this.paused = false;
    this.questionNumber = null;
    this.sent = undefined;
  }
}
