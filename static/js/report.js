/** The report: the finished interview as its candidate reads it. */

import { el, icon, withPercent } from "./dom.js";
import { questionParts } from "./question-text.js";
import { overview } from "./report-charts.js";
import { pdfDownload } from "./report-pdf.js";
import { questionReport } from "./report-question.js";
import { usageLine } from "./report-scoring.js";
import { VERDICTS, dateInWords, evaluatorInWords, plural, scoreText, secondsInWords } from "./words.js";

/** state: what GET /api/interview/ID says, with its report. */
export function renderReport({ report, session_id: sessionId }) {
  const evaluators = new Set(report.questions_and_answers.map((item) => item.evaluator));
  return el(
    "article",
    { class: "sheet" },
    head(report, sessionId),
    scores(report),
    el("p", { class: "summary", dir: "auto" }, prose(report.summary, report.candidate_name)),
    el(
      "div",
      { class: "findings" },
      finding("Strengths", "check", report.strengths, "Nothing stood out in these answers."),
      finding("What to improve", "arrow", report.weaknesses, "No gap stood out in these answers."),
      finding("Study next", "plus", report.recommendations, "Nothing in particular."),
    ),
    overview(report),
    el("h2", { class: "part" }, "Question by question"),
    ...report.questions_and_answers.map((item) => questionReport(item, evaluators.size > 1)),
    unsent(report),
    facts(report, sessionId),
    el(
      "div",
      { class: "actions no-print" },
      ...pdfDownload(sessionId, "primary"),
      el("a", { class: "button secondary", href: "/" }, "Start another interview"),
    ),
  );
}

function head(report, sessionId) {
  const verdict = VERDICTS[report.hire_recommendation] ?? { title: "Your report", text: "" };
  return el(
    "header",
    { class: "report-head" },
    el("p", { class: "report-for" }, "Interview report for ", el("bdi", {}, report.candidate_name), ` · ${unbroken(dateInWords(report.ended_at))}`),
    el("h1", { tabindex: -1 }, verdict.title),
    el("p", { class: "lead" }, `${verdict.text} A person makes the decision.`),
    completion(report),
    el("p", { class: "actions no-print" }, ...pdfDownload(sessionId, "primary"), printButton("secondary")),
  );
}

function unbroken(text) {
  return text.replaceAll(" ", "\u00a0");
}

/** Text about the candidate. Neither the name nor a quote in it may turn the direction of the rest. */
export function prose(text, candidate) {
  const [whole, name] = [text, candidate].map((part) => part.replace(/[\u202A-\u202E\u2066-\u2069]/g, ""));
  if (!name) return whole;
  return whole.split(name).flatMap((part, i) => (i ? [el("bdi", {}, name), part] : [part]));
}

export function printButton(look) {
  return el("button", { type: "button", class: look, onclick: () => print() }, "Print");
}

/** An interview that did not run to its end says so before any number. */
export function completion({ completion_method: method, completed_questions: done, total_questions: total }) {
  const answered = `with ${done} of ${plural(total, "question")} answered; everything here is about ${done === 1 ? "that answer" : "those answers"} only.`;
  if (method === "manually_ended") return el("p", { class: "aside" }, `The interview was ended early, ${answered}`);
  if (method === "timeout_cleanup") return el("p", { class: "aside" }, `The interview was closed after a long time without activity, ${answered}`);
  return null;
}

export function scores(report) {
  const interval = spread(report.score_interval);
  return el(
    "section",
    { class: "scores", "aria-label": "Scores" },
    el(
      "p",
      { class: "overall" },
      el("span", { class: "overall-label" }, "Overall"),
      el("span", { class: "overall-number" }, scoreText(report.overall_score)),
      el("span", { class: "overall-of" }, "of 10"),
    ),
    el(
      "div",
      { class: "scale-box" },
      scale(report),
      el("p", {}, el("b", {}, `Average ${scoreText(report.average_score)}`), `. ${intervalText(report)}`),
      el("p", { class: "muted" }, "The dot is the overall score, in which harder questions count more. ", interval && "The band is that range."),
    ),
  );
}

