/**
 * The connection to Discord's gateway: discord.js keeps it up, with shards, heartbeats, resume and reconnect.
 *
 * Events are read in their raw form, before discord.js makes objects of them: so none waits for a start that
 * is not complete yet, and nothing about people is kept in its caches.
 */
import { setTimeout as sleep } from "node:timers/promises";
import {
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  type RESTOptions,
} from "discord.js";
import type { Log } from "./channel.ts";
import { finalClose, finalLogin, reason } from "./discord-errors.ts";

/** Direct messages, and in servers those that mention the bot; neither needs Discord's approval. */
const INTENTS = [GatewayIntentBits.DirectMessages, GatewayIntentBits.GuildMessages];
const AGAIN_MAX_MS = 60_000;
const CLOSING_MS = 2_000;

/** What the gateway brings; `ready` comes first, with the ids of the bot's user and of its application. */
export interface GatewayEvents {
  ready(user: string, application: string): void;
  interaction(payload: unknown): void;
  message(payload: unknown): void;
  /** Discord is not reached yet; trying goes on. */
  away(): void;
  /** Discord has ended the connection for good; the sentence names the remedy. */
  lost(sentence: string): void;
}

export interface GatewayOptions {
  readonly token: string;
  readonly rest: Partial<RESTOptions>;
  readonly log: Log;
  readonly events: GatewayEvents;
  /** The first pause after a failure, in ms; it doubles up to a minute. */
  readonly retryMs: number;
  /** Aborted, no more is tried. */
  readonly signal: AbortSignal;
}

/**
 * Opens the gateway and resolves once all shards are ready; tries again for as long as the network fails.
 * Throws a sentence with the remedy where trying again is useless.
 */
export async function openGateway(options: GatewayOptions): Promise<Client | undefined> {
  const { token, rest, log, events, retryMs, signal } = options;
  for (let wait = retryMs; !signal.aborted; wait = Math.min(wait * 2, AGAIN_MAX_MS)) {
    const client = createClient(rest, log, events);
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    const up = client.login(token).then(() => ready);
    try {
      await Promise.race([up, aborted]);
      if (!signal.aborted) return client;
      // A connection that is halfway is closed once it is made: broken off there, discord.js makes it anew.
      await within(CLOSING_MS, up);
    } catch (error) {
      const sentence = finalLogin(error);
      if (sentence !== undefined) throw new Error(sentence);
      log.warn({ reason: reason(error), again: wait }, "discord: not reached yet");
      events.away();
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
    await closeGateway(client);
  }
  return undefined;
}

/** Ends the session; a connection that is just being made may not hold up the stop. */
export const closeGateway = (client: Client): Promise<unknown> => within(CLOSING_MS, client.destroy());

const within = (ms: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, sleep(ms, undefined, { ref: false })]);

function createClient(rest: Partial<RESTOptions>, log: Log, events: GatewayEvents): Client {
  const client = new Client({
    intents: INTENTS,
    shards: "auto",
    rest,
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      UserManager: 0,
    }),
  });
  // Without these listeners an error in the client would end the process.
  client.on(Events.Error, (error) => log.error({ reason: reason(error) }, "discord: client error"));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ shard, reason: reason(error) }, "discord: connection error"),
  );
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, "discord: reconnecting"));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, "discord: resumed"));
  client.on(Events.ShardDisconnect, ({ code }) => {
    const sentence = finalClose(code);
    if (sentence !== undefined) events.lost(sentence);
  });
  client.ws.on(GatewayDispatchEvents.Ready, (data) => events.ready(data.user.id, data.application.id));
  client.ws.on(GatewayDispatchEvents.InteractionCreate, events.interaction);
  client.ws.on(GatewayDispatchEvents.MessageCreate, events.message);
  shield(client, (type, error) => log.warn({ type, reason: reason(error) }, "discord: event not understood"));
  return client;
}

/**
 * discord.js handles each event in a promise that nobody awaits: what it throws over an event in a form it
 * does not know would end the process, so it is caught here.
 */
function shield(client: Client, caught: (type: string, error: unknown) => void): void {
  const inner = client.ws as unknown as { handlePacket(packet?: { t: string }, shard?: unknown): boolean };
  const handle = inner.handlePacket.bind(inner);
  inner.handlePacket = (packet, shard) => {
    try {
      return handle(packet, shard);
    } catch (error) {
      caught(packet?.t ?? "", error);
      return false;
    }
  };
}
