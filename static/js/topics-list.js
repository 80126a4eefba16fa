/** The topics chosen, as data: what counts as one topic, as the same one, and how many there may be. */

import { characters, wellFormed } from "./textbox.js";

export const MOST_TOPICS = 20;
const TOPIC_LIMIT = 100;

/** A typed topic without what nobody sees: needless white space, and marks that a paste brought along. */
export function tidy(text) {
  return wellFormed(text).replace(/\p{Cf}/gu, "").replace(/[\s\p{Cc}]+/gu, " ").trim();
}

function sameTopic(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

export function isChosen(topic, chosen) {
  return chosen.some((other) => sameTopic(other, topic));
}

/** Why this topic cannot join the chosen ones, or "". */
export function faultOfTopic(topic, chosen) {
  if (chosen.length >= MOST_TOPICS) return `There can be up to ${MOST_TOPICS} topics.`;
  if (characters(topic) > TOPIC_LIMIT) return `A topic may have up to ${TOPIC_LIMIT} characters.`;
  return "";
}

/** The known topics that hold what was typed and are not chosen yet; those that begin with it come first. */
export function matching(known, typed, chosen) {
  const wanted = typed.toLowerCase();
  const open = known.filter(({ topic }) => !isChosen(topic, chosen));
  const found = open.filter(({ topic }) => topic.toLowerCase().includes(wanted));
  const begins = ({ topic }) => topic.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((item) => !begins(item))];
}
