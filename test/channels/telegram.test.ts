import { describe, expect, it } from "vitest";
import { botForTest, delivery, fakeForTest } from "../support/telegram-bot.ts";

describe("somebody who writes on Telegram", () => {
  it("is heard once, and Telegram is told only then", async () => {
    const bot = await botForTest();
    await bot.channel.start(bot.door);
    const id = bot.fake.say(1, "hoi daar");
    expect(await bot.update(1)).toEqual({
      kind: "update",
      address: "telegram:1",
      id: String(id),
      act: { kind: "text", text: "hoi daar" },
      place: "private",
    });
    await bot.fake.confirmed();
    expect(bot.received).toHaveLength(1);
  });

  it("sees typing until the answer comes", async () => {
    const bot = await botForTest();
    await bot.channel.start(bot.door);
    bot.fake.say(1, "hoi");
    await bot.update(1);
    await bot.channel.send(delivery(1, { text: "Dag!" }));
    expect(bot.fake.callsOf("sendChatAction").map(({ payload }) => payload)).toEqual([
      { chat_id: 1, action: "typing" },
    ]);
    expect(bot.fake.seen(1).map(({ text }) => text)).toEqual(["Dag!"]);
  });

  it("has a tap taken at once: the button is let go and vanishes", async () => {
    const bot = await botForTest();
    await bot.channel.start(bot.door);
    bot.fake.say(1, "/start lente");
    expect((await bot.update(1)).act).toEqual({ kind: "command", name: "start", rest: "lente" });
    await bot.channel.send(delivery(1, { buttons: [{ label: "Ja", token: "tok" }] }));
    bot.fake.tap(1, "Ja");
    expect((await bot.update(2)).act).toEqual({ kind: "tap", token: "tok" });
    await bot.fake.until("an answered tap", () => bot.fake.callsOf("answerCallbackQuery")[0]);
    await bot.fake.until("a message without buttons", () =>
      bot.fake.seen(1)[0]?.keyboard.length === 0 ? true : undefined,
    );
  });

  it("is heard in order, also while the store fails, and loses nothing", async () => {
    let failures = 5;
    const bot = await botForTest({}, async () => {
      if (failures-- > 0) throw new Error("database away");
    });
    await bot.channel.start(bot.door);
    for (const text of ["een", "twee", "drie"]) bot.fake.say(1, text);
    await bot.update(3);
    expect(bot.received.map(({ act }) => (act.kind === "text" ? act.text : act.kind))).toEqual([
      "een",
      "twee",
      "drie",
    ]);
    await bot.fake.confirmed();
  });

  it("does not wait for somebody else whose update is held up", async () => {
    let free = (): void => {};
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    const bot = await botForTest({}, ({ address }) => (address === "telegram:1" ? held : Promise.resolve()));
    await bot.channel.start(bot.door);
    const first = bot.fake.say(1, "ik wacht");
    bot.fake.say(2, "ik niet");
    expect((await bot.update(1)).address).toBe("telegram:2");
    bot.fake.say(3, "ik ook niet");
    expect((await bot.update(2)).address).toBe("telegram:3");
    expect(bot.fake.unconfirmed()[0]).toBe(first);
    free();
    expect((await bot.update(3)).address).toBe("telegram:1");
    await bot.fake.confirmed();
    expect(bot.received).toHaveLength(3);
  });

  it("is heard again after a process died before storing it", async () => {
    const fake = await fakeForTest();
    const hanging = await botForTest({}, () => Promise.reject(new Error("no store")), fake);
    await hanging.channel.start(hanging.door);
    fake.say(1, "blijf ik bewaard?");
    await fake.until("a poll after the update", () => fake.callsOf("sendChatAction")[0]);
    await hanging.channel.stop();
    expect(fake.unconfirmed()).toHaveLength(1);
    const next = await botForTest({}, undefined, fake);
    await next.channel.start(next.door);
    expect((await next.update(1)).act).toEqual({ kind: "text", text: "blijf ik bewaard?" });
  });

  it("is heard whole and in order through a bad day of store, network and Telegram", async () => {
    let seed = 7;
    const unlucky = (): boolean => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % 3 === 0;
    };
    const bot = await botForTest({}, async () => {
      if (unlucky()) throw new Error("database away");
    });
    bot.fake.fail("getUpdates", { how: "drop", times: 3 });
    bot.fake.fail("getUpdates", { code: 502, description: "Bad Gateway", times: 2 });
    bot.fake.fail("sendChatAction", { code: 429, parameters: { retry_after: 9 }, times: 20 });
    await bot.channel.start(bot.door);
    for (let i = 0; i < 200; i += 1) bot.fake.say(1 + (i % 8), String(i));
    await bot.fake.confirmed();
    for (let chat = 1; chat <= 8; chat += 1) {
      const mine = bot.received.filter(({ address }) => address === `telegram:${chat}`);
      const once = [...new Map(mine.map(({ id, act }) => [id, act])).values()];
      expect(once.map((act) => act.kind === "text" && (Number(act.text) % 8) + 1)).toEqual(
        Array(25).fill(chat),
      );
      const texts = once.map((act) => (act.kind === "text" ? Number(act.text) : Number.NaN));
      expect(texts).toEqual([...texts].sort((one, other) => one - other));
    }
  });

  it("is not told twice to the next process after a calm stop", async () => {
    const bot = await botForTest();
    await bot.channel.start(bot.door);
    bot.fake.say(1, "hoi");
    await bot.update(1);
    await bot.channel.stop();
    expect(bot.fake.unconfirmed()).toEqual([]);
  });

  it("is not held up for ever by one update that can never be stored", async () => {
    const bot = await botForTest({}, async ({ address }) => {
      if (address === "telegram:1") throw new Error("poison");
    });
    await bot.channel.start(bot.door);
    bot.fake.say(1, "kapot");
    bot.fake.say(2, "heel");
    await bot.fake.confirmed();
    expect(bot.received.map(({ address }) => address)).toEqual(["telegram:2"]);
    expect(bot.logged()).toContain("given up");
    expect(bot.logged()).not.toContain("kapot");
  });

  it("may send anything malformed or strange without harm to the next", async () => {
    const counts: string[] = [];
    const bot = await botForTest({ count: ({ labels }) => void counts.push(labels.why ?? "") });
    await bot.channel.start(bot.door);
    bot.fake.push({ message: { message_id: "x", chat: null } });
    bot.fake.push({ edited_message: { message_id: 1, chat: { id: 1, type: "private" }, text: "anders" } });
    bot.fake.push({});
    bot.fake.say(1, "💆".repeat(5000));
    const { act } = await bot.update(1);
    expect(act.kind === "text" && act.text.length).toBe(10_000);
    await bot.fake.confirmed();
    expect(counts).toEqual(["malformed", "kind", "kind"]);
  });

  it("is reported gone once they block the bot, and is heard when they come back", async () => {
    const bot = await botForTest();
    await bot.channel.start(bot.door);
    bot.fake.say(1, "hoi");
    bot.fake.block(1);
    await bot.fake.confirmed();
    expect(bot.gone).toEqual(["telegram:1"]);
    bot.fake.unblock(1);
    bot.fake.say(1, "daar ben ik weer");
    await bot.update(2);
    expect(bot.gone).toEqual(["telegram:1"]);
  });
});

