/** The Discord channel on a fake Discord, with a door that keeps what came in. */
import type { Channel, Delivery, Door, Log } from "../../src/channels/channel.ts";
import { createDiscord, type DiscordOptions } from "../../src/channels/discord.ts";
import type { Update } from "../../src/dialogue/input.ts";
import type { Message } from "../../src/dialogue/message.ts";
import { type FakeDiscord, fakeDiscord } from "./fake-discord.ts";

export const PERSON = "80351110224678912";

export const TEXTS = {
  answered: "Ik antwoord je in een privébericht.",
  closed: "Ik kan je geen privébericht sturen. Zet privéberichten aan bij de instellingen van deze server.",
  failed: "Dat lukte niet. Probeer het nog eens.",
  choose: "Kies",
};

export const COMMANDS: DiscordOptions["commands"] = [
  { name: "menu", description: { nl: "Laat zien wat ik kan", en: "Show what I can do" } },
  {
    name: "massage",
    description: { nl: "Begin een massage", en: "Start a massage" },
    option: {
      name: "welke",
      description: { nl: "Welke massage", en: "Which massage" },
      required: false,
      choices: [
        { id: "nek", title: "Nek en schouders" },
        { id: "handen", title: "Handen" },
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
      suggest: (text) => [
        { label: `Over ${text}`, value: text },
        { label: "te lang om te tonen ".repeat(6), value: "lang" },
      ],
    },
  },
];

export interface DiscordStage {
  readonly discord: FakeDiscord;
  readonly channel: Channel;
  /** What came in at the door, oldest first. */
  readonly updates: Update[];
  /** What was logged, as one text. */
  readonly logged: string[];
  readonly fatal: Error[];
  /** What the door does with an update before it takes it. */
  atDoor: (update: Update) => Promise<void>;
  /** Another channel to the same Discord, not started. */
  another(over?: Partial<DiscordOptions>): Channel;
  readonly door: Door;
  /** Resolves once so many updates came in. */
  arrived(count: number): Promise<Update[]>;
  close(): Promise<void>;
}

export async function discordStage(over: Partial<DiscordOptions> = {}): Promise<DiscordStage> {
  const discord = await fakeDiscord();
  const updates: Update[] = [];
  const logged: string[] = [];
  const fatal: Error[] = [];
  const made: Channel[] = [];
  const write = (fields: object, event: string) => logged.push(`${JSON.stringify(fields)} ${event}`);
  const log: Log = { info: write, warn: write, error: write };
  const another = (more: Partial<DiscordOptions> = {}): Channel => {
    const channel = createDiscord({
      token: discord.world.token,
      apiRoot: discord.root,
      log,
      commands: COMMANDS,
      texts: TEXTS,
      retryMs: 1,
      onFatal: (error) => {
        fatal.push(error);
        discord.world.changed();
      },
      ...over,
      ...more,
    });
    made.push(channel);
    return channel;
  };
  const channel = another();
  const stage: DiscordStage = {
    discord,
    channel,
    updates,
    logged,
    fatal,
    another,
    atDoor: async () => {},
    door: {
      receive: async (update) => {
        await stage.atDoor(update);
        updates.push(update);
        discord.world.changed();
      },
      awake: () => {},
      unreachable: async () => {},
    },
    arrived: (count) => discord.until(`${count} updates`, () => updates.length >= count && updates),
    close: async () => {
      await Promise.all(made.map((one) => one.stop()));
      await discord.close();
    },
  };
  await channel.start(stage.door);
  return stage;
}

let nonces = 0;

/** A delivery to the person, under a nonce of its own. */
export const say = (
  text: string,
  message: Partial<Message> = {},
  more: Partial<Delivery> = {},
): Delivery => ({
  address: `discord:${PERSON}`,
  message: { text, buttons: [], lane: "reply", ...message },
  nonce: `nonce-${++nonces}`,
  ...more,
});

/** Choices with these labels; the tokens are `t1`, `t2` ... */
export const choices = (...labels: string[]) =>
  labels.map((label, index) => ({ label, token: `t${index + 1}` }));
