/**
 * Claiming alone, beside two queues on Postgres: `node --import tsx test/bench/claiming.ts [stored ...]`.
 *
 * Ten thousand are due among 100,000 and among 1,000,000 stored; each takes them in batches of 500 and marks them as
 * done, in alternating rounds on one server, each in a database of its own. Ours marks with the write of the turn;
 * here it is a statement of its own, so that nothing is left out. pg-boss is asked to fetch and complete; its jobs
 * have a moment of creation each, as if created one at a time. graphile-worker runs tuned: 24 jobs at once, a local
 * queue, completed in batches. They are no dependencies of ours: install them beside, and it says how.
 */
import { openDatabase } from "../../src/store/database.ts";
import { createSeal } from "../../src/store/seal.ts";
import { createStore } from "../../src/store/store.ts";
import { startPostgres } from "../support/database.ts";
import { median, state } from "./measure.ts";

const DUE = 10_000;
const BATCH = 500;
/** As our scheduler does; pg-boss is given as many. graphile-worker has its own. */
const STREAMS = 2;
const ROUNDS = 5;
const IDLE_LOOKS = 100;
const NOW = Date.now();
/** A second apart, from tomorrow on. */
const LATER = 86_400_000;

/** One of those that are compared. */
interface Contender {
  readonly name: string;
  /** Runs SQL in its database. */
  sql(text: string): Promise<unknown>;
  /** The SQL that stores `from` to `to`, due a second ago or some time from tomorrow on. */
  store(from: number, to: number, due: boolean): string;
  /** Takes all that is due and marks it as done; resolves to how many, and how long it took (ms). */
  drain(): Promise<{ readonly done: number; readonly ms: number }>;
  /** Looks where nothing is due. */
  look?(): Promise<unknown>;
  close(): Promise<unknown>;
}

type Open = (url: string) => Promise<Contender>;

/** Takes batches with `take` until there is none, in so many streams. */
async function loop(streams: number, take: () => Promise<number>): Promise<{ done: number; ms: number }> {
  const began = performance.now();
  let done = 0;
  const stream = async () => {
    for (let some = await take(); some > 0; some = await take()) done += some;
  };
  await Promise.all(Array.from({ length: streams }, stream));
  return { done, ms: performance.now() - began };
}

const ours: Open = async (url) => {
  const database = await openDatabase({ url });
  const store = createStore(database, createSeal([Buffer.alloc(32, 7)]));
  const claim = () => store.claimAlarms(Date.now(), BATCH, 15_000);
  return {
    name: "ours",
    sql: (text) => database.query(text, []),
    store: (from, to, due) => `
      with people as (
        insert into persons select gen_random_uuid(), null, 'Europe/Amsterdam', '[]'
        from generate_series(${from}, ${to}) returning id)
      insert into conversations (address, person, revision, state, alarm_at)
      select 'telegram:' || i, id, 1, repeat('x', 300), ${due ? NOW : `${NOW + LATER} + i * 1000::bigint`}
      from (select id, ${from - 1} + row_number() over () as i from people) p`,
    drain: () =>
      loop(STREAMS, async () => {
        const claimed = await claim();
        if (claimed.length > 0)
          await database.query(
            "update conversations set alarm_at = null where address = any(string_to_array($1, ','))",
            [claimed.join(",")],
          );
        return claimed.length;
      }),
    look: claim,
    close: () => database.close(),
  };
};

interface Boss {
  on(event: "error", heard: () => void): void;
  start(): Promise<unknown>;
  createQueue(name: string): Promise<unknown>;
  fetch(name: string, options: { batchSize: number }): Promise<{ id: string }[]>;
  complete(name: string, ids: string[]): Promise<unknown>;
  getDb(): { executeSql(text: string, values: unknown[]): Promise<unknown> };
  stop(options: object): Promise<unknown>;
}

const boss =
  (Boss: new (options: object) => Boss): Open =>
  async (url) => {
    const queue = new Boss({ connectionString: url, supervise: false, schedule: false });
    // It says so here when the server stops before its last connection has ended.
    queue.on("error", () => {});
    await queue.start();
    await queue.createQueue("ping");
    const db = queue.getDb();
    return {
      name: "pg-boss",
      sql: (text) => db.executeSql(text, []),
      store: (from, to, due) => `
        insert into pgboss.job (name, data, start_after, created_on)
        select 'ping', '{}', ${due ? "now() - interval '1 second'" : "now() + interval '1 day' + i * interval '1 second'"},
          now() + i * interval '1 microsecond'
        from generate_series(${from}, ${to}) i`,
      drain: () =>
        loop(STREAMS, async () => {
          const jobs = await queue.fetch("ping", { batchSize: BATCH });
          if (jobs.length > 0)
            await queue.complete(
              "ping",
              jobs.map((job) => job.id),
            );
          return jobs.length;
        }),
      look: () => queue.fetch("ping", { batchSize: BATCH }),
      close: () => queue.stop({ graceful: false }),
    };
  };

