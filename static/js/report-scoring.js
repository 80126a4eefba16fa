/** How an answer was scored, and by whom: small beside the score, and there for whoever wants to check it. */

import { el, icon } from "./dom.js";
import { evaluatorInWords, plural, scoreText, secondsInWords } from "./words.js";

/** What in an answer looks written for its scorer; null where nothing does. flags: short phrases. */
export function flagNote(flags) {
  if (!flags?.length) return null;
  return el(
    "div",
    { class: "flag-note" },
    el("h4", {}, icon("flag"), "For a person to look at"),
    el("p", {}, "Part of this answer looks as if it was written for the scorer and not as an answer. That part does not count as evidence."),
    el("ul", {}, flags.map((flag) => el("li", { dir: "auto" }, flag))),
  );
}

/** How far a score can be relied on, and who gave it where several did. */
export function scoringNote({ confidence, score_spread: spread, evaluator }, severalEvaluators) {
  const sentences = [
    confidence && `The scorer’s confidence in this score: ${confidence}.`,
    Number.isFinite(spread) && (spread > 0 ? `Independent readings differed by ${scoreText(spread)} points; this is the middle one.` : "Independent readings came to the same score."),
    severalEvaluators && evaluator && `Scored by ${evaluatorInWords(evaluator)}.`,
  ].filter(Boolean);
  return sentences.length ? el("p", { class: "muted", dir: "auto" }, sentences.join(" ")) : null;
}

/** What the language model was used for in all; null where none was. */
export function usageLine(usage) {
  if (!usage?.calls) return null;
  const parts = [
    plural(usage.calls, "call"),
    `${plural(usage.tokens_in, "token")} in and ${usage.tokens_out.toLocaleString("en")} out`,
    `${secondsInWords(usage.seconds)} of waiting`,
    usage.retries ? `${usage.retries === 1 ? "1 retry" : `${usage.retries.toLocaleString("en")} retries`}` : null,
  ];
  return el("p", { class: "muted usage" }, `The language model: ${parts.filter(Boolean).join(", ")}.`);
}
