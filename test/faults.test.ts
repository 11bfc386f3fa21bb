/** The world's faults, on a real Postgres: what a killed process held, and a database that restarts in the middle. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Channel } from "../src/channels/channel.ts";
import { alarmAt } from "../src/dialogue/conversation.ts";
import type { Address } from "../src/dialogue/input.ts";
import { createMetrics } from "../src/metrics.ts";
import { createOutbox, type Outbox } from "../src/outbox.ts";
import { createScheduler, type Scheduler } from "../src/scheduler.ts";
import { type Database, openDatabase } from "../src/store/database.ts";
import { createSeal } from "../src/store/seal.ts";
import { createStore, type Store } from "../src/store/store.ts";
import { empty, type PostgresServer, startPostgres } from "./support/database.ts";
import { ANNA, evening, leave, NOW, say } from "./support/turns.ts";

const KEY = Buffer.alloc(32, 9);
const PEOPLE = Array.from({ length: 40 }, (_, i): Address => `telegram:${i}`);
const HOUR = 3_600_000;

let server: PostgresServer;
let url: string;
let database: Database;
let store: Store;
let now: number;
let heard: Address[];
let events: string[];
/** What the platform does before it answers. */
let meanwhile: () => Promise<void>;
let outbox: Outbox;
let scheduler: Scheduler;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.newDatabase();
  database = await openDatabase({ url });
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

beforeEach(async () => {
  await empty(database);
  store = createStore(database, createSeal([KEY]));
  [now, heard, events] = [NOW, [], []];
  meanwhile = async () => {};
  const log = {
    warn: (_fields: object, event: string) => void events.push(event),
    error: (_fields: object, event: string) => void events.push(event),
  } as never;
  const channel: Channel = {
    name: "telegram",
    capabilities: {} as never,
    start: async () => {},
    stop: async () => {},
    async send({ address }) {
      heard.push(address);
      await meanwhile();
      return {};
    },
  };
  outbox = createOutbox({
    store,
    channels: new Map([[channel.name, channel]]),
    pictures: new Map(),
    unreachable: async () => {},
    now: () => now,
    log,
    metrics: createMetrics(),
  });
  scheduler = createScheduler({
    store,
    receive: ({ address }) => ring(address),
    eachMinute: async () => {},
    now: () => now,
    steady: () => performance.now(),
    log,
  });
});
afterEach(async () => {
  await outbox.stop();
  await scheduler.stop();
});

/** Lets this person's reminder be due now. */
const remind = (address: Address) =>
  store.transact(address, undefined, NOW, (conversation) =>
    leave({ ...conversation, reminders: [{ ...evening, dueAt: NOW }] }),
  );

/** The turn of an alarm: says one thing, and the reminder is over. */
async function ring(address: Address): Promise<void> {
  await store.transact(address, undefined, now, (conversation) => {
    if ((alarmAt(conversation) ?? Number.POSITIVE_INFINITY) > now) return undefined;
    return leave({ ...conversation, reminders: [] }, { messages: [say("tijd")] });
  });
  outbox.nudge();
}

/** What is still to be done, in the store's eyes. */
async function left(): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `select ((select count(*) from outbox) + (select count(*) from conversations where alarm_at is not null))::int as n`,
    [],
  );
  return row?.n ?? 0;
}

/** Runs a process that is killed in the middle; resolves to the signal that ended it. */
const killed = (what: "send" | "turn"): Promise<string | null> =>
  new Promise((resolve) => {
    const path = fileURLToPath(new URL("./support/dying.ts", import.meta.url));
    const args = [url, KEY.toString("hex"), String(now), what];
    fork(path, args, { execArgv: ["--import", "tsx"] }).once("exit", (_code, signal) => resolve(signal));
  });

describe("a process that is killed with -9", () => {
  it("between the claim of a message and its sending loses nothing: it leaves once, when the lease is over", async () => {
    await store.transact(ANNA, "1", NOW, (conversation) => leave(conversation, { messages: [say("een")] }));
    expect(await killed("send")).toBe("SIGKILL");
    outbox.start();
    await outbox.idle();
    expect(heard).toEqual([]);
    now += 45_000;
    await outbox.idle();
    expect(heard).toEqual([ANNA]);
    expect(await left()).toBe(0);
  });

  it("between the claim of an alarm and its turn loses nothing: it rings once, when the lease is over", async () => {
    await remind(ANNA);
    expect(await killed("turn")).toBe("SIGKILL");
    outbox.start();
    await scheduler.look();
    expect(await left()).toBe(1);
    now += 15_000;
    await scheduler.look();
    await outbox.idle();
    expect(heard).toEqual([ANNA]);
    expect(await left()).toBe(0);
  });
});

it("a database that restarts in the middle: everybody hears it once, nothing is left, and the log says what happened", async () => {
  for (const address of PEOPLE) await remind(address);
  let halting: Promise<void> | undefined;
  const halted = new Promise<void>((resolve) => {
    meanwhile = async () => {
      if (heard.length < 5) return;
      // What is on its way now arrives while the database is away.
      halting ??= server.halt().then(resolve);
      await halting;
    };
  });
  outbox.start();
  await scheduler.look();
  await halted;
  await scheduler.look();
  await expect
    .poll(() => events, { timeout: 20_000 })
    .toContain("a message arrived and is marked once the database is back");
  await server.start();
  await expect
    .poll(
      async () => {
        // Whatever was claimed when it went away comes back with its lease.
        now += 60_000;
        await scheduler.look();
        await outbox.idle();
        return left().catch(() => -1);
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(0);
  expect(heard.toSorted()).toEqual(PEOPLE.toSorted());
  expect(events).toContain("looking for due alarms failed; trying again");
});

describe("a clock that is put", () => {
  it("forward by an hour does not send again what is on its way", async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    meanwhile = () => arrived;
    outbox.start();
    await remind(ANNA);
    await scheduler.look();
    await expect.poll(() => heard).toEqual([ANNA]);
    now += HOUR;
    await store.transact("telegram:2", "1", now, (c) => leave(c, { messages: [say("een")] }));
    outbox.nudge();
    await expect.poll(() => heard).toContain("telegram:2");
    arrive();
    await outbox.idle();
    expect(heard).toEqual([ANNA, "telegram:2"]);
    expect(await left()).toBe(0);
  });

  it("back by an hour sends nothing a second time, and answers at once", async () => {
    outbox.start();
    await remind(ANNA);
    await scheduler.look();
    await outbox.idle();
    now -= HOUR;
    await scheduler.look();
    await store.transact("telegram:2", "1", now, (c) => leave(c, { messages: [say("een")] }));
    await outbox.idle();
    now += HOUR;
    await scheduler.look();
    await outbox.idle();
    expect(heard).toEqual([ANNA, "telegram:2"]);
    expect(events.filter((event) => event.includes("the clock was put"))).toHaveLength(2);
  });
});
