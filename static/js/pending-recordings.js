/** Recordings on their way to text: sent until the server has them, across lost connections and reloads. */

import * as kept from "./recording-store.js";
import { claim, letGo } from "./recording-claims.js";
import { lookForWay, transcribing } from "./transcription.js";
import { Cancelled } from "./retry.js";

const OFF = "The server does not transcribe any more. The recording can be played, and you can type your answer";
const jobs = new Map(); // id of a recording -> {promise, now(), cancel()}

export function isAnyPending() {
  return jobs.size > 0;
}

export function tryPendingNow() {
  for (const job of jobs.values()) job.now();
}

/** Leaves out what has not become text, and the recording of this id; they are forgotten. */
export async function dropPending(alsoId) {
  const ids = new Set([...jobs.keys(), ...(alsoId ? [alsoId] : [])]);
  for (const job of jobs.values()) job.cancel();
  for (const id of ids) await kept.forgetRecording(id);
}

/**
 * Keeps the recording, for this tab alone as long as it is on its way, sends it, and keeps the reply with it. Resolves to the reply, or to null if it was left out;
 * throws the ApiError of a server that will not have it. onWait(error, seconds): it is tried again after them.
 */
export async function toText(recording, onWait) {
  await claim(recording.id);
  await kept.saveRecording(recording);
  await kept.forgetChunks(recording.id);
  let off = false;
  const job = transcribing(recording, async (error, seconds) => {
    onWait(error, seconds);
    if (error.status === 0 || (await lookForWay()) === "server") return;
    off = true; // it was switched off meanwhile
    job.cancel();
  });
  jobs.set(recording.id, job);
  try {
    const reply = await job.promise;
    await kept.saveRecording({ ...recording, reply });
    return reply;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    if (off) throw Object.assign(new Error("transcription is off"), { status: 409, errors: [], detail: OFF });
    return null;
  } finally {
    jobs.delete(recording.id);
    letGo(recording.id);
  }
}

/**
 * What earlier visits to this page left behind for this question: {done, open}, recordings with a reply and without
 * one. A recording that a reload cut off is put together from its seconds. Those of other questions are forgotten, and
 * those that another tab works on are left to it.
 */
export async function leftBehind(sessionId, questionNumber) {
  const found = await kept.recordingsOf(sessionId);
  const here = [];
  for (const recording of found) {
    if (jobs.has(recording.id) || !(await claim(recording.id))) continue;
    if (recording.questionNumber !== questionNumber) await kept.forgetRecording(recording.id);
    else here.push(recording.blob ? recording : await assembled(recording));
    letGo(recording.id);
  }
  const usable = here.filter((recording) => recording.blob.size > 0);
  return { done: usable.filter((recording) => recording.reply), open: usable.filter((recording) => !recording.reply) };
}

async function assembled(recording) {
  const chunks = await kept.chunksOf(recording.id);
  const type = chunks[0]?.type ?? "";
  return { ...recording, type, blob: new Blob(chunks, { type }), duration: chunks.length };
}
