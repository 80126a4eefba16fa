/** What in the filters of the list cannot be asked for, said at the field. */

import { byId } from "./dom.js";

const CHECKS = {
  min: (input) => (input.validity.badInput || (input.value !== "" && !(Number(input.value) >= 0 && Number(input.value) <= 10)) ? "0 to 10" : ""),
  from: (input) => noDay(input) || (input.value && byId("to").value && input.value > byId("to").value ? "The first day is after the last" : ""),
  to: (input) => noDay(input),
};

/** Says at each field what is wrong with it; the first such field, or undefined. */
export function showFaults() {
  return Object.entries(CHECKS).filter(([id, check]) => say(byId(id), check(byId(id)))).map(([id]) => byId(id))[0];
}

function noDay({ validity, value }) {
  return validity.badInput || (value && Number(value.slice(0, value.indexOf("-"))) < 1000) ? "This is not a day" : "";
}

function say(input, words) {
  const fault = byId(`${input.id}-error`);
  fault.textContent = words;
  fault.hidden = !words;
  if (words) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  return words;
}
