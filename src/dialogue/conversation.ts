/**
 * Where somebody is in the talk: everything a turn reads and everything it leaves behind.
 *
 * A position is made of the ids that an author gave (flow, node), never of an index, so a flow can be
 * edited while people stand in it. Everything here is plain JSON: the store seals `state` as it is.
 */
import type { Level } from "../language/screen.ts";
import type { Address } from "./input.ts";
import type { Reminder } from "./reminder.ts";

/** A remembered value: a word an author chose, a number, or what was understood of a time. */
export type Slot = string | number | boolean | Record<string, unknown>;

/** What a flow is about, where it was opened about something. */
export interface About {
  /** The id of a flag or a reminder. */
  readonly about: string;
  /** That flag was told of somebody else. */
  readonly who?: "other";
  /** How serious that flag is here, where what was told with it made it more serious. */
  readonly level?: Level;
}

/** A flow and the node in it. Frames stack: the last one is where the person is. */
export interface Frame extends Partial<About> {
  readonly flow: string;
  readonly node: string;
  /** The turn in which this node was entered: buttons of an earlier visit are recognised by it. */
  readonly visit: number;
  /** Where the node waits for time: the moment (epoch ms) at which it ends by itself. */
  readonly wakeAt?: number;
  /** Where a running timer was set aside: what remains of it, in ms. */
  readonly remaining?: number;
  /** It is about what holds in passing, or what nobody else may read: it ends when that is forgotten. */
  readonly passing?: true;
}

/** An earlier moment, kept so that `terug` can return to it. */
export interface Moment {
  readonly frames: readonly Frame[];
  readonly slots: Readonly<Record<string, Slot>>;
  readonly flags: readonly string[];
}

/** A moment as it is kept: what is left out is as in the moment after it, and after the last as it is now. */
export type LeanMoment = Pick<Moment, "frames"> & Partial<Moment>;

/** The part of a conversation that is sealed at rest. */
export interface State {
  /** The form of this record; a reader that does not know it starts afresh and keeps the reminders. */
  readonly version: 1;
  /** How many turns this conversation has had. */
  readonly turn: number;
  readonly frames: readonly Frame[];
  readonly slots: Readonly<Record<string, Slot>>;
  /** Flags that hold in this conversation: contraindications a person told or ticked. */
  readonly flags: readonly string[];
  /** Earlier moments, oldest first, at most `BACK_MAX`. */
  readonly back: readonly LeanMoment[];
  /** The last token that did its work, and when (epoch ms): a second tap on it is a double tap. */
  readonly lastTap?: { readonly token: string; readonly at: number };
  /** The question answered last, which a follow-up ("en hoe lang dan?") is about, and until when. */
  readonly lastFaq?: { readonly id: string; readonly until: number };
  /** No reminder speaks before this moment (epoch ms): after a red flag. */
  readonly quietUntil?: number;
  /** False once the channel reported this person gone; the next update makes it true again. */
  readonly reachable: boolean;
  /** When the person last did something (epoch ms). */
  readonly seenAt: number;
}

/** An explicit yes, per purpose, with its moment and the version of the text that was agreed to. */
export interface Consent {
  readonly purpose: string;
  readonly at: number;
  readonly text: string;
}

/** Who is talking; shared by all addresses of one person. */
export interface Person {
  readonly country?: "NL" | "BE";
  /** IANA time zone. */
  readonly zone: string;
  readonly consents: readonly Consent[];
  /** How many sessions were kept in the journal. */
  readonly sessions: number;
}

export interface Conversation {
  readonly address: Address;
  readonly person: Person;
  readonly reminders: readonly Reminder[];
  readonly state: State;
  /** What was kept of this person, oldest first; only where a turn asked for it. */
  readonly journal?: readonly JournalEntry[];
}

/** What a person chose to have remembered; kept only with consent. */
export interface JournalEntry {
  readonly at: number;
  readonly routine: string;
  readonly entry: Readonly<Record<string, string | number>>;
}

export const BACK_MAX = 10;

/** A conversation that has not begun. */
export function newConversation(address: Address, now: number): Conversation {
  return {
    address,
    person: { zone: "Europe/Amsterdam", consents: [], sessions: 0 },
    reminders: [],
    state: {
      version: 1,
      turn: 0,
      frames: [],
      slots: {},
      flags: [],
      back: [],
      reachable: true,
      seenAt: now,
    },
  };
}

/** The slots of a number that is about to be noted, and of notes that are not kept. */
export const NUMBER = "cijfer";
export const LOOSE = "los-genoteerd";

/** What was told in passing holds for this long without a word (ms); then the checklist asks again. */
const PASSING = 12 * 60 * 60_000;

/**
 * The moment (epoch ms) at which what was told in passing is forgotten, whoever comes back or not: flags, a talk
 * about one, notes that are not kept. Undefined where there is nothing to forget. A safety talk that asks to call
 * somebody is not forgotten: it stands until it is answered, unless nobody else may read of it.
 */
export function forgetsAt(state: Pick<State, "flags" | "frames" | "slots" | "seenAt">): number | undefined {
  const { flags, frames, slots, seenAt } = state;
  const told = flags.length > 0 || frames.some((frame) => frame.passing);
  const noted = slots[NUMBER] !== undefined || slots[LOOSE] !== undefined;
  return told || noted ? seenAt + PASSING : undefined;
}

/**
 * The conversation's one alarm (epoch ms): the earliest of the top frame's `wakeAt`, the `dueAt` of the reminders
 * that speak here, and the moment to forget. Only the last is left for somebody who is unreachable.
 */
export function alarmAt({ state, reminders }: Conversation): number | undefined {
  let earliest = forgetsAt(state);
  if (!state.reachable) return earliest;
  const sooner = (at: number | undefined): void => {
    if (at !== undefined && !(earliest !== undefined && earliest <= at)) earliest = at;
  };
  sooner(state.frames.at(-1)?.wakeAt);
  for (const { dueAt, address } of reminders) if (!address) sooner(dueAt);
  return earliest;
}
