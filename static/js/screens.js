/** The interview page's screens: one is shown at a time, named in the title, with the focus on its heading. */

import { byId } from "./dom.js";
import { announce } from "./status.js";

const PARTS = { check: "check-screen", question: "question-screen", reading: "question-screen", report: "report-screen" };
const ALL = ["notice-screen", "check-screen", "question-screen", "report-screen"];
const brand = byId("brand-name").textContent;

/** Shows a screen, names it in the title, and moves the focus to its heading. */
export function showScreen(name, title) {
  const part = PARTS[name] ?? "notice-screen";
  for (const id of ALL) byId(id).hidden = id !== part;
  nameScreen(name, title);
  if (part !== "question-screen") announce(""); // it was about the question
  scrollTo(0, 0);
  byId(part).querySelector("h1").focus({ preventScroll: true });
}

export function nameScreen(name, title) {
  document.body.dataset.screen = name;
  document.title = `${title} · ${brand}`;
}

export function screenNow() {
  return document.body.dataset.screen;
}

/** A line at the top of the page; "": none. */
export function banner(words) {
  byId("banner").hidden = !words;
  byId("banner").textContent = words;
}
