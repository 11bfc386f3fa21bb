/**
 * What was said, kept in this browser only.
 *
 * Every item has a key of its own in localStorage, so several tabs can add without overwriting one another,
 * and an item that is there already is not added again: that is how a message that comes twice is shown once.
 * What a person did and the server does not have yet is an item too; so it survives a reload.
 */

/**
 * @typedef {{label: string, token: string}} Button
 * @typedef {object} Said what the bot said; `id` is the server's name for it
 * @property {"bot"} from
 * @property {string} id
 * @property {number} order the place in the talk: a moment (epoch ms), made unique
 * @property {string} html
 * @property {Button[]} buttons
 * @property {{src: string, still?: string, alt: string, width?: number, height?: number}} [picture] `still` where it moves
 * @property {{until: number, text: string, total: number}} [countdown] `total` in ms, as it was on arrival
 * @property {string} [retire] the id of the message whose buttons go
 * @property {{name: string, base64?: string}} [file] the bytes are gone after a reload
 */
/**
 * @typedef {object} Done what the person did; `id` is made here and stays the same however often it is sent
 * @property {"me"} from
 * @property {string} id
 * @property {number} order
 * @property {string} text what is shown; empty where nothing is
 * @property {{kind: string, token?: string, [key: string]: string | undefined}} act
 * @property {"waiting" | "sent" | "refused"} state
 */
/** @typedef {Said | Done} Item */

const PREFIX = "rustpunt.item.";
const KEEP = 200;

/** @typedef {ReturnType<typeof createTranscript>} Transcript */

/**
 * @param {Storage | undefined} storage without one the talk lasts as long as the page
 * @param {() => number} now
 */
export function createTranscript(storage, now) {
  /** @type {Map<string, Item>} */
  const items = new Map();
  for (const key of keysOf(storage)) {
    const item = parsed(storage?.getItem(key));
    if (item) items.set(item.id, item);
  }
  const inOrder = () => [...items.values()].sort((a, b) => a.order - b.order);
  /** @param {string} id */
  const forget = (id) => {
    items.delete(id);
    storage?.removeItem(PREFIX + id);
  };
  /** @param {Item} item */
  const keep = (item) => {
    items.set(item.id, item);
    try {
      storage?.setItem(PREFIX + item.id, JSON.stringify(withoutBytes(item)));
    } catch {
      // The browser's room is full: this page still shows it, the next one will not.
    }
  };

  return {
    all: inOrder,
    forget,
    /** What the server does not have yet, oldest first. @returns {Done[]} */
    waiting: () => /** @type {Done[]} */ (inOrder().filter((i) => i.from === "me" && i.state === "waiting")),
    /** @param {string} id */
    has: (id) => items.has(id),
    /**
     * Adds an item at the end; undefined where it is there already. One that another tab kept a moment ago
     * gets the place that it has there.
     * @template {Item} T
     * @param {Omit<T, "order">} item
     * @returns {T | undefined}
     */
    add(item) {
      if (items.has(item.id)) return undefined;
      const kept = parsed(storage?.getItem(PREFIX + item.id));
      const last = Math.max(0, ...[...items.values()].map((i) => i.order));
      const added = /** @type {T} */ ({ ...item, order: kept?.order ?? Math.max(now(), last + 1) });
      keep(added);
      for (const old of inOrder().slice(0, -KEEP)) {
        if (old.from === "bot" || old.state !== "waiting") forget(old.id);
      }
      return added;
    },
    /** @param {string} id @param {"sent" | "refused"} state */
    settle(id, state) {
      const item = items.get(id);
      if (item?.from === "me") keep({ ...item, state });
    },
    /** Forgets all that was said; what still has to be sent stays. */
    clear() {
      for (const item of items.values()) if (item.from === "bot" || item.state !== "waiting") forget(item.id);
    },
    /** Takes over what another tab did; the id of the item, or undefined where it was none. @param {StorageEvent} event */
    takeOver({ key, newValue }) {
      if (!key?.startsWith(PREFIX)) return undefined;
      const id = key.slice(PREFIX.length);
      const item = parsed(newValue);
      if (!item) items.delete(id);
      // A message never changes, and ours may still have the bytes of its file.
      else if (items.get(id)?.from !== "bot") items.set(id, item);
      return id;
    },
  };
}

/**
 * The message whose buttons still work: the newest that has any, unless one was tapped since or it was retired.
 * @param {Item[]} items in order
 * @returns {string | undefined} its id
 */
export function liveButtons(items) {
  const retired = new Set();
  for (const item of items.toReversed()) {
    if (item.from === "me") {
      if (item.act.kind === "tap" && item.state !== "refused") return undefined;
    } else {
      if (item.buttons.length > 0) return retired.has(item.id) ? undefined : item.id;
      retired.add(item.retire);
    }
  }
  return undefined;
}

/**
 * The message whose clock runs: the newest of the bot, unless a button was tapped since.
 * @param {Item[]} items in order
 * @returns {string | undefined} its id
 */
export function liveCountdown(items) {
  for (const item of items.toReversed()) {
    if (item.from === "bot") return item.countdown ? item.id : undefined;
    if (item.act.kind === "tap" && item.state !== "refused") return undefined;
  }
  return undefined;
}

/** @param {Storage | undefined} storage */
const keysOf = (storage) => Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX));

/** @param {string | null | undefined} text @returns {Item | undefined} */
function parsed(text) {
  try {
    const item = JSON.parse(text ?? "null");
    return typeof item?.id === "string" && typeof item.order === "number" ? item : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Item} item @returns {Item} */
const withoutBytes = (item) =>
  item.from === "bot" && item.file ? { ...item, file: { name: item.file.name } } : item;
