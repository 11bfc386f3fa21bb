/**
 * What is stored, and nothing else.
 *
 * What must be searched is plain (address, revision, moments); what tells something about a person is
 * sealed text (seal.ts). Moments are epoch ms in bigint columns, as everywhere in the house. No table
 * grows with what is merely said: a delivered message is deleted, an update id is kept three days.
 * Foreign keys stand where a late write could otherwise leave something behind of a person who is forgotten.
 */
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Consent } from "../dialogue/conversation.ts";
import type { Address } from "../dialogue/input.ts";
import type { StoredRhythm } from "./reminding.ts";

/** A moment in epoch ms. */
const moment = (name: string) => bigint(name, { mode: "number" });

/** Who is talking; several addresses may share one person. */
export const persons = pgTable("persons", {
  id: uuid("id").primaryKey(),
  country: text("country").$type<"NL" | "BE">(),
  zone: text("zone").notNull(),
  consents: jsonb("consents").$type<Consent[]>().notNull(),
  /** How many sessions the journal holds: counting them with each turn would grow with them. */
  sessions: integer("sessions").notNull().default(0),
});

/** One row an address. `revision` orders the turns; `buttons` is written by the outbox and is no part of it. */
export const conversations = pgTable(
  "conversations",
  {
    address: text("address").$type<Address>().primaryKey(),
    person: uuid("person")
      .notNull()
      .references(() => persons.id),
    revision: bigint("revision", { mode: "number" }).notNull(),
    /** When the next Alarm is due. A claim puts it off by the lease; the turn it opens writes it anew. */
    alarmAt: moment("alarm_at"),
    /** The sealed state. */
    state: text("state").notNull(),
    /** The platform's id of the last message whose buttons are shown. */
    buttons: text("buttons"),
  },
  (t) => [
    index("conversations_alarm_at").on(t.alarmAt).where(sql`${t.alarmAt} is not null`),
    index("conversations_person").on(t.person),
  ],
);

/** Reminders belong to the address that they speak to. */
export const reminders = pgTable(
  "reminders",
  {
    address: text("address")
      .$type<Address>()
      .notNull()
      .references(() => conversations.address),
    id: text("id").notNull(),
    flow: text("flow").notNull(),
    recurrence: jsonb("recurrence").$type<StoredRhythm>().notNull(),
    zone: text("zone").notNull(),
    dueAt: moment("due_at"),
    meantAt: moment("meant_at"),
  },
  (t) => [primaryKey({ columns: [t.address, t.id] })],
);

/** What a person agreed to have remembered. */
export const journal = pgTable(
  "journal",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    person: uuid("person")
      .notNull()
      .references(() => persons.id),
    at: moment("at").notNull(),
    /** The sealed routine and entry. */
    entry: text("entry").notNull(),
  },
  (t) => [index("journal_person").on(t.person, t.at)],
);

/** Messages promised and not yet delivered; `id` is the order in which they were promised. */
export const outbox = pgTable(
  "outbox",
  {
    address: text("address").$type<Address>().notNull(),
    id: bigint("id", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    lane: text("lane").$type<"reply" | "bulk">().notNull(),
    /** The sealed message. */
    message: text("message").notNull(),
    nonce: text("nonce").notNull(),
    attempts: integer("attempts").notNull(),
    /** Not before this moment: a wait that was asked for, or the end of the lease. */
    notBefore: moment("not_before").notNull(),
    leased: boolean("leased").notNull(),
    expiresAt: moment("expires_at"),
  },
  (t) => [
    primaryKey({ columns: [t.address, t.id] }),
    index("outbox_ready").on(t.lane, sql`split_part(${t.address}, ':', 1)`, t.notBefore, t.id),
    index("outbox_expires_at").on(t.expiresAt).where(sql`${t.expiresAt} is not null`),
  ],
);

/** One row a channel: from when bulk may leave through it again, whichever process sends it. */
export const budgets = pgTable("budgets", {
  channel: text("channel").primaryKey(),
  bulkFrom: moment("bulk_from").notNull(),
});

/** Ids of updates that have been handled, only to refuse a second time. */
export const updates = pgTable(
  "updates",
  {
    channel: text("channel").notNull(),
    id: text("id").notNull(),
    at: moment("at").notNull(),
  },
  // Rows arrive in the order of time, which a block range index follows at next to no cost a turn.
  (t) => [primaryKey({ columns: [t.channel, t.id] }), index("updates_at").using("brin", t.at)],
);

/** A picture that a platform already has, under the bot that uploaded it. */
export const uploads = pgTable(
  "uploads",
  {
    bot: text("bot").notNull(),
    picture: text("picture").notNull(),
    file: text("file").notNull(),
  },
  (t) => [primaryKey({ columns: [t.bot, t.picture] })],
);

/** One row an address: the code it handed out to link another address, and the wrong codes it tried itself. */
export const linkCodes = pgTable(
  "link_codes",
  {
    address: text("address").$type<Address>().primaryKey(),
    /** A keyed hash of the code. */
    code: text("code"),
    attempts: integer("attempts").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [uniqueIndex("link_codes_code").on(t.code), index("link_codes_expires_at").on(t.expiresAt)],
);

/** What happened how often, added up per day for operators; never about a person. */
export const figures = pgTable(
  "figures",
  {
    /** YYYY-MM-DD in UTC. */
    day: text("day").notNull(),
    name: text("name").notNull(),
    labels: text("labels").notNull(),
    times: bigint("times", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.name, t.labels] })],
);

/** Questions that people chose to send to the makers: the words, sealed, and nothing of who sent them. */
export const questions = pgTable(
  "questions",
  {
    id: uuid("id").primaryKey(),
    at: moment("at").notNull(),
    words: text("words").notNull(),
  },
  (t) => [index("questions_at").on(t.at)],
);
