/** The team's sign-in: a form where the server asks for it, and the button that signs out. */

import { get, post, remove } from "./api.js";
import { byId, el } from "./dom.js";
import { explain } from "./words.js";

const NO_TOKEN_HERE =
  "Candidates sign in to this server with tokens of their own, but it has no API token, so nobody can read past interviews here. Whoever runs it can set one: see API_TOKEN in the README.";

byId("sign-out").addEventListener("click", async () => {
  try {
    await remove("team-session");
    location.reload(); // and with that nothing of any interview is left in the page
  } catch (error) {
    byId("sign-out").textContent = `Sign out failed: ${explain(error)} Try again`;
  }
});

/** Shows the sign-out button to who is signed in by the form. */
export async function showSignOut() {
  const { state } = await get("team-session");
  byId("sign-out").hidden = state !== "signed_in";
}

/** Shows the form instead of `hidden`, an element; onDone is called after a sign-in. */
export async function askToSignIn(hidden, onDone) {
  const { state } = await get("team-session");
  hidden.hidden = true;
  byId("sign-out").hidden = true;
  const place = byId("sign-in");
  place.hidden = false;
  if (state === "closed") {
    place.replaceChildren(el("p", { class: "lead past-empty" }, NO_TOKEN_HERE));
    return;
  }
  place.replaceChildren(
    form(() => {
      place.hidden = true;
      place.replaceChildren();
      hidden.hidden = false;
      onDone();
    }),
  );
  byId("api-token").focus();
}

function form(onDone) {
  const input = el("input", { id: "api-token", name: "api_token", type: "password", autocomplete: "current-password", spellcheck: "false", "aria-describedby": "api-token-help api-token-error" });
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
    el("input", { type: "text", name: "username", autocomplete: "username", value: "api-token", hidden: true }), // for password managers
    el("label", { for: "api-token" }, "API token"),
    el("p", { class: "help", id: "api-token-help" }, "The API_TOKEN of this server; whoever set it up has it. You stay signed in for 12 hours, or until the server restarts."),
    input,
    fault,
    el("p", { class: "actions" }, button),
  );
}
