/**
 * Reminders that are due. One speaks at a time, as a short talk of its own; it never comes into a routine, a
 * safety talk or a question that is just being answered, and one that is too late is passed over once, so that
 * nobody gets a flood.
 */
import { menuButton } from "./command.ts";
import type { Draft } from "./draft.ts";
import { count } from "./draft.ts";
import { localToday } from "./due.ts";
import { doneToday, dropScores, isOver, programmeOf, scoresOf } from "./progress.ts";
import { rescheduled, TIMES_EACH_MEANT, tomorrow } from "./remind.ts";
import type { Reminder } from "./reminder.ts";
import { atRest, flowOf, tell } from "./say.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { farewell } from "./text.ts";
import { openFlow, walk } from "./walk.ts";

const MINUTE = 60_000;

/** A reminder that comes later than this (ms) is no reminder any more. */
const GRACE = 30 * MINUTE;

/** What is put off comes back after this long (ms). */
const PUT_OFF = 15 * MINUTE;

/** One that was put off and the next of the same rhythm are at least this far apart (ms). */
const APART = 10 * MINUTE;

/** A routine in which nothing happened for this long (ms) is left, and so is a question: neither holds up a reminder. */
const LEFT_ALONE = 60 * MINUTE;
const LEFT_OPEN = 5 * MINUTE;

/** Lets the reminders that are due speak, wait or pass. */
export function ping(draft: Draft): void {
  let spoken = false;
  draft.reminders = draft.reminders.flatMap((reminder) => {
    const { now } = draft;
    if (reminder.dueAt === undefined || reminder.dueAt > now || reminder.address) return reminder;
    const late = now - reminder.dueAt > GRACE;
    if (late && !isOver(reminder, now)) {
      count(draft, "reminder", { outcome: "late" });
      return rescheduled(reminder, now);
    }
    if (draft.quietUntil !== undefined && draft.quietUntil > now)
      return rescheduled(reminder, draft.quietUntil);
    if (doneToday(draft, reminder)) return tomorrow(reminder, now);
    if (busy(draft) || spoken) {
      count(draft, "reminder", { outcome: "put_off" });
      return putOff(reminder, now);
    }
    spoken = true;
    draft.bulk = true;
    const over = isOver(reminder, now);
    if (over) close(draft, reminder);
    else speak(draft, reminder);
    draft.bulk = false;
    if (over) return [];
    return rescheduled(reminder, reminder.meantAt === undefined ? now : now + APART);
  });
}

/** The person is in the middle of something that a ping would break off. */
function busy(draft: Draft): boolean {
  const silence = draft.now - draft.seenAt;
  const running = draft.frames.some((f) => f.flow !== HOUSE_FLOWS.ping && flowOf(draft, f)?.kind !== "talk");
  return running ? silence < LEFT_ALONE : !atRest(draft) && silence < LEFT_OPEN;
}

/** Comes back a little later, but not at night, unless its own time is at night, nor close to its next time. */
function putOff(reminder: Reminder, now: number): Reminder {
  const dueAt = now + PUT_OFF;
  const { times } = reminder.recurrence;
  const next = rescheduled(reminder, now);
  if (next.dueAt !== undefined && next.dueAt < dueAt + APART) return next;
  if (atNight(localToday(reminder.zone, dueAt).time) && !times.some(atNight)) return next;
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
  const counts = awaitsAnswer(reminder);
  count(draft, "reminder", { outcome: "sent" });
  if (counts) draft.slots.onbeantwoord = unanswered + 1;
  draft.slots.volhouden = counts && unanswered === UNANSWERED_MAX;
  // A line that is the same every day is not read any more.
  draft.slots.wissel = String(draft.turn % 3);
  draft.slots.ping = reminder.id;
  draft.slots.wens = programmeOf(draft, reminder)?.routine ?? reminder.flow;
  openFlow(draft, HOUSE_FLOWS.ping, { about: reminder.id });
  walk(draft);
}

/** Of a rhythm within the day only the first ping of a day waits for a reaction: nobody answers each of them. */
function awaitsAnswer({ recurrence: { times }, zone, dueAt = 0, meantAt = dueAt }: Reminder): boolean {
  return times.length <= TIMES_EACH_MEANT || localToday(zone, meantAt).time <= (times[0] ?? "");
}

/** The time for a programme is over: it ends with a kind word, however far somebody came. */
function close(draft: Draft, reminder: Reminder): void {
  const { flow, progress } = reminder;
  count(draft, "programme", { outcome: "over", programme: flow });
  const said = farewell(draft, { flow, done: progress?.done ?? 0, scores: scoresOf(draft, flow) });
  if (said !== "") tell(draft, said, [menuButton(draft)]);
  dropScores(draft, flow);
}
