/** What the house does besides talking, at the word of an author: `do: { remind: hoofdmassage }`. */
import type { Recurrence } from "../language/recurrence.ts";
import type { Draft } from "./draft.ts";
import { count } from "./draft.ts";
import { nextDue } from "./due.ts";
import { aboutId, agreedSlot, mayKeepHealth, mayRemember } from "./guard.ts";
import { keepLoose, note } from "./notes.ts";
import { countDone, dropAllScores } from "./progress.ts";
import {
  chooseReminder,
  moveTo,
  passOver,
  pauseWeek,
  putOff,
  remind,
  rescheduled,
  skipTomorrow,
  stopChosen,
  toCome,
  tomorrow,
} from "./remind.ts";
import type { Action } from "./script.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Does one thing to the draft; what cannot be done now (nothing to snooze) is left undone. */
export function act(draft: Draft, action: Action): void {
  const word = String(action.with ?? "");
  switch (action.name) {
    case "remind":
      return remind(draft);
    case "snooze": {
      const said = draft.slots[word] as unknown as Recurrence | undefined;
      const until = said && nextDue(said, draft.person.zone, draft.now);
      const dueAt = until ?? draft.now + (Number(action.with) || 15) * MINUTE;
      return putOff(draft, (r) => ({ ...r, dueAt, meantAt: draft.now }));
    }
    case "skip-today":
      return putOff(draft, (r) => tomorrow(r, draft.now));
    case "skip-tomorrow":
      return skipTomorrow(draft);
    case "choose-only": {
      const [only, ...more] = toCome(draft);
      return chooseReminder(draft, more.length === 0 ? only : undefined);
    }
    case "stop-reminder":
      return stopChosen(draft);
    case "pause-week":
      return pauseWeek(draft);
    case "zone":
      return moveTo(draft, String(draft.slots.zone ?? draft.person.zone));
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
      keepLoose(draft);
      return;
    case "withdraw":
      draft.person = {
        ...draft.person,
        consents: draft.person.consents.filter((c) => c.purpose !== word),
      };
      dropAllScores(draft);
      return;
    case "journal":
      finish(draft, word);
      return;
    case "log":
      return note(draft, mayRemember(draft));
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

/** Lets no reminder speak for this long (ms): those due in between wait for their next time. */
export function quiet(draft: Draft, ms: number): void {
  const until = draft.now + ms;
  draft.quietUntil = until;
  draft.reminders = draft.reminders.map((r) =>
    r.dueAt !== undefined && r.dueAt < until ? rescheduled(r, until) : r,
  );
}

/** A routine is finished: it counts in its programmes, and is kept for whoever agreed to that. */
function finish(draft: Draft, routine: string): void {
  const kept = mayRemember(draft);
  const entry = scores(draft);
  countDone(draft, routine, kept ? entry : {});
  passOver(draft, routine);
  if (kept) {
    draft.journal.push({ at: draft.now, routine, entry });
    draft.person = { ...draft.person, sessions: draft.person.sessions + 1 };
  }
  count(draft, "routine_done", { routine });
  // What is done stays done: going back would count it twice.
  draft.back = [];
}

function scores(draft: Draft): Record<string, number> {
  const entry: Record<string, number> = {};
  for (const name of ["score-voor", "score-na"]) {
    const score = draft.slots[name];
    if (typeof score === "number") entry[name] = score;
  }
  return entry;
}
