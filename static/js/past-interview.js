/** The page of one past interview: its report, or what is known of it so far. */

import { get } from "./api.js";
import { byId, el } from "./dom.js";
import { confirmDelete } from "./past-delete.js";
import { renderProgress } from "./past-progress.js";
import { renderRecord } from "./past-report.js";
import { askToSignIn, showSignOut } from "./past-sign-in.js";
import { candidateName } from "./past-words.js";
import { idInAddress } from "./session-address.js";
import { explain } from "./words.js";

const content = byId("content");
const sessionId = idInAddress();
byId("back").href = listAddress();
addEventListener("pageshow", (event) => event.persisted && load());
let live = takeLive();
load();

/** The list says in the address which interviews have no report yet; a reload knows it too. */
function takeLive() {
  if (location.hash !== "#live") return history.state?.live === true;
  history.replaceState({ live: true }, "", location.pathname + location.search);
  return true;
}

/** The list as it was when this page was opened from it. */
function listAddress() {
  const from = URL.canParse(document.referrer) ? new URL(document.referrer) : null;
  const isList = from?.origin === location.origin && from.pathname === "/interviews";
  return isList ? from.pathname + from.search : "/interviews";
}

/** refocus: whether what has the focus goes with what is replaced; the new heading takes it then. */
async function load(refocus = content.contains(document.activeElement)) {
  content.replaceChildren(el("p", { class: "lead", role: "status" }, "Loading…"));
  try {
    await show();
    if (refocus) content.querySelector("h1")?.focus();
    await showSignOut();
  } catch (error) {
    await fail(error, refocus);
  }
}

async function show() {
  const call = `data/interview/${encodeURIComponent(sessionId)}`;
  const calls = live ? [`${call}/progress`, call] : [call, `${call}/progress`, call]; // it may end in between
  let known = null;
  for (const one of calls) known ??= await found(one);
  if (known === null) {
    document.title = "There is no such interview";
    const lead = "The address may be mistyped, or the interview was deleted.";
    content.replaceChildren(el("h1", { tabindex: -1 }, "There is no such interview"), el("p", { class: "lead" }, lead));
    return;
  }
  document.title = `${candidateName(known)}: past interview`;
  live = Boolean(known.answers);
  history.replaceState({ live }, "");
  const ask = () => confirmDelete(known, leave, () => fail({ status: 401 }, false, "The interview was not deleted."));
  content.replaceChildren(live ? renderProgress(known, ask, () => load()) : renderRecord(known, ask));
  document.querySelector(location.hash && `[id="${CSS.escape(location.hash.slice(1))}"]` || "#none")?.scrollIntoView();
}

/** What the server says to this call; null where it knows no such interview. */
async function found(call) {
  try {
    return await get(call);
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

function leave() {
  content.replaceChildren();
  location.replace(`${listAddress()}#deleted=${encodeURIComponent(sessionId)}`);
}

async function fail(error, refocus = false, said = "") {
  document.title = "Past interview";
  try {
    if (error.status === 401) {
      content.replaceChildren();
      return await askToSignIn(content, () => load(true), said);
    }
  } catch (other) {
    error = other;
  }
  content.replaceChildren(
    el("h1", { tabindex: -1 }, "The interview could not be loaded"),
    el("p", { class: "lead", role: "alert" }, explain(error)),
    el("p", { class: "actions" }, el("button", { type: "button", class: "primary", onclick: () => load() }, "Try again")),
  );
  if (refocus) content.querySelector("h1").focus();
}
