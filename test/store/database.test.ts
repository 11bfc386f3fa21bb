import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createStore } from "../../src/store/store.ts";
import { DatabaseAway } from "../../src/store/trouble.ts";
import { freePort, type PostgresServer, startPostgres } from "../support/database.ts";
import { ANNA, count, find, NOW, seal } from "../support/turns.ts";

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "no error",
    (error: Error) => error.message,
  );

describe("Postgres", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  it("gets its tables once when several processes start together", async () => {
    const url = await server.newDatabase();
    const databases = await Promise.all(Array.from({ length: 5 }, () => openDatabase({ url })));
    const stores = databases.map((database) => createStore(database, seal));
    for (const [i, store] of stores.entries())
      expect(await store.transact(ANNA, `${i}`, NOW, count)).toBe("done");
    await Promise.all(databases.map((database) => database.close()));
    const again = await openDatabase({ url });
    expect((await find(createStore(again, seal), ANNA)).conversation.state.turn).toBe(5);
    await again.close();
  });

  it("tells the other processes that something was promised or an alarm set", async () => {
    const url = await server.newDatabase();
    const [one, two] = await Promise.all([openDatabase({ url }), openDatabase({ url })]);
    const heard = new Promise<string>((resolve) => two.listen(resolve).then(() => one.notify("outbox")));
    expect(await heard).toBe("outbox");
    const both = new Promise<string[]>((resolve) => {
      const news: string[] = [];
      void two
        .listen((one) => news.push(one) === 2 && resolve(news))
        .then(() => {
          for (let i = 0; i < 50; i++) one.notify("alarm");
          one.notify("outbox");
        });
    });
    expect(await both).toEqual(["alarm", "outbox"]);
    await Promise.all([one.close(), two.close()]);
  });

  it("that goes away says so, and a turn works again once it is back, without being done twice", async () => {
    const database = await openDatabase({ url: await server.newDatabase() });
    const store = createStore(database, seal);
    const news: string[] = [];
    await database.listen((one) => news.push(one));
    await store.transact(ANNA, "1", NOW, count);
    await server.halt();
    for (let i = 0; i < 3; i++) {
      const error = await store.transact(ANNA, "2", NOW, count).catch((e) => e);
      expect(error).toBeInstanceOf(DatabaseAway);
      expect(error.message).toMatch(
        /^The database 127\.0\.0\.1:\d+\/test_\d+ cannot be reached \(\w+\): work goes on/,
      );
    }
    await server.start();
    let done = "";
    for (let i = 0; i < 50 && done === ""; i++)
      done = await store.transact(ANNA, "2", NOW, count).catch(() => "");
    expect(done).toBe("done");
    expect((await find(store, ANNA)).conversation.state.turn).toBe(2);
    const tell = () => {
      database.notify("alarm");
      return news;
    };
    await expect.poll(tell, { timeout: 20_000 }).toContain("alarm");
    await database.close();
  });

  it("that is not there, or not ours, is one sentence with the remedy and without the password", async () => {
    const url = new URL(await server.newDatabase());
    const changed = (change: (url: URL) => void) => {
      const other = new URL(url);
      change(other);
      return other.href;
    };
    const port = await freePort();
    const cases: [string, RegExp][] = [
      [
        changed((u) => (u.port = `${port}`)),
        /cannot be reached \(ECONNREFUSED\): start it, or correct DATABASE_URL\.$/,
      ],
      [
        changed((u) => (u.hostname = "nergens.invalid")),
        /nergens\.invalid.* cannot be reached .*DATABASE_URL/,
      ],
      [
        changed((u) => (u.password = "verkeerd")),
        /refuses the user or the password: correct them in DATABASE_URL/,
      ],
      [changed((u) => (u.pathname = "/weg")), /\/weg has no database of this name: create it/],
      ["nergens", /^DATABASE_URL is not a Postgres URL: write it as postgres:/],
      ["mysql://u:geheim@host/x", /^DATABASE_URL is not a Postgres URL/],
    ];
    for (const [wrong, sentence] of cases) {
      const message = await messageOf((async () => openDatabase({ url: wrong }))());
      expect(message).toMatch(sentence);
      expect(message).not.toMatch(/geheim|verkeerd/);
    }
  });

  it("never puts what it was given into an error", async () => {
    const database = await openDatabase({ url: await server.newDatabase() });
    const wrong = messageOf(
      database.query("insert into updates values ($1, $2, null)", ["telegram", "geheimpje"]),
    );
    expect(await wrong).toMatch(/refused a statement \(23502/);
    expect(await wrong).not.toContain("geheimpje");
    await database.close();
  });
});

describe("the embedded database", () => {
  it("keeps what it was told in its folder, for one process at a time", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "rustpunt-data-"));
    try {
      const database = await openDatabase({ dataDir });
      await createStore(database, seal).transact(ANNA, "1", NOW, count);
      expect(await messageOf(openDatabase({ dataDir }))).toMatch(/in use by process/);
      await database.close();
      const again = await openDatabase({ dataDir });
      expect((await find(createStore(again, seal), ANNA)).conversation.state.turn).toBe(1);
      const lost = createStore(
        again,
        (await import("../../src/store/seal.ts")).createSeal([randomBytes(32)]),
      );
      expect(await messageOf(find(lost, ANNA))).toMatch(/DATA_KEY/);
      await again.close();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it("lets no statement slip into somebody's transaction", async () => {
    const database = await openDatabase({});
    const undone = database.using((db) =>
      db.transaction(async () => {
        await Promise.resolve();
        throw new Error("undone");
      }),
    );
    const kept = createStore(database, seal).transact(ANNA, "1", NOW, count);
    await expect(undone).rejects.toThrow("undone");
    expect(await kept).toBe("done");
    expect((await find(createStore(database, seal), ANNA)).conversation.state.turn).toBe(1);
    await database.close();
  });
});
