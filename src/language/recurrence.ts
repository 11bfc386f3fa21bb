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
}

export const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
export const WORKDAYS: readonly number[] = [1, 2, 3, 4, 5];
export const WEEKEND: readonly number[] = [6, 7];
