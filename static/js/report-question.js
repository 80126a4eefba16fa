/** One question of the report: the answer with its evidence, the score and what it is made of. */

import { el, icon, withPercent } from "./dom.js";
import { highlight } from "./evidence.js";
import { questionParts } from "./question-text.js";
import { flagNote, scoringNote } from "./report-scoring.js";
import { DIMENSIONS, plural, scoreText, secondsInWords } from "./words.js";

const LONG_ANSWER = 2500; // characters; longer ones start folded on the screen, never in print

/**
 * severalEvaluators: whether the report's answers were not all scored by the same one. answerTitle: whose answer it is;
 * note: an element that stands above everything but the question; below: one at the end.
 */
export function questionReport(item, severalEvaluators, { answerTitle = "Your answer", note = null, below = null } = {}) {
  const title = `question-${item.question_number}`;
  const evidence = item.evidence ?? [];
  const question = questionParts(item.question);
  return el(
    "section",
    { class: "qa", id: title, tabindex: -1, "aria-labelledby": `${title}-title` },
    el(
      "header",
      { class: "qa-head" },
      el(
        "div",
        {},
        el("p", { class: "qa-meta" }, meta(item)),
        el("h3", { id: `${title}-title`, dir: "auto" }, question.head),
        el("div", { class: "question-rest" }, question.rest),
      ),
      Number.isFinite(item.score)
        ? el("p", { class: "qa-score" }, el("b", {}, scoreText(item.score)), el("span", {}, " of 10"))
        : el("p", { class: "qa-score" }, "Not scored"),
    ),
    note,
    rubric(item),
    el(
      "div",
      { class: "qa-body" },
      el("div", { class: "qa-answer" }, el("h4", {}, answerTitle), answerBox(item, evidence), flagNote(item.flags), feedback(item.feedback)),
      el("div", { class: "qa-why" }, keyPoints(evidence, item), scoringNote(item, severalEvaluators)),
    ),
    below,
  );
}

function meta(item) {
  const parts = [
    `Question ${item.question_number}`,
    item.topic,
    item.difficulty,
    `answered in ${secondsInWords(item.time_taken)}`,
    item.audio ? "spoken" : null,
    item.hints_used ? plural(item.hints_used, "hint") : null,
  ];
  return parts.filter(Boolean).join(" · ");
}

function answerBox(item, evidence) {
  const words = item.answer.trim()
    ? el("div", { class: "answer-text", dir: "auto" }, pieces(item.answer, evidence))
    : el("p", { class: "muted" }, "Code without words.");
  const box = el("div", { class: "answer-box" }, words, codeBox(item, evidence));
  if (item.answer.length + (item.code_submission ?? "").length <= LONG_ANSWER) return box;
  box.classList.add("folded");
  const toggle = el("button", { type: "button", class: "quiet no-print", "aria-expanded": "false" }, "Show the whole answer");
  toggle.addEventListener("click", () => {
    const folded = box.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.textContent = folded ? "Show the whole answer" : "Show less";
  });
  return el("div", {}, box, toggle);
}

function codeBox({ code_submission: code, code_language: language }, evidence) {
  if (!code) return null;
  const title = language && language !== "other" ? `Code, ${language}` : "Code";
  return [
    el("p", { class: "code-title", dir: "auto" }, title),
    el("pre", { class: "code", dir: "ltr" }, el("code", {}, pieces(code, evidence))),
  ];
}

function pieces(text, evidence) {
  return highlight(text, evidence).map((piece) => {
    if (!piece.points.length) return document.createTextNode(piece.text);
    const numbers = piece.last.map((index) => index + 1).join(", ");
    const note = numbers && el("sup", {}, el("span", { class: "visually-hidden" }, " (evidence for key point "), numbers, el("span", { class: "visually-hidden" }, ")"));
    return el("mark", {}, piece.text, note);
  });
}

function rubric({ rubric: scores }) {
  if (!scores) return null;
  return el(
    "div",
    { class: "rubric" },
    el("h4", {}, "Rubric"),
    el(
      "dl",
      {},
      DIMENSIONS.map(([key, name]) => {
        return el("div", {}, el("dt", {}, name), el("dd", {}, rating(scores[key])));
      }),
    ),
  );
}

/** A language model may leave a dimension out: that is not a zero. */
function rating(score) {
  if (!Number.isFinite(score)) return el("span", { class: "unrated" }, "not rated");
  const bar = el("span", { class: "bar-track", "aria-hidden": "true" }, el("span", {}));
  return [withPercent(bar, "--size", score * 10), el("span", { class: "number" }, scoreText(score))];
}

function keyPoints(evidence, { answer, code_submission: code }) {
  if (!evidence.length) return null;
  const shares = percents(evidence.map((item) => item.weight ?? 0));
  const own = `${answer}\n${code ?? ""}`;
  return el(
    "div",
    { class: "points" },
    el("h4", {}, "What it looked for"),
    el("ol", {}, evidence.map((item, index) => keyPoint(item, index, shares[index], own))),
  );
}

/** Weights as whole percents that add up to 100: what rounding down leaves goes to the largest remainders. */
function percents(weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (100 * weight) / total);
  const whole = exact.map((part) => Math.floor(part + 1e-9));
  const left = Math.max(0, 100 - whole.reduce((sum, part) => sum + part, 0));
  const byRemainder = exact.map((part, i) => i).sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]) || a - b);
  for (const i of byRemainder.slice(0, left)) whole[i] += 1;
  return whole;
}

function keyPoint(item, index, percent, own) {
  const share = percent ? `${percent} % of the weight` : "";
  const found = item.quote && highlight(own, [item]).some((piece) => piece.points.length);
  const same = !item.label || item.label === item.key_point;
  return el(
    "li",
    { class: item.covered ? "hit" : "miss" },
    el("span", { class: "dot", "aria-hidden": "true" }, index + 1),
    el(
      "div",
      {},
      el("p", { class: "point-state" }, icon(item.covered ? "check" : "cross"), item.covered ? "Covered" : "Not covered", share && el("span", {}, ` · ${share}`)),
      el("p", { class: "point-label", dir: "auto" }, same ? item.key_point : item.label),
      same ? null : el("p", { class: "point-text", dir: "auto" }, item.key_point),
      item.quote && !found ? el("blockquote", { dir: "auto" }, item.quote) : null,
    ),
  );
}

function feedback(given) {
  const lists = [
    ["What worked", "check", given?.strengths],
    ["What would make it stronger", "arrow", given?.improvements],
  ];
  return lists
    .filter(([, , items]) => items?.length)
    .map(([title, symbol, items]) =>
      el(
        "div",
        { class: "feedback" },
        el("h4", {}, title),
        el("ul", {}, items.map((item) => el("li", {}, icon(symbol), el("span", { dir: "auto" }, item)))),
      ),
    );
}
