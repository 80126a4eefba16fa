/** The list of past interviews: what its address asks for, found, sorted and paged by the server. */

import { get } from "./api.js";
import { byId, el } from "./dom.js";
import { PAGE_SIZE, addressOf, callFor, isFiltered, readAddress } from "./past-address.js";
import { showFaults } from "./past-faults.js";
import { askToSignIn, showSignOut } from "./past-sign-in.js";
import { interviewTable } from "./past-table.js";
import { explain, plural } from "./words.js";

const form = byId("filters");
const results = byId("results");
const FIELDS = ["q", "status", "type", "min", "from", "to", "sort"];
let latest = 0; // the number of the newest request: an older one that comes late is not shown

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
form.addEventListener("change", (event) => {
  if (event.target.id !== "q") ask();
});
byId("clear").addEventListener("click", clear);
addEventListener("popstate", load);
addEventListener("pageshow", (event) => event.persisted && load()); // perhaps signed out, or deleted, meanwhile
showDeleted();
load();

/** What the form says. */
function asked() {
  return Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
}

/** Goes to what stands in the form, sent or not; another question begins at its first page. */
async function ask({ page = 1 } = {}) {
  const wrong = showFaults();
  if (wrong) return wrong.focus();
  const [view, shown] = [asked(), readAddress()];
  return go({ ...view, page: FIELDS.every((name) => view[name] === shown[name]) ? page : 1 });
}

function go(view) {
  const address = addressOf(view);
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  return load();
}

function clear() {
  byId("q").focus();
  return go({ q: "", status: "", type: "", min: "", from: "", to: "", sort: readAddress().sort, page: 1 });
}

async function load() {
  const view = readAddress();
  const mine = (latest += 1);
  const hadFocus = results.contains(document.activeElement);
  for (const name of FIELDS) form.elements[name].value = view[name];
  showFaults();
  byId("clear").hidden = !isFiltered(view);
  results.setAttribute("aria-busy", "true");
  byId("count").textContent = "Loading…";
  let tell;
  try {
    const listing = await get(callFor(view));
    tell = () => show(listing, view);
  } catch (error) {
    tell = () => fail(error);
  }
  if (mine !== latest) return;
  results.removeAttribute("aria-busy");
  await tell();
  if (hadFocus && document.activeElement === document.body) byId("count").focus();
}

function show({ total, interviews }, view) {
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  if (view.page > last) {
    history.replaceState(null, "", addressOf({ ...view, page: last })); // what was on that page is gone
    load();
    return;
  }
  const sorted = document.activeElement?.dataset.sort;
  byId("clear").hidden = !total || !isFiltered(view); // below "No interview matches" there is one already
  byId("count").textContent = countWords(total, interviews.length, view);
  results.replaceChildren(total ? interviewTable(interviews, view.sort, sortBy) : nothing(view));
  if (sorted) results.querySelector(`[data-sort="${sorted}"]`)?.focus();
  showPages(view, last);
  showSignOut().catch(() => {}); // no button, then: the list is what matters
}

function sortBy(sort) {
  form.elements.sort.value = sort;
  return ask();
}

function countWords(total, shown, view) {
  if (!total) return isFiltered(view) ? "No interview matches." : "No interviews.";
  const all = plural(total, "interview");
  if (total === shown) return all;
  const first = (view.page - 1) * PAGE_SIZE + 1;
  return `${first} to ${first + shown - 1} of ${all}`;
}

function nothing(view) {
  const [title, text, action] = isFiltered(view)
    ? ["No interview matches", "Try fewer words, another status or a longer time.", el("button", { type: "button", class: "secondary", onclick: clear }, "Clear all filters")]
    : ["No interviews yet", "The first one shows here as soon as it begins.", el("a", { class: "button secondary", href: "/" }, "Start an interview")];
  return el("div", { class: "past-empty" }, el("h2", {}, title), el("p", {}, text), el("p", { class: "actions" }, action));
}

async function fail(error) {
  results.replaceChildren();
  byId("pages").hidden = true;
  byId("count").textContent = "";
  try {
    if (error.status === 401) return await askToSignIn(byId("list"), afterSignIn);
  } catch (other) {
    error = other;
  }
  byId("count").textContent = "The list could not be loaded.";
  results.replaceChildren(
    el(
      "div",
      { class: "past-empty" },
      el("h2", {}, "The list could not be loaded"),
      el("p", {}, explain(error)),
      el("p", { class: "actions" }, el("button", { type: "button", class: "primary", onclick: () => ask(readAddress()) }, "Try again")),
    ),
  );
}

function afterSignIn() {
  byId("title").focus();
  load();
}

function showPages(view, last) {
  const nav = byId("pages");
  const step = nav.contains(document.activeElement) ? document.activeElement.dataset.step : null;
  nav.hidden = last < 2;
  nav.replaceChildren(
    pageLink("Previous", view, view.page - 1, last),
    el("span", {}, `Page ${view.page} of ${last}`),
    pageLink("Next", view, view.page + 1, last),
  );
  if (step) (nav.querySelector(`a[data-step="${step}"]`) ?? nav.querySelector("a"))?.focus();
}

function pageLink(name, view, page, last) {
  if (page < 1 || page > last) return el("span", { class: "muted", "aria-hidden": "true" }, name);
  const turn = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return; // a new tab or window
    event.preventDefault();
    ask({ page }).then(() => byId("count").scrollIntoView({ block: "nearest" }));
  };
  return el("a", { class: "button secondary", href: addressOf({ ...view, page }), "data-step": name, onclick: turn }, name);
}

/** The page of an interview leads here as /interviews#deleted=ID after it was deleted. */
function showDeleted() {
  const id = new URLSearchParams(location.hash.slice(1)).get("deleted");
  if (!id) return;
  history.replaceState(null, "", location.pathname + location.search);
  byId("deleted").hidden = false;
  byId("deleted").textContent = `The interview with the reference number ${id} was deleted.`;
  byId("title").focus();
}
