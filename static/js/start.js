/** The start page: checks the form, starts the interview, goes to it. */

import { STARTING_TIMEOUT_MS, get, post } from "./api.js";
import { byId, el } from "./dom.js";
import { NAME_LIMIT, POSTING_LIMIT, characters, growWithText, showCount, wellFormed } from "./textbox.js";
import { beginWait, endWait, leftWaiting } from "./start-wait.js";
import { explain, plural } from "./words.js";

const FIELDS = ["job_description", "candidate_name", "experience_years", "total_questions", "difficulty"];
const FORM_KEY = "candor:start";

const form = byId("start-form");
const posting = byId("job_description");
const button = byId("start");
const formStatus = byId("form-status");
let sending = false;

document.title = `${document.title} · ${byId("brand-name").textContent}`;
restore();
growWithText(posting);
countPosting();
if (leftWaiting()) showInterrupted();
posting.addEventListener("input", countPosting);
form.addEventListener("input", (event) => {
  showError(event.target.name, "");
  remember();
});
form.addEventListener("submit", start);
addEventListener("pageshow", (event) => event.persisted && setSending(false)); // back from the interview
describeInterviewer();

async function start(event) {
  event.preventDefault();
  if (sending) return;
  formStatus.replaceChildren();
  const values = readForm();
  const faults = check(values);
  if (faults.length) return showFaults(faults);
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

function readForm() {
  const data = new FormData(form);
  const number = (name) => (data.get(name).trim() === "" ? NaN : Number(data.get(name)));
  return {
    job_description: wellFormed(posting.value),
    candidate_name: wellFormed(data.get("candidate_name")),
    experience_years: number("experience_years"),
    difficulty: data.get("difficulty"),
    total_questions: number("total_questions"),
  };
}

function check(values) {
  const faults = [];
  const fault = (field, message) => faults.push({ field, message });
  if (!values.job_description.trim()) fault("job_description", "Paste the job posting here: the questions are made from it.");
  const over = characters(values.job_description) - POSTING_LIMIT;
  if (over > 0) fault("job_description", `Please shorten the posting by ${plural(over, "character")}.`);
  if (characters(values.candidate_name) > NAME_LIMIT) fault("candidate_name", `A name may have up to ${NAME_LIMIT} characters.`);
  if (!(values.experience_years >= 0 && values.experience_years <= 80)) {
    fault("experience_years", "Give the years as a number from 0 to 80.");
  }
  const count = values.total_questions;
  if (!(Number.isInteger(count) && count >= 1 && count <= 20)) {
    fault("total_questions", "Give a whole number from 1 to 20.");
  }
  return faults;
}

function showFaults(faults) {
  for (const name of FIELDS) {
    showError(name, faults.find((fault) => fault.field === name)?.message ?? "");
  }
  const first = FIELDS.find((name) => faults.some((fault) => fault.field === name));
  if (first) control(first).focus();
}

function showRefusal(error) {
  const known = error.errors.filter((item) => FIELDS.includes(item.field));
  const unknown = error.errors.filter((item) => !FIELDS.includes(item.field));
  showFaults(known);
  if (known.length && !unknown.length) return;
  const kept = error.retryable ? " Nothing you filled in is lost." : "";
  formStatus.replaceChildren(
    el("p", { class: "error" }, explain(error) + kept),
    ...unknown.map((item) => el("p", { class: "error" }, `${item.field}: ${item.message}`)),
  );
}

function control(name) {
  return form.elements[name] instanceof RadioNodeList ? form.querySelector(`[name=${name}]:checked`) : form.elements[name];
}

function showError(name, message) {
  if (!FIELDS.includes(name)) return;
  const line = byId(`${name}-error`);
  line.textContent = message;
  line.hidden = !message;
  if (message) control(name).setAttribute("aria-invalid", "true");
  else control(name).removeAttribute("aria-invalid");
}

function setSending(value) {
  sending = value;
  if (value) beginWait();
  else endWait();
  button.setAttribute("aria-disabled", String(value));
  button.textContent = value ? "Preparing your questions…" : "Start interview";
  for (const field of form.querySelectorAll("textarea, input:not([type=radio])")) field.readOnly = value;
  form.querySelector("fieldset").disabled = value;
}

/** Whether an interview was begun nobody knows: without its first question it has no address here. */
function showInterrupted() {
  const words = "This page was left while an interview was being prepared, and cannot get back to that one. What you filled in is still here: please start again.";
  formStatus.replaceChildren(el("p", { class: "form-note" }, words));
}

function countPosting() {
  showCount(byId("job_description-count"), posting.value, POSTING_LIMIT);
}

/** The form survives a reload in this tab, and is forgotten once the interview has started. */
function remember() {
  try {
    sessionStorage.setItem(FORM_KEY, JSON.stringify(Object.fromEntries(new FormData(form))));
  } catch {
    // storage is off or full: the form still works
  }
}

function restore() {
  let saved = null;
  try {
    saved = JSON.parse(sessionStorage.getItem(FORM_KEY));
  } catch {
    return; // storage is off, or written by something else
  }
  for (const name of FIELDS) {
    if (typeof saved?.[name] === "string") form.elements[name].value = saved[name];
  }
}

function forget() {
  try {
    sessionStorage.removeItem(FORM_KEY);
  } catch {
    // storage is off: nothing to forget
  }
}

/** Says truthfully who will read the answers in order to score them, and that it may take its time. */
async function describeInterviewer() {
  try {
    const health = await get("health");
    byId("interviewer-note").textContent =
      health.interviewer === "llm"
        ? `Here it is a language model (${health.model}): the posting and your answers are sent to it. It may take a minute to reply.`
        : "Here it is the built-in one, which scores on this server.";
  } catch {
    byId("interviewer-note").textContent = ""; // not known, so nothing is claimed
  }
}
