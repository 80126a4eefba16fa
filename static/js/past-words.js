/** What the pages about past interviews call things. */

export const STATUS = {
  completed: "Finished",
  in_progress: "In progress",
  awaiting_evaluation: "Awaiting scores",
  abandoned: "Ended unanswered",
};

export const TYPE = { job: "Job", technical: "Technical", resume: "Resume" };

/** Why an answer has no score yet, as the server stores it. */
export const REASONS = {
  unavailable: "the language model could not be reached",
  refused: "the server of the language model refused the request",
  failed: "the language model failed",
  "unusable reply": "the language model’s reply could not be used",
  "no evidence": "the language model gave no evidence for its rating",
  "no rating": "the language model gave no rating",
};

/** A record that a script saved may have any text, or none, in any field. */
export function named(names, value) {
  return Object.hasOwn(names, value ?? "") ? names[value] : String(value ?? "–");
}

export function candidateName(record) {
  const name = typeof record.candidate_name === "string" ? record.candidate_name.trim() : "";
  return name || "Candidate without a name";
}

export function shortDate(iso) {
  const date = new Date(iso ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return "–";
  return date.toLocaleString("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}
