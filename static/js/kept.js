/** Work that was done for a question which somebody answered meanwhile: shown until they are dealt with. */

import { byId, el } from "./dom.js";
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
  const said = el("p", { class: "kept-said", role: "status" });
  const drop = () => {
    store.forgetKept(sessionId, work);
    redraw();
    document.querySelector("main section:not([hidden]) h1, #report-screen:not([hidden]) h1")?.focus();
  };
  const copy = async () => {
    areas[0].select();
    try {
      await navigator.clipboard.writeText(asText(work));
      said.textContent = "Copied.";
    } catch {
      said.textContent = "The text is selected: copy it with Ctrl+C."; // no clipboard on plain http
    }
  };
  const insert = () => {
    use(work);
    store.forgetKept(sessionId, work);
    redraw();
    byId(work.answer.trim() ? "answer" : "code").focus(); // the button is gone: not the focus with it
  };
  const actions = el("div", { class: "actions" });
  const offer = () => {
    const discard = el("button", { type: "button", class: "quiet", onclick: () => ask(offer) }, "Discard");
    actions.replaceChildren(
      ...[use && el("button", { type: "button", class: "secondary", onclick: insert }, "Add it to this answer")].filter(Boolean),
      el("button", { type: "button", class: "secondary", onclick: copy }, "Copy"),
      discard,
    );
    return discard;
  };
  const ask = (back) => {
    const keep = el("button", { type: "button", class: "secondary", onclick: () => { said.textContent = ""; back().focus(); } }, "Keep it");
    said.textContent = "Discard this for good? It is kept nowhere else.";
    actions.replaceChildren(el("button", { type: "button", class: "quiet", onclick: drop }, "Discard it"), keep);
    keep.focus();
  };
  offer();
  return el(
    "div",
    { class: "kept-item" },
    areas.map((node) => [
      el("label", { for: node.id }, node.classList.contains("kept-code") ? `Code for question ${questionNumber}` : `For question ${questionNumber}`),
      node,
    ]).flat(),
    actions,
    said,
  );
}

function area(id, look, text) {
  const node = el("textarea", { id, ...look, rows: 4, readonly: true });
  node.value = text;
  return node;
}
