/**
 * When a reminder is due next: a rhythm of local clock times laid over the calendar of a zone.
 *
 * A local time is taken as people mean it on the two strange days of the year: one that does not exist
 * (the clock jumps over it) moves forward by the jump, one that comes twice counts the first time.
 *
 * Clock readings ("local") are numbers here: the epoch ms they would have in UTC, so days and weekdays are
 * plain arithmetic and only the step from reading to moment asks the zone. Two facts keep that to a
 * few steps:
 * - a reading at or before the present one lies in the past, unless the last jump forward moved it;
 * - the first reading that was not moved comes before all later readings.
 */
import { Temporal } from "temporal-polyfill";
import type { Recurrence } from "../language/recurrence.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The first moment (epoch ms) strictly after `after` at which it is due in that IANA zone; undefined when it never is again. */
export function nextDue(recurrence: Recurrence, zone: string, after: number): number | undefined {
  const offset = offsetAt(zone, after);
  // No zone's clock jumps more than a day, or twice within one.
  const jump = Math.max(0, offset - offsetAt(zone, after - DAY));
  const passed = after + offset - jump;
  const times = recurrence.times.map(minutesOf);
  if (times.length === 0) return undefined;

  let earliest: number | undefined;
  let day = firstDay(recurrence, Math.floor(passed / DAY));
  while (day !== undefined) {
    for (const time of times) {
      const reading = day * DAY + time * MINUTE;
      if (reading <= passed) continue;
      const moment = momentOf(zone, reading);
      if (moment.at <= after) continue;
      if (earliest === undefined || moment.at < earliest) earliest = moment.at;
      if (!moment.moved) return earliest;
    }
    day = firstDay(recurrence, day + 1);
  }
  return earliest;
}

/** The date, ISO weekday (1 is Monday) and clock time that people in this IANA zone read at `now` (epoch ms). */
export function localToday(zone: string, now: number): { date: string; weekday: number; time: string } {
  const reading = now + offsetAt(zone, now);
  const [date = "", time = ""] = new Date(reading).toISOString().split("T");
  return { date, weekday: weekdayOf(Math.floor(reading / DAY)), time: time.slice(0, 5) };
}

/** The last moment (epoch ms) of this date ("YYYY-MM-DD") in this IANA zone. */
export const endOfDay = (zone: string, date: string): number =>
  momentOf(zone, (dayOf(date) + 1) * DAY).at - 1;

/** The first day on or after `day` on which it may speak. Days are counted from 1970-01-01. */
function firstDay(recurrence: Recurrence, day: number): number | undefined {
  const { days, on, from, until, everyDays = 1 } = recurrence;
  const except = recurrence.except === undefined ? undefined : dayOf(recurrence.except);
  if (on !== undefined) return day <= dayOf(on) && dayOf(on) !== except ? dayOf(on) : undefined;
  const start = from === undefined ? 0 : dayOf(from);
  const least = from === undefined ? day : Math.max(day, start);
  let next = start + Math.ceil((least - start) / everyDays) * everyDays;
  // Weekdays come round within seven strides, or never; the one that is left out may be one of them.
  for (let stride = 0; stride < 14; stride++, next += everyDays) {
    if (until !== undefined && next > dayOf(until)) return undefined;
    if (days.includes(weekdayOf(next)) && next !== except) return next;
  }
  return undefined;
}

/** The moment a clock reading stands for, and whether it was moved because the clock jumps over it. */
function momentOf(zone: string, reading: number): { at: number; moved: boolean } {
  const date = new Date(reading);
  const meant = new Temporal.PlainDateTime(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  );
  const moment = meant.toZonedDateTime(zone, { disambiguation: "compatible" });
  const at = moment.epochMilliseconds;
  return { at, moved: at + moment.offsetNanoseconds / 1e6 !== reading };
}

const offsetAt = (zone: string, at: number): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;

const dayOf = (date: string): number => Date.parse(`${date}T00:00Z`) / DAY;

/** 1970-01-01, day 0, was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
