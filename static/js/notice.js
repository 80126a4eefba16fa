/** The screens that are mostly words: waiting, ended, not found, not allowed, not reachable. */

import { byId, el } from "./dom.js";
import { awaitingWords } from "./reading.js";
import { explain } from "./words.js";

const WAITING = "Waiting for the report";

function showNotice(title, ...body) {
  byId("notice-title").textContent = title;
  byId("notice-body").replaceChildren(...body.filter(Boolean));
}

const paragraph = (text, className = "") => el("p", { class: className || null }, text);
const startLink = (text) => el("p", { class: "actions" }, el("a", { class: "button secondary", href: "/" }, text));

export function noticeAwaiting(state) {
  showNotice(
    "Your answers are saved. The report follows.",
    paragraph(awaitingWords(state.answers), "lead"),
    paragraph("This page looks for the report by itself. You may also close it and come back to this address later:"),
    el("p", { class: "address" }, el("code", {}, location.origin + location.pathname)),
    el("p", { class: "waiting", id: "waiting" }, WAITING),
    paragraph(`If it does not come within a day, tell the person who invited you; the reference number is ${state.session_id}.`, "muted"),
  );
}

/** error: why the last look for the report brought nothing, if it failed. */
export function noteAwaiting(error = null) {
  const words = error ? `${explain(error)} Your answers are stored there; trying again.` : WAITING;
  if (byId("waiting").textContent !== words) byId("waiting").textContent = words;
}

/** Between two questions, before anything was answered: nothing is there to be shown. */
export function noticePreparing() {
  showNotice("Your question is being prepared.", paragraph("It comes up here by itself. This can take a minute.", "lead"));
}

export function noticeAbandoned() {
  showNotice(
    "This interview was ended without an answer.",
    paragraph("Nothing was scored, so there is no report.", "lead"),
    startLink("Start another interview"),
  );
}

export function noticeUnknown() {
  showNotice(
    "There is no interview at this address.",
    paragraph("The address may be mistyped, or the interview and its data were deleted.", "lead"),
    startLink("Start an interview"),
  );
}

export function noticeDenied(error) {
  showNotice("This interview cannot be opened from here.", paragraph(explain(error), "lead"));
}

export function noticeRefused(error) {
  showNotice("The interview cannot be shown.", paragraph(explain(error), "lead"), startLink("Go to the start"));
}

/** The page could not be filled and is tried again by itself. now: null when this screen is already up. */
export function noticeUnreachable(error, seconds, now) {
  const next = `This page tries again by itself, next in ${Math.ceil(seconds)} s.`;
  if (!now) {
    byId("next-try").textContent = next; // the button keeps its focus
    return;
  }
  const tryNow = () => {
    byId("next-try").textContent = "Trying…";
    now();
  };
  showNotice(
    "Waiting for the server",
    paragraph(`${explain(error)} What you have submitted is stored there, and what you typed is kept in this browser.`, "lead"),
    el("p", { id: "next-try" }, next),
    el("p", { class: "actions" }, el("button", { type: "button", class: "primary", onclick: tryNow }, "Try again")),
  );
}
