/**
 * A rhythm of days and clock times, as people say it ("elke avond om half tien", "ma, wo en vr om 21:00").
 * It knows no zone and no now: `dialogue/due.ts` lays it over a calendar.
 *
 * A rhythm within the day is simply many times ("elke 20 minuten tussen 9 en 17 uur" is 25 of them), and a
 * number of days is an end date, so that the next moment never depends on what was said before.
 */

export interface Recurrence {
  /** ISO weekdays, 1 (Monday) to 7, ascending; all seven is every day. */
  readonly days: readonly number[];
  /** Clock times "HH:MM", ascending, at least one. */
  readonly times: readonly string[];
  /** A single day, "YYYY-MM-DD": the reminder speaks on that day only, whatever `days` says. */
  readonly on?: string;
  /** The first day it may speak, "YYYY-MM-DD"; a pause is a later first day. */
  readonly from?: string;
  /** The last day it may speak, "YYYY-MM-DD". */
  readonly until?: string;
  /** Only every so many days (2: om de dag), counted from `from`; a day must be in `days` as well. */
  readonly everyDays?: number;
  /** One day ("YYYY-MM-DD") on which it does not speak. */
  readonly except?: string;
}

export const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
export const WORKDAYS: readonly number[] = [1, 2, 3, 4, 5];
export const WEEKEND: readonly number[] = [6, 7];
export const WEEKDAYS: readonly string[] = [
  "maandag",
  "dinsdag",
  "woensdag",
  "donderdag",
  "vrijdag",
  "zaterdag",
  "zondag",
];
export const MONTHS: readonly string[] =
  "januari februari maart april mei juni juli augustus september oktober november december".split(" ");

/** A rhythm as it is said: "elke dag om 21.30 uur", "op werkdagen elke 20 minuten van 9.00 tot 17.00 uur". */
export function sayRecurrence(recurrence: Recurrence): string {
  return `${sayDays(recurrence)} ${sayTimes(recurrence.times)}${sayBounds(recurrence)}`;
}

/** "a", "a en b", "a, b en c". */
export const sayList = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} en ${parts.at(-1)}`;

function sayDays({ days, on, from, everyDays = 1 }: Recurrence): string {
  if (on !== undefined) return `op ${WEEKDAYS[weekdayOf(on) - 1]} ${sayDate(on)}`;
  const names = days.map((day) => WEEKDAYS[day - 1] ?? "");
  if (everyDays > 1) {
    const weeks = everyDays % 7 === 0 ? everyDays / 7 : 0;
    const stride =
      everyDays === 2 ? "om de dag" : weeks ? `om de ${weeks} weken` : `om de ${everyDays} dagen`;
    if (weeks && from !== undefined) return `${stride} op ${WEEKDAYS[weekdayOf(from) - 1]}`;
    return days.length === 7 ? stride : `${stride}, alleen op ${sayList(names)},`;
  }
  if (days.length === 7) return "elke dag";
  if (same(days, WORKDAYS)) return "op werkdagen";
  if (same(days, WEEKEND)) return "in het weekend";
  return days.length === 1 ? `elke ${names[0]}` : `op ${sayList(names)}`;
}

/** Four or more times at one distance are said as a rhythm within the day. */
function sayTimes(times: readonly string[]): string {
  const said = times.map((time) => time.replace(/^0/, "").replace(":", "."));
  const steps = times.slice(1).map((time, i) => minutesOf(time) - minutesOf(times[i] ?? time));
  const step = steps[0] ?? 0;
  if (times.length < 4 || steps.some((other) => other !== step)) return `om ${sayList(said)} uur`;
  const every: Readonly<Record<number, string>> = { 15: "elk kwartier", 30: "elk half uur", 60: "elk uur" };
  const rhythm = every[step] ?? (step % 60 === 0 ? `elke ${step / 60} uur` : `elke ${step} minuten`);
  return `${rhythm} van ${said[0]} tot ${said.at(-1)} uur`;
}

function sayBounds({ from, until }: Recurrence): string {
  if (from === undefined) return until === undefined ? "" : `, tot en met ${sayDate(until)}`;
  if (until === undefined) return `, vanaf ${sayDate(from)}`;
  return `, van ${sayDate(from)} tot en met ${sayDate(until)}`;
}

/** "23 november". */
export const sayDate = (date: string): string =>
  `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]}`;

const weekdayOf = (date: string): number => new Date(`${date}T00:00Z`).getUTCDay() || 7;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const same = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
