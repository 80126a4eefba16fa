/** The messages at the fields of the start form. */

import { byId } from "./dom.js";

const ORDER = ["interview_type", "topics", "resume_text", "job_description", "candidate_name", "experience_years", "total_questions", "difficulty"];

/** The field of this form that a fault of the server belongs to: "topics.2" is about the topics. */
export function whereShown(field) {
  return field.split(".")[0];
}

/** Shows these faults ([{field, message}]) and no others; the first one's field gets the focus. */
export function showFaults(faults) {
  const messageFor = (name) => faults.filter((fault) => whereShown(fault.field) === name).map((fault) => fault.message);
  for (const name of ORDER) showError(name, messageFor(name).join(" "));
  const first = ORDER.find((name) => messageFor(name).length);
  if (first) control(first).focus();
}

/** Shows a message at this field; "" takes it away. */
export function showError(name, message) {
  if (!ORDER.includes(name)) return;
  const line = byId(`${name}-error`);
  line.textContent = message;
  line.hidden = !message;
  if (message) control(name).setAttribute("aria-invalid", "true");
  else control(name).removeAttribute("aria-invalid");
}

function control(name) {
  return byId(name) ?? document.querySelector(`[name=${name}]:checked`);
}
