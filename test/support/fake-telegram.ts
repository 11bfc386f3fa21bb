/**
 * A small, strict Bot API server on loopback, with the people who write to the bot.
 *
 * It speaks to the real grammY client in this process or to a whole bot in another one
 * (TELEGRAM_API_ROOT=fake.root TELEGRAM_TOKEN=fake.token). It refuses what Telegram refuses, keeps updates
 * until they are confirmed, and can be told to fail. Tests wait for what they expect, never for a time.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  chatOf,
  createMethods,
  ME,
  readPayload,
  type SeenMessage,
  type World,
} from "./fake-telegram-methods.ts";
import { ApiError } from "./fake-telegram-rules.ts";

export interface Call {
  readonly method: string;
  readonly payload: Record<string, unknown>;
}

/** How a call fails: with an answer, without one (`hang`), or after it was performed (`drop`). */
export interface Failure {
  readonly code?: number;
  readonly description?: string;
  readonly parameters?: Record<string, number>;
  readonly how?: "answer" | "hang" | "drop";
  /** Only calls about this chat. */
  readonly chat?: number;
  /** How many calls fail; without it, one. */
  readonly times?: number;
}

export type FakeTelegram = Awaited<ReturnType<typeof startFakeTelegram>>;

const TOKEN = "4242:fake-token-for-tests";
/** When a wait is given up, so that a test says what it waited for. */
const PATIENCE_MS = 60_000;

