import { describe, expect, it } from "vitest";
import { readInteraction, readMessage } from "../../src/channels/discord-intake.ts";
import { interactionPayload, messagePayload } from "../support/fake-discord-payloads.ts";

const BOT = "1180000000000000001";
const PERSON = "80351110224678912";
const CHAT = "319674150115610528";
const handle = { id: "881600000000000001", token: "aW50ZXJhY3Rpb24", user: PERSON, channel: CHAT, at: 0 };

const dm = (text: string, over: object = {}) => ({
  ...messagePayload("881600000000000002", PERSON, CHAT, text),
  ...over,
});
const slash = (place: "dm" | "server" | "elsewhere", options: unknown[] = []) =>
  interactionPayload(BOT, handle, place, 2, { id: "1", name: "vraag", type: 1, options });

describe("what a person does on Discord", () => {
  it("is words in the private chat", () => {
    expect(readMessage(dm("  Hoe vaak mag dit? "), BOT)).toMatchObject({
      alone: true,
      channel: CHAT,
      update: {
        address: `discord:${PERSON}`,
        act: { kind: "text", text: "Hoe vaak mag dit?" },
        place: "private",
      },
    });
  });

  it("is a command, also when they typed it as words", () => {
    const typed = readMessage(dm("/Vraag hoe vaak\nmag dit"), BOT);
    expect(typed).toMatchObject({
      update: { act: { kind: "command", name: "vraag", rest: "hoe vaak\nmag dit" } },
    });
    expect(readInteraction(slash("dm", [{ name: "vraag", type: 3, value: "hoe vaak" }]))).toMatchObject({
      update: { id: handle.id, act: { kind: "command", name: "vraag", rest: "hoe vaak" } },
    });
  });

  it("is something without words when it is a sticker or a voice message", () => {
    expect(readMessage(dm("", { sticker_items: [{ id: "1", name: "hoi" }] }), BOT)).toMatchObject({
      update: { act: { kind: "other" } },
    });
  });

  it("is words to the bot when they mention it in a server, without the mention", () => {
    const mention = dm(`<@${BOT}> ik heb hoofdpijn`, {
      guild_id: "81384788765712384",
      mentions: [{ id: BOT }],
    });
    expect(readMessage(mention, BOT)).toMatchObject({
      alone: false,
      update: {
        address: `discord:${PERSON}`,
        act: { kind: "text", text: "ik heb hoofdpijn" },
        place: "private",
      },
    });
    const bare = dm(`<@!${BOT}>`, { guild_id: "81384788765712384", mentions: [{ id: BOT }] });
    expect(readMessage(bare, BOT)).toMatchObject({ update: { act: { kind: "command", name: "menu" } } });
  });

  it("is private only in the chat with the bot", () => {
    expect(readInteraction(slash("dm"))).toMatchObject({ alone: true });
    expect(readInteraction(slash("server"))).toMatchObject({ alone: false, user: PERSON });
    expect(readInteraction(slash("elsewhere"))).toMatchObject({ alone: false });
    expect(readInteraction({ ...slash("dm"), context: undefined })).toMatchObject({ alone: true });
    expect(readInteraction({ ...slash("server"), context: null })).toMatchObject({ alone: false });
  });

  it("is a tap with the button's token, or with that of the option they picked", () => {
    const button = interactionPayload(BOT, handle, "dm", 3, { component_type: 2, custom_id: "t.7" });
    expect(readInteraction(button)).toMatchObject({
      kind: "tap",
      update: { act: { kind: "tap", token: "t.7" } },
    });
    const picked = { component_type: 3, custom_id: "choose", values: ["t.9"] };
    expect(readInteraction(interactionPayload(BOT, handle, "dm", 3, picked))).toMatchObject({
      update: { act: { kind: "tap", token: "t.9" } },
    });
  });
});

describe("what is no act of a person", () => {
  const server = { guild_id: "81384788765712384" };
  it.each([
    ["the bot's own words", dm("hoi", { author: { id: BOT, bot: true } })],
    ["another bot's words", dm("hoi", { author: { id: "5551112223334", bot: true } })],
    ["a webhook's words", dm("hoi", { webhook_id: "5551112223334" })],
    ["words in a server that do not mention the bot", dm("hoi", server)],
    ["a call to everyone in a server", dm("@everyone", { ...server, mention_everyone: true })],
    ["a pinned message", dm("", { type: 6 })],
    ["a message without an author", dm("hoi", { author: undefined })],
    ["a message whose words are no text", dm("hoi", { content: 7 })],
    ["nothing", null],
    ["a text", "MESSAGE_CREATE"],
  ])("%s is ignored as a message", (_, payload) => {
    expect(readMessage(payload, BOT)).toBeUndefined();
  });

  it.each([
    ["a ping", { ...slash("dm"), type: 1 }],
    ["a form that was sent in", { ...slash("dm"), type: 5 }],
    ["a kind of interaction from the future", { ...slash("dm"), type: 99 }],
    ["a command without a name", { ...slash("dm"), data: {} }],
    ["a tap on nothing", { ...slash("dm"), type: 3, data: {} }],
    ["an interaction without data", { ...slash("dm"), data: undefined }],
    ["an interaction of nobody", { ...slash("dm"), user: undefined }],
    ["an interaction without a token", { ...slash("dm"), token: undefined }],
    ["an id that is no number", { ...slash("dm"), id: "x" }],
    ["nothing", undefined],
  ])("%s is ignored as an interaction", (_, payload) => {
    expect(readInteraction(payload)).toBeUndefined();
  });
});
