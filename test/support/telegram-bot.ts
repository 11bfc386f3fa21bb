/** A Telegram channel that talks to the fake server, with a door that only keeps what comes in. */
import { afterEach } from "vitest";
import type { Delivery, Door } from "../../src/channels/channel.ts";
import { createTelegram, type TelegramChannel, type TelegramOptions } from "../../src/channels/telegram.ts";
import type { Address, Update } from "../../src/dialogue/input.ts";
import type { Button, Message } from "../../src/dialogue/message.ts";
import { type FakeTelegram, startFakeTelegram } from "./fake-telegram.ts";

export interface Bot {
  readonly fake: FakeTelegram;
  readonly channel: TelegramChannel;
  readonly door: Door;
  readonly received: Update[];
  readonly gone: Address[];
  /** Everything that was logged, as one text. */
  readonly logged: () => string;
  readonly uploads: Map<string, string>;
  /** Resolves with the n-th update (from 1) that was stored. */
  readonly update: (n: number) => Promise<Update>;
}

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

/** A server of its own, closed after the test. */
export async function fakeForTest(): Promise<FakeTelegram> {
  const fake = await startFakeTelegram();
  ended.push(() => fake.close());
  return fake;
}

/** A bot that is not started yet; `receive` may refuse to store, like a database that is away. */
export async function botForTest(
  options: Partial<TelegramOptions> = {},
  receive: (update: Update) => Promise<void> = async () => {},
  given?: FakeTelegram,
): Promise<Bot> {
  const fake = given ?? (await fakeForTest());
  const received: Update[] = [];
  const gone: Address[] = [];
  const uploads = new Map<string, string>();
  const lines: string[] = [];
  const note = (fields: object, event: string): void => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const watchers = new Set<() => void>();
  const channel = createTelegram({
    token: fake.token,
    apiRoot: fake.root,
    log: { info: note, warn: note, error: note },
    uploads: { get: (key) => uploads.get(key), set: (key, id) => void uploads.set(key, id) },
    commands: [
      { name: "menu", description: "Het menu" },
      { name: "stop", description: "Stoppen" },
    ],
    retryMs: 1,
    pollSeconds: 5,
    ...options,
  });
  const door: Door = {
    async receive(update) {
      await receive(update);
      received.push(update);
      for (const watch of [...watchers]) watch();
    },
    async unreachable(address) {
      gone.push(address);
    },
    awake() {},
  };
  ended.push(() => channel.stop());
  const update = (n: number): Promise<Update> =>
    new Promise((resolve) => {
      const watch = (): void => {
        const found = received[n - 1];
        if (!found) return;
        watchers.delete(watch);
        resolve(found);
      };
      watchers.add(watch);
      watch();
    });
  return { fake, channel, door, received, gone, logged: () => lines.join("\n"), uploads, update };
}

let deliveries = 0;

/** One message on its way to a chat. */
export function delivery(chat: number, message: Partial<Message>, more: Partial<Delivery> = {}): Delivery {
  deliveries += 1;
  return {
    address: `telegram:${chat}`,
    nonce: `n${deliveries}`,
    message: { text: "Hoi", buttons: [], lane: "reply", ...message },
    ...more,
  };
}

/** Buttons with these labels and a token each. */
export const buttons = (...labels: string[]): Button[] =>
  labels.map((label, i) => ({ label, token: `token-${i}` }));
