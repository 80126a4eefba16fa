/** What a candidate is told about answers that the server has and that have no score yet. */

import { plural } from "./words.js";

const LONG_S = 15; // from here on a wait needs more words than "it follows"

/** An interview between two questions: the last answer is being read, or what follows it is being made. */
export function isReading(state) {
  return state.status === "in_progress" && state.question_number === null && state.answers.length > 0;
}

export function readingWords(state, seconds) {
  const last = state.answers.at(-1);
  const next = last.question_number < state.total_questions ? "the next question" : "your report";
  const doing = last.evaluation === "pending" ? `It is being read; ${next} follows.` : `Now ${next} is being prepared.`;
  const long = seconds < LONG_S ? "" : " This can take a minute. You may also close this page and go on at this address later.";
  return `Your answer is saved. ${doing}${long}`;
}

/** The line above the next question. answers: the server's; fresh: whether one has just been given here. */
export function savedWords(answers, fresh) {
  if (answers.at(-1)?.evaluation === "pending") return "Your last answer is saved. It will be scored later; please just go on.";
  return fresh ? "Your last answer is saved." : "";
}

/** The end of an interview whose report is not there yet. */
export function awaitingWords(answers) {
  const [all, open] = [answers.length, answers.filter((item) => item.evaluation === "pending").length];
  if (open === 0) return "The interview is over, and your answers have been scored. The report is being written.";
  if (all === 1) return "The interview is over. Your answer has not been scored yet; the report follows as soon as it has.";
  const which = open === all ? `Your ${plural(all, "answer")} have` : `${open} of your ${plural(all, "answer")} ${open === 1 ? "has" : "have"}`;
  return `The interview is over. ${which} not been scored yet; the report follows as soon as that is done.`;
}
