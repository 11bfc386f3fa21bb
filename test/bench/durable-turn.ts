/**
 * How much of the database's own speed a durable turn keeps: `node --import tsx test/bench/durable-turn.ts`.
 *
 * The whole turn through `store.transact` (unsealed, thought out, sealed, one message promised) beside the
 * same turn hand-written on the driver as a SELECT and one conditional statement, in one run, in alternating
 * trials. By hand it is bare: no person, no reminders, no lanes, nothing sealed, no index but the keys. The
 * machine is noisy: only the ratio says something.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";
import type { Address } from "../../src/dialogue/input.ts";
import type { TurnResult } from "../../src/dialogue/result.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { createSeal } from "../../src/store/seal.ts";
import { createStore } from "../../src/store/store.ts";
import type { Step } from "../../src/store/turns.ts";
import { startPostgres } from "../support/database.ts";

const TRIALS = 5;
const TRIAL_MS = 1500;
const PEOPLE = 10_000;

let updateId = 0;
const message = { text: "Adem rustig in en uit. ".repeat(6), buttons: [], lane: "reply" } as const;

const step: Step = (conversation): TurnResult => ({
  conversation: {
    ...conversation,
    state: { ...conversation.state, turn: conversation.state.turn + 1, slots: { pad: "x".repeat(200) } },
  },
  messages: [message],
  journal: [],
  hush: false,
  forget: false,
  counts: [],
});

/** One turn of the address with this number. */
type Turn = (person: number) => Promise<void>;

function ours(database: Database): Turn {
  const store = createStore(database, createSeal([randomBytes(32)]));
  return async (person) => {
    await store.transact(`bench:${person}` as Address, `${updateId++}`, Date.now(), step);
  };
}

/** Runs one statement on a driver as it comes. */
type Run = (text: string, parameters: (string | number)[]) => Promise<object[]>;

async function byHand(run: Run): Promise<Turn> {
  await run(
    "create table hand (address text primary key, revision bigint not null, state jsonb not null)",
    [],
  );
  await run("create table hand_updates (id text primary key)", []);
  await run(
    "create table hand_outbox (id bigint primary key generated always as identity, address text, body jsonb)",
    [],
  );
  await run(
    `insert into hand select 'bench:' || i, 0, '{"turn": 0}' from generate_series(0, ${PEOPLE - 1}) i`,
    [],
  );
  const body = JSON.stringify(message);
  return async (person) => {
    const address = `bench:${person}`;
    const rows = await run("select revision, state from hand where address = $1", [address]);
    const [row] = rows as { revision: number; state: { turn: number } }[];
    if (!row) throw new Error("no row");
    const state = JSON.stringify({ turn: row.state.turn + 1, pad: "x".repeat(300) });
    const written = await run(
      `with seen as (insert into hand_updates values ($4) on conflict do nothing returning 1),
       saved as (update hand set revision = revision + 1, state = $3::text::jsonb
         where address = $1 and revision = $2 and exists (select from seen) returning address),
       said as (insert into hand_outbox (address, body) select address, $5::text::jsonb from saved)
       select 1 from saved`,
      [address, row.revision, state, `${updateId++}`, body],
    );
    if (written.length !== 1) throw new Error("not written");
  };
}

/** Turns a second with so many conversations at once. */
async function trial(turn: Turn, atOnce: number): Promise<number> {
  const begin = performance.now();
  const end = begin + TRIAL_MS;
  let turns = 0;
  const talk = async (lane: number) => {
    while (performance.now() < end) {
      turns++;
      await turn(lane + atOnce * Math.floor(Math.random() * Math.floor(PEOPLE / atOnce)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, lane) => talk(lane)));
  return (turns * 1000) / (performance.now() - begin);
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

async function measure(name: string, database: Database, run: Run): Promise<void> {
  const contenders = { ours: ours(database), hand: await byHand(run) };
  // Everybody has talked before, and both pools have all their connections open.
  for (const turn of Object.values(contenders)) {
    for (let person = 0; person < PEOPLE; person += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, i) => turn(person + i)));
    }
  }
  for (const atOnce of [1, 8, 32]) {
    const rates: Record<string, number[]> = { ours: [], hand: [] };
    for (let i = 0; i < TRIALS; i++) {
      // Delivered in the meantime, as it would be.
      await database.query("truncate outbox", []);
      await run("truncate hand_outbox", []);
      for (const [who, turn] of Object.entries(contenders)) rates[who]?.push(await trial(turn, atOnce));
    }
    const [a, b] = [median(rates.ours ?? []), median(rates.hand ?? [])];
    const ratio = (a / b).toFixed(2);
    console.log(
      `${name.padEnd(8)} ${`${atOnce}`.padStart(2)} at once: store ${a.toFixed(0).padStart(5)}/s, by hand ${b.toFixed(0).padStart(5)}/s, ratio ${ratio}`,
    );
  }
}

const server = await startPostgres({ durable: true });
try {
  const url = await server.newDatabase();
  const database = await openDatabase({ url });
  const driver = postgres(url, {
    max: 10,
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  });
  await measure("Postgres", database, (text, parameters) =>
    driver.unsafe(text, parameters, { prepare: true }),
  );
  await driver.end();
  await database.close();
} finally {
  await server.stop();
}

const folder = await mkdtemp(join(tmpdir(), "rustpunt-bench-"));
try {
  const database = await openDatabase({ dataDir: join(folder, "store") });
  const driver = await PGlite.create({ dataDir: join(folder, "hand") });
  await measure("PGlite", database, async (text, parameters) => {
    return (await driver.query<object>(text, parameters)).rows;
  });
  await driver.close();
  await database.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
