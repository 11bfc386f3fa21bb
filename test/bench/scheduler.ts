/**
 * Nine o'clock in the evening: `node --import tsx test/bench/scheduler.ts` (about three minutes, on Postgres); the
 * name of a part runs that part alone.
 *
 * Idle: a look for due alarms among a thousand and a million. Due: ten thousand reminders of the same minute,
 * claimed and turned by the real assistant with the real script, by one process and by four that share one
 * database. Steps: how late two thousand running routines go on. Replies: how soon a person is answered while all
 * those reminders leave through a channel that takes thirty messages a second.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createAssistant } from "../../src/assistant.ts";
import { type Channel, Later } from "../../src/channels/channel.ts";
import { contentOf } from "../../src/content.ts";
import { newConversation } from "../../src/dialogue/conversation.ts";
import type { Address, Input } from "../../src/dialogue/input.ts";
import { createLog } from "../../src/log.ts";
import { createMetrics, type Metrics } from "../../src/metrics.ts";
import { createOutbox } from "../../src/outbox.ts";
import { createScheduler } from "../../src/scheduler.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createSeal } from "../../src/store/seal.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import type { Step } from "../../src/store/turns.ts";
import { empty, startPostgres } from "../support/database.ts";
import { median, quantile, state } from "./measure.ts";

const PINGS = 10_000;
const PROCESSES = 4;
const ROUTINES = 2_000;
/** Their steps end within this (ms): a step a second for each thirty, as with steps of half a minute. */
const STEPS_WITHIN = 30_000;
const REPLIES_FOR = 20_000;
const CHANNEL_TAKES = 30;
const CHANNEL_ANSWERS_MS = 60;
const KEY = Buffer.alloc(32, 7);
const NINE = Date.UTC(2026, 0, 5, 20);

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const quiet = createLog("error");

/** The rooms behind the door, as `main.ts` wires them; `late` fills with how late alarms were (ms). */
async function rooms(url: string, now: () => number, channel?: Channel) {
  const { script, pictures } = contentOf();
  const database = await openDatabase({ url });
  const store = createStore(database, createSeal([KEY]));
  const late: number[] = [];
  const real = createMetrics();
  const metrics: Metrics = {
    ...real,
    lateness: { observe: (s: number) => late.push(s * 1000) } as unknown as Metrics["lateness"],
  };
  const assistant = createAssistant({
    script,
    store,
    now,
    log: quiet,
    metrics,
    promised: () => outbox.nudge(),
    alarmSet: (at) => scheduler.expect(at),
    newCode: () => "",
  });
  const channels = new Map(channel ? [[channel.name, channel]] : []);
  const unreachable = assistant.receive;
  const outbox = createOutbox({ store, channels, pictures, unreachable, now, log: quiet, metrics });
  const scheduler = createScheduler({
    store,
    receive: assistant.receive,
    eachMinute: async () => {},
    now,
    steady: () => performance.now(),
    log: quiet,
  });
  return { database, store, assistant, outbox, scheduler, late };
}

const address = (n: number): Address => `telegram:${n}`;

/** Lets so many people have been here, and leaves each as `step` says. */
async function people(store: Store, count: number, step: (n: number) => Step): Promise<void> {
  for (let from = 0; from < count; from += 100) {
    const some = Array.from({ length: Math.min(100, count - from) }, (_, i) => from + i);
    await Promise.all(some.map((n) => store.transact(address(n), undefined, NINE - 3_600_000, step(n))));
  }
}

const nothing = { messages: [], journal: [], hush: false, forget: false, counts: [] };

/** Everybody asked for nine o'clock. */
const atNine = (): Step => (conversation) => ({
  ...nothing,
  conversation: {
    ...conversation,
    state: { ...conversation.state, slots: { gegroet: true } },
    reminders: [
      {
        id: "r1",
        flow: "hoofdmassage",
        recurrence: { days: [1, 2, 3, 4, 5, 6, 7], times: ["21:00"] },
        zone: "Europe/Amsterdam",
        dueAt: NINE,
      },
    ],
  },
});

async function idle(url: string): Promise<void> {
  const { database, store } = await rooms(url, Date.now);
  const medians: number[] = [];
  for (const stored of [1_000, 1_000_000]) {
    await empty(database);
    await database.query(
      `with one as (insert into persons values (gen_random_uuid(), null, 'Europe/Amsterdam', '[]') returning id)
       insert into conversations (address, person, revision, state, alarm_at)
       select 'telegram:' || i, one.id, 1, 'x', $1::bigint + i from one, generate_series(1, $2::int) i`,
      [NINE, stored],
    );
    await database.query("analyze conversations", []);
    const ms: number[] = [];
    for (let i = 0; i < 400; i++) {
      const began = performance.now();
      await store.claimAlarms(NINE, 200, 15_000);
      await store.nextAlarmAt();
      if (i >= 100) ms.push(performance.now() - began);
    }
    medians.push(median(ms));
    console.log(
      `idle look among ${stored}: ${median(ms).toFixed(2)} ms, p99 ${quantile(ms, 0.99).toFixed(2)} ms`,
    );
  }
  console.log(`  a million against a thousand: ${((medians[1] ?? 0) / (medians[0] ?? 1)).toFixed(2)}x`);
  await empty(database);
  await database.close();
}

/** Throws unless each person has exactly one ping waiting. */
async function checkPings({ database }: Awaited<ReturnType<typeof rooms>>): Promise<void> {
  const [row] = await database.query<{ all: number; people: number }>(
    `select count(*)::int as all, count(distinct address)::int as people from outbox where lane = 'bulk'`,
    [],
  );
  if (row?.all !== PINGS || row.people !== PINGS)
    throw new Error(`${row?.all} pings for ${row?.people} people`);
}

