/**
 * Telegram, by long polling or by webhook, on grammY's API client.
 *
 * The polling loop is ours. grammY's `bot.start` handles one update at a time for everybody and dies of a
 * 409; its runner confirms before handling. Here an update is confirmed only once it is stored, chats do
 * not wait for each other, and another poller (a deploy that overlaps) is waited for. Sending, reading,
 * order and errors each have a file of their own beside this one.
 */
import { Api } from "grammy";
import { chatOf } from "../dialogue/input.ts";
import type { Count } from "../dialogue/result.ts";
import type { Channel, Door, Log } from "./channel.ts";
import { announce, type BotCommand, type Profile } from "./telegram-announce.ts";
import { createInbox, createQueues, pause } from "./telegram-inbox.ts";
import { createSender, TELEGRAM, type Uploads } from "./telegram-send.ts";
import { attempt, CallFailed, isWrongToken } from "./telegram-trouble.ts";
import { createTyping } from "./telegram-typing.ts";
import { ALLOWED_UPDATES, type Me, type Reading, readUpdate } from "./telegram-updates.ts";
import { createWebhook, type Webhook } from "./telegram-webhook.ts";

export interface TelegramOptions {
  readonly token: string;
  /** Another Bot API server, without a slash at the end. */
  readonly apiRoot?: string;
  /** Receives by webhook instead of long polling. */
  readonly webhook?: { readonly url: string; readonly secret: string };
  readonly log: Log;
  readonly uploads: Uploads;
  readonly commands: readonly BotCommand[];
  readonly profile?: Profile;
  /** Counts what is ignored, by reason. */
  readonly count?: (count: Count) => void;
  /** The bot can never receive again (its token was revoked): the process should end with this sentence. */
  readonly onFatal?: (error: Error) => void;
  /** The first pause after a failure, in ms; it doubles up to half a minute. */
  readonly retryMs?: number;
  /** How long Telegram may hold an empty poll, in seconds. */
  readonly pollSeconds?: number;
}

/** The channel, and the handler that the server mounts where a webhook is configured. */
export interface TelegramChannel extends Channel {
  readonly webhook?: Webhook;
}

const SEND_TIMEOUT_S = 30;
const RETRY_MAX_MS = 30_000;
/** How often Telegram is asked for others' updates while one chat's update is held up. */
const HELD_UP_MS = 500;
const GOODBYE_MS = 3_000;

const WRONG_TOKEN =
  "Telegram does not know this bot: TELEGRAM_TOKEN is wrong or was revoked. Set the token that @BotFather shows (and see that TELEGRAM_API_ROOT, if set, is a Bot API server).";
const OTHER_POLLER =
  "another process receives this bot's updates: end it, or give this one a token of its own; trying again";