/** The interval, if it is one: the width 0 of equal scores says nothing about how certain they are. */
function spread(interval) {
  return Array.isArray(interval) && interval[0] < interval[1] ? interval : null;
}

function intervalText({ score_interval: interval, completed_questions: count }) {
  if (count < 2) return "One answer is too few to say how certain that is.";
  if (!spread(interval)) return `The ${plural(count, "answer")} scored alike.`;
  const [low, high] = interval.map(scoreText);
  return `From ${plural(count, "answer")} it can be placed between ${low} and ${high}, with 95 % confidence.`;
}

/** 0 to 10 as a line: where the suggestions change, the interval as a band, the overall score as a dot. */
function scale({ overall_score: overall, score_interval: interval }) {
  const at = (name, score) => withPercent(el("span", { class: name }), "--at", score * 10);
  const band = spread(interval)
    ? withPercent(withPercent(el("span", { class: "band" }), "--at", interval[0] * 10), "--size", (interval[1] - interval[0]) * 10)
    : null;
  const zones = [["no", 0, 5], ["maybe", 5, 7], ["yes", 7, 8.5], ["strong yes", 8.5, 10]];
  return el(
    "div",
    { class: "scale", "aria-hidden": "true" },
    el("div", { class: "track" }, band, [5, 7, 8.5].map((score) => at("limit", score)), at("point", overall)),
    el(
      "div",
      { class: "zones" },
      zones.map(([name, from, to]) => withPercent(el("span", {}, name), "--size", (to - from) * 10)),
    ),
  );
}

export function finding(title, symbol, items, none) {
  return el(
    "section",
    { class: "finding" },
    el("h2", {}, title),
    items?.length
      ? el("ul", {}, items.map((item) => el("li", {}, icon(symbol), el("span", { dir: "auto" }, item))))
      : el("p", { class: "muted" }, none),
  );
}

/** What was in the answer box when the interview was closed: stored with it, so its candidate should see it. */
export function unsent(record) {
  const draft = typed(record);
  if (!draft) return null;
  return el(
    "section",
    { class: "qa", "aria-labelledby": "unsent-title" },
    el("h3", { id: "unsent-title" }, "Written, but not submitted"),
    el("p", { class: "muted" }, "This text is stored with the interview. It was not scored."),
    questionWords(record.unanswered_question),
    draft,
  );
}

/** A question that has no answer; null where there is none. */
export function questionWords(question) {
  if (!question) return null;
  const { head: first, rest } = questionParts(question);
  return [el("p", { class: "unsent-question", dir: "auto" }, first), el("div", { class: "question-rest" }, rest)];
}

/** What stands in the answer box, text and code; null where it is empty. */
export function typed({ unsent_draft: draft, unsent_draft_code: code }) {
  if (!draft?.trim() && !code?.trim()) return null;
  return [
    draft && el("div", { class: "answer-text", dir: "auto" }, draft),
    code && el("pre", { class: "code", dir: "ltr" }, el("code", {}, code)),
  ];
}

/** A resume interview has no difficulty to start at. */
export function startDifficulty({ difficulty }) {
  return difficulty === "conversational" ? null : difficulty;
}

function facts(report, sessionId) {
  const rows = [
    ["Reference number", el("code", {}, sessionId)],
    ["Scored by", evaluatorInWords(report.evaluator)],
    ["Started at difficulty", startDifficulty(report)],
    ["Length", secondsInWords(report.duration)],
  ].filter(([name, value]) => value || name !== "Started at difficulty");
  return el(
    "section",
    { class: "facts" },
    el("h2", {}, "About this report"),
    el("dl", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value ?? "–")))),
    el(
      "p",
      { class: "muted" },
      "Whoever runs this server can read the interview. To have it looked at again or deleted, write to the person who invited you and give the reference number.",
    ),
    usageLine(report.usage),
  );
}
