/** The report at a glance. Drawings are for the eye alone: each number of theirs stands beside them as text. */

import { el, svg } from "./dom.js";
import { DIMENSIONS, plural, scoreText } from "./words.js";

const LIMITS = [5, 7, 8.5]; // where the suggestion changes

/** Score and covered key points by question, and the rubric over all answers; null for fewer than two answers. */
export function overview({ questions_and_answers: answers, average_score: average, score_interval: interval }, reasonFor = () => "") {
  if (answers.length < 2) return null;
  return el(
    "section",
    { class: "overview" },
    el("h2", {}, "At a glance"),
    el(
      "p",
      { class: "chart-legend muted", "aria-hidden": "true" }, // where the columns have no headers
      el("span", { class: "legend-score" }, "Score, of 10"),
      el("span", { class: "legend-points" }, "Key points covered"),
    ),
    el(
      "table",
      { class: "chart", role: "table" },
      el("caption", { class: "visually-hidden" }, "Score and covered key points of each question"),
      el(
        "thead",
        { role: "rowgroup" },
        el(
          "tr",
          { role: "row" },
          header("Question"),
          header("Score, of 10", ticks()),
          header("Key points covered"),
        ),
      ),
      el("tbody", { role: "rowgroup" }, answers.map((item) => row(item, reasonFor(item)))),
      Number.isFinite(average) && averageRow(average, interval),
    ),
    rubricOverAll(answers),
  );
}

function header(title, drawn = null) {
  return el("th", { scope: "col", role: "columnheader" }, title, drawn);
}

function row(item, reason) {
  const number = item.question_number;
  return el(
    "tr",
    { role: "row" },
    el(
      "th",
      { scope: "row", role: "rowheader" },
      el(
        "a",
        { href: `#question-${number}` },
        el("span", { class: "chart-number" }, number),
        el("span", { class: "chart-question", dir: "auto" }, item.question),
      ),
    ),
    el("td", { role: "cell", class: "chart-score" }, scoreLine(item.score, reason)),
    el("td", { role: "cell", class: "chart-points" }, coverage(item.evidence ?? [])),
  );
}

function scoreLine(score, reason) {
  if (!Number.isFinite(score)) return el("p", { class: "chart-absent", dir: "auto" }, el("b", {}, "Not scored"), reason && ` ${reason}`);
  const filled = svg("rect", { class: "chart-bar", x: 0, y: 2, width: percent(score), height: 10, rx: 5 });
  return line(drawing(14, track(), limits(), score > 0 && filled), scoreText(score));
}

/** The mean of the scores, and where it can be placed with 95 % confidence if the record says so. */
function averageRow(average, interval) {
  const [low, high] = interval && interval[0] < interval[1] ? interval : [];
  const band = low !== undefined && svg("rect", { class: "chart-band", x: percent(low), y: 2, width: percent(high - low), height: 10, rx: 5 });
  const mark = svg("circle", { class: "chart-mark", cx: percent(average), cy: 7, r: 5 });
  const words = band ? `${scoreText(low)} to ${scoreText(high)}, with 95 % confidence` : "";
  return el(
    "tfoot",
    { role: "rowgroup" },
    el(
      "tr",
      { role: "row" },
      el("th", { scope: "row", role: "rowheader" }, "Average"),
      el("td", { role: "cell", class: "chart-score" }, line(drawing(14, track(), band, limits(), mark), scoreText(average))),
      el("td", { role: "cell", class: "chart-points muted" }, words),
    ),
  );
}

/** Each key point as wide as it weighs, high where it is covered and low where not. */
function coverage(evidence) {
  if (!evidence.length) return el("span", { class: "muted" }, "None recorded");
  const total = evidence.reduce((sum, point) => sum + weight(point), 0);
  let at = 0;
  const parts = evidence.flatMap((point) => {
    const [x, width] = [at, (10 * weight(point)) / total];
    at += width;
    const shape = point.covered ? { class: "chart-hit", y: 1, height: 12 } : { class: "chart-miss", y: 5, height: 4 };
    return [svg("rect", { ...shape, x: percent(x), width: percent(width) }), x > 0 && gap(x)];
  });
  return line(drawing(14, parts), `${evidence.filter((point) => point.covered).length} of ${evidence.length}`);
}

function weight(point) {
  return point.weight > 0 ? point.weight : 1;
}

/** Every answer as a dot on the scale of its dimension, the mean as a stroke. */
function rubricOverAll(answers) {
  const dimensions = DIMENSIONS.map(([key, name]) => {
    const rated = answers.filter((item) => Number.isFinite(item.rubric?.[key]));
    return { name, ratings: rated.map((item) => ({ number: item.question_number, rating: item.rubric[key] })) };
  });
  if (dimensions.every(({ ratings }) => !ratings.length)) return null;
  return el(
    "div",
    { class: "chart-rubric" },
    el("h3", {}, "Rubric over all answers"),
    el("p", { class: "muted" }, "Each dot is an answer, the stroke and the number are their mean."),
    el("dl", {}, dimensions.map((dimension) => el("div", {}, el("dt", {}, dimension.name), el("dd", {}, strip(dimension, answers.length))))),
  );
}

function strip({ ratings }, answers) {
  if (!ratings.length) return el("p", { class: "muted" }, "Not rated.");
  const mean = ratings.reduce((sum, { rating }) => sum + rating, 0) / ratings.length;
  const rounded = Math.floor(mean * 10 + 0.5 + 1e-9) / 10; // half up, as every mean of the report
  const dots = ratings.map(({ rating }) => svg("circle", { class: "chart-dot", cx: percent(rating), cy: 10, r: 5 }));
  const stroke = svg("line", { class: "chart-mean", x1: percent(mean), x2: percent(mean), y1: 1, y2: 19 });
  const each = ratings.map(({ number, rating }) => `question ${number}: ${scoreText(rating)}`).join(", ");
  return [
    line(drawing(20, svg("rect", { class: "chart-track", x: 0, y: 8, width: "100%", height: 4, rx: 2 }), dots, stroke), scoreText(rounded)),
    el("p", { class: "visually-hidden" }, `Mean of ${plural(ratings.length, "answer")}; ${each}.`),
    ratings.length < answers && el("p", { class: "muted" }, `Rated in ${ratings.length} of ${plural(answers, "answer")}.`),
  ];
}

/* ---- the parts of a drawing; x from 0 to 10 as a share of its width, y in pixels ---- */

function line(drawn, words) {
  return el("div", { class: "chart-line" }, drawn, el("span", { class: "number" }, words));
}

function drawing(height, ...parts) {
  return svg("svg", { class: "chart-drawing", height, "aria-hidden": "true", focusable: "false" }, ...parts.flat());
}

function track() {
  return svg("rect", { class: "chart-track", x: 0, y: 2, width: "100%", height: 10, rx: 5 });
}

function limits() {
  return LIMITS.map(gap);
}

function gap(x) {
  return svg("line", { class: "chart-gap", x1: percent(x), x2: percent(x), y1: 0, y2: "100%" });
}

function ticks() {
  const anchor = (score) => (score === 0 ? "start" : score === 10 ? "end" : "middle");
  return drawing(16, [0, ...LIMITS, 10].map((score) => svg("text", { x: percent(score), y: 13, "text-anchor": anchor(score) }, score)));
}

function percent(score) {
  return `${score * 10}%`;
}
