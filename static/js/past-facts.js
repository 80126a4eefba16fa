/** What stands at the head and the foot of a past interview, finished or not. */

import { el } from "./dom.js";
import { TYPE, named } from "./past-words.js";
import { printButton, startDifficulty } from "./report.js";
import { dateInWords, evaluatorInWords, plural, secondsInWords } from "./words.js";

const ENDINGS = {
  automatic: "with the last answer",
  manually_ended: "early, by the candidate or the team",
  timeout_cleanup: "by a long time without activity",
};

const LONG_NAME = 60; // characters that fill a line or two in the largest letters

/** record: a completed one; said: what stands under the name; onDelete and buttons: what can be done. */
export function head(record, said, onDelete, ...buttons) {
  return el(
    "header",
    { class: "report-head" },
    el("p", { class: "report-for" }, [record.interview_type ? `${named(TYPE, record.interview_type)} interview` : "Interview", dateInWords(record.timestamp ?? "")].filter(Boolean).join(" · ")),
    el("h1", { tabindex: -1, class: record.candidate_name.length > LONG_NAME ? "past-long" : null }, el("bdi", {}, record.candidate_name)),
    el("p", { class: "lead" }, said),
    el(
      "p",
      { class: "actions no-print" },
      ...buttons,
      printButton("secondary"),
      el("button", { type: "button", class: "secondary past-delete", id: "delete", onclick: onDelete }, "Delete…"),
    ),
  );
}

/** What is known about the interview beside its answers, and what it was about. */
export function facts(record) {
  const years = record.candidate_experience;
  const rows = [
    ["Reference number", el("code", {}, String(record.session_id))],
    ["Topics", record.topics.length ? record.topics.flatMap((topic, i) => [i ? ", " : "", el("bdi", {}, topic)]) : null],
    ["Experience", Number.isFinite(years) ? plural(years, "year") : null],
    ["Started at difficulty", startDifficulty(record)],
    ["Started", dateInWords(record.started_at ?? "")],
    ["Ended", dateInWords(record.ended_at ?? "")],
    ["How it ended", Object.hasOwn(ENDINGS, record.completion_method ?? "") ? ENDINGS[record.completion_method] : null],
    [record.status === "in_progress" ? "Active for" : "Length", Number.isFinite(record.duration) ? secondsInWords(record.duration) : null],
    ["Scored by", record.evaluator && evaluatorInWords(record.evaluator)],
    ["User", record.user_id && el("bdi", {}, String(record.user_id))],
  ];
  return el(
    "section",
    { class: "facts" },
    el("h2", {}, "About this interview"),
    el("dl", {}, rows.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    record.job_description.trim()
      ? el("details", { class: "past-posting" }, el("summary", {}, "Job posting"), el("p", { dir: "auto" }, record.job_description))
      : null,
  );
}
