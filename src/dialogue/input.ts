/**
 * All that can open a turn.
 *
 * A channel turns what its platform delivers into an Update and nothing else crosses the seam; the
 * scheduler brings Alarms; the outbox reports Unreachable. The set is closed, so the turn can be total.
 */

/** One conversation: the channel's name, a colon, and the chat id as the platform writes it. */
export type Address = `${string}:${string}`;

/** The channel's name in an address. */
export const channelOf = (address: Address): string => address.slice(0, address.indexOf(":"));

/** The chat id in an address, as the platform wrote it. */
export const chatOf = (address: Address): string => address.slice(address.indexOf(":") + 1);

/** What a person did. `other` is anything that is neither words nor a tap: a sticker, a voice message. */
export type Act =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tap"; readonly token: string }
  | { readonly kind: "command"; readonly name: string; readonly rest: string }
  | { readonly kind: "other" };

/** What a person did, under the platform's own stable id, by which a second delivery is recognised. */
export interface Update {
  readonly kind: "update";
  readonly address: Address;
  /** Stable and unique within the channel: the same id is the same act. */
  readonly id: string;
  readonly act: Act;
  /** In a group others read along: nothing about health is said there. */
  readonly place: "private" | "group";
}

/** "It is time": a step's timer or a reminder of this address became due. */
export interface Alarm {
  readonly kind: "alarm";
  readonly address: Address;
}

/** The channel says that this person is gone: blocked, deleted, closed to messages. */
export interface Unreachable {
  readonly kind: "unreachable";
  readonly address: Address;
}

/** What became of joining two addresses to one person, which the turn before asked for. */
export interface Linked {
  readonly kind: "linked";
  readonly address: Address;
  readonly outcome: LinkOutcome;
  /** The one-time code, where one was made. */
  readonly code?: string;
}

export const LINK_OUTCOMES = [
  "code",
  "linked",
  "same",
  "wrong",
  "blocked",
  "unlinked",
  "alone",
  "failed",
] as const;
export type LinkOutcome = (typeof LINK_OUTCOMES)[number];

export type Input = Update | Alarm | Unreachable | Linked;