interface Graphile {
  readonly run: (options: object) => Promise<{
    readonly events: { on(event: string, heard: () => void): void };
    stop(): Promise<void>;
  }>;
  readonly runMigrations: (options: object) => Promise<void>;
  readonly Logger: new (factory: () => () => void) => object;
}

const graphile =
  ({ run, runMigrations, Logger }: Graphile): Open =>
  async (url) => {
    await runMigrations({ connectionString: url });
    const database = (await import("postgres")).default(url, { max: 1 });
    return {
      name: "graphile-worker",
      sql: (text) => database.unsafe(text),
      store: (from, to, due) => `
        select count(*) from graphile_worker.add_jobs(array(
          select ('ping', '{}', null, ${due ? "now() - interval '1 second'" : "now() + interval '1 day' + i * interval '1 second'"},
            null, null, null, null)::graphile_worker.job_spec
          from generate_series(${from}, ${to}) i))`,
      async drain() {
        let began = 0;
        let done = 0;
        let ended = () => {};
        const all = new Promise<void>((resolve) => {
          ended = resolve;
        });
        const runner = await run({
          taskList: {
            ping: () => {
              began ||= performance.now();
            },
          },
          preset: {
            worker: {
              connectionString: url,
              concurrentJobs: 24,
              maxPoolSize: 10,
              localQueue: { size: BATCH },
              completeJobBatchDelay: 0,
              failJobBatchDelay: 0,
              logger: new Logger(() => () => {}),
            },
          },
          noHandleSignals: true,
        });
        runner.events.on("job:complete", () => {
          done += 1;
          if (done === DUE) ended();
        });
        await all;
        const ms = performance.now() - began;
        await runner.stop();
        return { done, ms };
      },
      close: () => database.end(),
    };
  };

/** A package that may be there; its name is handed in so that types are not looked for. */
const installed = async <T>(name: string): Promise<T | undefined> => {
  try {
    const found = await import(name);
    return found.default ?? found;
  } catch {
    return undefined;
  }
};

const contenders: Open[] = [ours];
const bossPackage = await installed<new (options: object) => Boss>("pg-boss");
const graphilePackage = await installed<Graphile>("graphile-worker");
if (bossPackage) contenders.push(boss(bossPackage));
if (graphilePackage) contenders.push(graphile(graphilePackage));
if (contenders.length < 3)
  console.log(
    "For the peers, in a copy of this folder: npm install --no-save pg-boss@10 graphile-worker@0.17.3 (the last that run on Node 20)",
  );

const sizes = process.argv.slice(2).map(Number);
state();
for (const stored of sizes.length > 0 ? sizes : [100_000, 1_000_000]) {
  const server = await startPostgres({ durable: true });
  const all: Contender[] = [];
  for (const open of contenders) all.push(await open(await server.newDatabase()));
  for (const one of all) {
    for (let from = 1; from <= stored - DUE; from += 100_000)
      await one.sql(one.store(from, Math.min(from + 99_999, stored - DUE), false));
    await one.sql("vacuum analyze");
  }
  const rates = new Map<string, number[]>();
  const looks = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of all) {
      const from = stored + round * DUE;
      await one.sql(one.store(from + 1, from + DUE, true));
      const { done, ms } = await one.drain();
      if (done !== DUE) throw new Error(`${one.name} took ${done}`);
      rates.set(one.name, [...(rates.get(one.name) ?? []), (DUE * 1000) / ms]);
      await one.sql("vacuum");
      for (let i = 0; one.look && i < IDLE_LOOKS; i++) {
        const began = performance.now();
        await one.look();
        looks.set(one.name, [...(looks.get(one.name) ?? []), performance.now() - began]);
      }
    }
  }
  const mine = median(rates.get("ours") ?? []);
  for (const { name } of all) {
    const own = rates.get(name) ?? [];
    const idle = looks.get(name);
    console.log(
      `${stored} stored, ${name.padEnd(15)} ${median(own).toFixed(0).padStart(6)} a second (${Math.min(...own).toFixed(0)} to ${Math.max(...own).toFixed(0)}), ours ${(mine / median(own)).toFixed(1)}x${idle ? `, idle look ${median(idle).toFixed(2)} ms` : ""}`,
    );
  }
  for (const one of all) await one.close();
  await server.stop();
}
state();
