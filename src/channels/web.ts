/**
 * The chat page on this machine, as one more channel behind the seam.
 *
 * One browser is one chat. What the page says is handed in at the door as any update; what is said to it is
 * pushed over an event stream and counts as delivered once a page acknowledged it. The server keeps nothing
 * that was said: the transcript lives in the browser, so reload and restart both find it there.
 */
import type { Hono } from "hono";
import { chatOf } from "../dialogue/input.ts";
import type { Channel, Delivery, Door, Picture } from "./channel.ts";
import { Later } from "./channel.ts";
import { toHtml } from "./forms.ts";
import { parseMarkdown } from "./markdown.ts";
import { addPage, type Command } from "./web/page.ts";
import { addRoutes, TEXT_MAX } from "./web/routes.ts";
import { createStreams } from "./web/streams.ts";
import type { WebTexts } from "./web/texts.ts";

/** A page that is open acknowledges at once; one that does not within this time (ms) is asleep. */
const ACK_WITHIN = 20_000;
/** Nobody is there: the opening of a page wakes the outbox, and this (ms) is only for when that was missed. */
const CLOSED_FOR = 30_000;

export interface WebOptions {
  /** Every picture of the script: an old transcript may show any of them. */
  readonly pictures: Iterable<Picture>;
  readonly texts: WebTexts;
  /** What the page's menu offers, in this order. */
  readonly commands: readonly Command[];
  /** An id that nobody can guess, 16 to 64 letters, digits, `-` or `_`: it is all that keeps a chat private. */
  readonly newId: () => string;
  /** The clock by which countdowns run (epoch ms). */
  readonly now: () => number;
  /** How long (ms) an open page may take to acknowledge. */
  readonly ackWithin?: number;
}

export interface WebChannel extends Channel {
  /** Adds the page and what it asks for to the HTTP server; they answer from `start` to `stop`. */
  routes(app: Hono): void;
}

/** A message that was pushed and not yet acknowledged. */
interface Waiting {
  readonly nonce: string;
  readonly event: object;
  settle(error?: Error): void;
}

export function createWeb(options: WebOptions): WebChannel {
  const { texts, commands, newId, now, ackWithin = ACK_WITHIN } = options;
  const pictures = new Map([...options.pictures].map((picture) => [picture.hash, picture]));
  const streams = createStreams();
  const waiting = new Map<string, Waiting[]>();
  const handling = new Set<Promise<void>>();
  let door: Door | undefined;

  const nobody = () => new Later("no page of this chat is open", CLOSED_FOR);
  const letGo = (chat: string) => {
    for (const one of [...(waiting.get(chat) ?? [])]) one.settle(nobody());
  };

  return {
    name: "web",
    capabilities: {
      form: "html",
      textMax: 100_000,
      captionMax: 100_000,
      unit: "utf16",
      buttonsPerRow: 4,
      buttonRows: 25,
      labelMax: 80,
      rowWidth: 48,
      selectMax: 0,
      countdown: true,
    },

    async start(opened) {
      door = opened;
    },

    send(delivery) {
      const chat = chatOf(delivery.address);
      const { nonce, message, picture } = delivery;
      if (picture) pictures.set(picture.hash, picture);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => one.settle(new Later("the page does not answer", 1_000)), ackWithin);
        const one: Waiting = {
          nonce,
          event: eventOf(delivery, now()),
          settle(error) {
            clearTimeout(timer);
            const rest = (waiting.get(chat) ?? []).filter((other) => other !== one);
            if (rest.length > 0) waiting.set(chat, rest);
            else waiting.delete(chat);
            if (error) reject(error);
            else resolve(message.buttons.length > 0 ? { buttons: nonce } : {});
          },
        };
        waiting.set(chat, [...(waiting.get(chat) ?? []), one]);
        if (!streams.push(chat, "message", one.event)) one.settle(nobody());
      });
    },

    async stop() {
      door = undefined;
      streams.end();
      for (const chat of [...waiting.keys()]) letGo(chat);
      await Promise.allSettled(handling);
    },

    routes(app) {
      addRoutes(app, {
        newId,
        now,
        picture: (hash) => pictures.get(hash),
        isOpen: () => door !== undefined,
        async receive(chat, id, act) {
          if (!door) throw new Error("The web chat has stopped");
          const handled = door.receive({
            kind: "update",
            address: `web:${chat}`,
            // Made in the browser, so it is unique only together with the browser.
            id: `${chat}.${id}`,
            act,
            place: "private",
          });
          handling.add(handled);
          await handled.finally(() => handling.delete(handled));
        },
        events(chat) {
          const response = streams.open(chat, { serverNow: now() }, () => letGo(chat));
          // What waits for another page's answer is said to this one too: one acknowledgement is enough.
          for (const { event } of waiting.get(chat) ?? []) streams.push(chat, "message", event);
          door?.awake(`web:${chat}`);
          return response;
        },
        acknowledge(chat, nonce) {
          for (const one of waiting.get(chat) ?? []) if (one.nonce === nonce) one.settle();
        },
      });
      addPage(app, { texts, commands, textMax: TEXT_MAX });
    },
  };
}

/** A delivery as the page reads it; `page/transcript.js` names the same fields. */
function eventOf({ message, nonce, picture, file, retire }: Delivery, serverNow: number): object {
  return {
    id: nonce,
    serverNow,
    html: toHtml(parseMarkdown(message.text)),
    buttons: message.buttons,
    countdown: message.countdown,
    retire,
    picture: picture && {
      src: `/chat/pictures/${picture.hash}.${picture.gif ? "gif" : "png"}`,
      still: picture.gif && `/chat/pictures/${picture.hash}.png`,
      alt: picture.alt,
      ...sizeOf(picture.png),
    },
    file: file && { name: file.name, base64: Buffer.from(file.bytes).toString("base64") },
  };
}

/** Width and height from a PNG's first chunk, so the page keeps the room before the picture came. */
function sizeOf(png: Uint8Array): { width: number; height: number } | undefined {
  if (png.byteLength < 24) return undefined;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
