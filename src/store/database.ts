/**
 * One database, two engines: Postgres where DATABASE_URL names one, else PGlite in a folder.
 *
 * Round trips decide what a turn costs, and a query builder that builds each query anew halves it: the hot
 * path goes through `query` (text and parameters, prepared once a connection), the rest through `using`,
 * where drizzle gives types. Both are here, so that one place knows what an engine's trouble looks like
 * and says it in words without a password, a parameter or a row in them.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Embedded } from "./embedded.ts";
import { lockFolder } from "./folder.ts";
import * as schema from "./schema.ts";
import { nameOf, plainError } from "./trouble.ts";

/** What `query` takes: text, whole numbers, yes or no, or nothing. Lists travel as JSON text. */
export type Parameter = string | number | boolean | null;

export type Drizzle = PgDatabase<PgQueryResultHKT, typeof schema>;

/** What other processes are told: something was promised, or an alarm was set. */
export type News = "outbox" | "alarm";

export interface Database {
  readonly engine: "postgres" | "pglite";
  /** Runs one prepared statement. Throws `DatabaseAway` while the database cannot be reached. */
  query<Row extends object>(text: string, parameters: readonly Parameter[]): Promise<Row[]>;
  /** Runs queries built by drizzle; inside a transaction only its own handle may be used. */
  using<T>(work: (db: Drizzle) => Promise<T>): Promise<T>;
  /** Tells the other processes soon; much news at once is told once. PGlite has no others. */
  notify(news: News): void;
  /** Hears what any process tells, this one too; goes on after the connection was lost. */
  listen(hear: (news: News) => void): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A Postgres URL. */
  readonly url?: string | undefined;
  /** The folder of PGlite, where there is no URL. With neither, it lives in memory. */
  readonly dataDir?: string | undefined;
}

const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL("../../migrations", import.meta.url)) };
const CHANNEL = "rustpunt";
/** Names our migrations among the advisory locks of a Postgres: "rust" in ASCII. */
const MIGRATION_LOCK = 0x72757374;
/**
 * Each statement is planned once a connection. None of them is meant to read a whole table; a plan made
 * while a table was empty would go on doing so when it is full.
 */
const PLANNING = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  jit: "off",
} as const;
/** News is gathered this long (ms): a NOTIFY in each turn would make all commits wait for each other. */
const GATHER_MS = 100;

/** Opens the database and brings its tables up to date; throws one sentence that names the remedy. */
export const openDatabase = (options: DatabaseOptions): Promise<Database> =>
  options.url ? openPostgres(options.url) : openPglite(options.dataDir);

async function openPostgres(url: string): Promise<Database> {
  const name = nameOf(url);
  const settings = {
    connect_timeout: 10,
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 2),
    // No array types are used, so the look-up of them at each connection is left out.
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "rustpunt", statement_timeout: 30_000, ...PLANNING },
    // Whole numbers come as numbers: ids and moments stay far below 2^53.
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  };

  const alone = postgres(url, {
    ...settings,
    max: 1,
    connection: { ...settings.connection, statement_timeout: 0 },
  });
  try {
    // Held until this connection ends: of several processes that start together one migrates and the others wait.
    await alone`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(alone), MIGRATIONS);
  } catch (error) {
    throw plainError(error, name, "start");
  } finally {
    await alone.end({ timeout: 5 });
  }

  const client = postgres(url, { ...settings, max: 10, idle_timeout: 300 });
  const db = drizzle(client, { schema }) as unknown as Drizzle;
  const gathered = new Set<News>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    const news = [...gathered].join(",");
    gathered.clear();
    // Who misses it looks again at the next heartbeat.
    client.unsafe("select pg_notify($1, $2)", [CHANNEL, news], { prepare: true }).catch(() => {});
  };

  return {
    engine: "postgres",
    query: (text, parameters) =>
      client.unsafe(text, parameters as Parameter[], { prepare: true }).catch((error) => {
        throw plainError(error, name);
      }) as Promise<never>,
    using: (work) =>
      work(db).catch((error) => {
        throw plainError(error, name);
      }),
    notify(news) {
      gathered.add(news);
      timer ??= setTimeout(tell, GATHER_MS);
    },
    async listen(hear) {
      try {
        await client.listen(CHANNEL, (all) => {
          for (const news of all.split(",")) hear(news as News);
        });
      } catch (error) {
        throw plainError(error, name);
      }
    },
    async close() {
      clearTimeout(timer);
      await client.end({ timeout: 5 });
    },
  };
}

async function openPglite(dataDir: string | undefined): Promise<Database> {
  const unlock = dataDir === undefined ? () => {} : lockFolder(dataDir);
  const name = dataDir === undefined ? "memory" : join(dataDir, "postgres");
  let embedded: Embedded;
  try {
    const { openEmbedded } = await import("./embedded.ts");
    embedded = await openEmbedded(dataDir === undefined ? "memory://" : name, MIGRATIONS, PLANNING);
  } catch (error) {
    unlock();
    throw plainError(error, name, "start");
  }
  const db = embedded.db as unknown as Drizzle;

  return {
    engine: "pglite",
    query: (text, parameters) =>
      embedded.query(text, parameters).catch((error) => {
        throw plainError(error, name);
      }) as Promise<never>,
    using: (work) =>
      embedded
        .alone(() => work(db))
        .catch((error) => {
          throw plainError(error, name);
        }),
    notify: () => {},
    listen: async () => {},
    async close() {
      await embedded.close();
      unlock();
    },
  };
}
