/**
 * One write per input: the heart of the store.
 *
 * A turn is loaded in one query (loading.ts), thought out by a pure step and written in one statement, on condition
 * that the conversation's revision is unchanged and the update's id is new. Nothing is locked while the
 * step thinks; who was overtaken loads again. So an update changes the state exactly once, also when it
 * comes twice, at two processes, or when a process dies at any line.
 */
import { randomUUID } from "node:crypto";
import {
  alarmAt,
  type Conversation,
  newConversation,
  type Person,
  type State,
} from "../dialogue/conversation.ts";
import { type Address, channelOf } from "../dialogue/input.ts";
import type { TurnResult } from "../dialogue/result.ts";
import type { Database } from "./database.ts";
import { createLoad } from "./loading.ts";
import { type ReminderRow, reminderOf } from "./reminding.ts";
import { entryPlace, type Seal, statePlace, type Unsealable } from "./seal.ts";
import { StatementRefused } from "./trouble.ts";
import { type Before, statementOf } from "./writing.ts";

/** What the store tells its operator while it works; nothing in it says what a person wrote. */
export interface Watch {
  /** Somebody was faster: the turn was thought out again. */
  conflict(address: Address): void;
  /** The stored state had a form that is not known (any more): this conversation began afresh. */
  afresh(address: Address): void;
  /** So many messages expired before they could be delivered. */
  expired(count: number): void;
  /** A message could not be opened: it waits, and holds up nobody else. */
  unreadable(error: Unsealable): void;
}

/** The pure part of a turn; undefined when there is nothing to write. `undelivered` counts what is promised and unsaid. */
export type Step = (conversation: Conversation, undelivered: number) => TurnResult | undefined;

export interface Turns {
  /**
   * Runs `step` on this address and stores what it leaves. "duplicate": this update was handled before;
   * "nothing": the step left nothing. Turns of one address in one process follow the order of the calls.
   */
  transact(
    address: Address,
    updateId: string | undefined,
    now: number,
    step: Step,
  ): Promise<"done" | "duplicate" | "nothing">;
}

interface Row {
  readonly seen: boolean;
  readonly undelivered: number;
  readonly revision: number | null;
  readonly person: string | null;
  readonly alarm_at: number | null;
  readonly state: string | null;
  readonly country: Person["country"] | null;
  readonly zone: string | null;
  readonly consents: Person["consents"] | null;
  readonly sessions: number | null;
  readonly reminders: readonly ReminderRow[] | null;
}

const JOURNAL = `select at, entry from journal where person = $1 order by at, id`;

const SEEN = `insert into updates (channel, id, at) values ($1, $2, $3) on conflict do nothing returning 1`;

const REALARM = `update conversations set alarm_at = $3 where address = $1 and revision = $2`;

/** Far more often than a turn can be overtaken by accident: each time, somebody else did get through. */
const TRIES_MAX = 40;

/** Somebody else wrote the same key, forgot the person, or held what we needed. */
const OVERTAKEN = new Set(["23505", "23503", "40001", "40P01"]);

export function createTurns(database: Database, seal: Seal, watch: Watch): Turns {
  const queues = new Map<Address, Promise<unknown>>();
  const loadRow = createLoad<Row>(database);

  /** In the order of the calls: two messages of one person are two turns in that order. */
  function inOrder<T>(address: Address, work: () => Promise<T>): Promise<T> {
    const before = queues.get(address);
    const mine = before ? before.then(work, work) : work();
    queues.set(address, mine);
    const leave = () => {
      if (queues.get(address) === mine) queues.delete(address);
    };
    mine.then(leave, leave);
    return mine;
  }

  async function load(address: Address, updateId: string | undefined, now: number) {
    const row = await loadRow(address, updateId, now);
    return { row, before: beforeOf(address, row, now) };
  }

  function beforeOf(address: Address, row: Row, now: number): Before {
    const fresh = newConversation(address, now);
    const { undelivered } = row;
    if (row.revision === null || row.person === null || row.state === null || row.zone === null) {
      return { conversation: fresh, personId: randomUUID(), revision: undefined, undelivered };
    }
    const state = parseState(seal.open(row.state, statePlace(address)));
    if (!state) watch.afresh(address);
    const person: Person = {
      ...(row.country && { country: row.country }),
      zone: row.zone,
      consents: row.consents ?? [],
      sessions: row.sessions ?? 0,
    };
    const reminders = (row.reminders ?? []).map((r) => reminderOf(r, address, seal));
    const conversation = { address, person, reminders, state: state ?? fresh.state };
    return { conversation, personId: row.person, revision: row.revision, undelivered };
  }

  async function withJournal({ conversation, personId }: Before): Promise<Conversation> {
    const rows = await database.query<{ at: number; entry: string }>(JOURNAL, [personId]);
    const place = entryPlace(personId);
    return {
      ...conversation,
      journal: rows.map(({ at, entry }) => ({ at, ...JSON.parse(seal.open(entry, place)) })),
    };
  }

  async function write(before: Before, updateId: string | undefined, now: number, result: TurnResult) {
    const { text, parameters } = statementOf(before, result, { updateId, now, seal });
    try {
      return (await database.query(text, parameters)).length > 0;
    } catch (error) {
      if (error instanceof StatementRefused && OVERTAKEN.has(error.code)) return false;
      throw error;
    }
  }

  /** Notes the update's id; where a claim put the alarm off and nothing was due, puts it back where it belongs. */
  async function nothing(before: Before, alarm: number | null, updateId: string | undefined, now: number) {
    const { address } = before.conversation;
    const due = alarmAt(before.conversation);
    if (before.revision !== undefined && (due ?? null) !== alarm && (due === undefined || due > now)) {
      await database.query(REALARM, [address, before.revision, due ?? null]);
    }
    if (updateId === undefined) return "nothing";
    const noted = await database.query(SEEN, [channelOf(address), updateId, now]);
    return noted.length > 0 ? "nothing" : "duplicate";
  }

  return {
    transact: (address, updateId, now, step) =>
      inOrder(address, async () => {
        for (let tries = 0; tries < TRIES_MAX; tries++) {
          const { row, before } = await load(address, updateId, now);
          if (row.seen) return "duplicate";
          let result = step(before.conversation, before.undelivered);
          if (result?.wants) result = step(await withJournal(before), before.undelivered);
          if (!result) return nothing(before, row.alarm_at, updateId, now);
          if (await write(before, updateId, now, result)) {
            if (result.messages.length > 0) database.notify("outbox");
            // Others look by themselves when what they know of is due.
            const [sooner, known] = [alarmAt(result.conversation), row.alarm_at ?? undefined];
            if (sooner !== undefined && (known === undefined || sooner < known)) database.notify("alarm");
            return "done";
          }
          watch.conflict(address);
        }
        throw new Error(`A turn was overtaken ${TRIES_MAX} times in a row: is something else writing here?`);
      }),
  };
}

/** A state is read whole or not at all. */
function parseState(text: string): State | undefined {
  try {
    const state = JSON.parse(text) as State | null;
    return state?.version === 1 ? state : undefined;
  } catch {
    return undefined;
  }
}
