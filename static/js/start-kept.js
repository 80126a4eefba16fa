/** The start form survives a reload in this tab, and is forgotten once the interview has started. */

import { restoreUpload, uploadShown } from "./resume-upload.js";
import { chosenTopics, restoreTopics, typedTopic } from "./topics.js";

const FORM_KEY = "candor:start";
const FIELDS = ["interview_type", "job_description", "resume_text", "candidate_name", "experience_years", "total_questions", "difficulty"];

export function remember(form) {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
  const kept = { ...fields, topics: chosenTopics(), topic: typedTopic(), upload: uploadShown() };
  try {
    sessionStorage.setItem(FORM_KEY, JSON.stringify(kept));
  } catch {
    // storage is off or full: the form still works
  }
}

export function restore(form) {
  const kept = read();
  for (const name of FIELDS) {
    if (typeof kept?.[name] === "string") form.elements[name].value = kept[name];
  }
  if (Array.isArray(kept?.topics)) restoreTopics(kept.topics.map(String), String(kept.topic ?? ""));
  if (Array.isArray(kept?.upload?.topics)) restoreUpload(uploadOf(kept.upload));
}

function uploadOf({ state, topics, before }) {
  return { state: String(state ?? ""), topics: topics.map(String), before: String(before ?? "") };
}

export function forget() {
  try {
    sessionStorage.removeItem(FORM_KEY);
  } catch {
    // storage is off: nothing to forget
  }
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(FORM_KEY));
  } catch {
    return null; // storage is off, or written by something else
  }
}
