/**
 * A Discord on loopback: REST and gateway on one port of the system's choosing, strict about limits.
 *
 * People act through it (`says`, `slash`, `taps`) in payloads of the recorded form, and a test asks what
 * stands on their screens (`dm`, `inServer`). The real discord.js talks to it, in this process or another.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway, type Gateway } from "./fake-discord-gateway.ts";
import { type Command, type Component, refusal } from "./fake-discord-limits.ts";
import {
  interactionPayload,
  memberOf,
  messagePayload,
  type Place,
  readyPayload,
  SERVER,
} from "./fake-discord-payloads.ts";
import { createRest } from "./fake-discord-rest.ts";
import type { FakeInteraction, FakeMessage, World } from "./fake-discord-world.ts";

export type { Place } from "./fake-discord-payloads.ts";
export type { FakeInteraction, FakeMessage } from "./fake-discord-world.ts";

export interface FakeDiscord {
  /** What goes into `DISCORD_API_ROOT`. */
  readonly root: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly serverChannel: string;
  /** What this person sees in the chat with the bot, oldest first. */
  dm(user: string): FakeMessage[];
  /** What stands in the server's channel; `onlyFor` marks what one person alone sees. */
  inServer(): FakeMessage[];
  commands(): Command[];
  /** A person writes to the bot; the message's id. `over` bends the payload. */
  says(user: string, text: string, over?: Record<string, unknown>): string;
  /** A person mentions the bot in a server. */
  mentions(user: string, text: string): string;
  slash(user: string, name: string, options?: Record<string, string>, place?: Place): FakeInteraction;
  /** A person taps a button, or picks an option of a select, by its token. */
  taps(user: string, token: string, message?: FakeMessage): FakeInteraction;
  /** A person is typing in an option; resolves to what is suggested. */
  types(user: string, name: string, option: string, text: string): Promise<{ name: string; value: string }[]>;
  /** The last event once more, with all its ids. */
  repeats(): void;
  /** The next `times` requests on this path are refused with 429. */
  limits(path: RegExp, seconds: number, times?: number): void;
  /** The next request on this path is done, but its answer is lost on the way. */
  loses(path: RegExp): void;
  /** The private chat with this person gets another id. */
  moves(user: string): void;
  /** Any event at all, as Discord may one day send it. */
  sends(type: string, data: unknown): void;
  /** Resolves once `found` gives something; looked at after every request and connection. */
  until<T>(what: string, found: () => T | undefined | false): Promise<T>;
  close(): Promise<void>;
}

/** As long as a real one. */
const TOKEN = "fake-discord-token.for-tests.0123456789-0123456789-0123456789";
/** When a wait is given up, so that a test says what it waited for. */
const PATIENCE_MS = 40_000;
const EPOCH = 1_420_070_400_000n;

/** The tokens that a message offers: of its buttons, or of the options of its select. */
export const tokensOf = (message: FakeMessage | undefined): string[] =>
  (message?.components ?? [])
    .flatMap((row) => row.components)
    .filter((component) => !component.disabled)
    .flatMap((component) => component.options?.map((option) => option.value) ?? [component.custom_id ?? ""]);

/** The labels that a message offers, in order. */
export const labelsOf = (message: FakeMessage | undefined): string[] =>
  (message?.components ?? [])
    .flatMap((row) => row.components)
    .filter((component) => !component.disabled)
    .flatMap((component) => component.options?.map((option) => option.label) ?? [component.label ?? ""]);

