/**
 * The working copy of a conversation within one turn.
 *
 * A turn is pure seen from outside; inside, one draft is filled from top to bottom, which reads as the talk
 * goes and costs no copies. `openDraft` makes it, `closeDraft` turns it into the result; nothing else outlives a turn.
 */
import type {
  Conversation,
  Frame,
  JournalEntry,
  LeanMoment,
  Moment,
  Person,
  Slot,
  State,
} from "./conversation.ts";
import { BACK_MAX } from "./conversation.ts";
import type { Message } from "./message.ts";
import type { Reminder } from "./reminder.ts";
import type { Count, LinkWish, TurnResult } from "./result.ts";
import type { Script } from "./script.ts";

export interface Draft {
  readonly script: Script;
  /** The moment of this turn (epoch ms). */
  readonly now: number;
  readonly address: Conversation["address"];
  /** The number of this turn. */
  readonly turn: number;
  person: Person;
  reminders: Reminder[];
  frames: Frame[];
  slots: Record<string, Slot>;
  flags: string[];
  back: Moment[];
  lastTap: State["lastTap"];
  lastFaq: State["lastFaq"];
  quietUntil: number | undefined;
  reachable: boolean;
  seenAt: number;
  readonly messages: Message[];
  readonly journal: JournalEntry[];
  readonly counts: Count[];
  hush: boolean;
  forget: boolean;
  link: LinkWish | undefined;
  /** The question that this person sends to the makers, in their own words. */
  question: string | undefined;
  /** What this turn counted in programmes. */
  readonly counted: Counted[];
  /** What was kept of this person, where the store was asked for it. */
  past: readonly JournalEntry[] | undefined;
  /** This turn looked at what was kept without having it. */
  wantsJournal: boolean;
  /** Nodes walked in this turn; the walk is cut off at its cap. */
  walked: number;
  /** What this turn says may wait behind replies: nobody is watching for it. */
  bulk: boolean;
}

/** One more time of a programme: how often it was done by now, and the scores so far. */
export interface Counted {
  readonly flow: string;
  readonly done: number;
  readonly scores: ScoreSums;
}

/** The sums of the scores before and after so many sessions. */
export interface ScoreSums {
  readonly before: number;
  readonly after: number;
  readonly times: number;
}

/** A draft of this conversation at this moment. */
export function openDraft(script: Script, conversation: Conversation, now: number): Draft {
  const { address, person, reminders, state } = conversation;
  return {
    script,
    now,
    address,
    turn: state.turn + 1,
    person,
    reminders: [...reminders],
    frames: state.frames.map(whoApart),
    slots: { ...state.slots },
    flags: [...state.flags],
    back: whole(state),
    lastTap: state.lastTap,
    lastFaq: state.lastFaq,
    quietUntil: state.quietUntil,
    reachable: state.reachable,
    seenAt: state.seenAt,
    messages: [],
    journal: [],
    counts: [],
    hush: false,
    forget: false,
    link: undefined,
    question: undefined,
    counted: [],
    past: conversation.journal,
    wantsJournal: false,
    walked: 0,
    bulk: false,
  };
}

/** What this turn leaves behind. */
export function closeDraft(draft: Draft): TurnResult {
  return {
    conversation: {
      address: draft.address,
      person: draft.person,
      reminders: draft.reminders,
      state: {
        version: 1,
        turn: draft.turn,
        frames: draft.frames,
        slots: draft.slots,
        flags: draft.flags,
        back: draft.back.map((moment, i) => lean(moment, draft.back[i + 1] ?? draft)),
        ...(draft.lastTap && { lastTap: draft.lastTap }),
        ...(draft.lastFaq && draft.lastFaq.until > draft.now && { lastFaq: draft.lastFaq }),
        ...(draft.quietUntil !== undefined &&
          draft.quietUntil > draft.now && { quietUntil: draft.quietUntil }),
        reachable: draft.reachable,
        seenAt: draft.seenAt,
      },
    },
    messages: draft.messages,
    journal: draft.journal,
    counts: draft.counts,
    hush: draft.hush,
    forget: draft.forget,
    ...(draft.wantsJournal && { wants: "journal" as const }),
    ...(draft.link && { link: draft.link }),
    ...(draft.question !== undefined && { question: draft.question }),
  };
}

/** The frame where the person is, if any. */
export const top = (draft: Draft): Frame | undefined => draft.frames.at(-1);

/** Puts another frame in the place of the top one. */
export const replaceTop = (draft: Draft, frame: Frame): void => {
  draft.frames[draft.frames.length - 1] = frame;
};

/** Keeps this moment, so that `terug` can come back to it. */
export function remember(draft: Draft): void {
  draft.back.push({
    frames: draft.frames.map(withoutTimer),
    slots: { ...draft.slots },
    flags: [...draft.flags],
  });
  if (draft.back.length > BACK_MAX) draft.back.shift();
}

/** Who a flag is about once stood behind its name. */
function whoApart(frame: Frame): Frame {
  const [about, who] = frame.about?.split("~") ?? [];
  return about && who === "other" ? { ...frame, about, who } : frame;
}

/** The kept moments with nothing left out. */
function whole({ back, slots, flags }: State): Moment[] {
  let after = { slots, flags };
  const moments = back.toReversed().map((moment) => {
    after = { slots: moment.slots ?? after.slots, flags: moment.flags ?? after.flags };
    return { frames: moment.frames, ...after };
  });
  return moments.reverse();
}

/** Without what is as in the moment after it: ten copies of all that is remembered cost more than a turn. */
function lean({ frames, slots, flags }: Moment, after: Pick<Moment, "slots" | "flags">): LeanMoment {
  return {
    frames,
    ...(!alike(slots, after.slots) && { slots }),
    ...(!alike(flags, after.flags) && { flags }),
  };
}

const alike = <T extends object>(a: T, b: T): boolean => {
  const keys = Object.keys(a) as (keyof T)[];
  return a === b || (keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]));
};

/** The frame as it is when it is entered anew: its timer is set again then. */
export function withoutTimer(frame: Frame): Frame {
  const { wakeAt: _wakeAt, remaining: _remaining, ...rest } = frame;
  return rest;
}

/** Adds a flag to this conversation, and to the moments `terug` returns to: what was told stays told. */
export function addFlag(draft: Draft, id: string): void {
  if (!draft.flags.includes(id)) draft.flags.push(id);
  draft.back = draft.back.map((m) => (m.flags.includes(id) ? m : { ...m, flags: [...m.flags, id] }));
}

/** Counts something for operators. */
export const count = (draft: Draft, name: string, labels: Record<string, string> = {}): void => {
  draft.counts.push({ name, labels });
};
