import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { endOfDay, localToday, nextDue } from "../../src/dialogue/due.ts";
import { EVERY_DAY, type Recurrence, WORKDAYS } from "../../src/language/recurrence.ts";

const daily = (...times: string[]): Recurrence => ({ days: EVERY_DAY, times });

/** The moment of a clock reading that exists once, by another library. */
const at = (zone: string, reading: string): number => DateTime.fromISO(reading, { zone }).toMillis();
const utc = (reading: string): number => Date.parse(`${reading}Z`);
const asUtc = (moment: number | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString().slice(0, 16);

describe("an ordinary day in Amsterdam", () => {
  const zone = "Europe/Amsterdam";

  test("the evening's reminder is due tonight when it is still afternoon", () => {
    expect(nextDue(daily("21:30"), zone, at(zone, "2026-11-22T15:00"))).toBe(at(zone, "2026-11-22T21:30"));
  });

  test("at the moment itself the next one is tomorrow's", () => {
    const now = at(zone, "2026-11-22T21:30");
    expect(nextDue(daily("21:30"), zone, now)).toBe(at(zone, "2026-11-23T21:30"));
    expect(nextDue(daily("21:30"), zone, now - 1)).toBe(now);
  });

  test("twice a day takes whichever time comes first", () => {
    const twice = daily("08:00", "22:00");
    expect(nextDue(twice, zone, at(zone, "2026-11-22T07:00"))).toBe(at(zone, "2026-11-22T08:00"));
    expect(nextDue(twice, zone, at(zone, "2026-11-22T08:00"))).toBe(at(zone, "2026-11-22T22:00"));
    expect(nextDue(twice, zone, at(zone, "2026-11-22T23:00"))).toBe(at(zone, "2026-11-23T08:00"));
  });

  test("after Friday's massage the next one is Monday's", () => {
    const three: Recurrence = { days: [1, 3, 5], times: ["21:00"] };
    expect(nextDue(three, zone, at(zone, "2026-11-20T21:00"))).toBe(at(zone, "2026-11-23T21:00"));
  });

  test("screen breaks end at five and begin again on Monday at nine", () => {
    const times = Array.from({ length: 25 }, (_, i) =>
      DateTime.fromObject({ hour: 9 })
        .plus({ minutes: 20 * i })
        .toFormat("HH:mm"),
    );
    const breaks: Recurrence = { days: WORKDAYS, times };
    expect(nextDue(breaks, zone, at(zone, "2026-11-20T16:50"))).toBe(at(zone, "2026-11-20T17:00"));
    expect(nextDue(breaks, zone, at(zone, "2026-11-20T17:00"))).toBe(at(zone, "2026-11-23T09:00"));
  });

  test("every other day is counted from its first day, over months and years", () => {
    const other: Recurrence = { ...daily("21:00"), everyDays: 2, from: "2026-11-22" };
    expect(nextDue(other, zone, at(zone, "2026-11-20T12:00"))).toBe(at(zone, "2026-11-22T21:00"));
    expect(nextDue(other, zone, at(zone, "2026-11-22T21:00"))).toBe(at(zone, "2026-11-24T21:00"));
    expect(nextDue(other, zone, at(zone, "2027-11-22T12:00"))).toBe(at(zone, "2027-11-23T21:00"));
  });

  test("every other day on a weekday meets that weekday once a fortnight", () => {
    const other: Recurrence = { days: [1], times: ["21:00"], everyDays: 2, from: "2026-11-22" };
    expect(nextDue(other, zone, at(zone, "2026-11-22T12:00"))).toBe(at(zone, "2026-11-30T21:00"));
  });

  test("every second week on a Monday never becomes a Tuesday", () => {
    const never: Recurrence = { days: [2], times: ["21:00"], everyDays: 14, from: "2026-11-23" };
    expect(nextDue(never, zone, at(zone, "2026-11-22T12:00"))).toBeUndefined();
  });

  test("a single day speaks once and is then over", () => {
    const once: Recurrence = { ...daily("08:00"), on: "2026-11-23" };
    expect(nextDue(once, zone, at(zone, "2026-11-22T12:00"))).toBe(at(zone, "2026-11-23T08:00"));
    expect(nextDue(once, zone, at(zone, "2026-11-23T08:00"))).toBeUndefined();
  });

  test("seven evenings end after the seventh", () => {
    const week: Recurrence = { ...daily("21:30"), from: "2026-11-22", until: "2026-11-28" };
    expect(nextDue(week, zone, at(zone, "2026-11-28T21:00"))).toBe(at(zone, "2026-11-28T21:30"));
    expect(nextDue(week, zone, at(zone, "2026-11-28T21:30"))).toBeUndefined();
  });

  test("a pause of a week is a later first day", () => {
    const paused: Recurrence = { ...daily("21:30"), from: "2026-11-29" };
    expect(nextDue(paused, zone, at(zone, "2026-11-22T12:00"))).toBe(at(zone, "2026-11-29T21:30"));
  });
});

test("a rhythm without days or without times is never due", () => {
  expect(nextDue({ days: EVERY_DAY, times: [] }, "Europe/Amsterdam", 0)).toBeUndefined();
  expect(nextDue({ days: [], times: ["21:00"] }, "Europe/Amsterdam", 0)).toBeUndefined();
});

describe("the two strange days", () => {
  const zone = "Europe/Amsterdam";

  test("half past two, which the spring night skips, rings at half past three", () => {
    expect(asUtc(nextDue(daily("02:30"), zone, utc("2026-03-28T12:00")))).toBe("2026-03-29T01:30");
  });

  test("after it rang at half past three it is tomorrow's turn", () => {
    expect(asUtc(nextDue(daily("02:30"), zone, utc("2026-03-29T01:30")))).toBe("2026-03-30T00:30");
  });

  test("a reminder at three comes before the one at half past two that was moved", () => {
    const both = daily("02:30", "03:00");
    expect(asUtc(nextDue(both, zone, utc("2026-03-28T12:00")))).toBe("2026-03-29T01:00");
    expect(asUtc(nextDue(both, zone, utc("2026-03-29T01:00")))).toBe("2026-03-29T01:30");
  });

  test("half past two, which comes twice in the autumn night, rings the first time only", () => {
    expect(asUtc(nextDue(daily("02:30"), zone, utc("2026-10-24T12:00")))).toBe("2026-10-25T00:30");
    expect(asUtc(nextDue(daily("02:30"), zone, utc("2026-10-25T00:30")))).toBe("2026-10-26T01:30");
    expect(asUtc(nextDue(daily("02:30"), zone, utc("2026-10-25T01:10")))).toBe("2026-10-26T01:30");
  });

  test("the evening reminder keeps its clock time over both changes", () => {
    expect(asUtc(nextDue(daily("21:30"), zone, utc("2026-03-28T20:30")))).toBe("2026-03-29T19:30");
    expect(asUtc(nextDue(daily("21:30"), zone, utc("2026-10-24T19:30")))).toBe("2026-10-25T20:30");
  });

  test("on Lord Howe the clock moves by half an hour", () => {
    const island = "Australia/Lord_Howe";
    expect(asUtc(nextDue(daily("02:15"), island, utc("2026-10-03T12:00")))).toBe("2026-10-03T15:45");
    expect(asUtc(nextDue(daily("01:45"), island, utc("2026-04-04T12:00")))).toBe("2026-04-04T14:45");
    expect(asUtc(nextDue(daily("01:45"), island, utc("2026-04-04T14:45")))).toBe("2026-04-05T15:15");
  });

  test("the Friday that Samoa skipped is not spoken twice", () => {
    const samoa = "Pacific/Apia";
    expect(asUtc(nextDue(daily("09:00"), samoa, utc("2011-12-29T19:00")))).toBe("2011-12-30T19:00");
    expect(asUtc(nextDue(daily("09:00"), samoa, utc("2011-12-30T19:00")))).toBe("2011-12-31T19:00");
    const friday: Recurrence = { days: [5], times: ["09:00"] };
    expect(asUtc(nextDue(friday, samoa, utc("2011-12-28T00:00")))).toBe("2011-12-30T19:00");
    const once: Recurrence = { ...daily("09:00"), on: "2011-12-30" };
    expect(asUtc(nextDue(once, samoa, utc("2011-12-28T00:00")))).toBe("2011-12-30T19:00");
  });

  test("midnight that a zone skips moves to one o'clock", () => {
    expect(asUtc(nextDue(daily("00:00"), "Africa/Cairo", utc("2026-04-23T12:00")))).toBe("2026-04-23T22:00");
  });

  test("the leap day has its reminder, and a year without it has none lost", () => {
    expect(asUtc(nextDue(daily("21:30"), zone, utc("2028-02-28T21:00")))).toBe("2028-02-29T20:30");
    expect(asUtc(nextDue(daily("21:30"), zone, utc("2028-02-29T21:00")))).toBe("2028-03-01T20:30");
    expect(asUtc(nextDue(daily("21:30"), zone, utc("2027-02-28T21:00")))).toBe("2027-03-01T20:30");
    const other: Recurrence = { ...daily("21:30"), everyDays: 2, from: "2028-02-27" };
    expect(asUtc(nextDue(other, zone, utc("2028-02-28T12:00")))).toBe("2028-02-29T20:30");
  });

  test("whoever moves to New York gets it at half past nine there", () => {
    expect(asUtc(nextDue(daily("21:30"), "America/New_York", utc("2026-11-22T12:00")))).toBe(
      "2026-11-23T02:30",
    );
  });
});

describe("today, where the person is", () => {
  test("late in the evening in Amsterdam it is already tomorrow in Tokyo", () => {
    const now = utc("2026-11-22T20:05");
    expect(localToday("Europe/Amsterdam", now)).toEqual({ date: "2026-11-22", weekday: 7, time: "21:05" });
    expect(localToday("Asia/Tokyo", now)).toEqual({ date: "2026-11-23", weekday: 1, time: "05:05" });
  });
});

describe("the end of a day", () => {
  const DAYS = [
    "2026-03-29",
    "2026-10-25",
    "2011-12-29",
    "2018-11-03",
    "2018-02-17",
    "2026-11-22",
    "2028-02-29",
  ];
  test.each([
    "Europe/Amsterdam",
    "America/Sao_Paulo",
    "America/Havana",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Tehran",
  ])("in %s is the last moment with that date, also where midnight is skipped or comes twice", (zone) => {
    for (const date of DAYS) {
      const end = endOfDay(zone, date);
      expect(DateTime.fromMillis(end, { zone }).toISODate()).toBe(date);
      expect((DateTime.fromMillis(end + 1, { zone }).toISODate() ?? "") > date).toBe(true);
      expect(localToday(zone, end).date).toBe(date);
    }
  });
});