/** Starts a fake Discord whose one valid token is `token`. */
export async function fakeDiscord(token = TOKEN): Promise<FakeDiscord> {
  let counter = 0n;
  const waiting = new Set<() => void>();
  const channels = new Map<string, string>();
  const changed = () => {
    for (const look of waiting) look();
  };
  const id = () => (((BigInt(Date.now()) - EPOCH) << 22n) + ++counter).toString();
  const serverChannel = id();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const world: World = {
    token,
    botId: "1180000000000000001",
    commands: [],
    messages: [],
    interactions: new Map(),
    closed: new Map(),
    moods: [],
    calls: [],
    nonces: new Map(),
    shards: 1,
    id,
    dmChannel: (user) => {
      const channel = channels.get(user) ?? id();
      channels.set(user, channel);
      return channel;
    },
    knows: (channel) => channel === serverChannel || [...channels.values()].includes(channel),
    recipient: (channel) => [...channels].find(([, one]) => one === channel)?.[0],
    gatewayUrl: () => `ws://127.0.0.1:${port}`,
    changed,
  };
  server.on("request", createRest(world));
  const gateway = createGateway(server, {
    token: () => world.token,
    welcome: () => readyPayload(world.botId),
    url: world.gatewayUrl,
    changed,
  });
  let last: [string, unknown, string | undefined] | undefined;
  const dispatch = (type: string, data: unknown, guild?: string) => {
    last = [type, data, guild];
    gateway.dispatch(type, data, guild);
  };

  const begin = (user: string, place: Place, type: number, data: unknown, message?: FakeMessage) => {
    const channel = place === "dm" ? world.dmChannel(user) : place === "server" ? serverChannel : id();
    const interaction: FakeInteraction = {
      id: id(),
      token: `interaction-${id()}`,
      user,
      channel,
      at: Date.now(),
    };
    world.interactions.set(interaction.token, interaction);
    const payload = interactionPayload(world.botId, interaction, place, type, data, message);
    dispatch("INTERACTION_CREATE", payload, place === "server" ? SERVER : undefined);
    return interaction;
  };
  const commandData = (name: string, options: unknown[]) => ({ id: id(), name, type: 1, options });
  const newest = (user: string, wanted: string) =>
    world.messages.findLast(
      (message) => message.channel === world.dmChannel(user) && tokensOf(message).includes(wanted),
    );

  const fake: FakeDiscord = {
    root: `http://127.0.0.1:${port}/api`,
    world,
    gateway,
    serverChannel,
    dm: (user) => world.messages.filter((message) => message.channel === world.dmChannel(user)),
    inServer: () => world.messages.filter((message) => message.channel === serverChannel),
    commands: () => world.commands,
    says: (user, text, over = {}) => {
      const message = {
        ...messagePayload(id(), user, world.dmChannel(user), text),
        channel_type: 1,
        ...over,
      };
      dispatch("MESSAGE_CREATE", message);
      return message.id;
    },
    mentions: (user, text) => {
      const message = messagePayload(id(), user, serverChannel, `<@${world.botId}> ${text}`);
      const { user: _, ...member } = memberOf(user);
      const mentions = [{ id: world.botId, username: "Rustpunt", bot: true }];
      dispatch("MESSAGE_CREATE", { ...message, guild_id: SERVER, member, mentions }, SERVER);
      return message.id;
    },
    slash: (user, name, options = {}, place = "dm") =>
      begin(
        user,
        place,
        2,
        commandData(
          name,
          Object.entries(options).map(([key, value]) => ({ name: key, type: 3, value })),
        ),
      ),
    taps: (user, wanted, message = newest(user, wanted)) => {
      const components = message?.components.flatMap((row) => row.components) ?? [];
      const select = components.find((one: Component) => one.options?.some(({ value }) => value === wanted));
      const data = select
        ? { component_type: 3, custom_id: select.custom_id, values: [wanted] }
        : { component_type: 2, custom_id: wanted };
      return begin(user, "dm", 3, data, message);
    },
    types: async (user, name, option, text) => {
      const typed = { name: option, type: 3, value: text, focused: true };
      const interaction = begin(user, "dm", 4, commandData(name, [typed]));
      const answered = await fake.until("the suggestions", () => interaction.answered);
      return answered.choices ?? [];
    },
    repeats: () => {
      if (last) gateway.dispatch(...last);
    },
    limits: (path, seconds, times = 1) => {
      const answer = refusal(429, 0, "You are being rate limited.");
      world.moods.push({
        path,
        times,
        answer: { ...answer, body: { ...answer.body, retry_after: seconds, global: false } as never },
        headers: { "retry-after": String(seconds), "x-ratelimit-scope": "user" },
      });
    },
    loses: (path) => world.moods.push({ path, times: 1 }),
    moves: (user) => channels.delete(user),
    sends: (type, data) => dispatch(type, data),
    until: (what, found) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          waiting.delete(look);
          clearTimeout(timer);
        };
        const look = () => {
          const value = found();
          if (value === undefined || value === false) return;
          stop();
          resolve(value);
        };
        const timer = setTimeout(() => {
          stop();
          const calls = world.calls.map(({ method, path }) => `${method} ${path}`).join("\n  ");
          reject(new Error(`Fake Discord waited in vain for ${what}. Requests so far:\n  ${calls}`));
        }, PATIENCE_MS);
        waiting.add(look);
        look();
      }),
    close: async () => {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}
