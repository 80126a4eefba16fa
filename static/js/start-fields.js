/** What the start form holds: read as the server wants it, and checked as the server will. */

import { isUploading } from "./resume-upload.js";
import { chosenType } from "./start-type.js";
import { NAME_LIMIT, POSTING_LIMIT, characters, wellFormed } from "./textbox.js";
import { chosenTopics } from "./topics.js";
import { plural } from "./words.js";

const OF_TYPE = { job: ["difficulty"], technical: ["topics", "difficulty"], resume: ["resume_text"] };
const ALWAYS = ["interview_type", "job_description", "candidate_name", "experience_years", "total_questions"];

/** The fields that an interview of this type uses, as start-interview calls them. */
export function usedFields(type) {
  return [...ALWAYS, ...OF_TYPE[type]];
}

/** The body of start-interview: what the type does not use is left out, and so is a posting that nobody gave. */
export function readForm(form) {
  const data = new FormData(form);
  const number = (name) => (data.get(name).trim() === "" ? NaN : Number(data.get(name)));
  const type = chosenType(form);
  const posting = wellFormed(form.elements.job_description.value);
  const values = {
    interview_type: type,
    candidate_name: wellFormed(data.get("candidate_name")),
    experience_years: number("experience_years"),
    total_questions: number("total_questions"),
  };
  if (posting.trim() || type === "job") values.job_description = posting;
  if (type === "technical") values.topics = chosenTopics();
  if (type === "resume") values.resume_text = wellFormed(form.elements.resume_text.value);
  if (type !== "resume") values.difficulty = data.get("difficulty"); // a conversation has none
  return values;
}

/** What the server would refuse: [{field, message}]. */
export function check(values) {
  const faults = [];
  const fault = (field, message) => message && faults.push({ field, message });
  if (values.interview_type === "technical" && !values.topics.length) fault("topics", "Choose at least one topic.");
  if (values.interview_type === "resume") fault("resume_text", faultOfResume(values.resume_text));
  fault("job_description", faultOfPosting(values));
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

function faultOfPosting({ interview_type: type, job_description: posting = "" }) {
  if (type === "job" && !posting.trim()) return "Paste the job posting here: the questions are made from it.";
  return tooLong(posting, "posting");
}

function faultOfResume(text) {
  if (isUploading()) return "Your resume is still being read: a moment, please.";
  if (!text.trim()) return "Choose a file above, or paste your resume here: the questions are made from it.";
  return tooLong(text, "resume");
}

function tooLong(text, name) {
  const over = characters(text) - POSTING_LIMIT;
  return over > 0 ? `Please shorten the ${name} by ${plural(over, "character")}.` : "";
}
