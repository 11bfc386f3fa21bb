/**
 * People and their addresses: what is stored about somebody, and two addresses that become one person.
 *
 * Linking is proven by a code that one address shows and the other types. Only a keyed hash of it is
 * stored, for ten minutes; and who tries codes at random is stopped after a few.
 */
import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { JournalEntry, Person } from "../dialogue/conversation.ts";
import type { Address } from "../dialogue/input.ts";
import type { Database, Drizzle } from "./database.ts";
import { openRhythm } from "./reminding.ts";
import { conversations, journal, linkCodes, outbox, persons, reminders } from "./schema.ts";
import { entryPlace, messagePlace, type Seal, statePlace } from "./seal.ts";

export interface People {
  /** All that is stored about who talks at this address, opened, as a plain object; undefined when that is nothing. */
  exportPerson(address: Address): Promise<object | undefined>;
  /** Makes `code` valid for ten minutes as proof of this address, instead of an earlier one. */
  createLinkCode(address: Address, code: string, now: number): Promise<void>;
  /**
   * Makes this address one person with the address that showed `code`. "wrong": no such code (any more);
   * "blocked": too many wrong codes within ten minutes; "same": they are one person already.
   */
  redeemLinkCode(
    address: Address,
    code: string,
    now: number,
  ): Promise<"linked" | "same" | "wrong" | "blocked">;
  /** Makes this address a person of its own again, without consents and journal; false where it was alone. */
  unlink(address: Address): Promise<boolean>;
}

export const CODE_MS = 10 * 60_000;
export const WRONG_CODES_MAX = 5;

export function createPeople(database: Database, seal: Seal): People {
  const nextRevision = sql`${conversations.revision} + 1`;

  const personAt = async (db: Drizzle, address: Address) => {
    const [row] = await db
      .select({ person: persons })
      .from(conversations)
      .innerJoin(persons, eq(persons.id, conversations.person))
      .where(eq(conversations.address, address))
      .for("update");
    return row?.person;
  };

  /** The journal is sealed for its person, so it is sealed anew for another. */
  async function moveJournal(db: Drizzle, from: string, to: string): Promise<void> {
    for (const row of await db.select().from(journal).where(eq(journal.person, from))) {
      const entry = seal.seal(seal.open(row.entry, entryPlace(from)), entryPlace(to));
      await db.update(journal).set({ person: to, entry }).where(eq(journal.id, row.id));
    }
  }

  /** Counts a wrong code of this address. */
  const countWrong = (db: Drizzle, address: Address, now: number) =>
    db
      .insert(linkCodes)
      .values({ address, attempts: 1, expiresAt: now + CODE_MS })
      .onConflictDoUpdate({
        target: linkCodes.address,
        set: {
          attempts: sql`case when ${linkCodes.expiresAt} > ${now} then ${linkCodes.attempts} + 1 else 1 end`,
          code: sql`case when ${linkCodes.expiresAt} > ${now} then ${linkCodes.code} end`,
          expiresAt: now + CODE_MS,
        },
      });

  return {
    exportPerson: (address) =>
      database.using(async (db) => {
        const [here] = await db.select().from(conversations).where(eq(conversations.address, address));
        if (!here) return undefined;
        const [person] = await db.select().from(persons).where(eq(persons.id, here.person));
        const talks = await db.select().from(conversations).where(eq(conversations.person, here.person));
        const addresses = talks.map((talk) => talk.address);
        const rhythms = await db.select().from(reminders).where(inArray(reminders.address, addresses));
        const waiting = await db
          .select()
          .from(outbox)
          .where(inArray(outbox.address, addresses))
          .orderBy(asc(outbox.id));
        const entries = await db
          .select()
          .from(journal)
          .where(eq(journal.person, here.person))
          .orderBy(asc(journal.at), asc(journal.id));

        return {
          person: person && {
            country: person.country,
            zone: person.zone,
            consents: person.consents,
            sessions: person.sessions,
          },
          conversations: talks.map((talk) => ({
            address: talk.address,
            state: JSON.parse(seal.open(talk.state, statePlace(talk.address))),
            reminders: rhythms
              .filter((r) => r.address === talk.address)
              .map(({ address, recurrence, ...reminder }) => ({
                ...reminder,
                ...openRhythm(recurrence, address, reminder.id, seal),
              })),
            waiting: waiting
              .filter((m) => m.address === talk.address)
              .map((m) => JSON.parse(seal.open(m.message, messagePlace(m.address, m.nonce)))),
          })),
          journal: entries.map((row): JournalEntry => {
            const entry = JSON.parse(seal.open(row.entry, entryPlace(row.person)));
            return { at: row.at, ...entry };
          }),
        };
      }),

    createLinkCode: (address, code, now) =>
      database.using(async (db) => {
        const values = { code: seal.fingerprint(code), expiresAt: now + CODE_MS };
        await db
          .insert(linkCodes)
          .values({ address, attempts: 0, ...values })
          .onConflictDoUpdate({ target: linkCodes.address, set: values });
      }),

    redeemLinkCode: (address, code, now) =>
      database.using((db) =>
        db.transaction(async (tx) => {
          const [tried] = await tx
            .select()
            .from(linkCodes)
            .where(eq(linkCodes.address, address))
            .for("update");
          if (tried && tried.expiresAt > now && tried.attempts >= WRONG_CODES_MAX) return "blocked";
          const [shown] = await tx
            .select()
            .from(linkCodes)
            .where(eq(linkCodes.code, seal.fingerprint(code)))
            .for("update");
          const theirs = shown && shown.expiresAt > now ? await personAt(tx, shown.address) : undefined;
          const mine = await personAt(tx, address);
          if (!shown || !theirs || !mine) {
            await countWrong(tx, address, now);
            return "wrong";
          }
          await tx.delete(linkCodes).where(eq(linkCodes.address, shown.address));
          if (mine.id === theirs.id) return "same";

          const country = theirs.country ?? mine.country;
          await tx
            .update(persons)
            .set({
              country,
              consents: bothConsents(theirs.consents, mine.consents),
              sessions: theirs.sessions + mine.sessions,
            })
            .where(eq(persons.id, theirs.id));
          // A turn that is being thought out for the person of before finds another revision and loads again.
          await tx
            .update(conversations)
            .set({ person: theirs.id, revision: nextRevision })
            .where(inArray(conversations.person, [mine.id, theirs.id]));
          await moveJournal(tx, mine.id, theirs.id);
          await tx.delete(persons).where(eq(persons.id, mine.id));
          return "linked";
        }),
      ),

    unlink: (address) =>
      database.using((db) =>
        db.transaction(async (tx) => {
          const shared = await personAt(tx, address);
          if (!shared) return false;
          const all = await tx.select().from(conversations).where(eq(conversations.person, shared.id));
          if (all.length < 2) return false;
          const id = randomUUID();
          await tx.insert(persons).values({ id, country: shared.country, zone: shared.zone, consents: [] });
          await tx
            .update(conversations)
            .set({ person: id, revision: nextRevision })
            .where(and(eq(conversations.address, address), eq(conversations.person, shared.id)));
          return true;
        }),
      ),
  };
}

/** The latest yes for each purpose. */
function bothConsents(a: Person["consents"], b: Person["consents"]) {
  const latest = new Map(
    [...a, ...b].sort((x, y) => x.at - y.at).map((consent) => [consent.purpose, consent]),
  );
  return [...latest.values()];
}
