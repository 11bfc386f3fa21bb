import { describe, expect, it } from "vitest";
import { Gone, Later, Refused } from "../../src/channels/channel.ts";
import { TINY_GIF } from "../support/gif.ts";
import { type Bot, botForTest, buttons, delivery } from "../support/telegram-bot.ts";

const PICTURE = { png: new Uint8Array([137, 80, 78, 71]), alt: "Een hoofd", hash: "abc" };

/** A bot to which somebody in chat 1 has written. */
async function botInTalk(): Promise<Bot> {
  const bot = await botForTest();
  bot.fake.say(1, "/start");
  return bot;
}

const failure = (bot: Bot, ...given: Parameters<typeof delivery>): Promise<unknown> =>
  bot.channel.send(delivery(...given)).then(
    () => "sent",
    (error: unknown) => error,
  );

describe("what the bot says on Telegram", () => {
  it("reaches the person with its styles, its choices and no link preview", async () => {
    const bot = await botInTalk();
    const sent = await bot.channel.send(
      delivery(1, {
        text: "Zin in **rust**? Kijk op [thuisarts](https://www.thuisarts.nl/).",
        buttons: buttons("Ja", "Nee"),
      }),
    );
    const [seen] = bot.fake.seen(1);
    expect(seen?.text).toBe("Zin in rust? Kijk op thuisarts.");
    expect(seen?.entities).toEqual([
      { type: "bold", offset: 7, length: 4 },
      { type: "text_link", offset: 21, length: 9, url: "https://www.thuisarts.nl/" },
    ]);
    expect(seen?.keyboard).toEqual([
      [
        { text: "Ja", callback_data: "token-0" },
        { text: "Nee", callback_data: "token-1" },
      ],
    ]);
    expect(sent).toEqual({ buttons: String(seen?.id) });
    expect(bot.fake.callsOf("sendMessage")[0]?.payload).toMatchObject({
      link_preview_options: { is_disabled: true },
    });
  });

  it("comes in parts where it is long, whole, with the choices last", async () => {
    const bot = await botInTalk();
    const text = "Adem rustig in en uit. ".repeat(400).trim();
    const sent = await bot.channel.send(delivery(1, { text, buttons: buttons("Klaar") }));
    const seen = bot.fake.seen(1);
    expect(seen.length).toBe(3);
    expect(seen.map((message) => message.text).join(" ")).toBe(text);
    expect(seen.map(({ keyboard }) => keyboard.length)).toEqual([0, 0, 1]);
    expect(sent).toEqual({ buttons: String(seen[2]?.id) });
  });

  it("goes on where it was when a second part fails", async () => {
    const bot = await botInTalk();
    const two = delivery(1, { text: `${"Een zin. ".repeat(460)}\n\nEn het slot.` });
    bot.fake.fail("sendMessage", { code: 500 });
    await expect(bot.channel.send(two)).rejects.toThrow("500");
    expect(bot.fake.seen(1)).toEqual([]);
    await bot.channel.send({ ...two, nonce: "other" });
    expect(bot.fake.seen(1)).toHaveLength(2);
    const again = delivery(1, two.message);
    const first = bot.channel.send(again);
    await bot.fake.message(1, 3);
    bot.fake.fail("sendMessage", { code: 502 });
    await expect(first).rejects.toThrow("502");
    await bot.channel.send(again);
    expect(bot.fake.seen(1)).toHaveLength(4);
  });

  it("uploads a picture once, and again where Telegram lost it", async () => {
    const bot = await botInTalk();
    const step = (): Promise<unknown> =>
      bot.channel.send(
        delivery(
          1,
          { text: "Leg je handen hier.", picture: "kruin", buttons: buttons("Klaar") },
          { picture: PICTURE },
        ),
      );
    await step();
    await step();
    const photos = (): unknown[] => bot.fake.callsOf("sendPhoto").map(({ payload }) => payload.photo);
    expect(photos()).toEqual([expect.stringMatching(/^attach:/), "photo-1"]);
    expect([...bot.uploads]).toEqual([["4242:abc", "photo-1"]]);
    expect(bot.fake.seen(1)[1]).toMatchObject({
      text: "Leg je handen hier.",
      photo: "photo-1",
      keyboard: [[{ text: "Klaar" }]],
    });
    bot.fake.forgetFiles();
    await step();
    expect(bot.fake.seen(1)).toHaveLength(3);
    expect(photos()).toHaveLength(4);
  });

  it("uploads a picture that moves once, and shows it moving", async () => {
    const bot = await botInTalk();
    let drawn = 0;
    const picture = {
      ...PICTURE,
      gif: async () => {
        drawn += 1;
        return TINY_GIF;
      },
    };
    const step = (): Promise<unknown> =>
      bot.channel.send(
        delivery(1, { text: "Adem mee.", picture: "adem", buttons: buttons("Klaar") }, { picture }),
      );
    await step();
    await step();
    const sent = (): unknown[] => bot.fake.callsOf("sendAnimation").map(({ payload }) => payload.animation);
    expect(sent()).toEqual([expect.stringMatching(/^attach:/), "animation-1"]);
    expect([...bot.uploads]).toEqual([["4242:abc", "animation-1"]]);
    expect(drawn).toBe(1);
    expect(bot.fake.callsOf("sendPhoto")).toEqual([]);
    expect(bot.fake.seen(1)[1]).toMatchObject({
      text: "Adem mee.",
      animation: "animation-1",
      keyboard: [[{ text: "Klaar" }]],
    });
    bot.fake.forgetFiles();
    await step();
    expect(sent()).toHaveLength(4);
    bot.fake.fail("sendAnimation", { code: 400, description: "Bad Request: IMAGE_PROCESS_FAILED" });
    await step();
    expect(bot.fake.seen(1).at(-1)).toMatchObject({ text: "Adem mee.", keyboard: [[{ text: "Klaar" }]] });
  });

  it("shows the picture first where the words are too long for a caption", async () => {
    const bot = await botInTalk();
    const long = "Maak kleine rondjes. ".repeat(60).trim();
    await bot.channel.send(
      delivery(
        1,
        { text: `Kort.\n\n${long}`, picture: "kruin", buttons: buttons("Klaar") },
        { picture: PICTURE },
      ),
    );
    expect(
      bot.fake.seen(1).map(({ text, photo, keyboard }) => [text, photo !== undefined, keyboard.length]),
    ).toEqual([
      ["Kort.", true, 0],
      [long, false, 1],
    ]);
  });

  it("still says its words where the picture is refused, or is not there", async () => {
    const bot = await botInTalk();
    bot.fake.fail("sendPhoto", { code: 400, description: "Bad Request: IMAGE_PROCESS_FAILED" });
    await bot.channel.send(delivery(1, { text: "Een", picture: "kruin" }, { picture: PICTURE }));
    await bot.channel.send(delivery(1, { text: "Twee", picture: "weg" }));
    expect(bot.fake.seen(1).map(({ text }) => text)).toEqual(["Een", "Twee"]);
  });

  it("takes the choices of the message before away, and does not mind where that fails", async () => {
    const bot = await botInTalk();
    const first = await bot.channel.send(delivery(1, { buttons: buttons("Ja") }));
    const second = await bot.channel.send(
      delivery(1, { buttons: buttons("Nu") }, { retire: first.buttons ?? "" }),
    );
    expect(bot.fake.seen(1).map(({ keyboard }) => keyboard.length)).toEqual([0, 1]);
    bot.fake.fail("editMessageReplyMarkup", { code: 500 });
    await bot.channel.send(delivery(1, {}, { retire: second.buttons ?? "" }));
    await bot.channel.send(delivery(1, {}, { retire: "999999" }));
    await bot.channel.send(delivery(1, {}, { retire: second.buttons ?? "" }));
    expect(bot.fake.seen(1).every(({ keyboard }) => keyboard.length === 0)).toBe(true);
  });

  it("hands over a file before the words about it", async () => {
    const bot = await botInTalk();
    const file = { name: "gegevens.json", bytes: new TextEncoder().encode('{"alles":1}') };
    await bot.channel.send(delivery(1, { text: "Dit is alles.", file: "export" }, { file }));
    const [document, words] = bot.fake.seen(1);
    expect(document?.document).toEqual({ name: "gegevens.json", text: '{"alles":1}' });
    expect(words?.text).toBe("Dit is alles.");
  });

  it("is said plainly where Telegram cannot read the styles", async () => {
    const bot = await botInTalk();
    bot.fake.fail("sendMessage", { code: 400, description: "Bad Request: can't parse entities" });
    await bot.channel.send(delivery(1, { text: "**Hoi**", buttons: buttons("Ja") }));
    expect(bot.fake.seen(1)).toMatchObject([{ text: "Hoi", entities: [], keyboard: [[{ text: "Ja" }]] }]);
  });
});