export async function startFakeTelegram() {
  const calls: Call[] = [];
  const failures: (Failure & { method: string; left: number })[] = [];
  const watchers = new Set<() => void>();
  let nextUpdate = 7_000_001;

  const changed = (): void => {
    for (const watch of [...watchers]) watch();
  };

  const world: World = {
    chats: new Map(),
    blocked: new Set(),
    queries: new Map(),
    files: new Set(),
    settings: new Map(),
    updates: [],
    webhook: undefined,
    poller: undefined,
    nextMessage: 100,
    changed,
    deliverAll: () => world.updates.forEach(({ update_id }) => void deliver(update_id)),
  };
  const methods = createMethods(world);

  /** Resolves with what `find` gives as soon as it gives something. */
  function until<T>(what: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const watch = (): void => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        watchers.delete(watch);
        resolve(found);
      };
      const timer = setTimeout(() => {
        watchers.delete(watch);
        reject(
          new Error(`Waited in vain for ${what}; the bot's last calls: ${JSON.stringify(calls.slice(-5))}`),
        );
      }, PATIENCE_MS);
      watchers.add(watch);
      watch();
    });
  }

  // ---- people ----

  /** Hands any update to the bot; gives its id. */
  function push(update: Record<string, unknown>): number {
    const update_id = nextUpdate++;
    world.updates.push({ update_id, ...update });
    world.poller?.(false);
    if (world.webhook) void deliver(update_id);
    return update_id;
  }

  /** A person's message; `more` adds or replaces fields of it. */
  function say(chat: number, text: string, more: Record<string, unknown> = {}): number {
    if (!world.chats.has(chat)) world.chats.set(chat, []);
    const from = { id: Math.abs(chat), is_bot: false, first_name: "Test" };
    const command = /^\/\w+(@\w+)?/.exec(text)?.[0];
    const entities = command
      ? { entities: [{ type: "bot_command", offset: 0, length: command.length }] }
      : {};
    const date = Math.floor(Date.now() / 1000);
    const message = {
      message_id: world.nextMessage++,
      date,
      chat: chatOf(chat),
      from,
      text,
      ...entities,
      ...more,
    };
    return push({ message });
  }

  const seen = (chat: number): SeenMessage[] => world.chats.get(chat) ?? [];

  /** A tap on a button that shows this label (or carries this data), on the newest message that has it. */
  function tap(chat: number, button: string): number {
    for (const message of [...seen(chat)].reverse()) {
      const found = message.keyboard
        .flat()
        .find((some) => some.text === button || some.callback_data === button);
      if (found) return tapData(chat, message.id, found.callback_data ?? "");
    }
    throw new Error(`No button "${button}" in chat ${chat}: ${JSON.stringify(seen(chat).at(-1)?.keyboard)}`);
  }

  /** A tap with any data on any message: an old client, a forged one. */
  function tapData(chat: number, message: number, data: string): number {
    const id = `q${nextUpdate}`;
    world.queries.set(id, "open");
    const from = { id: Math.abs(chat), is_bot: false, first_name: "Test" };
    const on = { message_id: message, date: 0, chat: chatOf(chat) };
    return push({ callback_query: { id, from, chat_instance: "1", data, message: on } });
  }

  function setMember(chat: number, status: "member" | "kicked"): number {
    if (status === "kicked") world.blocked.add(chat);
    else world.blocked.delete(chat);
    const user = { id: ME.id, is_bot: true, first_name: ME.first_name };
    return push({
      my_chat_member: { chat: chatOf(chat), from: user, date: 0, new_chat_member: { user, status } },
    });
  }

  // ---- the server ----

  async function deliver(update_id: number): Promise<void> {
    for (let attempt = 0; world.webhook && attempt < 50; attempt += 1) {
      const body = JSON.stringify(world.updates.find((update) => update.update_id === update_id));
      const headers = {
        "content-type": "application/json",
        "x-telegram-bot-api-secret-token": world.webhook.secret,
      };
      const ok = await fetch(world.webhook.url, { method: "POST", headers, body }).then(
        (r) => r.ok,
        () => false,
      );
      if (ok) {
        world.updates = world.updates.filter((update) => update.update_id !== update_id);
        return changed();
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  function failureOf({ method, payload }: Call): Failure | undefined {
    const failure = failures.find(
      (some) =>
        some.left > 0 &&
        some.method === method &&
        (some.chat === undefined || some.chat === Number(payload.chat_id)),
    );
    if (failure) failure.left -= 1;
    return failure;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token, name = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? "") ?? [];
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    try {
      const { payload, files } = await readPayload(request);
      if (token !== TOKEN) throw new ApiError(401, "Unauthorized");
      const call = { method: name, payload };
      calls.push(call);
      const failure = failureOf(call);
      const how = failure ? (failure.how ?? "answer") : undefined;
      if (how === "hang") return changed();
      if (how === "answer")
        throw new ApiError(
          failure?.code ?? 500,
          failure?.description ?? "Internal Server Error",
          failure?.parameters,
        );
      const method = methods[name];
      if (!method) throw new ApiError(404, "Not Found: method not found");
      const result = await method(payload, files);
      if (how === "drop") request.socket.destroy();
      else answer(200, { ok: true, result });
    } catch (error) {
      const { code, message, parameters } =
        error instanceof ApiError ? error : new ApiError(500, String(error));
      answer(code, { ok: false, error_code: code, description: message, parameters });
    }
    changed();
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    username: ME.username,
    calls,
    settings: world.settings,
    push,
    say,
    tap,
    tapData,
    seen,
    until,
    block: (chat: number) => setMember(chat, "kicked"),
    unblock: (chat: number) => setMember(chat, "member"),
    /** The calls of one method. */
    callsOf: (method: string): Call[] => calls.filter((call) => call.method === method),
    /** The n-th message (from 1) that the bot sent to this chat. */
    message: (chat: number, n: number) => until(`message ${n} in chat ${chat}`, () => seen(chat)[n - 1]),
    /** Ids of updates that the bot has not confirmed. */
    unconfirmed: (): number[] => world.updates.map(({ update_id }) => update_id),
    /** Resolves when the bot confirmed everything. */
    confirmed: () =>
      until("all updates to be confirmed", () => (world.updates.length === 0 ? true : undefined)),
    fail: (method: string, failure: Failure = {}): void => {
      failures.push({ ...failure, method, left: failure.times ?? 1 });
    },
    /** Forgets all files, as a picture of another bot would be unknown. */
    forgetFiles: () => world.files.clear(),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
