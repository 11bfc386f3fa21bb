/** What a person can do with their reminders: set one, stop one or all, pause, live in another zone. */
import type { Recurrence } from "../language/recurrence.ts";
import { sayRecurrence } from "../language/recurrence.ts";
import type { Draft } from "./draft.ts";
import { localToday, nextDue } from "./due.ts";
import { aboutId } from "./guard.ts";
import type { Reminder } from "./reminder.ts";
import type { Choice, Node } from "./script.ts";

const DAY = 24 * 60 * 60_000;

/** More than anybody needs, and few enough to load with every turn. */
const REMINDERS_MAX = 20;

/** This reminder, due at the first moment of its rhythm after `after`; spent when there is none. */
export function rescheduled(reminder: Reminder, after: number): Reminder {
  const { dueAt: _dueAt, meantAt: _meantAt, ...rest } = reminder;
  const dueAt = nextDue(rest.recurrence, rest.zone, after);
  return dueAt === undefined ? rest : { ...rest, dueAt };
}

/** Sets a reminder in the rhythm that was understood; the same one twice is one. */
export function remind(draft: Draft, flow: string): void {
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

/** Changes the reminder that this talk is about, or the one that spoke last here. */
export function putOff(draft: Draft, change: (reminder: Reminder) => Reminder): void {
  const id = aboutId(draft) ?? draft.slots.ping;
  draft.reminders = draft.reminders.map((r) => (r.id === id && !r.address ? change(r) : r));
}

/** Stops the reminder that was chosen. */
export function stopChosen(draft: Draft): void {
  draft.reminders = draft.reminders.filter((r) => keyOf(r) !== draft.slots.gekozen);
}

/** Lets all reminders rest for a week, counted in their own zone. */
export function pauseWeek(draft: Draft): void {
  draft.reminders = draft.reminders.map((r) => {
    const from = localToday(r.zone, draft.now + 7 * DAY).date;
    return rescheduled({ ...r, recurrence: { ...r.recurrence, from } }, draft.now);
  });
}

/** Lets clock times mean those of the zone that was just understood, also of reminders that were set before. */
export function moveTo(draft: Draft, zone: string): void {
  draft.person = { ...draft.person, zone };
  draft.reminders = draft.reminders.map((r) => rescheduled({ ...r, zone }, draft.now));
}

/** Each reminder as a choice; choosing one fills the slot `gekozen`. */
export const reminderChoices = (draft: Draft, node: Node): Choice[] =>
  draft.reminders
    .filter((r) => r.dueAt !== undefined)
    .map((r) => ({
      id: keyOf(r),
      label: `${draft.script.flows.get(r.flow)?.title ?? ""}: ${sayRecurrence(r.recurrence)}`,
      words: [],
      guard: { when: [], unless: [] },
      set: { gekozen: keyOf(r) },
      do: [],
      go: node.next,
    }));

/** Two addresses of one person number their reminders apart. */
const keyOf = (r: Reminder): string => (r.address ? `${r.id}-${r.address.split(":")[0]}` : r.id);
