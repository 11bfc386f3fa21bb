import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Bot, botForTest } from "../support/telegram-bot.ts";

const SECRET = "een-goed-geheim_42";
const URL_THERE = "https://bot.example/telegram/hook";

const knock = (
  bot: Bot,
  body: string | ReadableStream | null,
  headers: Record<string, string> = {},
  method = "POST",
): Promise<number> =>
  Promise.resolve(
    bot.channel.webhook?.handle(
      new Request(URL_THERE, {
        method,
        headers: { "x-telegram-bot-api-secret-token": SECRET, ...headers },
        ...(method === "POST" ? { body, duplex: "half" } : {}),
      }),
    ),
  ).then((response) => response?.status ?? 0);
const words = (update_id: number, text: string): string =>
  JSON.stringify({
    update_id,
    message: {
      message_id: 1,
      date: 0,
      chat: { id: 1, type: "private" },
      from: { id: 1, is_bot: false },
      text,
    },
  });

describe("a bot that is written to by webhook", () => {
  it("tells Telegram where it is and what its secret is", async () => {
    const bot = await botForTest({ webhook: { url: URL_THERE, secret: SECRET } });
    await bot.channel.start(bot.door);
    expect(bot.channel.webhook?.path).toBe("/telegram/hook");
    expect(bot.fake.callsOf("setWebhook")[0]?.payload).toEqual({
      url: URL_THERE,
      secret_token: SECRET,
      allowed_updates: ["message", "callback_query", "my_chat_member"],
    });
    expect(bot.fake.callsOf("getUpdates")).toEqual([]);
  });

  it("hears only who knows the secret, and only bodies of a size and form that Telegram sends", async () => {
    const bot = await botForTest({ webhook: { url: URL_THERE, secret: SECRET } });
    await bot.channel.start(bot.door);
    expect(await knock(bot, words(1, "hoi"), { "x-telegram-bot-api-secret-token": "fout" })).toBe(401);
    expect(await knock(bot, words(1, "hoi"), { "x-telegram-bot-api-secret-token": "" })).toBe(401);
    expect(await knock(bot, null, {}, "GET")).toBe(405);
    expect(await knock(bot, "{geen json")).toBe(400);
    expect(await knock(bot, "x".repeat(1_000_001))).toBe(413);
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(100_000)) });
    expect(await knock(bot, endless)).toBe(413);
    expect(bot.received).toEqual([]);
    expect(await knock(bot, '{"update_id":"vreemd"}')).toBe(200);
    expect(await knock(bot, words(2, "hoi"))).toBe(200);
    expect(bot.received.map(({ id }) => id)).toEqual(["2"]);
  });

  it("answers 200 only once the update is stored", async () => {
    let away = true;
    const bot = await botForTest({ webhook: { url: URL_THERE, secret: SECRET } }, async () => {
      if (away) throw new Error("database away");
    });
    expect(await knock(bot, words(1, "te vroeg"))).toBe(503);
    await bot.channel.start(bot.door);
    expect(await knock(bot, words(1, "hoi"))).toBe(503);
    away = false;
    expect(await knock(bot, words(1, "hoi"))).toBe(200);
    await bot.channel.stop();
    expect(await knock(bot, words(2, "te laat"))).toBe(503);
    expect(bot.received.map(({ id }) => id)).toEqual(["1"]);
  });

  it("says what is wrong with an address that Telegram does not take", async () => {
    const bot = await botForTest({ webhook: { url: "http://bot.example/hook", secret: SECRET } });
    await expect(bot.channel.start(bot.door)).rejects.toThrow(/HTTPS.*TELEGRAM_WEBHOOK_URL/);
  });

  it("is heard over real HTTP, also after a first failure", async () => {
    let failures = 2;
    let handle = async (_request: Request): Promise<Response> => new Response(null, { status: 503 });
    const server = serve({ fetch: (request) => handle(request), port: 0, hostname: "127.0.0.1" });
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const bot = await botForTest(
      { webhook: { url: `http://127.0.0.1:${port}/hook`, secret: SECRET } },
      async () => {
        if (failures-- > 0) throw new Error("database away");
      },
    );
    const { webhook } = bot.channel;
    if (webhook) handle = webhook.handle;
    await bot.channel.start(bot.door);
    bot.fake.say(1, "hoi");
    expect((await bot.update(1)).act).toEqual({ kind: "text", text: "hoi" });
    await bot.fake.confirmed();
  });
});
