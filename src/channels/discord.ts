/**
 * Discord behind the seam: the gateway brings what people do, and a REST client of discord.js, which obeys
 * the rate limits of each route, carries what we say.
 *
 * One person is one conversation, in the chat with the bot: an act in a server is answered there too, and
 * in the server stands one line without health in it. Discord delivers nothing twice, so where the house
 * fails to store an act, the channel itself asks it again, in order for each person.
 */
import { setTimeout as sleep } from "node:timers/promises";
import {
  type APIDMChannel,
  type APIMessage,
  type Client,
  DiscordAPIError,
  InteractionResponseType,
  type RateLimitData,
  REST,
  Routes,
} from "discord.js";
import { chatOf } from "../dialogue/input.ts";
import { type Channel, type Door, Gone, type Log } from "./channel.ts";
import { createAnswers, type DiscordTexts } from "./discord-answers.ts";
import { registerCommands, type SlashCommand, suggestionsFor } from "./discord-commands.ts";
import { meaningOf, PATIENCE_MS, reason } from "./discord-errors.ts";
import { DISCORD, formsOf } from "./discord-form.ts";
import { closeGateway, type GatewayEvents, openGateway } from "./discord-gateway.ts";
import { type Happening, readInteraction, readMessage } from "./discord-intake.ts";

export interface DiscordOptions {
  readonly token: string;
  /** Another Discord, with REST at `{root}/v10`; without a slash at its end. */
  readonly apiRoot?: string;
  readonly log: Log;
  readonly commands: readonly SlashCommand[];
  readonly texts: DiscordTexts;
  /** Discord has ended the connection for good: the process should end with this sentence. */
  readonly onFatal?: (error: Error) => void;
  /** The first pause after a failure, in ms; it doubles. */
  readonly retryMs?: number;
  /** How long "is thinking" may stand before it is ended without an answer (ms). */
  readonly thinkingMs?: number;
}

type Act = Exclude<Happening, { kind: "typing" }>;
type Typing = Extract<Happening, { kind: "typing" }>;

/** An act that could not be stored in so many tries is given up, and the person is told. */
const TRIES = 6;
const THINKING_MS = 10_000;
const REQUEST_MS = 10_000;
const CHATS_KEPT = 10_000;

