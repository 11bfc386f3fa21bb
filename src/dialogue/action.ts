/** What the house does besides talking, at the word of an author: `do: { remind: hoofdmassage }`. */
import type { Recurrence } from "../language/recurrence.ts";
import type { Draft } from "./draft.ts";
import { count } from "./draft.ts";
import { nextDue } from "./due.ts";
import { aboutId, agreedSlot, mayKeepHealth } from "./guard.ts";
import type { Reminder } from "./reminder.ts";
import type { Action } from "./script.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** More than anybody needs, and few enough to load with every turn. */
const REMINDERS_MAX = 20;

/** Does one thing to the draft; what cannot be done now (nothing to snooze) is left undone. */
export function act(draft: Draft, action: Action): void {
  const word = String(action.with ?? "");
  switch (action.name) {
    case "remind":
      return remind(draft, String(draft.slots.routine ?? word));
    case "snooze":
      return putOff(draft, (r) => ({
        ...r,
        dueAt: draft.now + Number(action.with ?? 15) * MINUTE,
        meantAt: draft.now,
      }));
    case "skip-today":
      return putOff(draft, (r) => rescheduled(r, draft.now));
    case "stop-reminders":
      draft.reminders = [];
      return;
    case "swap": {
      // What was understood and what else it might have meant change places.
      const [said, other] = [draft.slots[word], draft.slots[`${word}-anders`]];
      if (said !== undefined && other !== undefined)
        Object.assign(draft.slots, { [word]: other, [`${word}-anders`]: said });
      return;
    }
    case "clear-flag": {
      const id = aboutId(draft);
      draft.flags = draft.flags.filter((flag) => flag !== id);
      draft.back = [];
      return;
    }
    case "doctor-agrees": {
      const id = aboutId(draft);
      if (id !== undefined) draft.slots[agreedSlot(id)] = true;
      return;
    }
    case "quiet":
      quiet(draft, DAY);
      return;
    case "country":
      draft.person = { ...draft.person, country: word === "BE" ? "BE" : "NL" };
      return;
    case "consent":
      if (!mayKeepHealth(draft)) return;
      draft.person = {
        ...draft.person,
        consents: [
          ...draft.person.consents.filter((c) => c.purpose !== word),
          { purpose: word, at: draft.now, text: draft.script.bot.consentText },
        ],
      };
      return;
    case "withdraw":
      draft.person = {
        ...draft.person,
        consents: draft.person.consents.filter((c) => c.purpose !== word),
      };
      return;
    case "journal":
      if (mayKeepHealth(draft) && draft.person.consents.some((c) => c.purpose === "logboek"))
        remember(draft, word);
      count(draft, "routine_done", { routine: word });
      return;
    case "export":
      draft.messages.push({ text: "", buttons: [], file: "export", lane: "reply" });
      return;
    case "link-code":
      draft.link = { kind: "code" };
      return;
    case "unlink":
      draft.link = { kind: "unlink" };
      return;
    case "forget":
      draft.forget = true;
      draft.reminders = [];
      draft.slots = {};
      draft.flags = [];
      draft.back = [];
      draft.lastFaq = undefined;
      draft.person = { zone: draft.person.zone, consents: [], sessions: 0 };
      return;
  }
}

/** Sets a reminder in the rhythm that was understood; the same one twice is one. */
function remind(draft: Draft, flow: string): void {
  const recurrence = draft.slots.ritme as unknown as Recurrence | undefined;
  if (!recurrence || !draft.script.flows.has(flow)) return;
  const same = (r: Reminder): boolean =>
    r.flow === flow && JSON.stringify(r.recurrence) === JSON.stringify(recurrence);
  draft.reminders = draft.reminders
    .filter((r) => r.dueAt !== undefined && !same(r))
    .slice(-REMINDERS_MAX + 1);
  draft.reminders.push(
    rescheduled({ id: `r${draft.turn}`, flow, recurrence, zone: draft.person.zone }, draft.now),
  );
}

/** Changes the reminder that this talk is about, or the one that spoke last. */
function putOff(draft: Draft, change: (reminder: Reminder) => Reminder): void {
  const id = aboutId(draft) ?? draft.slots.ping;
  draft.reminders = draft.reminders.map((r) => (r.id === id && !r.address ? change(r) : r));
}

/** This reminder, due at the first moment of its rhythm after `after`; spent when there is none. */
export function rescheduled(reminder: Reminder, after: number): Reminder {
  const { dueAt: _dueAt, meantAt: _meantAt, ...rest } = reminder;
  const dueAt = nextDue(rest.recurrence, rest.zone, after);
  return dueAt === undefined ? rest : { ...rest, dueAt };
}

/** Lets no reminder speak for this long (ms): those due in between wait for their next time. */
export function quiet(draft: Draft, ms: number): void {
  const until = draft.now + ms;
  draft.quietUntil = until;
  draft.reminders = draft.reminders.map((r) =>
    r.dueAt !== undefined && r.dueAt < until ? rescheduled(r, until) : r,
  );
}

/** Keeps this session, and how many there were. */
function remember(draft: Draft, routine: string): void {
  draft.journal.push({ at: draft.now, routine, entry: scores(draft) });
  draft.person = { ...draft.person, sessions: draft.person.sessions + 1 };
}

function scores(draft: Draft): Record<string, number> {
  const entry: Record<string, number> = {};
  for (const name of ["score-voor", "score-na"]) {
    const score = draft.slots[name];
    if (typeof score === "number") entry[name] = score;
  }
  return entry;
}
