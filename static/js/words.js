/** What the pages say: errors, verdicts, times, numbers. */

/** One sentence about what went wrong; the server's own words where it has given some. */
export function explain(error) {
  const own = error.detail ? ` ${sentence(error.detail)}` : "";
  if (error.timedOut) return "The server has not replied yet.";
  if (error.status === 0) return "The server cannot be reached.";
  if (error.status === 429) return `The server asks for a pause.${own}`;
  if (error.status === 503) return `The server cannot do this right now.${own}`;
  if (error.status >= 500) return `The server has a fault of its own (${error.status}).`;
  if (error.status === 401) return "The server asks for an access token. Open the link of your invitation again.";
  if (error.status === 403) return `The server refuses requests from this page.${own}`;
  if (error.status === 404) return "There is no interview at this address.";
  if (error.status === 413) return "The text is too large for the server.";
  return own.trim() || `The server refused this (${error.status}).`;
}

export function sentence(text) {
  const trimmed = text.trim();
  return /[.!?…]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** What the server says about one field ("must hold ..."), as a sentence that stands alone. */
export function fieldMessage(message) {
  const [first = "", ...rest] = sentence(message);
  return first.toUpperCase() + rest.join("");
}

export function secondsInWords(seconds) {
  if (!Number.isFinite(seconds)) return "not recorded";
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (h) return `${h} h ${m} min`;
  if (m) return s ? `${m} min ${s} s` : `${m} min`;
  return `${s} s`;
}

/** 75 -> "1:15", 3675 -> "1:01:15". */
export function clockTime(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

export function dateInWords(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  return date.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

export function scoreText(score) {
  return Number.isFinite(score) ? score.toFixed(1) : "–";
}

/** (3, "answer") -> "3 answers", (1200, "character") -> "1,200 characters". */
export function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** "llm:gpt-5-mini, builtin" -> "the language model gpt-5-mini, the built-in interviewer". */
export function evaluatorInWords(evaluator) {
  const names = (evaluator ?? "").split(", ").map((name) => {
    if (name === "builtin") return "the built-in interviewer";
    return name.startsWith("llm:") ? `the language model ${name.slice(4)}` : name;
  });
  return names.join(", ");
}

export const VERDICTS = {
  "strong yes": {
    title: "A very strong interview",
    text: "On these answers, the interviewer’s suggestion to the people who decide is a strong yes.",
  },
  yes: {
    title: "A strong interview",
    text: "On these answers, the interviewer’s suggestion to the people who decide is yes.",
  },
  maybe: {
    title: "A mixed interview",
    text: "On these answers, the interviewer’s suggestion to the people who decide is maybe: part of what it looked for was there, part was not.",
  },
  no: {
    title: "Not there yet",
    text: "On these answers, the interviewer’s suggestion to the people who decide is no: most of what it looked for did not come up.",
  },
};

export const DIMENSIONS = [
  ["technical_accuracy", "Technical accuracy"],
  ["completeness", "Completeness"],
  ["communication", "Communication"],
];

/** What helps with this kind of question, shown under the answer's label. */
export const ADVICE = {
  technical: "Say what you would do and why. An example from your own work helps.",
  coding: "Explain your approach, then write the code.",
  behavioral: "One real situation: what you did yourself, and how it turned out.",
  experience: "Be specific: which work, your own part in it, and the result.",
  resume: "Be specific: which work, your own part in it, and the result.",
};
export const DEFAULT_ADVICE = "Write as you would speak. Specific beats long.";
