/** The start page: checks the form, starts the interview, goes to it. */

import { STARTING_TIMEOUT_MS, get, post } from "./api.js";
import { byId, el } from "./dom.js";
import { lockUpload, startUpload } from "./resume-upload.js";
import { showError, showFaults, whereShown } from "./start-errors.js";
import { check, readForm, usedFields } from "./start-fields.js";
import { forget, remember, restore } from "./start-kept.js";
import { chosenType, showType } from "./start-type.js";
import { beginWait, endWait, leftWaiting } from "./start-wait.js";
import { POSTING_LIMIT, growWithText, showCount } from "./textbox.js";
import { lockTopics, startTopics, takeTyped } from "./topics.js";
import { explain, fieldMessage } from "./words.js";

const form = byId("start-form");
const button = byId("start");
const formStatus = byId("form-status");
const longTexts = ["job_description", "resume_text"];
let sending = false;

document.title = `${document.title} · ${byId("brand-name").textContent}`;
restore(form);
showType(form);
for (const name of longTexts) {
  const count = () => showCount(byId(`${name}-count`), byId(name).value, POSTING_LIMIT);
  byId(name).addEventListener("input", count);
  growWithText(byId(name));
  count();
}
if (leftWaiting()) showInterrupted();
startTopics({ changed: edited, fault: (message) => showError("topics", message) });
startUpload(edited);
form.addEventListener("input", (event) => {
  if (event.target.name === "interview_type") changeType();
  showError(event.target.name, "");
  edited();
});
form.addEventListener("submit", start);
addEventListener("pageshow", (event) => event.persisted && setSending(false)); // back from the interview
describeInterviewer();

/** What was said under the form was about what stood in it before. */
function edited() {
  formStatus.replaceChildren();
  remember(form);
}

/** What one type has no use for may be missing in another: the messages were about the type from before. */
function changeType() {
  showType(form);
  showFaults([]);
}

async function start(event) {
  event.preventDefault();
  if (sending) return;
  formStatus.replaceChildren();
  const typed = chosenType(form) === "technical" ? takeTyped() : "";
  const values = readForm(form);
  const others = check(values).filter((fault) => !typed || fault.field !== "topics");
  const faults = typed ? [{ field: "topics", message: typed }, ...others] : others;
  showFaults(faults);
  if (faults.length) return;
  setSending(true);
  try {
    const reply = await post("start-interview", values, { timeoutMs: STARTING_TIMEOUT_MS });
    forget();
    endWait();
    location.assign(`/interview/${encodeURIComponent(reply.session_id)}`);
  } catch (error) {
    setSending(false);
    showRefusal(error);
  }
}

/** What the server refuses stands at its field; what has none here, under the form. */
function showRefusal(error) {
  const shown = usedFields(chosenType(form));
  const faults = error.errors.map(({ field, message }) => ({ field, message: fieldMessage(message) }));
  const known = faults.filter((item) => shown.includes(whereShown(item.field)));
  const unknown = faults.filter((item) => !known.includes(item));
  showFaults(known);
  if (known.length && !unknown.length) return;
  const kept = error.retryable ? " Nothing you filled in is lost." : "";
  formStatus.replaceChildren(
    el("p", { class: "error" }, explain(error) + kept),
    ...unknown.map((item) => el("p", { class: "error" }, `${item.field}: ${item.message}`)),
  );
}

function setSending(value) {
  sending = value;
  if (value) beginWait(chosenType(form));
  else endWait();
  button.setAttribute("aria-disabled", String(value));
  button.textContent = value ? "Preparing your questions…" : "Start interview";
  for (const field of form.querySelectorAll("textarea, input:not([type=radio], [type=file])")) field.readOnly = value;
  for (const choice of form.querySelectorAll("fieldset")) choice.disabled = value;
  lockTopics(value);
  lockUpload(value);
}

/** Whether an interview was begun nobody knows: without its first question it has no address here. */
function showInterrupted() {
  const words = "This page was left while an interview was being prepared, and cannot get back to that one. What you filled in is still here: please start again.";
  formStatus.replaceChildren(el("p", { class: "form-note" }, words));
}

/** Says truthfully who will read the answers in order to score them, and that it may take its time. */
async function describeInterviewer() {
  try {
    const health = await get("health");
    byId("interviewer-note").textContent =
      health.interviewer === "llm"
        ? `Here it is a language model (${health.model}): what you fill in here and your answers are sent to it. It may take a minute to reply.`
        : "Here it is the built-in one, which scores on this server.";
  } catch {
    byId("interviewer-note").textContent = ""; // not known, so nothing is claimed
  }
}
