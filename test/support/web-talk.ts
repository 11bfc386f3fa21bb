/**
 * The web chat with a house of cardboard behind it: a door that answers by a function, and an outbox that
 * keeps its promises in memory. What it remembers can be handed to the next one, as a database would be.
 */

import { readFileSync } from "node:fs";
import pino from "pino";
import { Registry } from "prom-client";
import { parse } from "yaml";
import { Later, type Picture } from "../../src/channels/channel.ts";
import { WebTexts } from "../../src/channels/web/texts.ts";
import { createWeb } from "../../src/channels/web.ts";
import type { Address, Update } from "../../src/dialogue/input.ts";
import type { Message } from "../../src/dialogue/message.ts";
import { createServer } from "../../src/server.ts";

/** A message with whatever is not of interest left out. */
export type Said = Partial<Message> & { text: string; file?: "export" };

/** What outlives a restart: acts that were handled, and messages promised. */
export interface Memory {
  readonly updates: Update[];
  readonly promised: Map<Address, { nonce: string; said: Said }[]>;
  nonce: number;
}
export const newMemory = (): Memory => ({ updates: [], promised: new Map(), nonce: 0 });

export const texts = WebTexts.parse(
  parse(readFileSync(new URL("../../flows/web.yaml", import.meta.url), "utf8")),
);

export interface TalkOptions {
  readonly answer: (update: Update) => readonly Said[];
  readonly memory?: Memory;
  readonly port?: number;
  readonly now?: () => number;
  readonly pictures?: ReadonlyMap<string, Picture>;
  readonly ackWithin?: number;
  /** What the door does before it takes an update. */
  readonly atDoor?: () => Promise<void>;
}

export type Talk = Awaited<ReturnType<typeof openTalk>>;

/** Starts the server, the channel and the door; `stop` ends all three. */
export async function openTalk(options: TalkOptions) {
  const { answer, memory = newMemory(), now = Date.now, pictures = new Map(), atDoor } = options;
  let ids = 0;
  const web = createWeb({
    pictures: pictures.values(),
    texts,
    commands: [
      { name: "massage", description: "Begin een massage" },
      { name: "hulp", description: "Wat kan ik doen?" },
    ],
    newId: () => `browser-number-${String(++ids).padStart(4, "0")}-${memory.updates.length}`,
    now,
    ...(options.ackWithin === undefined ? {} : { ackWithin: options.ackWithin }),
  });
  const server = createServer({
    host: "127.0.0.1",
    port: options.port ?? 0,
    log: pino({ level: "silent" }),
    health: async () => ({ ok: true }),
    metrics: new Registry(),
    routes: [web.routes],
  });

  const busy = new Set<Address>();
  async function deliver(address: Address): Promise<void> {
    if (busy.has(address)) return;
    busy.add(address);
    const queue = memory.promised.get(address) ?? [];
    try {
      for (let next = queue[0]; next; next = queue[0]) {
        const { text, buttons = [], lane = "reply", ...rest } = next.said;
        const picture = rest.picture === undefined ? undefined : pictures.get(rest.picture);
        await web.send({
          address,
          nonce: next.nonce,
          message: { text, buttons, lane, ...rest },
          ...(picture ? { picture } : {}),
          ...(rest.file ? { file: { name: "rustpunt.json", bytes: Buffer.from('{"alles": 1}') } } : {}),
        });
        queue.shift();
      }
    } catch (error) {
      if (!(error instanceof Later)) throw error;
    } finally {
      busy.delete(address);
    }
  }
  function promise(address: Address, said: Said): void {
    const queue = memory.promised.get(address) ?? [];
    memory.promised.set(address, queue);
    queue.push({ nonce: `n${++memory.nonce}`, said });
  }

  await web.start({
    async receive(update) {
      await atDoor?.();
      if (memory.updates.some((known) => known.id === update.id)) return;
      memory.updates.push(update);
      for (const said of answer(update)) promise(update.address, said);
      void deliver(update.address);
    },
    awake: (address) => void deliver(address),
    unreachable: async () => {},
  });
  const { url, port } = await server.start();
  return {
    url,
    port,
    memory,
    web,
    /** Says something out of nothing, as a reminder does, to everyone who ever wrote. */
    say(said: Said) {
      for (const address of new Set(memory.updates.map((update) => update.address))) {
        promise(address, said);
        void deliver(address);
      }
    },
    async stop() {
      await web.stop();
      await server.stop();
    },
  };
}