async function due(url: string): Promise<void> {
  const house = await rooms(url, () => NINE + 1);
  const rates: number[] = [];
  for (let trial = 0; trial < 2; trial++) {
    await empty(house.database);
    await people(house.store, PINGS, atNine);
    const began = performance.now();
    await house.scheduler.look();
    rates.push((PINGS * 1000) / (performance.now() - began));
    await checkPings(house);
  }
  const all = rates.map((r) => r.toFixed(0)).join(", ");
  console.log(
    `${PINGS} due at once, one process: ${median(rates).toFixed(0)} a second (${all}), each pinged once`,
  );

  const workers = Array.from({ length: PROCESSES }, () => fork(fileURLToPath(import.meta.url), [url]));
  await Promise.all(workers.map(said));
  await empty(house.database);
  await people(house.store, PINGS, atNine);
  const began = performance.now();
  const ends = workers.map(said);
  for (const worker of workers) worker.send("look");
  await Promise.all(ends);
  const rate = (PINGS * 1000) / (performance.now() - began);
  await checkPings(house);
  console.log(`the same, ${PROCESSES} processes: ${rate.toFixed(0)} a second, each pinged once`);
  for (const worker of workers) worker.disconnect();
  await house.database.close();
}

const said = (worker: ChildProcess) => new Promise((resolve) => worker.once("message", resolve));

/** One of several processes: looks when it is told to. */
async function work(url: string): Promise<void> {
  const house = await rooms(url, () => NINE + 1);
  process.on("message", async () => {
    await house.scheduler.look();
    process.send?.("done");
  });
  process.once("disconnect", () => house.database.close());
  process.send?.("ready");
}

/** A channel that answers as a platform does: after a while, and with "later" above its budget. */
function limited(heard: (address: Address) => void): Channel & { refused: number; sent: number } {
  let second = 0;
  let inSecond = 0;
  const channel = {
    name: "telegram",
    capabilities: {} as Channel["capabilities"],
    refused: 0,
    sent: 0,
    start: async () => {},
    stop: async () => {},
    async send(delivery: { readonly address: Address }) {
      const now = Math.floor(performance.now() / 1000);
      inSecond = now === second ? inSecond + 1 : 1;
      second = now;
      if (inSecond > CHANNEL_TAKES) {
        channel.refused += 1;
        throw new Later("too many requests", 1000, "channel");
      }
      await sleep(CHANNEL_ANSWERS_MS);
      channel.sent += 1;
      heard(delivery.address);
      return {};
    },
  };
  return channel;
}

async function replies(url: string): Promise<void> {
  const asked = new Map<Address, number>();
  const waits: number[] = [];
  const channel = limited((to) => {
    const at = asked.get(to);
    if (at === undefined) return;
    waits.push(performance.now() - at);
    asked.delete(to);
  });
  const offset = NINE - Date.now();
  const house = await rooms(url, () => Date.now() + offset, channel);
  house.outbox.start();
  const end = performance.now() + REPLIES_FOR;
  let n = 0;
  for (; performance.now() < end; n++) {
    const who = address(1_000_000 + n);
    asked.set(who, performance.now());
    const act = { kind: "command", name: "start", rest: "" } as const;
    await house.assistant.receive({
      kind: "update",
      address: who,
      id: `${n}`,
      act,
      place: "private",
    } as Input);
    await sleep(150 + 100 * Math.random());
  }
  await sleep(2_000);
  const bulk = (channel.sent - waits.length) / ((REPLIES_FOR + 2_000) / 1000);
  console.log(
    `${n} replies while pings leave at ${bulk.toFixed(0)} a second: p50 ${median(waits).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms, unanswered ${asked.size}, refused by the channel ${channel.refused}`,
  );
  house.outbox.stop();
  await sleep(500);
  await house.database.close();
}

async function steps(url: string): Promise<void> {
  const heard = limited(() => {});
  const house = await rooms(url, Date.now, { ...heard, send: async () => ({}) });
  await empty(house.database);
  const { script } = contentOf();
  const routine = script.flows.get("hoofdmassage");
  const timed = [...(routine?.nodes.values() ?? [])].find((n) => n.versions.some((v) => v.seconds));
  if (!routine || !timed) throw new Error("There is no timed step to run.");
  const first = Date.now() + 12_000;
  await people(house.store, ROUTINES, (n) => (conversation) => ({
    ...nothing,
    conversation: {
      ...newConversation(conversation.address, Date.now()),
      state: {
        ...conversation.state,
        slots: { gegroet: true },
        seenAt: Date.now(),
        frames: [
          {
            flow: routine.id,
            node: timed.id,
            visit: 1,
            wakeAt: first + Math.floor((n * STEPS_WITHIN) / ROUTINES),
          },
        ],
      },
    },
  }));
  if (Date.now() > first) throw new Error("The machine is too busy: the steps ended before all had begun.");
  house.outbox.start();
  house.scheduler.start();
  await sleep(first + STEPS_WITHIN + 2_000 - Date.now());
  const { late } = house;
  console.log(
    `${ROUTINES} routines, ${late.length} steps ended: late p50 ${median(late).toFixed(0)} ms, p99 ${quantile(late, 0.99).toFixed(0)} ms, most ${Math.max(...late).toFixed(0)} ms`,
  );
  await house.scheduler.stop();
  await house.outbox.stop();
  await house.database.close();
}

if (process.send && process.argv[2]) await work(process.argv[2]);
else {
  state();
  const server = await startPostgres({ durable: true });
  try {
    const url = await server.newDatabase();
    for (const part of [due, replies, steps, idle]) {
      if (process.argv[2] && part.name !== process.argv[2]) continue;
      await part(url);
    }
  } finally {
    await server.stop();
  }
  state();
}
