/** Dates "YYYY-MM-DD" on a calendar without zones or clocks. */

/** A person's own day: its date and its ISO weekday (1 is Monday). */
export interface Today {
  readonly date: string;
  readonly weekday: number;
}

/** The first date after today that falls on this ISO weekday. */
export const nextWeekday = (today: Today, weekday: number): string =>
  addDays(today.date, ((weekday - today.weekday + 6) % 7) + 1);

/** The first such day of the year that is not before today; undefined where the month has no such day. */
export function nextDate(today: string, month: number, day: number): string | undefined {
  for (let year = Number(today.slice(0, 4)); year <= Number(today.slice(0, 4)) + 8; year++) {
    const at = new Date(Date.UTC(year, month - 1, day));
    const date = at.toISOString().slice(0, 10);
    if (at.getUTCMonth() === month - 1 && at.getUTCDate() === day && date >= today) return date;
  }
  return undefined;
}

/** The date so many days later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
