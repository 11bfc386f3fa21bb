/**
 * The store: all that is kept, behind the few questions the house asks of it.
 *
 * Its heart is `transact` (turns.ts); alarms, deliveries and people each have a page of their own. Time
 * is handed in everywhere, so the store has no clock.
 */
import { and, eq, lte } from "drizzle-orm";
import { type Alarms, createAlarms } from "./alarms.ts";
import type { Database } from "./database.ts";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import { createFigures, type Figures } from "./figures.ts";
import { createPeople, type People } from "./people.ts";
import { conversations, linkCodes, outbox, questions, updates, uploads } from "./schema.ts";
import { type Seal, statePlace } from "./seal.ts";
import { createTurns, type Turns, type Watch } from "./turns.ts";

export interface Store extends Turns, Alarms, Deliveries, People, Figures {
  /** Throws `Unsealable` where what is stored was sealed with other keys: better at the start than at somebody's question. */
  proveKeys(): Promise<void>;
  /** The file id under which the platform already has this picture for this bot. */
  uploadOf(bot: string, picture: string): Promise<string | undefined>;
  /** Remembers an upload, instead of an earlier one; without `file` it is forgotten (the platform lost it). */
  rememberUpload(bot: string, picture: string, file: string | undefined): Promise<void>;
  /** Removes what has had its time: update ids of three days, letters to the makers of 90, expired messages and codes. */
  housekeeping(now: number): Promise<void>;
}

const DAY = 24 * 3_600_000;
export const UPDATES_KEPT_MS = 3 * DAY;
/** Long enough to read them; words that somebody sent about themselves do not stay for ever. */
export const QUESTIONS_KEPT_MS = 90 * DAY;

const unwatched: Watch = { conflict: () => {}, afresh: () => {}, expired: () => {}, unreadable: () => {} };

/** A store on an open database; `watch` hears what an operator wants counted. */
export function createStore(database: Database, seal: Seal, watch: Partial<Watch> = {}): Store {
  const watching = { ...unwatched, ...watch };

  return {
    ...createTurns(database, seal, watching),
    ...createAlarms(database),
    ...createDeliveries(database, seal, watching),
    ...createPeople(database, seal),
    ...createFigures(database, seal),

    proveKeys: () =>
      database.using(async (db) => {
        const [one] = await db
          .select({ address: conversations.address, state: conversations.state })
          .from(conversations)
          .limit(1);
        if (one) seal.open(one.state, statePlace(one.address));
      }),

    uploadOf: (bot, picture) =>
      database.using(async (db) => {
        const [row] = await db
          .select({ file: uploads.file })
          .from(uploads)
          .where(and(eq(uploads.bot, bot), eq(uploads.picture, picture)));
        return row?.file;
      }),

    rememberUpload: (bot, picture, file) =>
      database.using(async (db) => {
        if (file === undefined) {
          await db.delete(uploads).where(and(eq(uploads.bot, bot), eq(uploads.picture, picture)));
        } else {
          await db
            .insert(uploads)
            .values({ bot, picture, file })
            .onConflictDoUpdate({ target: [uploads.bot, uploads.picture], set: { file } });
        }
      }),

    housekeeping: (now) =>
      database.using(async (db) => {
        await db.delete(updates).where(lte(updates.at, now - UPDATES_KEPT_MS));
        await db.delete(questions).where(lte(questions.at, now - QUESTIONS_KEPT_MS));
        await db.delete(linkCodes).where(lte(linkCodes.expiresAt, now));
        // A message on its way (`notBefore` is the end of its lease) is left to who delivers it.
        const expired = await db
          .delete(outbox)
          .where(and(lte(outbox.expiresAt, now), lte(outbox.notBefore, now)))
          .returning({ id: outbox.id });
        if (expired.length > 0) watching.expired(expired.length);
      }),
  };
}