describe("what Telegram refuses", () => {
  it("is gone where the person blocked the bot or never began", async () => {
    const bot = await botInTalk();
    bot.fake.block(1);
    expect(await failure(bot, 1, {})).toBeInstanceOf(Gone);
    expect(await failure(bot, 77, {})).toBeInstanceOf(Gone);
  });

  it("waits as long as Telegram asks, and everybody waits where several are asked", async () => {
    const bot = await botInTalk();
    bot.fake.say(2, "/start");
    const flood = {
      code: 429,
      description: "Too Many Requests: retry after 7",
      parameters: { retry_after: 7 },
      times: 3,
    };
    bot.fake.fail("sendMessage", flood);
    expect(await failure(bot, 1, {})).toMatchObject({ name: "Later", afterMs: 7000, scope: "address" });
    expect(await failure(bot, 1, {})).toMatchObject({ scope: "address" });
    const second = await failure(bot, 2, {});
    expect(second).toBeInstanceOf(Later);
    expect(second).toMatchObject({ scope: "channel" });
  });

  it("is dropped for good where it can never be said", async () => {
    const bot = await botInTalk();
    const token = "x".repeat(65);
    expect(await failure(bot, 1, { buttons: [{ label: "Ja", token }] })).toBeInstanceOf(Refused);
  });

  it("is tried again after a lost answer or a server's fault, and no error holds the token or the words", async () => {
    const bot = await botInTalk();
    bot.fake.fail("sendMessage", { code: 502, description: "Bad Gateway" });
    bot.fake.fail("sendMessage", { how: "drop" });
    for (let i = 0; i < 2; i += 1) {
      const error = await failure(bot, 1, { text: "geheim" });
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).name).toBe("Error");
      const whole = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).cause);
      expect(whole).not.toContain("fake-token");
      expect(whole).not.toContain("geheim");
    }
  });

  it("follows a group to its new id", async () => {
    const bot = await botInTalk();
    bot.fake.say(-100, "/menu");
    bot.fake.fail("sendMessage", {
      code: 400,
      description: "Bad Request: group chat was upgraded to a supergroup chat",
      parameters: { migrate_to_chat_id: -100 },
      chat: -5,
    });
    await bot.channel.send(delivery(-5, { text: "Hallo groep" }));
    expect(bot.fake.seen(-100).map(({ text }) => text)).toEqual(["Hallo groep"]);
  });
});
