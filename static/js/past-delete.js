/** Asks before an interview is deleted, and names whose it is. */

import { remove } from "./api.js";
import { byId } from "./dom.js";
import { candidateName } from "./past-words.js";
import { explain } from "./words.js";

const dialog = byId("delete-dialog");
let busy = false;

/** record: what the page shows; onDone is called when it is gone, onSignIn when the session has run out. */
export function confirmDelete(record, onDone, onSignIn) {
  byId("delete-title").replaceChildren("Delete the interview of ", isolated(candidateName(record)), "?");
  byId("delete-which").textContent = `Reference number ${record.session_id}`;
  fault("");
  byId("delete-cancel").onclick = () => dialog.close();
  byId("delete-confirm").onclick = () => carryOut(record.session_id, onDone, onSignIn);
  dialog.oncancel = (event) => {
    if (busy) event.preventDefault(); // it may be gone already: wait for the word
  };
  dialog.showModal();
}

async function carryOut(sessionId, onDone, onSignIn) {
  if (busy) return;
  setBusy(true);
  try {
    await remove(`data/interview/${encodeURIComponent(sessionId)}`);
    onDone();
  } catch (error) {
    if (error.status === 404) onDone(); // deleted from elsewhere, or by a request whose reply was lost
    else if (error.status === 401) {
      dialog.close();
      onSignIn();
    } else fault(`${error.retryable ? "It may not have been deleted: the server did not say." : "It was not deleted."} ${explain(error)}`);
  } finally {
    setBusy(false);
  }
}

function setBusy(value) {
  busy = value;
  for (const id of ["delete-confirm", "delete-cancel"]) {
    if (value) byId(id).setAttribute("aria-disabled", "true");
    else byId(id).removeAttribute("aria-disabled");
  }
  byId("delete-cancel").onclick = value ? null : () => dialog.close();
  byId("delete-confirm").textContent = value ? "Deleting…" : "Delete for good";
}

function fault(words) {
  byId("delete-error").textContent = words;
  byId("delete-error").hidden = !words;
}

function isolated(name) {
  const node = document.createElement("bdi");
  node.textContent = name;
  return node;
}
