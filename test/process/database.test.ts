/** The whole bot on a real Postgres that restarts under it: nobody has to start anything anew. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PostgresServer, startPostgres } from "../support/database.ts";
import { type FakeTelegram, startFakeTelegram } from "../support/fake-telegram.ts";
import { dataFolder, type House, startHouse } from "../support/house.ts";

let server: PostgresServer;
let telegram: FakeTelegram;
let house: House | undefined;
const data = dataFolder();

beforeAll(async () => {
  server = await startPostgres();
  telegram = await startFakeTelegram();
});
afterAll(async () => {
  await house?.kill();
  await telegram?.close();
  await server?.stop();
  data.remove();
});

it("what somebody writes while the database restarts is answered once it is back, once, and the log says why it waited", async () => {
  house = await startHouse({
    DATABASE_URL: await server.newDatabase(),
    DATA_KEY: Buffer.alloc(32, 1).toString("base64"),
    DATA_DIR: data.path,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
  });
  const hears = (words: string) =>
    telegram.until(`"${words}"`, () => telegram.seen(1).find(({ text }) => text.includes(words)));
  telegram.say(1, "/start");
  await hears("Ik ben een computerprogramma");
  await server.halt();
  telegram.say(1, "menu");
  await expect.poll(() => house?.output(), { timeout: 60_000 }).toContain("cannot be reached");
  await server.start();
  await hears("Waar heb je zin in");
  telegram.say(1, "/privacy");
  await telegram.confirmed();
  await hears("bewaar");
  const menus = telegram.seen(1).filter(({ text }) => text.includes("Waar heb je zin in"));
  expect(menus).toHaveLength(1);
  expect(house.output()).not.toMatch(/geheim|postgres:\/\//);
  expect(await house.stop()).toBe(0);
});
