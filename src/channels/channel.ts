/**
 * The seam between the house and a platform.
 *
 * A channel does two things: it turns what its platform delivers into Updates and hands them in at the
 * door, and it delivers one message to one address. It keeps no dialogue of its own. All limits of a
 * platform stand in one record, by which `render.ts` shapes a message; the channel only sends what came out.
 */
import type { Address, Update } from "../dialogue/input.ts";
import type { Message } from "../dialogue/message.ts";

/** What a platform can show. Lengths are in the unit named by `unit`, of the text in the platform's own form. */
export interface Capabilities {
  /** The form text leaves in: plain with entities, Discord's Markdown, or HTML (measured as plain text). */
  readonly form: "entities" | "discord" | "html";
  readonly textMax: number;
  readonly captionMax: number;
  readonly unit: "utf16" | "codepoints";
  readonly buttonsPerRow: number;
  readonly buttonRows: number;
  readonly labelMax: number;
  /** Characters of label that one row shows whole; buttons share a row equally. */
  readonly rowWidth: number;
  /** Options of a select, used where choices outnumber the buttons; 0 where there is no such thing. */
  readonly selectMax: number;
  /** Whether the platform itself draws a running countdown; if not, its text is said instead. */
  readonly countdown: boolean;
}

/** A picture as bytes. `hash` names the bytes, so an upload can be used again. */
export interface Picture {
  readonly png: Uint8Array;
  /** The same in motion, as a GIF of the same size that repeats; `png` is how it looks when it stands still. */
  gif?(): Promise<Uint8Array>;
  readonly alt: string;
  readonly hash: string;
}

/** One message on its way to one address. */
export interface Delivery {
  readonly address: Address;
  readonly message: Message;
  /** The same for every attempt at this message, at most 25 characters. */
  readonly nonce: string;
  readonly picture?: Picture;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  /** The platform's id of the last message whose buttons are still shown: they are taken away. */
  readonly retire?: string;
}

/** What the platform answered: the id of the message that carries the buttons, if it has any. */
export interface Sent {
  readonly buttons?: string;
}

/** What the house offers a channel. */
export interface Door {
  /** Resolves once the update is stored; only then may the platform be told that it was handled. */
  receive(update: Update): Promise<void>;
  /** This address can be written to again (its page is open): waiting messages leave now. */
  awake(address: Address): void;
  /** This person blocked or left: resolves once that is stored. */
  unreachable(address: Address): Promise<void>;
}

/** Where a channel notes what happened to it: figures and an event in words, never what a person wrote. */
export interface Log {
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}

export interface Channel {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Connects and begins to receive. Throws with a sentence that names the remedy. */
  start(door: Door): Promise<void>;
  /** Delivers one message. Throws `Gone`, `Later` or `Refused`; anything else is tried again with back-off. */
  send(delivery: Delivery): Promise<Sent>;
  /** Stops receiving; resolves when no update is half handled. */
  stop(): Promise<void>;
}

/** This person cannot be written to any more (blocked, deleted). */
export class Gone extends Error {
  override name = "Gone";
}

/** The platform asks to wait; `afterMs` is what it said, `scope` how far it reaches. */
export class Later extends Error {
  override name = "Later";
  readonly afterMs: number;
  readonly scope: "address" | "channel";
  constructor(message: string, afterMs: number, scope: "address" | "channel" = "address") {
    super(message);
    this.afterMs = afterMs;
    this.scope = scope;
  }
}

/** The platform will never take this message; it is dropped and logged. */
export class Refused extends Error {
  override name = "Refused";
}
