import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Channel, type Delivery, type Door, Gone, Later, Refused } from "../../src/channels/channel.ts";
import { createDiscord, type DiscordOptions } from "../../src/channels/discord.ts";
import type { Update } from "../../src/dialogue/input.ts";
import { type FakeDiscord, fakeDiscord, labelsOf, tokensOf } from "../support/fake-discord.ts";

const PERSON = "80351110224678912";
const TEXTS = {
  answered: "Ik antwoord je in een privébericht.",
  closed: "Ik kan je geen privébericht sturen: zet ze aan bij de privacy van deze server.",
  failed: "Dat lukte niet. Probeer het nog eens.",
  choose: "Kies",
};
const COMMANDS = [
  { name: "menu", description: { nl: "Wat ik kan", en: "What I can do" } },
  {
    name: "massage",
    description: { nl: "Begin een massage", en: "Start a massage" },
    option: {
      name: "welke",
      description: { nl: "Welke massage", en: "Which massage" },
      required: false,
      choices: [
        { id: "nek", title: "Nek en schouders" },
        { id: "hand", title: "Handen" },
      ],
    },
  },
  {
    name: "vraag",
    description: { nl: "Stel een vraag", en: "Ask a question" },
    option: {
      name: "vraag",
      description: { nl: "Je vraag", en: "Your question" },
      required: true,
      suggest: (text: string) => [
        { label: `Over ${text}`, value: text },
        { label: "x".repeat(101), value: "te lang" },
      ],
    },
  },
];

let discord: FakeDiscord;
let channel: Channel;
let updates: Update[];
let receive: Door["receive"];
let running: Channel[];

const door: Door = { receive: (update) => receive(update), awake: () => {}, unreachable: async () => {} };

function create(over: Partial<DiscordOptions> = {}): Channel {
  const made = createDiscord({
    token: discord.world.token,
    apiRoot: discord.root,
    log: pino({ level: "silent" }),
    commands: COMMANDS,
    texts: TEXTS,
    retryMs: [1, 1],
    ...over,
  });
  running.push(made);
  return made;
}

const say = (text: string, more: Partial<Delivery["message"]> = {}): Delivery => ({
  address: `discord:${PERSON}`,
  message: { text, buttons: [], lane: "reply", ...more },
  nonce: `n${Math.random().toString(36).slice(2, 12)}`,
});

beforeEach(async () => {
  discord = await fakeDiscord();
  updates = [];
  running = [];
  receive = async (update) => {
    updates.push(update);
    discord.world.changed();
  };
  channel = create();
  await channel.start(door);
});

afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await discord.close();
});

const arrived = (count: number) => discord.until(`${count} updates`, () => updates.length >= count && updates);

describe("a person who writes to the bot on Discord", () => {
  it("is heard in the private chat", async () => {
    const id = discord.says(PERSON, "Ik heb stijve schouders");
    await arrived(1);
    expect(updates).toEqual([
      {
        kind: "update",
        address: `discord:${PERSON}`,
        id,
        act: { kind: "text", text: "Ik heb stijve schouders" },
        place: "private",
      },
    ]);
  });

  it("gets an answer there, with buttons that are theirs to tap", async () => {
    await channel.send(say("Kies maar", { buttons: [{ label: "Nek", token: "t.1" }] }));
    const [message] = discord.dm(PERSON);
    expect(message?.content).toBe("Kies maar");
    expect(labelsOf(message)).toEqual(["Nek"]);
    discord.taps(PERSON, "t.1");
    await arrived(1);
    expect(updates[0]?.act).toEqual({ kind: "tap", token: "t.1" });
  });

  it("sees 'is thinking' after a command, which gives way to the answer", async () => {
    const interaction = discord.slash(PERSON, "massage", { welke: "nek" });
    await arrived(1);
    expect(updates[0]?.act).toEqual({ kind: "command", name: "massage", rest: "nek" });
    await discord.until("is thinking", () => discord.dm(PERSON).some((message) => message.thinking));
    expect(interaction.answered?.type).toBe(5);
    await channel.send(say("We beginnen."));
    await discord.until("the answer alone", () => discord.dm(PERSON).length === 1);
    expect(discord.dm(PERSON)[0]?.content).toBe("We beginnen.");
  });
});
