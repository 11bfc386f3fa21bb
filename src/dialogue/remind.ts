/** What a person can do with their reminders: set one, change one, stop one or all, pause, live in another zone. */
import { addDays } from "../language/calendar.ts";
import type { Recurrence } from "../language/recurrence.ts";
import { sayRecurrence } from "../language/recurrence.ts";
import type { Draft } from "./draft.ts";
import { top } from "./draft.ts";
import { endOfDay, localToday, nextDue } from "./due.ts";
import { aboutReminder } from "./guard.ts";
import { running, under } from "./progress.ts";
import type { Reminder } from "./reminder.ts";
import type { Choice, Node } from "./script.ts";

/** What a reminder is for, where nobody said otherwise. */
const DEFAULT_ROUTINE = "hoofdmassage";

/** More than anybody needs, and few enough to load with every turn. */
const REMINDERS_MAX = 20;

/** A rhythm of more times a day than this is a habit beside one's work: no single time is meant. */
export const TIMES_EACH_MEANT = 3;

/** This reminder, due at the first moment of its rhythm after `after`; spent when there is none. */
export function rescheduled(reminder: Reminder, after: number): Reminder {
  const { dueAt: _dueAt, meantAt: _meantAt, ...rest } = reminder;
  const dueAt = nextDue(rest.recurrence, rest.zone, after);
  return dueAt === undefined ? rest : { ...rest, dueAt };
}

/** Sets a reminder in the rhythm that was understood, or gives it to the one that was chosen to be changed. */
export function remind(draft: Draft): void {
  const recurrence = draft.slots.ritme as unknown as Recurrence | undefined;
  const flow = subject(draft);
  const programme = draft.script.flows.get(flow)?.programme;
  const changed = chosen(draft) ?? (programme && running(draft, flow));
  delete draft.slots.gekozen;
  if (!recurrence || !draft.script.flows.has(flow)) return;
  const plain = rescheduled(
    changed ? { ...changed, recurrence } : { id: newId(draft), flow, recurrence, zone: draft.person.zone },
    draft.now,
  );
  const made = programme ? under(programme, plain, draft.now) : plain;
  // The same one twice is one.
  const same = (r: Reminder): boolean =>
    r.flow === flow && JSON.stringify(r.recurrence) === JSON.stringify(recurrence);
  const others = toCome(draft).filter((r) => r !== changed && !same(r));
  draft.reminders = [...others.slice(-REMINDERS_MAX + 1), made];
}

/** What a reminder that is set or changed now is for: the programme of this talk, what the chosen one was for, a routine. */
export const subject = (draft: Draft): string =>
  programmeHere(draft) ?? chosen(draft)?.flow ?? String(draft.slots.routine || DEFAULT_ROUTINE);

/** The programme that is being talked about. */
const programmeHere = (draft: Draft): string | undefined => {
  const flow = top(draft)?.flow ?? "";
  return draft.script.flows.get(flow)?.programme && flow;
};

/** The reminder that was chosen to be changed or stopped, if it is still there. */
export const chosen = (draft: Draft): Reminder | undefined =>
  programmeHere(draft) === undefined
    ? toCome(draft).find((r) => keyOf(r) === draft.slots.gekozen)
    : undefined;

/** The reminders that are still to come; a single one that has spoken is not. */
export const toCome = (draft: Draft): Reminder[] => draft.reminders.filter((r) => r.dueAt !== undefined);

/** Chooses this reminder to be changed; none, where what comes is a new one. */
export function chooseReminder(draft: Draft, reminder: Reminder | undefined): void {
  if (reminder) draft.slots.gekozen = keyOf(reminder);
  else delete draft.slots.gekozen;
}

/** Whoever began afresh counts turns anew, beside reminders of before. */
function newId(draft: Draft): string {
  const taken = new Set(draft.reminders.map((r) => (r.address ? "" : r.id)));
  for (let id = `r${draft.turn}`; ; id += "a") if (!taken.has(id)) return id;
}

