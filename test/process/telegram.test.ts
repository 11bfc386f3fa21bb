/** The whole bot against a strict Telegram on loopback, through kills and restarts. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeTelegram, startFakeTelegram } from "../support/fake-telegram.ts";
import { dataFolder, type House, startHouse } from "../support/house.ts";

const MINUTE = 60_000;
let telegram: FakeTelegram;
let house: House | undefined;
let data: ReturnType<typeof dataFolder>;

beforeEach(async () => {
  telegram = await startFakeTelegram();
  data = dataFolder();
});
afterEach(async () => {
  await house?.kill();
  house = undefined;
  await telegram.close();
  data.remove();
});

async function start(aheadMs = 0): Promise<void> {
  house = await startHouse(
    { DATA_DIR: data.path, TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root },
    aheadMs,
  );
}

/** The newest message, as soon as it holds these words. */
const hears = (chat: number, words: string) =>
  telegram.until(`"${words}" as the newest message in ${chat}`, () => {
    const newest = telegram.seen(chat).at(-1);
    return newest?.text.includes(words) ? newest : undefined;
  });

/** Waits until what was said before is marked as delivered: the answer to a question only leaves after that. */
async function settled(chat: number): Promise<void> {
  telegram.say(chat, "waar waren we");
  await hears(chat, "We waren bij");
}

/** Leads this person to the first step. */
async function toTheFirstStep(chat: number): Promise<void> {
  telegram.say(chat, "/start");
  await hears(chat, "Ik ben een computerprogramma");
  for (const [label, words] of [
    ["Massage", "Welke massage"],
    ["Hoofdmassage", "Voor wie"],
    ["Voor mezelf", "Eerst even"],
    ["Nee, niets", "Nog een paar dingen"],
    ["Nee, niets", "Doe je het droog"],
    ["Droog", "Zet je voeten"],
    ["Begin", "Stap 1"],
  ] as const) {
    telegram.tap(chat, label);
    await hears(chat, words);
  }
}

describe("on Telegram", () => {
  it("somebody is led through a massage, and each picture is uploaded once for everybody", async () => {
    await start();
    await toTheFirstStep(1);
    const first = await hears(1, "Stap 1");
    expect(first.photo).toBeDefined();
    expect(first.keyboard.flat().map((b) => b.text)).toEqual(["Klaar", "Pauze", "Terug", "Opnieuw", "Stop"]);
    telegram.tap(1, "Klaar");
    await hears(1, "Stap 2");
    await toTheFirstStep(2);
    expect((await hears(2, "Stap 1")).photo).toBe(first.photo);
    // Old buttons are gone: only the newest message of each person has any.
    for (const chat of [1, 2])
      expect(telegram.seen(chat).filter((m) => m.keyboard.length > 0)).toHaveLength(1);
    expect(telegram.settings.size).toBeGreaterThan(0);
  });

  it("a kill in mid-massage costs nothing: the next tap goes on where it was", async () => {
    await start();
    await toTheFirstStep(1);
    await settled(1);
    await house?.kill();
    telegram.tap(1, "Klaar");
    await start();
    await hears(1, "Stap 2");
    await settled(1);
    await house?.kill();
    await start();
    telegram.tap(1, "Pauze");
    await hears(1, "De tijd staat stil");
    expect(telegram.seen(1).filter((m) => m.text.includes("Stap 2"))).toHaveLength(1);
  });

  it("after a kill and twenty minutes there is one line, and no stack of stale steps", async () => {
    await start();
    await toTheFirstStep(1);
    await settled(1);
    await house?.kill();
    await start(20 * MINUTE);
    const line = await hears(1, "Ik was even weg");
    expect(line.keyboard.flat().map((b) => b.text)).toEqual(["Verder", "Stoppen"]);
    telegram.tap(1, "Verder");
    await hears(1, "Stap 1");
    const texts = telegram.seen(1).map((m) => m.text);
    expect(texts.filter((text) => text.includes("Ik was even weg"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("Stap 2"))).toHaveLength(0);
  });

  it("kills at any moment lose no update and handle none twice", async () => {
    await start();
    await toTheFirstStep(1);
    // Five steps and the rest: six taps, each with a kill somewhere between its coming and its answer.
    const steps = ["Stap 2", "Stap 3", "Stap 4", "Stap 5", "nog twee minuten"];
    for (const [i, words] of steps.entries()) {
      telegram.tap(1, "Klaar");
      if (i % 2 === 0) {
        const calls = telegram.calls.length;
        await telegram.until("the bot to begin", () =>
          telegram.calls.length > calls + i ? true : undefined,
        );
        await house?.kill();
        await start();
      }
      await hears(1, words);
    }
    await telegram.confirmed();
    for (const words of steps) {
      const all = telegram.seen(1).map((m) => m.text);
      const said = all.filter((text) => text.includes(words)).length;
      // At least once: a kill between Telegram's OK and our mark may say it twice, never more.
      expect(said, all.join("\n--\n")).toBeGreaterThanOrEqual(1);
      expect(said, all.join("\n--\n")).toBeLessThanOrEqual(2);
    }
  });

  it("who blocks the bot hears nothing more, and is welcome back", async () => {
    await start();
    await toTheFirstStep(1);
    telegram.block(1);
    await telegram.confirmed();
    const before = telegram.seen(1).length;
    telegram.unblock(1);
    telegram.say(1, "menu");
    await hears(1, "Waar heb je zin in");
    expect(telegram.seen(1)).toHaveLength(before + 1);
  });

  it("a flood of nonsense ends in a talk that still works", async () => {
    await start();
    await toTheFirstStep(1);
    const texts = [
      "😀".repeat(5000),
      "\u202Eomgekeerd",
      "a".repeat(9000),
      "nee ".repeat(1000),
      " ",
      "/bestaatniet",
      "0",
      "?".repeat(300),
    ];
    for (const text of texts) telegram.say(1, text);
    telegram.push({ message: { message_id: 1 } });
    telegram.push({ callback_query: { id: "x", data: "\u0000" } });
    telegram.push({ edited_message: { text: "stop" } });
    telegram.tapData(1, 1, "?bestaat-niet");
    telegram.tapData(1, 1, "zz.hoofdmassage.nek.klaar");
    await telegram.confirmed();
    telegram.tap(1, "Klaar");
    await hears(1, "Stap 2");
    telegram.say(1, "stop");
    await hears(1, "we stoppen");
  });
});
