/** What this browser keeps so that no typed word is lost: drafts, and texts that found no question any more. */

const memory = new Map(); // stands in where the browser keeps nothing
let durable = true;

/** Whether what is written here survives a reload. */
export function isDurable() {
  return durable;
}

function read(key) {
  let raw = memory.get(key) ?? null;
  try {
    raw = localStorage.getItem(key) ?? raw;
  } catch {
    durable = false;
  }
  try {
    return raw === null ? null : JSON.parse(raw);
  } catch (error) {
    if (error instanceof SyntaxError) return null; // written by something else
    throw error;
  }
}

function write(key, value) {
  const raw = JSON.stringify(value);
  try {
    localStorage.setItem(key, raw);
    memory.delete(key);
    durable = true;
  } catch {
    memory.set(key, raw); // full, or switched off
    durable = false;
  }
}

function remove(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    durable = false;
  }
}

function keysWith(prefix) {
  const keys = new Set([...memory.keys()].filter((key) => key.startsWith(prefix)));
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      if (localStorage.key(i).startsWith(prefix)) keys.add(localStorage.key(i));
    }
  } catch {
    durable = false;
  }
  return [...keys];
}

const draftKey = (sessionId, questionNumber) => `candor:draft:${sessionId}:${questionNumber}`;
const keptKey = (sessionId) => `candor:kept:${sessionId}`;

/** {text, sent, revision}: sent is the last text handed to the server, revision the last one it confirmed. */
export function readDraft(sessionId, questionNumber) {
  return read(draftKey(sessionId, questionNumber));
}

export function writeDraft(sessionId, questionNumber, draft) {
  write(draftKey(sessionId, questionNumber), draft);
}

export function removeDraft(sessionId, questionNumber) {
  remove(draftKey(sessionId, questionNumber));
}

/** Texts that were typed and never sent: [{questionNumber, text}]. */
export function readKept(sessionId) {
  const kept = read(keptKey(sessionId));
  return Array.isArray(kept) ? kept : [];
}

export function keep(sessionId, questionNumber, text) {
  if (!text.trim() || readKept(sessionId).some((item) => item.text === text)) return;
  write(keptKey(sessionId), [...readKept(sessionId), { questionNumber, text }]);
}

export function forgetKept(sessionId, text) {
  const left = readKept(sessionId).filter((item) => item.text !== text);
  if (left.length) write(keptKey(sessionId), left);
  else remove(keptKey(sessionId));
}

/**
 * Drafts of questions that have been answered meanwhile move to the kept texts, unless they are what was sent.
 * current: the number of the question on screen, null when there is none. answers: the server's. sent: further
 * texts that the server shows, so that they need not be kept here.
 */
export function keepOrphans(sessionId, current, answers, sent = []) {
  const prefix = `candor:draft:${sessionId}:`;
  for (const key of keysWith(prefix)) {
    const number = Number(key.slice(prefix.length));
    if (number === current) continue;
    const text = read(key)?.text ?? "";
    const given = answers.find((item) => item.question_number === number)?.answer ?? "";
    if (![given, ...sent].some((known) => known.trim() === text.trim())) keep(sessionId, number, text);
    remove(key);
  }
}