describe("the bot behind the chat", () => {
  it("stops with a clear sentence on a wrong token, which it does not repeat", async () => {
    const bot = await botForTest({ token: "1:wrong-secret" });
    await expect(bot.channel.start(bot.door)).rejects.toThrow(/TELEGRAM_TOKEN is wrong/);
    expect(bot.logged()).not.toContain("wrong-secret");
  });

  it("says that its token was revoked while it ran", async () => {
    let end = (_error: Error): void => {};
    const fatal = new Promise<Error>((resolve) => {
      end = resolve;
    });
    const bot = await botForTest({ onFatal: (error) => end(error) });
    bot.fake.fail("getUpdates", { code: 401, description: "Unauthorized" });
    await bot.channel.start(bot.door);
    expect((await fatal).message).toContain("revoked");
  });

  it("waits for another process that polls, and goes on when that one ends", async () => {
    const bot = await botForTest();
    bot.fake.fail("getUpdates", {
      code: 409,
      description: "Conflict: terminated by other getUpdates request",
      times: 3,
    });
    await bot.channel.start(bot.door);
    bot.fake.say(1, "hoi");
    await bot.update(1);
    expect(bot.logged()).toContain("another process receives this bot's updates");
  });

  it("keeps trying while Telegram is away at the start and later, and never logs its token", async () => {
    const bot = await botForTest();
    bot.fake.fail("getMe", { code: 502, description: "Bad Gateway", times: 2 });
    bot.fake.fail("getUpdates", { how: "drop", times: 2 });
    bot.fake.fail("getUpdates", {
      code: 429,
      description: "Too Many Requests",
      parameters: { retry_after: 0 },
    });
    await bot.channel.start(bot.door);
    bot.fake.say(1, "hoi");
    await bot.update(1);
    expect(bot.logged()).toContain("not reachable");
    expect(bot.logged()).not.toContain(bot.fake.token);
    expect(bot.logged()).not.toContain("fake-token");
  });

  it("starts also where nothing listens at all, and stops at once", async () => {
    const bot = await botForTest({ apiRoot: "http://127.0.0.1:9/" });
    await bot.channel.start(bot.door);
    await bot.channel.stop();
    expect(bot.logged()).toContain("ECONNREFUSED");
  });

  it("shows its commands and description, and sets them only when they changed", async () => {
    const profile = { description: "Rustpunt helpt je ontspannen.", shortDescription: "Rust." };
    const bot = await botForTest({ profile });
    await bot.channel.start(bot.door);
    await bot.fake.until("a description", () => bot.fake.settings.get("short"));
    await bot.channel.stop();
    const commands = [
      { command: "menu", description: "Het menu" },
      { command: "stop", description: "Stoppen" },
    ];
    expect(bot.fake.settings.get("commands ")).toEqual(commands);
    expect(bot.fake.settings.get("commands nl")).toEqual(commands);
    expect(bot.fake.settings.get("description")).toBe(profile.description);
    const before = bot.fake.calls.filter(({ method }) => method.startsWith("setMy")).length;
    const again = await botForTest({ profile }, undefined, bot.fake);
    await again.channel.start(again.door);
    await bot.fake.until("a second look", () => bot.fake.callsOf("getMyShortDescription")[1]);
    await again.channel.stop();
    expect(bot.fake.calls.filter(({ method }) => method.startsWith("setMy"))).toHaveLength(before);
  });
});
