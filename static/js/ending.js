/** Asks before an interview is ended early, and names what that costs. */

import { byId, el } from "./dom.js";
import { characters } from "./textbox.js";
import { plural } from "./words.js";

/** Resolves to true when the candidate confirms. unsent: the work on the current question; recording: whether one goes on. */
export function confirmEnd(state, unsent, recording) {
  byId("end-text").replaceChildren(...consequences(state, unsent, recording).map((text) => el("p", {}, text)));
  const dialog = byId("end-dialog");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    byId("end-confirm").onclick = () => dialog.close("end");
    byId("end-cancel").onclick = () => dialog.close("");
    dialog.onclose = () => resolve(dialog.returnValue === "end");
  });
}

function consequences(state, unsent, recording) {
  const given = state.answers.length;
  const missing = state.total_questions - given;
  const texts = [
    given
      ? `You have answered ${given} of ${plural(state.total_questions, "question")}. The report will be about ${given === 1 ? "that answer" : "those"} only; ${plural(missing, "question")} will stay unanswered.`
      : "You have not submitted an answer yet, so the interview will end without a report.",
  ];
  const text = unsent.answer.trim();
  const code = unsent.code.trim();
  if (text) texts.push(`The ${plural(characters(text), "character")} in the answer box will not be scored. To have them count, go back and submit first.`);
  if (code) texts.push(`The ${plural(characters(code), "character")} of code will not be scored${text ? " either" : ". To have them count, go back and submit first"}.`);
  if (recording) texts.push("The recording that goes on will not be scored. To have it count, go back, stop it and submit first.");
  texts.push("An ended interview cannot be continued.");
  return texts;
}
