import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Address } from "../../src/dialogue/input.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { createStore } from "../../src/store/store.ts";
import { type PostgresServer, startPostgres } from "../support/database.ts";
import { evening, leave, NOW, OUTBOX, say, seal } from "../support/turns.ts";

const ROWS = 50_000;

/** Every statement that a busy day brings is explained on full tables, as Postgres by itself would plan it. */
describe("with fifty thousand people", () => {
  let server: PostgresServer;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres();
    const url = await server.newDatabase();
    database = await openDatabase({ url });
    for (const statement of [
      `insert into persons select gen_random_uuid(), null, 'Europe/Amsterdam', '[]' from generate_series(1, ${ROWS})`,
      `insert into conversations
        select 'telegram:' || i, id, 1, case when i % 2 = 0 then ${NOW} + i end, 'x'
        from (select id, row_number() over () as i from persons) p`,
      `insert into reminders select address, 'r1', 'nek', '{}', 'Europe/Amsterdam', ${NOW} from conversations`,
      `insert into journal (person, at, entry) select id, ${NOW}, 'x' from persons`,
      `insert into outbox (address, lane, message, nonce, attempts, not_before, leased, expires_at)
        select address, case when random() < 0.5 then 'bulk' else 'reply' end, 'x', 'n', 0, ${NOW} + 1000, false, ${NOW} + 100000
        from conversations`,
      `insert into updates select 'telegram', i, ${NOW} + i from generate_series(1, ${ROWS * 4}) i`,
      `insert into link_codes select address, address, 0, ${NOW} + 100000 from conversations`,
      `insert into uploads select 'telegram:9', i, 'f' from generate_series(1, ${ROWS}) i`,
      "analyze",
    ]) {
      await database.query(statement, []);
    }
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  it("no statement reads a whole table", async () => {
    const plans = new Map<string, string>();
    const explaining: Database = {
      ...database,
      async query(text, parameters) {
        const explained = await database.using((db) =>
          db.transaction(async (tx) => {
            const { session } = tx as unknown as {
              session: { client: { unsafe(text: string, parameters?: unknown[]): Promise<object[]> } };
            };
            await session.client.unsafe("set local enable_seqscan = on");
            return session.client.unsafe(`explain ${text}`, [...parameters]);
          }),
        );
        plans.set(text, explained.map((row) => Object.values(row)[0]).join("\n"));
        return database.query(text, parameters);
      },
    };
    const store = createStore(explaining, seal);
    await store.transact("telegram:new", "u1", NOW, (c) =>
      leave(
        { ...c, reminders: [evening] },
        { messages: [say("a"), say("b")], journal: [{ at: NOW, routine: "nek", entry: {} }] },
      ),
    );
    await store.transact("telegram:new", "u2", NOW, (c) =>
      leave({ ...c, reminders: [], person: { ...c.person, country: "BE" } }, { messages: [say("c")] }),
    );
    await store.transact("telegram:new", "u3", NOW, (c) => leave(c, { messages: [say("d")], hush: true }));
    await store.transact("telegram:new", "u4", NOW, () => undefined);
    await store.transact("telegram:new", "u5", NOW, (c) => leave(c, { forget: true }));
    await Promise.all(
      ["telegram:both", "telegram:new-too"].map((one) =>
        store.transact(one as Address, undefined, NOW, (c) => leave(c)),
      ),
    );
    await store.claimAlarms(NOW, 100, 1000);
    await store.nextAlarmAt();
    await store.claimDeliveries(NOW, 100, 1000, OUTBOX);
    await store.nextDeliveryAt(OUTBOX.channels);
    const row = { address: "telegram:5", id: 5 } as const;
    await store.delivered(row, { buttons: "b" });
    await store.delivered(row, {});
    await store.postpone(row, NOW);
    await store.postponeAddress("telegram:6", NOW);
    await store.awake("telegram:6", NOW);
    await store.drop(row);
    await store.dropAddress("telegram:6");

    expect(plans.size).toBeGreaterThan(15);
    // Of budgets there is one row a channel.
    for (const [text, plan] of plans) {
      expect(`${text}\n${plan}`).not.toMatch(
        /Seq Scan on (?!budgets)|hashed SubPlan|Bitmap Index Scan on \S+ +\(.*\)\n(?!\s+Index Cond)/,
      );
    }
  });

  it("nor do housekeeping, an export or a link", async () => {
    const counters = `select relname, seq_scan::int as scans from pg_stat_user_tables where schemaname = 'public' order by relname`;
    const read = async () => {
      await database.query("select pg_stat_force_next_flush()", []);
      return database.query<{ relname: string; scans: number }>(counters, []);
    };
    const before = await read();
    const store = createStore(database, seal);
    await store.transact("telegram:a", "a", NOW, (c) => leave(c));
    await store.transact("telegram:b", "b", NOW, (c) => leave(c));
    await store.createLinkCode("telegram:a", "tulp", NOW);
    expect(await store.redeemLinkCode("telegram:b", "tulp", NOW)).toBe("linked");
    await store.exportPerson("telegram:a");
    await store.unlink("telegram:b");
    await store.uploadOf("telegram:9", "7");
    await store.housekeeping(NOW);
    expect(await read()).toEqual(before);
  });
});
