/** The team's sign-in: a form where the server asks for it, and the button that signs out. */

import { get, post, remove } from "./api.js";
import { byId, el } from "./dom.js";
import { explain } from "./words.js";

const NO_TOKEN_HERE =
  "Candidates sign in to this server with tokens of their own, but it has no API token, so nobody can read past interviews here. Whoever runs it can set one: see API_TOKEN in the README.";

const KEPT_AS = "candor:team"; // "in" after a sign-in, "out" after a sign-out until that is said
let known = null; // the same, where the browser keeps none

byId("sign-out").addEventListener("click", async () => {
  try {
    await remove("team-session");
    keep("out");
    location.reload(); // and with that nothing of any interview is left in the page
  } catch (error) {
    byId("sign-out").textContent = `Sign out failed: ${explain(error)} Try again`;
  }
});

/** Shows the sign-out button to who is signed in by the form. */
export async function showSignOut() {
  const { state } = await get("team-session");
  byId("sign-out").hidden = state !== "signed_in";
  if (state === "signed_in") keep("in");
}

/** Shows the form instead of `hidden`, an element; onDone is called after a sign-in. said: what else to say. */
export async function askToSignIn(hidden, onDone, said = "") {
  const { state } = await get("team-session");
  hidden.hidden = true;
  byId("sign-out").hidden = true;
  const place = byId("sign-in");
  place.hidden = false;
  if (state === "closed") {
    place.replaceChildren(el("p", { class: "lead past-empty" }, NO_TOKEN_HERE));
    return;
  }
  const why = [{ in: "Your session has ended. Sign in again.", out: "You are signed out." }[kept()], said].filter(Boolean).join(" ");
  keep("");
  place.replaceChildren(
    form(why, () => {
      keep("in");
      place.hidden = true;
      place.replaceChildren();
      hidden.hidden = false;
      onDone();
    }),
  );
  byId("api-token").focus();
}

function keep(value) {
  known = value;
  try {
    sessionStorage.setItem(KEPT_AS, value);
  } catch {
    return; // storage is switched off: known as long as this page lasts
  }
}

function kept() {
  try {
    return sessionStorage.getItem(KEPT_AS) ?? known;
  } catch {
    return known;
  }
}

/** why: what brought the form up; "" where that is plain. */
function form(why, onDone) {
  const input = el("input", { id: "api-token", name: "api_token", type: "password", autocomplete: "current-password", spellcheck: "false", "aria-describedby": "api-token-why api-token-help api-token-error" });
  const fault = el("p", { class: "error", id: "api-token-error", role: "alert", hidden: true });
  const button = el("button", { type: "submit", class: "primary" }, "Sign in");
  let busy = false;

  async function send(event) {
    event.preventDefault();
    if (busy) return;
    if (!input.value.trim()) return refuse("Enter the API token.");
    busy = true;
    button.setAttribute("aria-disabled", "true");
    try {
      await post("team-session", { api_token: input.value });
      onDone();
    } catch (error) {
      refuse([401, 403, 429].includes(error.status) && error.detail ? error.detail : explain(error));
    } finally {
      busy = false;
      button.removeAttribute("aria-disabled");
    }
  }

  function refuse(words) {
    fault.textContent = words;
    fault.hidden = false;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }

  return el(
    "form",
    { class: "past-sign-in", onsubmit: send, novalidate: true },
    el("h2", {}, "Sign in"),
    el("p", { id: "api-token-why", role: "status" }, why),
    el("input", { type: "text", name: "username", autocomplete: "username", value: "api-token", hidden: true }), // for password managers
    el("label", { for: "api-token" }, "API token"),
    el("p", { class: "help", id: "api-token-help" }, "The API_TOKEN of this server; whoever set it up has it. You stay signed in for 12 hours, or until the server restarts."),
    input,
    fault,
    el("p", { class: "actions" }, button),
  );
}
