/** What this browser keeps so that no typed word is lost: drafts, and texts that found no question any more. */

import { givenWork, isBlank, sameWork, workOf } from "./work.js";

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

/** {work, sent, revision}: sent is the last work handed to the server, revision the last one it confirmed. */
export function readDraft(sessionId, questionNumber) {
  const draft = read(draftKey(sessionId, questionNumber));
  return draft?.work ? { ...draft, work: workOf(draft.work) } : null;
}

export function writeDraft(sessionId, questionNumber, draft) {
  write(draftKey(sessionId, questionNumber), draft);
}

export function removeDraft(sessionId, questionNumber) {
  remove(draftKey(sessionId, questionNumber));
}

/** Work that was typed and never sent: [{questionNumber, work}]. */
export function readKept(sessionId) {
  const kept = read(keptKey(sessionId));
  return Array.isArray(kept) ? kept.filter((item) => item?.work).map((item) => ({ ...item, work: workOf(item.work) })) : [];
}

export function keep(sessionId, questionNumber, work) {
  if (isBlank(work) || readKept(sessionId).some((item) => sameWork(item.work, work))) return;
  write(keptKey(sessionId), [...readKept(sessionId), { questionNumber, work }]);
}

export function forgetKept(sessionId, work) {
  const left = readKept(sessionId).filter((item) => !sameWork(item.work, work));
  if (left.length) write(keptKey(sessionId), left);
  else remove(keptKey(sessionId));
}

/**
 * Drafts of questions that have been answered meanwhile move to what is kept, without the parts that were sent.
 * current: the number of the question on screen, null when there is none. answers: the server's. sent: further
 * works that the server shows, so that they need not be kept here.
 */
export function keepOrphans(sessionId, current, answers, sent = []) {
  const prefix = `candor:draft:${sessionId}:`;
  for (const key of keysWith(prefix)) {
    const number = Number(key.slice(prefix.length));
    if (number === current) continue;
    const given = answers.filter((item) => item.question_number === number).map(givenWork);
    keep(sessionId, number, without(readDraft(sessionId, number)?.work ?? workOf(), [...given, ...sent]));
    remove(key);
  }
}

function without({ answer, code, language }, known) {
  const isKnown = (text, part) => known.some((work) => work[part].trim() === text.trim());
  return workOf({ answer: isKnown(answer, "answer") ? "" : answer, code: isKnown(code, "code") ? "" : code, language });
}
