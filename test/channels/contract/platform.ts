/**
 * A channel on its platform, with the people who use it: what the contract needs of each.
 *
 * People act through the platform's own payloads, and what they see is read back from its screen, so a case
 * says nothing of any platform and holds on all of them.
 */
import type { Channel, Delivery, Door, Log, Picture } from "../../../src/channels/channel.ts";
import type { Act, Address, Update } from "../../../src/dialogue/input.ts";
import type { Message } from "../../../src/dialogue/message.ts";
import { TINY_GIF } from "../../support/gif.ts";

/** The people: each has an address of their own. */
export type Who = "anne" | "bart";

/** A message as it stands on somebody's screen now, in plain words. */
export interface Seen {
  readonly text: string;
  /** What can be tapped, in order. */
  readonly choices: readonly { readonly label: string; readonly token: string }[];
  /** A picture, with its alt text where the platform has room for one. */
  readonly picture?: { readonly alt?: string; readonly moves?: true };
  readonly file?: string;
  /** The moment (epoch ms) that the platform counts down to. */
  readonly until?: number;
}

/** The platform's answer to the next message. */
export type Mood = "wait" | "fail" | "refuse" | "gone";

export interface Platform {
  readonly channel: Channel;
  readonly crowd: Crowd;
  address(who: Who): Address;
  /** A person does something; a platform that asks again when it was not stored does so. */
  does(who: Who, act: Exclude<Act, { kind: "other" }>): void;
  /** A person sends something without words; absent where that cannot be. */
  readonly waves?: (who: Who) => void;
  /** The platform delivers the last act once more, under the same id; absent where one process never sees that. */
  readonly repeats?: () => void;
  /** The platform delivers what is malformed, strange, or of a kind that does not exist yet. */
  babbles(): void;
  sees(who: Who): readonly Seen[];
  /** How the next message is met; absent where the platform has no such answer. */
  readonly moods: Partial<Record<Mood, () => void>>;
  /** Whether a picture's alt text is kept. */
  readonly showsAlt: boolean;
  close(): Promise<void>;
}

/** The door of a house that only keeps what came in. */
export interface Crowd {
  readonly door: Door;
  readonly updates: Update[];
  /** Resolves once so many updates came in. */
  arrived(count: number): Promise<Update[]>;
  /** All that was logged, as one text. */
  logged(): string;
  readonly log: Log;
  /** What the door does before it takes an update. */
  atDoor: (update: Update) => Promise<void>;
}

export function createCrowd(): Crowd {
  const updates: Update[] = [];
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  const note = (fields: object, event: string) => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const crowd: Crowd = {
    updates,
    arrived: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (updates.length < count) return;
          watchers.delete(look);
          resolve(updates);
        };
        watchers.add(look);
        look();
      }),
    logged: () => lines.join("\n"),
    log: { info: note, warn: note, error: note },
    atDoor: async () => {},
    door: {
      async receive(update) {
        await crowd.atDoor(update);
        updates.push(update);
        for (const look of [...watchers]) look();
      },
      awake: () => {},
      unreachable: async () => {},
    },
  };
  return crowd;
}

let nonces = 0;

/** A delivery under a nonce of its own. */
export const to = (
  address: Address,
  text: string,
  message: Partial<Message> = {},
  more: Partial<Delivery> = {},
): Delivery => ({
  address,
  nonce: `contract-${++nonces}`,
  message: { text, buttons: [], lane: "reply", ...message },
  ...more,
});

/** Choices with these labels; the tokens are `t1`, `t2` ... */
export const choices = (...labels: string[]) =>
  labels.map((label, index) => ({ label, token: `t${index + 1}` }));

/** A picture that moves, and how it looks when it stands still. */
export const MOVING: Picture = {
  get png() {
    return PICTURE.png;
  },
  gif: async () => TINY_GIF,
  alt: "Een bloem die opent en sluit",
  hash: "b1b2c3d4e5f60718",
};

/** A picture as large as a picture must be to be one. */
export const PICTURE: Picture = {
  png: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
  alt: "Twee handen die de nek losmaken",
  hash: "a1b2c3d4e5f60718",
};
