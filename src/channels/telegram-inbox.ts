/**
 * Updates on their way to the door: those of one chat in order, those of different chats side by side.
 *
 * An update counts as handled once `receive` resolved, never before. While polling, a store that fails is
 * tried again with back-off, and only the updates of that chat wait. `offset` is the first update that is
 * not handled: asking Telegram for it confirms all before it and none after. So an update can come twice
 * (the store knows its id), and none is lost.
 */
import type { Log } from "./channel.ts";

/** One update with its chat, and what is to be done with it; `work` may be repeated. */
export interface Item {
  readonly id: number;
  readonly chat: number;
  readonly work: () => Promise<void>;
}

/** What is known to Telegram and not yet confirmed, in the order of arrival. */
interface Entry {
  readonly id: number;
  done: boolean;
}

export interface Inbox {
  /** Takes an update; false where it is known already. */
  take(item: Item): boolean;
  /** Notes an update with which nothing is to be done. */
  skip(id: number): void;
  /** The id to ask Telegram for next; absent before the first update. */
  offset(): number | undefined;
  /** How many updates are not handled yet. */
  waiting(): number;
  /** Resolves as soon as nothing waits, or after `ms`. */
  settled(ms: number): Promise<void>;
  /** Ends the retries; resolves when nothing is half handled. */
  close(): Promise<void>;
}

/** After so many tries an update that fails while others succeed is given up: it may not hold up the bot. */
const TRIES_BESIDE_SUCCESS = 10;
const BACKOFF_MAX_MS = 30_000;
/** Telegram shows no more than this many unconfirmed updates: a few that hang may not hide all that follow. */
const WINDOW = 100;

/** `retryMs` is the first pause after a failure; it doubles up to half a minute. */
export function createInbox(log: Log, retryMs: number): Inbox {
  let entries: Entry[] = [];
  let next: number | undefined;
  let successes = 0;
  const chats = createQueues();
  const closing = new AbortController();

  const handle = async ({ id, work }: Item, entry: Entry): Promise<void> => {
    const before = successes;
    for (let tries = 1; !closing.signal.aborted; tries += 1) {
      try {
        await work();
        successes += 1;
        entry.done = true;
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (tries >= TRIES_BESIDE_SUCCESS && successes > before) {
          log.error(
            { update: id, tries, reason },
            "telegram update given up: others are stored, this one is not",
          );
          entry.done = true;
          return;
        }
        log.warn({ update: id, tries, reason }, "telegram update not stored, trying again");
        await pause(Math.min(retryMs * 2 ** (tries - 1), BACKOFF_MAX_MS), closing.signal);
      }
    }
  };

  return {
    take(item) {
      if (closing.signal.aborted || entries.some(({ id }) => id === item.id)) return false;
      const entry = { id: item.id, done: false };
      entries.push(entry);
      void chats.run(item.chat, () => handle(item, entry));
      return true;
    },
    skip(id) {
      if (!entries.some((entry) => entry.id === id)) entries.push({ id, done: true });
    },
    offset() {
      const held = entries.filter(({ done }) => !done).length;
      if (entries.length >= WINDOW && held > 0 && held < WINDOW / 2) {
        log.error({ held }, "telegram updates held up too long are confirmed; they are still tried here");
        for (const entry of entries) entry.done = true;
      }
      const open = entries.findIndex(({ done }) => !done);
      const last = entries.at(-1);
      next = open >= 0 ? entries[open]?.id : last ? last.id + 1 : next;
      entries = open >= 0 ? entries.slice(open) : [];
      return next;
    },
    waiting: () => entries.filter(({ done }) => !done).length,
    async settled(ms) {
      const timer = new AbortController();
      await Promise.race([chats.idle(), pause(ms, timer.signal)]);
      timer.abort();
    },
    async close() {
      closing.abort();
      await chats.idle();
    },
  };
}

export interface Queues {
  /** Runs the work after all earlier work of this chat; resolves or rejects with it. */
  run<T>(chat: number, work: () => Promise<T>): Promise<T>;
  /** Resolves when no work is left. */
  idle(): Promise<void>;
}

/** One queue a chat. */
export function createQueues(): Queues {
  const tails = new Map<number, Promise<unknown>>();
  let idling: Promise<void> | undefined;

  const empty = async (): Promise<void> => {
    while (tails.size > 0) await Promise.all(tails.values());
  };

  return {
    run(chat, work) {
      const mine = (tails.get(chat) ?? Promise.resolve()).then(work);
      const tail = mine.catch(() => {});
      tails.set(chat, tail);
      void tail.then(() => tails.get(chat) === tail && tails.delete(chat));
      return mine;
    },
    idle() {
      idling ??= empty().finally(() => {
        idling = undefined;
      });
      return idling;
    },
  };
}

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
