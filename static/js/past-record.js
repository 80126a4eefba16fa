/** A stored record as the report's modules take it: a script, or an older system, may have saved less, or other things. */

import { candidateName } from "./past-words.js";

/** The record with each field that is shown in its form, empty or null where it was missing or something else. */
export function complete(record) {
  const items = objects(record.questions_and_answers ?? record.answers).map(completeAnswer);
  return {
    ...record,
    candidate_name: candidateName(record),
    questions_and_answers: items,
    average_score: number(record.average_score),
    overall_score: number(record.overall_score),
    score_interval: interval(record.score_interval),
    completed_questions: number(record.completed_questions) ?? items.length,
    total_questions: number(record.total_questions) ?? items.length,
    duration: number(record.duration) ?? Number.NaN,
    summary: text(record.summary),
    ...Object.fromEntries(["strengths", "weaknesses", "recommendations", "topics"].map((name) => [name, texts(record[name])])),
    evaluator: text(record.evaluator),
    job_description: text(record.job_description),
    unsent_draft: text(record.unsent_draft),
    unanswered_question: text(record.unanswered_question),
  };
}

function completeAnswer(item, index) {
  return {
    ...item,
    question_number: number(item.question_number) ?? index + 1,
    question: text(item.question),
    answer: text(item.answer),
    code_submission: text(item.code_submission),
    score: number(item.score),
    time_taken: number(item.time_taken) ?? Number.NaN,
    hints_used: number(item.hints_used) ?? 0,
    topic: text(item.topic),
    difficulty: text(item.difficulty),
    evaluator: text(item.evaluator),
    confidence: text(item.confidence),
    rubric: isObject(item.rubric) ? item.rubric : null,
    flags: texts(item.flags),
    feedback: { strengths: texts(item.feedback?.strengths), improvements: texts(item.feedback?.improvements) },
    feedback_text: text(item.feedback),
    audio: completeAudio(item.audio),
    evidence: objects(item.evidence).map((point) => ({ ...point, key_point: text(point.key_point), label: text(point.label), quote: text(point.quote) })),
  };
}

/** null for an answer that was typed, undefined where the record does not say. */
function completeAudio(audio) {
  if (!isObject(audio)) return audio === null ? null : undefined;
  const { filler_words: fillers, consent } = audio;
  return {
    kind: text(audio.kind),
    duration: number(audio.duration),
    words_per_minute: number(audio.words_per_minute),
    filler_words: { count: number(fillers?.count), list: texts(fillers?.list) },
    longest_pause: number(audio.longest_pause),
    edited: number(audio.edited),
    model: text(audio.model),
    transcript: text(audio.transcript),
    recordings: [...objects(audio.earlier), audio].map(completeRecording),
    consent: isObject(consent) ? { version: text(consent.version), at: text(consent.at) } : null,
  };
}

/** One of the recordings that make up an answer; sound: what of it is kept on disk, or null. */
function completeRecording({ recording_id: id, type, sound }) {
  const kept = isObject(sound) ? { file: text(sound.file), size: number(sound.size), sha256: text(sound.sha256) } : null;
  return { id: text(id), type: text(type), sound: kept };
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const objects = (value) => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value) => (typeof value === "string" ? value : "");
const texts = (value) => (Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);
const number = (value) => (Number.isFinite(value) ? value : null);
const interval = (value) => (Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) ? value : null);
