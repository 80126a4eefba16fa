/** What the list shows, as the address says it: so reload, back and a sent link show the same. */

import { STATUS, TYPE } from "./past-words.js";

export const PAGE_SIZE = 25;
const DEFAULT_SORT = "-timestamp";
const SORTS = ["timestamp", "candidate_name", "average_score", "overall_score"];
const FILTERS = ["q", "status", "type", "min", "from", "to"];

const VALID = {
  q: (text) => text.length <= 200,
  status: (text) => Object.hasOwn(STATUS, text),
  type: (text) => Object.hasOwn(TYPE, text),
  min: (text) => text.trim() !== "" && Number(text) >= 0 && Number(text) <= 10,
  from: (text) => dayStart(text, 0) !== null,
  to: (text) => dayStart(text, 0) !== null,
  sort: (text) => SORTS.includes(text.replace(/^-/, "")),
  page: (text) => /^[1-9]\d{0,5}$/.test(text),
};

/** {q, status, type, min, from, to, sort, page}: texts, "" where nothing is asked; page is a number from 1. */
export function readAddress(search = location.search) {
  const given = new URLSearchParams(search);
  const taken = (name, otherwise) => (VALID[name](given.get(name) ?? "") ? given.get(name) : otherwise);
  const filters = FILTERS.map((name) => [name, given.has(name) ? taken(name, "") : ""]);
  return { ...Object.fromEntries(filters), sort: taken("sort", DEFAULT_SORT), page: Number(taken("page", "1")) };
}

/** The path and query of a view; what is not asked for is left out. */
export function addressOf(view) {
  const query = new URLSearchParams();
  for (const name of FILTERS) if (VALID[name](view[name] ?? "") && view[name] !== "") query.set(name, view[name]);
  if (view.sort !== DEFAULT_SORT) query.set("sort", view.sort);
  if (view.page > 1) query.set("page", view.page);
  const text = query.toString();
  return text ? `/interviews?${text}` : "/interviews";
}

export function isFiltered(view) {
  return FILTERS.some((name) => view[name].trim() !== "");
}

/** The same as a call of the API. Days are those of whoever reads. */
export function callFor(view) {
  const query = new URLSearchParams({
    status: view.status || "all",
    sort: view.sort,
    limit: PAGE_SIZE,
    offset: (view.page - 1) * PAGE_SIZE,
  });
  if (view.q.trim()) query.set("q", view.q.trim());
  if (view.type) query.set("interview_type", view.type);
  if (view.min) query.set("min_score", Number(view.min));
  if (view.from) query.set("from", dayStart(view.from, 0).toISOString());
  if (view.to) query.set("to", new Date(dayStart(view.to, 1) - 1).toISOString());
  return `data/interviews?${query}`;
}

/** Midnight here of a day such as 2026-11-21, so many days later; null for what is no day. */
function dayStart(text, later) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map(Number);
  const date = new Date(year, month - 1, day);
  if (year < 1000 || date.getMonth() !== month - 1 || date.getDate() !== day) return null;
  return new Date(year, month - 1, day + later);
}
