// What was typed and the server doesn't have yet, kept in this browser: after a crash, a closed lid or an ended
// sign-in it is still there. It lies sealed (AES-GCM) under a key that the server gives to its signed-in author alone;
// the key is held in memory and can't be taken out of it. Without a key nothing is kept.

const DATABASE = "alongside";
const STORE = "drafts";
const PATIENCE = 20000;

const sealing = Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

// A mark nobody else makes; `crypto.randomUUID` is not there on plain http.
export function mark() {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// --- who writes, and their key -----------------------------------------------------------------------------

let writer = null;
let mayLearn = true;
const keys = new Map();

// Somebody else can sign in only on another page: after that it is too late to ask whose words these are.
document.addEventListener("visibilitychange", () => (mayLearn = false));

async function ask(epoch = "") {
  const answer = await fetch(`/drafts/key/?epoch=${encodeURIComponent(epoch)}`, {
    credentials: "same-origin",
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  return answer.ok && !answer.redirected ? answer.json() : null;
}

async function learn(found) {
  if (sealing && !keys.has(found.epoch)) {
    keys.set(found.epoch, await crypto.subtle.importKey("raw", bytes(found.key), "AES-GCM", false, ["encrypt", "decrypt"]));
  }
  return { owner: found.owner, epoch: found.epoch, sentences: found.sentences };
}

// Who writes on this page: asked once, when the page is new; null while it can't be known.
export async function whoWrites() {
  try {
    const found = writer || !mayLearn ? null : await ask();
    if (found) writer ??= await learn(found);
  } catch {
    // Not connected: asked again with the next words.
  }
  return writer;
}

// Whether the one signed in now is the one who began this page: words never go out under another's name.
export async function stillTheSame() {
  const found = await ask();
  return Boolean(found && writer && found.owner === writer.owner);
}

async function keyOf(epoch) {
  if (!keys.has(epoch)) {
    const found = await ask(epoch);
    if (found) await learn(found);
  }
  return keys.get(epoch);
}

// --- the shelf ---------------------------------------------------------------------------------------------

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function onShelf(mode, action) {
  const transaction = (await open()).transaction(STORE, mode);
  const asked = action(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

async function seal(id, draft) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify(draft));
  const bound = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
  const sealed = await crypto.subtle.encrypt(bound, keys.get(writer.epoch), words);
  return { id, page, owner: writer.owner, epoch: writer.epoch, iv, sealed };
}

async function unseal({ id, epoch, iv, sealed }) {
  const key = await keyOf(epoch);
  if (!key) return null;
  const bound = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(bound, key, sealed)));
}

// --- keeping -----------------------------------------------------------------------------------------------

// Each page keeps under a name of its own, and holds a lock of that name as long as it lives: what lies on the shelf
// without its lock was left behind.
const page = mark();
const lock = (name) => `alongside draft ${name}`;
if (sealing && navigator.locks) navigator.locks.request(lock(page), () => new Promise(() => {}));

// One box or form of this page: `put(draft)` keeps its latest, `put(null)` takes it away; the latest always wins.
export class Draft {
  constructor() {
    this.id = `${page}_${mark()}`;
    this.isKept = false;
    this.wanted = undefined;
    this.busy = null;
  }

  put(draft) {
    if (!sealing || (!draft && !this.isKept && !this.busy)) return;
    this.wanted = draft;
    this.busy ??= this.work().finally(() => (this.busy = null));
  }

  async work() {
    while (this.wanted !== undefined) {
      const draft = this.wanted;
      this.wanted = undefined;
      try {
        if (draft && (await whoWrites())) {
          const sealed = await seal(this.id, draft);
          await onShelf("readwrite", (shelf) => shelf.put(sealed));
          this.isKept = true;
        } else if (!draft) {
          await letGo(this.id);
          this.isKept = false;
        }
      } catch {
        // No room, or no shelf (a private window): the words are on the page, and leaving it warns.
        this.isKept = false;
      }
    }
  }
}

export const letGo = (id) => onShelf("readwrite", (shelf) => shelf.delete(id));

// What this person's pages left behind. Drafts of others stay where they are: nobody else can open them.
export async function leftBehind() {
  if (!sealing) return [];
  const all = await onShelf("readonly", (shelf) => shelf.getAll());
  if (!all.length || !(await whoWrites())) return [];
  const alive = new Set(((await navigator.locks?.query())?.held ?? []).map((held) => held.name));
  const left = [];
  for (const kept of all) {
    if (kept.owner !== writer.owner || kept.page === page || alive.has(lock(kept.page))) continue;
    const draft = await unseal(kept).catch(() => null);
    if (draft) left.push({ id: kept.id, ...draft });
  }
  return left.sort((one, other) => one.at - other.at);
}