/** Changes the reminder that this talk is about, or the one that spoke last here. */
export function putOff(draft: Draft, change: (reminder: Reminder) => Reminder): void {
  const about = aboutReminder(draft);
  draft.reminders = draft.reminders.map((r) => (r === about ? change(r) : r));
}

/** Due again on its first day after today. */
export const tomorrow = (reminder: Reminder, now: number): Reminder =>
  rescheduled(reminder, endOfDay(reminder.zone, localToday(reminder.zone, now).date));

/** Who did it this long (ms) before it is due, or while it waited, is not asked again. */
const JUST_DONE = 90 * 60_000;

/** Passes over once the reminders of a routine that was just done, where they come once or a few times a day. */
export function passOver(draft: Draft, routine: string): void {
  draft.reminders = draft.reminders.map((r) =>
    r.flow === routine &&
    r.dueAt !== undefined &&
    r.dueAt <= draft.now + JUST_DONE &&
    r.recurrence.times.length <= TIMES_EACH_MEANT
      ? rescheduled(r, Math.max(r.dueAt, draft.now))
      : r,
  );
}

/** Lets all reminders pass over tomorrow; what is still to come today stays. */
export function skipTomorrow(draft: Draft): void {
  draft.reminders = draft.reminders.map((r) => {
    const except = addDays(localToday(r.zone, draft.now).date, 1);
    if (r.dueAt === undefined || r.dueAt <= endOfDay(r.zone, addDays(except, -1)))
      return { ...r, recurrence: { ...r.recurrence, except } };
    return rescheduled({ ...r, recurrence: { ...r.recurrence, except } }, draft.now);
  });
}

/** Stops the reminder that was chosen. */
export function stopChosen(draft: Draft): void {
  const stopped = chosen(draft);
  draft.reminders = draft.reminders.filter((r) => r !== stopped);
  delete draft.slots.gekozen;
}

/** Lets all reminders rest for a week, counted in their own zone; a programme has that week longer. */
export function pauseWeek(draft: Draft): void {
  draft.reminders = draft.reminders.map((r) => {
    const sixth = addDays(localToday(r.zone, draft.now).date, 6);
    const next = rescheduled(r, endOfDay(r.zone, sixth));
    if (next.dueAt === undefined) return next;
    // A pause ends on a day of the rhythm, so that "om de dag" and "om de week" keep their step.
    const from = localToday(r.zone, next.dueAt).date;
    return {
      ...next,
      recurrence: { ...r.recurrence, from },
      ...(r.progress && { progress: { ...r.progress, until: addDays(r.progress.until, 7) } }),
    };
  });
}

/** Lets clock times mean those of the zone that was just understood, also of reminders that were set before. */
export function moveTo(draft: Draft, zone: string): void {
  draft.person = { ...draft.person, zone };
  draft.reminders = draft.reminders.map((r) => rescheduled({ ...r, zone }, draft.now));
}

/** Each reminder as a choice; choosing one fills the slot `gekozen`. */
export const reminderChoices = (draft: Draft, node: Node): Choice[] =>
  toCome(draft).map((r) => ({
    id: keyOf(r),
    label: cut(`${draft.script.flows.get(r.flow)?.title ?? ""}: ${sayRecurrence(r.recurrence)}`),
    words: [],
    guard: { when: [], unless: [] },
    set: { gekozen: keyOf(r) },
    do: [],
    go: node.next,
  }));

/** The most characters that every platform shows on a button. */
const LABEL_MAX = 80;

const cut = (label: string): string =>
  label.length > LABEL_MAX ? `${label.slice(0, LABEL_MAX - 1).trimEnd()}…` : label;

/** Two addresses of one person number their reminders apart. */
const keyOf = (r: Reminder): string => (r.address ? `${r.id}-${r.address.split(":")[0]}` : r.id);
