/**
 * How far somebody is in a programme. It counts when the routine is finished, with a ping or without, at whichever
 * address of this person. A missed day is not written down: the programme simply goes on, until all is done or
 * twice the time that it takes is over.
 */
import { addDays } from "../language/calendar.ts";
import type { Draft, ScoreSums } from "./draft.ts";
import { count } from "./draft.ts";
import { localToday, nextDue } from "./due.ts";
import type { Programme } from "./programme.ts";
import type { Recurrence, Reminder } from "./reminder.ts";

/** A programme never ends sooner than this (days): who begins on a Friday has a Monday too. */
const LEAST_DAYS = 7;

/** The programme that this reminder belongs to, where today's script has it. */
export const programmeOf = (draft: Draft, reminder: Reminder): Programme | undefined =>
  reminder.progress && draft.script.flows.get(reminder.flow)?.programme;

/** The reminder of this programme, if it runs. */
export const running = (draft: Draft, flow: string): Reminder | undefined =>
  draft.reminders.find((r) => r.flow === flow && r.progress !== undefined);

/** A rhythm that a programme can have: it comes again and again, for the programme itself knows when it is over. */
export function unending({ on, until: _until, ...rest }: Recurrence, from = on): Recurrence {
  return from === undefined ? rest : { ...rest, from };
}

/** This reminder with the programme begun, or in its new rhythm: what was done stays done. */
export function under(programme: Programme, reminder: Reminder, now: number): Reminder {
  const { done = 0, until = "", ...rest } = reminder.progress ?? {};
  const { days, times, everyDays = 1 } = reminder.recurrence;
  const eachWeek = (days.length / everyDays) * (programme.everyTime ? times.length : 1);
  const planned = Math.ceil(((programme.total - done) * 7) / eachWeek);
  const first = nextDue(reminder.recurrence, reminder.zone, now) ?? now;
  const last = addDays(localToday(reminder.zone, first).date, Math.max(2 * planned, LEAST_DAYS) - 1);
  return { ...reminder, progress: { ...rest, done, until: last > until ? last : until } };
}

/** The time that there was for this programme is over. */
export const isOver = (reminder: Reminder, now: number): boolean =>
  reminder.progress !== undefined && localToday(reminder.zone, now).date > reminder.progress.until;

/** This reminder has nothing to ask today: what it is for was done. */
export const doneToday = (draft: Draft, reminder: Reminder): boolean =>
  programmeOf(draft, reminder)?.everyTime === false &&
  reminder.progress?.last === localToday(reminder.zone, draft.now).date;

/** Counts a routine that was finished in every programme it belongs to; one of which all is done is over. */
export function countDone(draft: Draft, routine: string, scores: Readonly<Record<string, number>>): void {
  draft.reminders = draft.reminders.flatMap((reminder) => {
    const { flow, progress, zone } = reminder;
    const programme = programmeOf(draft, reminder);
    if (!progress || programme?.routine !== routine || doneToday(draft, reminder)) return reminder;
    const done = progress.done + 1;
    addScores(draft, flow, scores);
    draft.counted.push({ flow, done, scores: scoresOf(draft, flow) });
    if (done < programme.total)
      return { ...reminder, progress: { ...progress, done, last: localToday(zone, draft.now).date } };
    dropScores(draft, flow);
    count(draft, "programme", { outcome: "done", programme: flow });
    return [];
  });
}

/** The slot that adds up the scores of a programme, which last no longer than the yes to keeping them. */
const SCORES = "scores-";

function addScores(draft: Draft, flow: string, scores: Readonly<Record<string, number>>): void {
  const { "score-voor": before, "score-na": after } = scores;
  if (before === undefined || after === undefined) return;
  const sums = scoresOf(draft, flow);
  draft.slots[SCORES + flow] = {
    before: sums.before + before,
    after: sums.after + after,
    times: sums.times + 1,
  };
}

/** The scores given in this programme so far. */
export function scoresOf(draft: Draft, flow: string): ScoreSums {
  const sums = draft.slots[SCORES + flow];
  return { before: 0, after: 0, times: 0, ...(typeof sums === "object" && sums) };
}

/** Forgets the scores of this programme. */
export function dropScores(draft: Draft, flow: string): void {
  delete draft.slots[SCORES + flow];
}

/** Forgets the scores of all programmes. */
export function dropAllScores(draft: Draft): void {
  for (const name of Object.keys(draft.slots)) if (name.startsWith(SCORES)) delete draft.slots[name];
}
