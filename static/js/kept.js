/** Work that was done for a question which somebody answered meanwhile: shown until they are dealt with. */

import { byId, el } from "./dom.js";
import { say } from "./status.js";
import * as store from "./store.js";
import { asText } from "./work.js";

/** use(work): adds it to the answer being written; null where there is none. */
export function showKept(sessionId, use) {
  const items = store.readKept(sessionId);
  byId("kept").hidden = items.length === 0;
  const redraw = () => showKept(sessionId, use);
  byId("kept-items").replaceChildren(...items.map((item, index) => keptItem(sessionId, item, use, redraw, index)));
}

function keptItem(sessionId, { questionNumber, work }, use, redraw, index) {
  const areas = [
    work.answer.trim() && area(`kept-text-${index}`, { class: "kept-text", dir: "auto" }, work.answer),
    work.code.trim() && area(`kept-code-${index}`, { class: "kept-text kept-code", dir: "ltr" }, work.code),
  ].filter(Boolean);
  const drop = () => {
    store.forgetKept(sessionId, work);
    redraw();
    document.querySelector("main section:not([hidden]) h1, #report-screen:not([hidden]) h1")?.focus();
  };
  const copy = async () => {
    areas[0].select();
    try {
      await navigator.clipboard.writeText(asText(work));
      say("good", "Copied.");
    } catch {
      say("idle", "The text is selected: copy it with Ctrl+C."); // no clipboard on plain http
    }
  };
  const insert = () => {
    use(work);
    store.forgetKept(sessionId, work);
    redraw();
  };
  return el(
    "div",
    { class: "kept-item" },
    areas.map((node) => [
      el("label", { for: node.id }, node.classList.contains("kept-code") ? `Code for question ${questionNumber}` : `For question ${questionNumber}`),
      node,
    ]).flat(),
    el(
      "div",
      { class: "actions" },
      use && el("button", { type: "button", class: "secondary", onclick: insert }, "Add it to this answer"),
      el("button", { type: "button", class: "secondary", onclick: copy }, "Copy"),
      el("button", { type: "button", class: "quiet", onclick: drop }, "Discard"),
    ),
  );
}

function area(id, look, text) {
  const node = el("textarea", { id, ...look, rows: 4, readonly: true });
  node.value = text;
  return node;
}
