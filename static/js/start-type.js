/** The type of the interview, and the parts of the form that it needs. */

/** "job", "technical" or "resume". */
export function chosenType(form) {
  return form.elements.interview_type.value;
}

/** Shows what this type asks for and hides the rest; what was filled in there stays. */
export function showType(form) {
  const type = chosenType(form);
  for (const part of form.querySelectorAll("[data-types]")) {
    part.hidden = !part.dataset.types.split(" ").includes(type);
  }
  form.elements.job_description.required = type === "job";
  form.elements.resume_text.required = type === "resume";
}
