/**
 * Reminders that are due. One speaks at a time, as a short talk of its own; it never comes into a routine or a
 * safety talk, and one that is too late is passed over once, so that nobody gets a flood.
 */
import type { Draft } from "./draft.ts";
import { count } from "./draft.ts";
import { localToday } from "./due.ts";
import { rescheduled } from "./remind.ts";
import type { Reminder } from "./reminder.ts";
import { flowOf } from "./say.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { openFlow, walk } from "./walk.ts";

/** A reminder that comes later than this (ms) is no reminder any more. */
export const GRACE = 30 * 60_000;

/** What is put off comes back after this long (ms). */
const PUT_OFF = 15 * 60_000;

/** A routine in which nothing happened for this long (ms) is left: it holds up no reminder. */
const LEFT_ALONE = 60 * 60_000;

/** Lets the reminders that are due speak, wait or pass. */
export function ping(draft: Draft): void {
  let spoken = false;
  draft.reminders = draft.reminders.map((reminder) => {
    if (reminder.dueAt === undefined || reminder.dueAt > draft.now || reminder.address) return reminder;
    if (draft.now - reminder.dueAt > GRACE) {
      count(draft, "reminder", { outcome: "late" });
      return rescheduled(reminder, draft.now);
    }
    if (draft.quietUntil !== undefined && draft.quietUntil > draft.now)
      return rescheduled(reminder, draft.quietUntil);
    if (busy(draft) || spoken) {
      count(draft, "reminder", { outcome: "put_off" });
      return putOff(reminder, draft.now);
    }
    spoken = true;
    speak(draft, reminder);
    return rescheduled(reminder, draft.now);
  });
}

const busy = (draft: Draft): boolean =>
  draft.now - draft.seenAt < LEFT_ALONE &&
  draft.frames.some((f) => f.flow !== HOUSE_FLOWS.ping && flowOf(draft, f)?.kind !== "talk");

/** Comes back a little later, but not at night, unless its own time is at night. */
function putOff(reminder: Reminder, now: number): Reminder {
  const dueAt = now + PUT_OFF;
  const { times } = reminder.recurrence;
  if (atNight(localToday(reminder.zone, dueAt).time) && !times.some(atNight))
    return rescheduled(reminder, now);
  return { ...reminder, dueAt, meantAt: reminder.meantAt ?? now };
}

/** Quiet hours, for pings that were not set inside them. */
const atNight = (time: string): boolean => time >= "22:30" || time < "07:00";

/** After so many pings without any reaction it is asked once whether to go on; after that they rest. */
const UNANSWERED_MAX = 3;

function speak(draft: Draft, reminder: Reminder): void {
  const unanswered = Number(draft.slots.onbeantwoord ?? 0);
  if (unanswered > UNANSWERED_MAX) {
    count(draft, "reminder", { outcome: "resting" });
    return;
  }
  count(draft, "reminder", { outcome: "sent" });
  draft.slots.onbeantwoord = unanswered + 1;
  draft.slots.volhouden = unanswered === UNANSWERED_MAX;
  // A line that is the same every day is not read any more.
  draft.slots.wissel = String(draft.turn % 3);
  draft.slots.ping = reminder.id;
  draft.slots.wens = reminder.flow;
  draft.bulk = true;
  openFlow(draft, HOUSE_FLOWS.ping, reminder.id);
  walk(draft);
  draft.bulk = false;
}
