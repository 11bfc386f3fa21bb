import { describe, expect, it } from "vitest";
import { readUpdate } from "../../src/channels/telegram-updates.ts";

const ME = { id: 42, username: "RustpuntBot", commands: ["start", "menu"] };
const PERSON = { id: 7, is_bot: false, first_name: "Test" };
const message = (fields: object, chat: object = { id: 7, type: "private" }) => ({
  update_id: 1,
  message: { message_id: 5, date: 0, chat, from: PERSON, ...fields },
});
const GROUP = { id: -9, type: "supergroup", title: "Samen" };
const act = (update: unknown): unknown => {
  const reading = readUpdate(update, ME);
  return reading.kind === "update" ? reading.update.act : reading;
};
const ignored = (why: string) => ({ kind: "ignored", why });

describe("what a person sends in private", () => {
  it("is text where it is words, also under a picture", () => {
    expect(act(message({ text: " hoi\ndaar " }))).toEqual({ kind: "text", text: "hoi\ndaar" });
    expect(act(message({ photo: [{}], caption: "deze plek doet pijn" }))).toEqual({
      kind: "text",
      text: "deze plek doet pijn",
    });
    expect(act(message({ text: "/ geen opdracht" }))).toEqual({ kind: "text", text: "/ geen opdracht" });
  });

  it("is a command with its rest, also with the bot's name or a payload", () => {
    expect(act(message({ text: "/Menu" }))).toEqual({ kind: "command", name: "menu", rest: "" });
    expect(act(message({ text: "/start@rustpuntbot nek " }))).toEqual({
      kind: "command",
      name: "start",
      rest: "nek",
    });
    expect(act(message({ text: "/vraag\nwat\nkost het" }))).toEqual({
      kind: "command",
      name: "vraag",
      rest: "wat\nkost het",
    });
    expect(act(message({ text: "/onbekend" }))).toEqual({ kind: "command", name: "onbekend", rest: "" });
  });

  it("is something else where there are no words of their own", () => {
    for (const fields of [
      { sticker: {} },
      { voice: {} },
      { photo: [{}] },
      { location: {} },
      { poll: {} },
      { text: "" },
      { text: "  " },
    ])
      expect(act(message(fields))).toEqual({ kind: "other" });
    expect(act(message({ text: "een bericht van een ander", forward_origin: { type: "user" } }))).toEqual({
      kind: "other",
    });
    expect(act(message({ text: "/stop", forward_origin: { type: "user" } }))).toEqual({ kind: "other" });
  });

  it("is ignored where nobody said anything", () => {
    expect(act(message({ pinned_message: {} }))).toEqual(ignored("notice"));
    expect(act(message({ text: "hoi", from: { id: 8, is_bot: true } }))).toEqual(ignored("not a person"));
    expect(act({ update_id: 1, edited_message: message({ text: "x" }).message })).toEqual(ignored("kind"));
    expect(act({ update_id: 1, channel_post: {} })).toEqual(ignored("kind"));
    for (const broken of [
      null,
      7,
      "x",
      [],
      {},
      { update_id: "1" },
      { update_id: 1, message: { chat: { id: 1.5 } } },
    ])
      expect(act(broken)).toEqual(ignored("malformed"));
  });
});

describe("what is said in a group", () => {
  const mention = { entities: [{ type: "mention", offset: 4, length: 12 }] };

  it("is heard where the bot is spoken to, and marked as said among others", () => {
    const reading = readUpdate(message({ text: "/menu" }, GROUP), ME);
    expect(reading).toMatchObject({ kind: "update", update: { place: "group", address: "telegram:-9" } });
    expect(act(message({ text: "Hoi @RustpuntBot, wat kan je?", ...mention }, GROUP))).toEqual({
      kind: "text",
      text: "Hoi , wat kan je?",
    });
    expect(act(message({ text: "ja", reply_to_message: { from: { id: 42 } } }, GROUP))).toEqual({
      kind: "text",
      text: "ja",
    });
    expect(act(message({ text: "/iets@RustpuntBot" }, GROUP))).toEqual({
      kind: "command",
      name: "iets",
      rest: "",
    });
  });

  it("is not heard where it is meant for others", () => {
    for (const fields of [
      { text: "ik heb hoofdpijn" },
      { text: "/menu@AndereBot" },
      { text: "/weer" },
      { text: "Hoi @AndereBot12, wat kan je?", ...mention },
      { text: "ja", reply_to_message: { from: { id: 8 } } },
      { sticker: {} },
    ])
      expect(act(message(fields, GROUP))).toEqual(ignored("not addressed"));
  });
});

describe("taps and chats that end", () => {
  it("reads a tap on any message of the bot, also a very old one", () => {
    const callback_query = {
      id: "q",
      from: PERSON,
      data: "tok",
      message: { message_id: 3, date: 0, chat: { id: 7, type: "private" } },
    };
    expect(readUpdate({ update_id: 9, callback_query }, ME)).toEqual({
      kind: "update",
      chat: 7,
      update: {
        kind: "update",
        id: "9",
        address: "telegram:7",
        act: { kind: "tap", token: "tok" },
        place: "private",
      },
      tapped: { query: "q", chat: 7, message: 3 },
    });
    expect(act({ update_id: 9, callback_query: { ...callback_query, data: undefined } })).toMatchObject({
      kind: "ignored",
    });
  });

  it("knows who blocked the bot, who took it out of a group, and a group that moved", () => {
    const member = (status: string) => ({
      update_id: 2,
      my_chat_member: { chat: { id: 7, type: "private" }, new_chat_member: { status } },
    });
    expect(readUpdate(member("kicked"), ME)).toEqual({ kind: "gone", chat: 7, address: "telegram:7" });
    expect(readUpdate(member("left"), ME)).toMatchObject({ kind: "gone" });
    expect(readUpdate(member("member"), ME)).toEqual(ignored("member"));
    expect(readUpdate(message({ migrate_to_chat_id: -1009 }, GROUP), ME)).toMatchObject({
      kind: "gone",
      address: "telegram:-9",
    });
  });
});