/** The Discord channel. `send` needs no gateway: it also works before `start` and after `stop`. */
export function createDiscord(options: DiscordOptions): Channel {
  const { token, apiRoot, log, commands, texts, retryMs = 250, thinkingMs = THINKING_MS } = options;
  const restOptions = { ...(apiRoot ? { api: apiRoot } : {}), timeout: REQUEST_MS, retries: 1 };
  const tooLong = (limit: RateLimitData) => Math.max(limit.retryAfter, limit.timeToReset) > PATIENCE_MS;
  const rest = new REST({ ...restOptions, rejectOnRateLimit: tooLong }).setToken(token);
  // Answers to interactions are outside the limit of 50 a second, so a flood of messages never delays them.
  const quick = new REST({ ...restOptions, globalRequestsPerSecond: Number.POSITIVE_INFINITY }).setToken(
    token,
  );
  const failed = (what: string, error: unknown) =>
    log.warn({ what, reason: reason(error) }, "discord: not taken");
  const ids = { user: "", application: "" };
  const answers = createAnswers(quick, () => ids.application, texts, thinkingMs, failed);
  const stopping = new AbortController();
  /** Acts of one person are handed in one after another. */
  const lines = new Map<string, Promise<void>>();
  const chats = new Map<string, string>();
  let client: Client | undefined;
  let connecting: Promise<void> = Promise.resolve();

  const rememberChat = (user: string, chat: string): string => {
    if (chats.size >= CHATS_KEPT) chats.clear();
    chats.set(user, chat);
    return chat;
  };
  const openChat = async (user: string): Promise<string> => {
    const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as APIDMChannel;
    return rememberChat(user, id);
  };

  const handIn = async (door: Door, { update, user }: Act): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await door.receive(update);
      } catch (error) {
        log.error({ update: update.id, tries, reason: reason(error) }, "discord: an act was not stored");
        if (tries >= TRIES) return answers.end(user, "failed");
        await sleep(retryMs * 2 ** (tries - 1));
      }
    }
  };

  const happened = (door: Door, act: Act): void => {
    const { user, channel, alone } = act;
    answers.acknowledge(act);
    if (alone && channel !== undefined) rememberChat(user, channel);
    const line = (lines.get(user) ?? Promise.resolve()).then(() => handIn(door, act));
    lines.set(user, line);
    void line.finally(() => {
      if (lines.get(user) === line) lines.delete(user);
    });
  };

  const suggest = async ({ command, text, handle }: Typing): Promise<void> => {
    const suggestions = suggestionsFor(commands, command, text);
    const choices = suggestions.map(({ label, value }) => ({ name: label, value }));
    const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } };
    await quick.post(Routes.interactionCallback(handle.id, handle.token), { body, auth: false });
  };

  /** Takes the choices off a message of the past; if that fails, they are answered kindly anyway. */
  const retire = (chat: string, message: string): Promise<unknown> =>
    rest
      .patch(Routes.channelMessage(chat, message), { body: { components: [] } })
      .catch((error) => failed("taking away old choices", error));

  const connect = async (events: GatewayEvents): Promise<void> => {
    const { signal } = stopping;
    client = await openGateway({ token, rest: restOptions, log, events, retryMs, signal });
    if (client === undefined) return;
    try {
      const changed = await registerCommands(rest, ids.application, commands);
      log.info({ commands: changed ? "registered" : "unchanged" }, "discord: connected");
    } catch (error) {
      log.error({ reason: reason(error) }, "discord: the slash commands could not be registered");
    }
  };

  return {
    name: "discord",
    capabilities: DISCORD,

    start(door) {
      const take = (happening: Happening | undefined): void => {
        if (happening === undefined || stopping.signal.aborted) return;
        if (happening.kind === "typing")
          void suggest(happening).catch((error) => failed("suggestions", error));
        else happened(door, happening);
      };
      return new Promise((resolve, reject) => {
        let started = false;
        const lost = (sentence: string): void => {
          log.error({}, sentence);
          options.onFatal?.(new Error(sentence));
        };
        const events: GatewayEvents = {
          ready: (user, application) => Object.assign(ids, { user, application }),
          interaction: (payload) => take(readInteraction(payload)),
          message: (payload) => take(readMessage(payload, ids.user)),
          // A Discord that is away holds up nothing else: the start is over, and trying goes on.
          away: () => {
            started = true;
            resolve();
          },
          lost,
        };
        connecting = connect(events).then(resolve, (error: Error) => {
          if (started) lost(error.message);
          else reject(error);
        });
      });
    },

    async send(delivery) {
      const user = chatOf(delivery.address);
      try {
        const chat = chats.get(user) ?? (await openChat(user));
        let buttons: string | undefined;
        for (const { body, files } of await formsOf(delivery, texts.choose)) {
          const message = (await rest.post(Routes.channelMessages(chat), { body, files })) as APIMessage;
          if (body.components) buttons = message.id;
        }
        answers.end(user, "answered", chat);
        if (delivery.retire !== undefined) await retire(chat, delivery.retire);
        return buttons === undefined ? {} : { buttons };
      } catch (error) {
        const meaning = meaningOf(error);
        if (meaning instanceof Gone) answers.end(user, "closed");
        // A chat that Discord does not know is opened anew at the next attempt.
        if (error instanceof DiscordAPIError && error.status === 404) chats.delete(user);
        throw meaning;
      }
    },

    async stop() {
      stopping.abort();
      while (lines.size > 0) await Promise.all(lines.values());
      await answers.settled();
      await connecting;
      if (client) await closeGateway(client);
    },
  };
}
