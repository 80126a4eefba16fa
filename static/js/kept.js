/** Texts that were typed for a question which somebody answered meanwhile: shown until they are dealt with. */

import { byId, el } from "./dom.js";
import { say } from "./status.js";
import * as store from "./store.js";

/** use(text): puts a text into the answer box; null where there is none. */
export function showKept(sessionId, use) {
  const items = store.readKept(sessionId);
  byId("kept").hidden = items.length === 0;
  const redraw = () => showKept(sessionId, use);
  byId("kept-items").replaceChildren(...items.map((item) => keptItem(sessionId, item, use, redraw)));
}

function keptItem(sessionId, { questionNumber, text }, use, redraw) {
  const id = `kept-${questionNumber}-${text.length}`;
  const area = el("textarea", { id, class: "kept-text", rows: 4, readonly: true, dir: "auto" });
  area.value = text;
  const drop = () => {
    store.forgetKept(sessionId, text);
    redraw();
    document.querySelector("main section:not([hidden]) h1, #report-screen:not([hidden]) h1")?.focus();
  };
  const copy = async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(text);
      say("good", "Copied.");
    } catch {
      say("idle", "The text is selected: copy it with Ctrl+C."); // no clipboard on plain http
    }
  };
  const insert = () => {
    use(text);
    store.forgetKept(sessionId, text);
    redraw();
  };
  return el(
    "div",
    { class: "kept-item" },
    el("label", { for: id }, `For question ${questionNumber}`),
    area,
    el(
      "div",
      { class: "actions" },
      use && el("button", { type: "button", class: "secondary", onclick: insert }, "Add it to this answer"),
      el("button", { type: "button", class: "secondary", onclick: copy }, "Copy"),
      el("button", { type: "button", class: "quiet", onclick: drop }, "Discard"),
    ),
  );
}
