/** Recordings as this browser keeps them (IndexedDB) until their answer is on the server: no lost line loses one. */

const memory = { recordings: new Map(), chunks: new Map() }; // stands in where the browser keeps nothing
let opening = null;

function database() {
  opening ??= new Promise((resolve) => {
    let request;
    try {
      request = indexedDB.open("candor-recordings", 1);
    } catch {
      resolve(null); // switched off
      return;
    }
    request.onupgradeneeded = () => {
      request.result.createObjectStore("recordings", { keyPath: "id" });
      request.result.createObjectStore("chunks", { keyPath: ["id", "index"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  return opening;
}

/** run(objectStore) -> IDBRequest. Resolves to its result, or to otherwise() where the browser keeps nothing. */
async function within(store, mode, run, otherwise) {
  const db = await database();
  if (!db) return otherwise(memory[store]);
  return new Promise((resolve) => {
    try {
      const request = run(db.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = (event) => {
        event.preventDefault();
        resolve(otherwise(memory[store])); // the disk is full, for instance
      };
    } catch {
      resolve(otherwise(memory[store]));
    }
  });
}

/** recording: {id, sessionId, questionNumber, begun (ms), type, duration (s), language, blob, reply}; blob and reply null until there. */
export function saveRecording(recording) {
  return within("recordings", "readwrite", (store) => store.put(recording), (kept) => kept.set(recording.id, recording));
}

/** A second of a recording that is going on. */
export function saveChunk(id, index, blob) {
  return within("chunks", "readwrite", (store) => store.put({ id, index, blob }), () => null);
}

const ofId = (id) => IDBKeyRange.bound([id, 0], [id, Infinity]);

export async function chunksOf(id) {
  const found = await within("chunks", "readonly", (store) => store.getAll(ofId(id)), () => []);
  return found.map((chunk) => chunk.blob);
}

export function forgetChunks(id) {
  return within("chunks", "readwrite", (store) => store.delete(ofId(id)), () => null);
}

/** The recordings of an interview, oldest first. */
export async function recordingsOf(sessionId) {
  const all = await within("recordings", "readonly", (store) => store.getAll(), (kept) => [...kept.values()]);
  const held = new Map([...memory.recordings.values(), ...all].map((item) => [item.id, item]));
  return [...held.values()].filter((item) => item.sessionId === sessionId).sort((a, b) => a.begun - b.begun);
}

export async function forgetRecording(id) {
  memory.recordings.delete(id);
  await forgetChunks(id);
  await within("recordings", "readwrite", (store) => store.delete(id), () => null);
}