export function createTelegram(options: TelegramOptions): TelegramChannel {
  const { token, log, retryMs = 500, pollSeconds = 25 } = options;
  const root = options.apiRoot === undefined ? {} : { apiRoot: options.apiRoot.replace(/\/+$/, "") };
  const api = new Api(token, { ...root, timeoutSeconds: SEND_TIMEOUT_S });
  const pollApi = new Api(token, { ...root, timeoutSeconds: pollSeconds + SEND_TIMEOUT_S });
  const sender = createSender(api, token.split(":")[0] ?? "", options.uploads);
  const typing = createTyping((chat) =>
    attempt("sendChatAction", () => api.sendChatAction(chat, "typing")).then(
      () => {},
      () => {},
    ),
  );
  const inbox = createInbox(log, retryMs);
  const webhookChats = createQueues();
  const stopping = new AbortController();
  let door: Door | undefined;
  let me: Me | undefined;
  let background: Promise<unknown> = Promise.resolve();

  type Meant = Exclude<Reading, { kind: "ignored" }>;

  const store = async (reading: Meant): Promise<void> => {
    if (reading.kind === "gone") await door?.unreachable(reading.address);
    else await door?.receive(reading.update);
  };

  /** What a person sees at once, before any work: the button is let go, and somebody is typing. */
  const acknowledge = (reading: Meant): void => {
    if (reading.kind === "gone") return;
    const { tapped, chat } = reading;
    if (tapped) {
      void attempt("answerCallbackQuery", () => api.answerCallbackQuery(tapped.query)).catch(() => {});
      void sender.clear(tapped.chat, tapped.message);
    }
    typing.begin(chat);
  };

  const read = (raw: unknown): Meant | undefined => {
    const reading = me ? readUpdate(raw, me) : undefined;
    if (reading?.kind !== "ignored") return reading;
    options.count?.({ name: "telegram_ignored", labels: { why: reading.why } });
    return undefined;
  };

  const takePolled = (raw: unknown): void => {
    const id = (raw as { update_id?: unknown } | null)?.update_id;
    const reading = read(raw);
    if (!Number.isSafeInteger(id)) return;
    if (!reading) inbox.skip(id as number);
    else if (inbox.take({ id: id as number, chat: reading.chat, work: () => store(reading) }))
      acknowledge(reading);
  };

  const takePushed = async (raw: unknown): Promise<void> => {
    if (!me || stopping.signal.aborted) throw new Error("not receiving");
    const reading = read(raw);
    if (!reading) return;
    acknowledge(reading);
    await webhookChats
      .run(reading.chat, () => store(reading))
      .catch((error: unknown) => {
        log.warn(
          { reason: error instanceof Error ? error.message : "unknown" },
          "telegram update not stored",
        );
        throw error;
      });
  };

  async function connect(): Promise<void> {
    const { id, username } = await attempt("getMe", () => api.getMe());
    if (options.webhook) {
      const { url, secret } = options.webhook;
      const other = { secret_token: secret, allowed_updates: ALLOWED_UPDATES };
      await attempt("setWebhook", () => api.setWebhook(url, other));
    } else {
      await attempt("deleteWebhook", () => api.deleteWebhook());
    }
    me = { id, username, commands: ["start", ...options.commands.map(({ name }) => name)] };
    log.info({ bot: username, receiving: options.webhook ? "webhook" : "polling" }, "telegram connected");
  }

  async function poll(): Promise<void> {
    const timeout = inbox.waiting() > 0 ? 0 : pollSeconds;
    const offset = inbox.offset();
    const query = {
      timeout,
      limit: 100,
      allowed_updates: ALLOWED_UPDATES,
      ...(offset === undefined ? {} : { offset }),
    };
    const updates = await attempt("getUpdates", () => pollApi.getUpdates(query, stopping.signal as never));
    for (const update of updates) takePolled(update);
    await inbox.settled(HELD_UP_MS);
  }

  /** Repeats `work` until it says it is done, with back-off after failures; ends on stop or a wrong token. */
  async function persist(work: () => Promise<"done" | "again">): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        if ((await work()) === "done") return;
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        const trouble = error instanceof CallFailed ? error.trouble : undefined;
        if (trouble?.code === 401) {
          log.error({}, WRONG_TOKEN);
          options.onFatal?.(new Error(WRONG_TOKEN));
          return;
        }
        failures += 1;
        const backoff = Math.min(retryMs * 2 ** (failures - 1), RETRY_MAX_MS);
        const wait = trouble?.retryAfter === undefined ? backoff : trouble.retryAfter * 1000;
        const reason = error instanceof Error ? error.message : "unknown";
        if (trouble?.code === 409) log.error({ wait, reason }, OTHER_POLLER);
        else log.warn({ wait, reason }, "telegram is not reachable, trying again");
        if (trouble?.code === 409 && /webhook/i.test(trouble.description))
          await attempt("deleteWebhook", () => api.deleteWebhook()).catch(() => {});
        await pause(wait, stopping.signal);
      }
    }
  }

  const connectThenReceive = async (connected: boolean): Promise<void> => {
    if (!connected) await persist(() => connect().then(() => "done"));
    const announced = announce(api, options.commands, options.profile, log, stopping.signal);
    if (me && !options.webhook) await persist(() => poll().then(() => "again"));
    await announced;
  };

  return {
    name: "telegram",
    capabilities: TELEGRAM,
    ...(options.webhook ? { webhook: createWebhook(options.webhook, takePushed) } : {}),

    async start(given) {
      door = given;
      let connected = true;
      await connect().catch((error: unknown) => {
        if (!(error instanceof CallFailed)) throw error;
        const { code } = error.trouble;
        if (isWrongToken(error.trouble)) throw new Error(WRONG_TOKEN);
        if (code === 400)
          throw new Error(`${error.message}. Correct TELEGRAM_WEBHOOK_URL or TELEGRAM_WEBHOOK_SECRET.`);
        log.warn({ reason: error.message }, "telegram is not reachable yet, trying again");
        connected = false;
      });
      background = connectThenReceive(connected);
    },

    async send(delivery) {
      await typing.end(Number(chatOf(delivery.address)));
      return sender.send(delivery);
    },

    async stop() {
      stopping.abort();
      typing.close();
      await Promise.all([inbox.close(), webhookChats.idle(), background]);
      const offset = inbox.offset();
      if (options.webhook || offset === undefined) return;
      // Tells Telegram what is handled, so that the next process is not told it again.
      const goodbye = AbortSignal.timeout(GOODBYE_MS) as never;
      await attempt("getUpdates", () => pollApi.getUpdates({ offset, limit: 1, timeout: 0 }, goodbye)).catch(
        () => {},
      );
    },
  };
}
