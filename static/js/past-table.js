/** The table of interviews; on narrow screens the style makes a card of each row. */

import { el } from "./dom.js";
import { STATUS, TYPE, candidateName, named, shortDate } from "./past-words.js";
import { scoreText } from "./words.js";

const DOWN = "▾";
const UP = "▴";

// the first order that a column is asked for: the best and the newest first, names from A
const COLUMNS = [
  { title: "Candidate", sort: "candidate_name", first: "candidate_name" },
  { title: "Type" },
  { title: "Date", sort: "timestamp", first: "-timestamp" },
  { title: "Status" },
  { title: "Average", sort: "average_score", first: "-average_score", number: true },
  { title: "Overall", sort: "overall_score", first: "-overall_score", number: true },
  { title: "Suggestion" },
];

// only where Google Sheets is set up do interviews say how it stands
const SHEET = { title: "Sheet" };
const EXPORTED = { pending: "Waiting", exported: "Up to date", failed: "Failed" };

/** interviews: of the listing; sort: as its call has it; onSort(sort) is called by a click on a column's header. */
export function interviewTable(interviews, sort, onSort) {
  const columns = interviews.some((record) => record.export_status) ? [...COLUMNS, SHEET] : COLUMNS;
  return el(
    "table",
    { class: "past-table", role: "table" },
    el("caption", { class: "visually-hidden" }, "Interviews; a column’s header sorts by it"),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, columns.map((column) => header(column, sort, onSort)))),
    el("tbody", { role: "rowgroup" }, interviews.map((record) => row(record, columns))),
  );
}

function header(column, sort, onSort) {
  const props = { scope: "col", role: "columnheader", class: column.number && "number" };
  if (!column.sort) return el("th", props, column.title);
  const active = sort.replace(/^-/, "") === column.sort;
  const descending = sort.startsWith("-");
  const next = active ? (descending ? column.sort : `-${column.sort}`) : column.first;
  return el(
    "th",
    { ...props, "aria-sort": active ? (descending ? "descending" : "ascending") : "none" },
    el(
      "button",
      { type: "button", class: "past-header", "data-sort": column.sort, onclick: () => onSort(next) },
      column.title,
      el("span", { "aria-hidden": "true" }, active ? (descending ? DOWN : UP) : ""),
    ),
    el("span", { class: "past-column" }, column.title), // for where there is no button
  );
}

function row(record, columns) {
  const suggestion = typeof record.hire_recommendation === "string" ? record.hire_recommendation : "–";
  const cells = [
    el("a", { href: addressOf(record), title: candidateName(record) }, el("bdi", {}, candidateName(record))),
    named(TYPE, record.interview_type),
    shortDate(record.timestamp),
    el("span", { class: "past-status", "data-status": record.status ?? "completed" }, named(STATUS, record.status ?? "completed")),
    scoreText(record.average_score),
    scoreText(record.overall_score),
    suggestion,
    exported(record),
  ];
  return el(
    "tr",
    { role: "row" },
    columns.map(({ title, number }, i) => {
      const content = cells[i];
      const props = { "data-label": title, class: number && "number" };
      return i === 0 ? el("th", { scope: "row", role: "rowheader", ...props }, content) : el("td", { role: "cell", ...props }, content);
    }),
  );
}

/** One without a report says so: then its page need not ask for one first. */
function addressOf({ session_id: id, status }) {
  return `/interviews/${encodeURIComponent(id)}${(status ?? "completed") === "completed" ? "" : "#live"}`;
}

function exported({ export_status: status, export_error: reason }) {
  if (!status) return "–";
  const said = named(EXPORTED, status);
  return status === "failed" && reason ? [said, el("span", { class: "past-reason" }, reason)] : said;
}
