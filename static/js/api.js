/** The one door to the server: JSON in, JSON out, problem details as ApiError. */

const TOKEN_KEY = "candor:token";
const TIMEOUT_MS = 20_000;
export const THINKING_TIMEOUT_MS = 240_000; // a language model may take its time; asking again does no harm
export const STARTING_TIMEOUT_MS = 660_000; // the longest LLM_TIMEOUT and some: asking again would begin a second interview
const UPLOAD_TIMEOUT_MS = 180_000; // 10 MiB over a slow line, and the reading of it
const FILE_TIMEOUT_MS = 60_000; // files are made one at a time: there may be others before
const UNREADABLE = "The server sent a reply that this page cannot read.";

let tokenHere = null; // where the browser keeps none: it lasts as long as this page

takeTokenFromAddress();
addEventListener("hashchange", takeTokenFromAddress); // a link opened over this page does not load it again

/** status 0: no answer at all, timedOut: none in time. errors: [{field, message}]. retryAfterS: what the server asked for, or 0. */
export class ApiError extends Error {
  constructor(status, problem = {}, retryAfterS = 0) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.detail = problem.detail || "";
    this.errors = Array.isArray(problem.errors) ? problem.errors : [];
    this.retryAfterS = retryAfterS;
    this.timedOut = false;
  }

  /** Whether the same request may succeed later without anyone changing anything. */
  get retryable() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export function get(path) {
  return request(path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
}

/** keepalive lets the request outlive the page (browsers allow it about 64 KB); timeoutMs: how long it may take. */
export function post(path, body, { keepalive = false, timeoutMs = TIMEOUT_MS } = {}) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    keepalive,
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** A form with a file; no Content-Type here: the browser sets it with its boundary. */
export function upload(path, form) {
  return request(path, { method: "POST", body: form, signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS) });
}

/** The question as sound, from the server's voice. */
export async function fetchSpeech(body) {
  const options = { method: "POST", headers: headers({ "Content-Type": "application/json" }), body: JSON.stringify(body) };
  const response = await fetch("/api/speech", { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new ApiError(response.status);
  return response.blob();
}

/** A file that the server makes, such as a PDF, as a blob. */
export async function download(path) {
  let response;
  try {
    response = await fetch(`/api/${path}`, { cache: "no-store", headers: headers(), signal: AbortSignal.timeout(FILE_TIMEOUT_MS) });
    if (response.ok) return await response.blob();
    throw new ApiError(response.status, parse(await response.text()) ?? {}, retryAfter(response));
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw Object.assign(new ApiError(0, { detail: error.message }), { timedOut: error.name === "TimeoutError" });
  }
}

export function remove(path) {
  return request(path, { method: "DELETE", signal: AbortSignal.timeout(TIMEOUT_MS) });
}

async function request(path, options) {
  let response;
  let text;
  try {
    response = await fetch(`/api/${path}`, { ...options, cache: "no-store", headers: headers(options.headers) });
    text = await response.text();
  } catch (error) {
    throw Object.assign(new ApiError(0, { detail: error.message }), { timedOut: error.name === "TimeoutError" });
  }
  if (response.status === 204) return {};
  const body = parse(text);
  if (!response.ok) throw new ApiError(response.status, body ?? {}, retryAfter(response));
  if (body === null) throw new ApiError(502, { detail: UNREADABLE });
  return body;
}

function headers(given = {}) {
  const token = storedToken();
  return token ? { ...given, Authorization: `Bearer ${token}` } : given;
}

function parse(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // a proxy's HTML page, for instance
    throw error;
  }
}

function retryAfter(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}

/** An invitation link carries its token as /#token=...; it must not stay in the address or the history. */
function takeTokenFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  tokenHere = token;
  try {
    sessionStorage.setItem(TOKEN_KEY, token);
  } catch {
    console.warn("This browser keeps no session storage: the access token is lost on the next page.");
  }
}

function storedToken() {
  try {
    return sessionStorage.getItem(TOKEN_KEY) ?? tokenHere;
  } catch {
    return tokenHere; // storage is switched off
  }
}
