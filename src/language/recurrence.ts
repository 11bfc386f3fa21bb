/**
 * A rhythm of days and clock times, as people say it ("elke avond om half tien", "ma, wo en vr om 21:00").
 * It knows no zone and no now: `dialogue/reminder.ts` lays it over a calendar.
 */

export interface Recurrence {
  /** ISO weekdays, 1 (Monday) to 7, ascending; all seven is every day. */
  readonly days: readonly number[];
  /** Clock times "HH:MM", ascending, at least one. */
  readonly times: readonly string[];
  /** A single day, "YYYY-MM-DD": the reminder speaks once. */
  readonly on?: string;
}
