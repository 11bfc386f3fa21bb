import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Gone, Later, Refused } from "../../src/channels/channel.ts";
import { choices, type DiscordStage, discordStage, PERSON, say } from "../support/discord-stage.ts";
import { labelsOf, tokensOf } from "../support/fake-discord.ts";

let stage: DiscordStage;
beforeEach(async () => {
  stage = await discordStage();
});
afterEach(() => stage.close());

const chat = () => stage.discord.dm(PERSON);
const MESSAGES = /^\/channels\/\d+\/messages$/;
const refuse = (status: number, code: number) =>
  stage.discord.world.moods.push({
    path: MESSAGES,
    times: 1,
    answer: { status, body: { code, message: "No" } },
  });
const failureOf = (text: string) =>
  stage.channel.send(say(text)).then(
    () => undefined,
    (error: Error) => error,
  );

describe("what a person sees on Discord", () => {
  it("is Discord's own form, in which nothing they read is a mark by accident", async () => {
    await stage.channel.send(say("**Let op:** 2 * 3 en _zo_ @everyone"));
    expect(chat()[0]?.content).toBe("**Let op:** 2 \\* 3 en *zo* @everyone");
    const { body } = stage.discord.world.calls.findLast(({ path }) => MESSAGES.test(path)) ?? {};
    expect(body).toMatchObject({ allowed_mentions: { parse: [] }, enforce_nonce: true });
  });

  it("is a long text whole and in order, with the choices under its last part", async () => {
    const paragraphs = Array.from({ length: 60 }, (_, i) =>
      `Alinea ${i}. ${"Adem rustig in en uit. ".repeat(5)}`.trim(),
    );
    const sent = await stage.channel.send(say(paragraphs.join("\n\n"), { buttons: choices("Klaar") }));
    expect(chat().length).toBeGreaterThan(2);
    expect(chat().flatMap(({ content }) => content.split("\n\n"))).toEqual(paragraphs);
    expect(chat().map((message) => labelsOf(message).length)).toEqual([
      ...chat()
        .slice(1)
        .map(() => 0),
      1,
    ]);
    expect(sent.buttons).toBe(chat().at(-1)?.id);
  });

  it("is a list to pick from where there are more than five choices", async () => {
    const seven = choices("Nek", "Handen", "Voeten", "Gezicht", "Hoofd", "Schouders", "Rug");
    await stage.channel.send(say("Wat wil je masseren?", { buttons: seven }));
    const [select] = chat()[0]?.components[0]?.components ?? [];
    expect(select).toMatchObject({ type: 3, placeholder: "Kies" });
    expect(tokensOf(chat()[0])).toEqual(seven.map(({ token }) => token));
    stage.discord.taps(PERSON, "t6");
    await stage.arrived(1);
    expect(stage.updates[0]?.act).toEqual({ kind: "tap", token: "t6" });
  });

  it("is a countdown that Discord itself keeps running", async () => {
    const until = 1_795_300_000_000;
    await stage.channel.send(say("Cirkel met je vingers.", { countdown: { until, text: "Nog een minuut" } }));
    expect(chat()[0]?.content).toContain(`<t:${until / 1000}:R>`);
  });

  it("is a picture that says what it shows, and a file where one was asked for", async () => {
    const picture = {
      png: Uint8Array.of(137, 80, 78, 71),
      alt: "Twee handen in de nek",
      hash: "a".repeat(64),
    };
    await stage.channel.send(say("Zo doe je het.", { picture: "nek" }, { picture }));
    expect(chat()[0]?.files).toEqual([
      { name: `${"a".repeat(16)}.png`, bytes: picture.png, description: "Twee handen in de nek" },
    ]);
    const gif = async () => Uint8Array.of(71, 73, 70);
    await stage.channel.send(say("Adem mee.", { picture: "adem" }, { picture: { ...picture, gif } }));
    expect(chat()[1]?.files).toEqual([
      { name: `${"a".repeat(16)}.gif`, bytes: await gif(), description: "Twee handen in de nek" },
    ]);
    const file = { name: "gegevens.json", bytes: new TextEncoder().encode("{}") };
    await stage.channel.send(say("Dit is alles.", { file: "export" }, { file }));
    expect(chat()[2]?.files).toEqual([file]);
  });

  it("has choices only where they still count", async () => {
    const { buttons = "" } = await stage.channel.send(say("Eerst dit.", { buttons: choices("Klaar") }));
    await stage.channel.send(say("Dan dat.", { buttons: choices("Klaar") }, { retire: buttons }));
    expect(chat().map((message) => labelsOf(message).length)).toEqual([0, 1]);
    await stage.channel.send(say("En een knop die al weg is.", {}, { retire: "319674150115610528" }));
    expect(chat()).toHaveLength(3);
  });

  it("is one message, however often it is sent or its answer is lost", async () => {
    const delivery = say("Tijd voor je massage. ".repeat(200), { buttons: choices("Begin") });
    const first = await stage.channel.send(delivery);
    const parts = chat().length;
    expect(parts).toBeGreaterThan(1);
    expect(await stage.another().send(delivery)).toEqual(first);
    expect(chat()).toHaveLength(parts);
    const lost = say("Nog een.");
    stage.discord.loses(MESSAGES);
    await expect(stage.channel.send(lost)).rejects.toThrow("could not be reached");
    await stage.channel.send(lost);
    expect(chat()).toHaveLength(parts + 1);
  });
});

describe("where Discord does not take a message", () => {
  it.each([50007, 50278] as const)("the person is gone when no message may reach them (%i)", async (code) => {
    stage.discord.world.closed.set(PERSON, code);
    expect(await failureOf("hoi")).toBeInstanceOf(Gone);
  });

  it("a short wait is kept without a word", async () => {
    stage.discord.limits(MESSAGES, 0.05);
    await stage.channel.send(say("hoi"));
    expect(chat().map(({ content }) => content)).toEqual(["hoi"]);
  });

  it("a long wait goes back to the outbox, as long as Discord said", async () => {
    stage.discord.limits(MESSAGES, 30);
    const later = await failureOf("hoi");
    expect(later).toBeInstanceOf(Later);
    expect(later).toMatchObject({ scope: "address" });
    expect((later as Later).afterMs).toBeGreaterThanOrEqual(30_000);
  });

  it.each([
    ["is refused for good", 400, 50035, Refused],
    ["waits for everybody when the token is revoked", 401, 0, Later],
    ["waits for everybody when private chats are opened too fast", 403, 40003, Later],
  ])("it %s", async (_, status, code, kind) => {
    refuse(status, code);
    const failure = await failureOf("hoi");
    expect(failure).toBeInstanceOf(kind);
    if (failure instanceof Later) expect(failure.scope).toBe("channel");
  });

  it("it is tried again after trouble at Discord, also where the chat had to be opened anew", async () => {
    await stage.channel.send(say("een"));
    stage.discord.moves(PERSON);
    const failure = await failureOf("twee");
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(Refused);
    expect(failure).not.toBeInstanceOf(Gone);
    await stage.channel.send(say("twee"));
    expect(chat().map(({ content }) => content)).toEqual(["twee"]);
  });

  it("no error holds what was said, nor a token", async () => {
    for (const [status, code] of [
      [400, 50035],
      [403, 50007],
      [401, 0],
      [404, 10003],
    ] as const) {
      refuse(status, code);
      const told = inspect(await failureOf("je hebt koorts"), { depth: 9, showHidden: true });
      expect(told).not.toMatch(/koorts|fake-discord-token/);
    }
    expect(stage.logged.join("\n")).not.toMatch(/koorts|fake-discord-token|interaction-/);
  });
});
