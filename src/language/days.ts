/**
 * The days in a sentence about a rhythm: "door de week", "ma, wo en vr", "om de dag", "morgen", "drie weken lang",
 * "elke 20 minuten". What it understands it takes out of the sentence, so that what remains are clock times.
 *
 * Dates are "YYYY-MM-DD" on a calendar without zones; today is handed in.
 */

import { dayPartOf } from "./clock.ts";
import { near } from "./fold.ts";
import { wholeNumber } from "./numbers.ts";
import { EVERY_DAY, MONTHS, WEEKDAYS, WEEKEND, WORKDAYS } from "./recurrence.ts";

/** What a sentence says about days; each part only where it was said. */
export interface DayPlan {
  /** ISO weekdays, ascending. */
  days?: readonly number[];
  /** A single day. */
  on?: string;
  /** The first day. */
  from?: string;
  /** Every so many days. */
  everyDays?: number;
  /** How many days long. */
  span?: number;
  /** How often a week, and how often a day. */
  perWeek?: number;
  perDay?: number;
  /** Minutes between two moments on a day. */
  interval?: number;
  /** The words that were not about days. */
  rest: readonly string[];
}

const N = String.raw`(\d{1,3}|[a-z]+)`;
const UNIT_DAYS: Readonly<Record<string, number>> = { dag: 1, avond: 1, ochtend: 1, week: 7, maand: 30 };
const UNIT = "(dag|avond|ochtend|week|weke|maand)(?:e?n)?";

/** Reads what `words` (from `clockWords`) say about days. */
export function readDays(words: readonly string[], today: { date: string; weekday: number }): DayPlan {
  const plan: DayPlan = { rest: [] };
  let said = ` ${words.join(" ")} `;
  /** Takes the first match out of the sentence, unless `use` finds that it is something else. */
  const take = (form: RegExp, use: (m: RegExpExecArray) => unknown) => {
    const m = form.exec(said);
    if (!m || use(m) === false) return;
    said = `${said.slice(0, m.index)} · ${said.slice(m.index + m[0].length)}`;
  };
  const number = (word: string | undefined): number => wholeNumber(word ?? "") ?? 0;
  const length = (count: string | undefined, unit: string | undefined): number =>
    number(count) * (UNIT_DAYS[(unit ?? "").replace("weke", "week")] ?? 0);

  take(RegExp(` (?:elke?|iedere?|alle|om de|om het|per) (?:${N} )?(min(?:uut|uten)?|uur|uren|u|h) `), (m) => {
    const minutes = (m[1] === undefined ? 1 : number(m[1])) * (/^[uh]/.test(m[2] ?? "") ? 60 : 1);
    if (minutes < 5 || minutes > 720) return false;
    plan.interval = minutes;
    return true;
  });
  take(
    RegExp(
      ` (?:${N} (?:tot|a|-|of) )?${N} ?(?:x|keer|maal|keren|dagen|avonden) (?:per|in de|op een|de|elke|iedere) ?(?:week|weeks) `,
    ),
    (m) => {
      const [least, most] = [number(m[1]), number(m[2])];
      if (most < 1) return false;
      plan.perWeek = Math.min(7, least > 0 ? Math.round((least + most) / 2) : most);
      return true;
    },
  );
  take(
    RegExp(
      ` ${N} ?(?:x|keer|maal|keren) (?:per dag|op een dag|elke dag|iedere dag|alle dagen|daags|op de dag) `,
    ),
    (m) => {
      if (number(m[1]) < 1) return false;
      plan.perDay = number(m[1]);
      return true;
    },
  );
  take(RegExp(` (?:om de|elke|iedere|alle) ${N} ${UNIT} `), (m) => {
    if (number(m[1]) < 1) return false;
    plan.everyDays = length(m[1], m[2]);
    return true;
  });
  take(/ om de (?:andere )?(dag|avond|ochtend|week) /, (m) => {
    plan.everyDays = m[1] === "week" ? 14 : 2;
  });
  take(/ de (?:ene|een) (?:dag|avond) wel (?:en )?de andere (?:dag |avond )?niet /, () => {
    plan.everyDays = 2;
  });
  take(RegExp(` over ${N} ${UNIT} `), (m) => {
    if (number(m[1]) < 1) return false;
    plan.on = addDays(today.date, length(m[1], m[2]));
    return true;
  });
  take(
    RegExp(
      ` (?:(?:voor|gedurende|de (?:eerst)?(?:komende|volgende)|komende) )?${N} ${UNIT}(?: (?:lang|aan een stuk|achter elkaar|na elkaar|achtereen))? `,
    ),
    (m) => {
      const said = m[0].trim().split(" ").length > 2 || /en $/.test(m[0]);
      if (!said || number(m[1]) < 1) return false;
      plan.span = length(m[1], m[2]);
      return true;
    },
  );
  take(/ (?:de (?:hele )?(?:komende|volgende) week|heel de week lang|de hele week lang) /, () => {
    plan.span = 7;
  });
  take(
    RegExp(
      String.raw` (?:op )?(\d{1,2}) (?:(${MONTHS.map((m) => `${m}|${m.slice(0, 3)}`).join("|")})|\/ (\d{1,2})) `,
    ),
    (m) => {
      const month = m[3]
        ? Number(m[3])
        : MONTHS.findIndex((name) => name.slice(0, 3) === (m[2] === "maa" ? "maa" : m[2]?.slice(0, 3))) + 1;
      const date = nextDate(today.date, month, Number(m[1]));
      if (date === undefined) return false;
      plan.on = date;
      return true;
    },
  );

  readWeekdays(plan, said.trim().split(/\s+/), today);
  if (plan.everyDays === 14 && plan.days?.length === 1 && !plan.from) {
    // "om de week op maandag" counts fortnights from the next Monday.
    plan.from = nextWeekday(today, plan.days[0] as number);
    plan.days = EVERY_DAY;
  }
  return plan;
}

/** The weekdays, sets of days and single days among the words; "behalve" takes away what follows it. */
function readWeekdays(plan: DayPlan, words: readonly string[], today: { date: string; weekday: number }) {
  const rest = [...words];
  const days = new Set<number>();
  const without = new Set<number>();
  let excluding = false;
  words.forEach((word, i) => {
    const before = words[i - 1] ?? "";
    if (/^(?:behalve|niet|uitgezonderd|uitgenomen|zonder)$/.test(word)) excluding = true;
    const weekday = weekdayAt(words, i);
    const named = weekday ? [weekday] : daysNamed(word, before);
    const date =
      weekday && /^(?:komende|aanstaande|volgende|eerstvolgende|deze)$/.test(before)
        ? nextWeekday(today, weekday)
        : singleDay(word, words[i + 1], today);
    if (before === "vanaf" && (date ?? weekday)) {
      plan.from = date ?? nextWeekday(today, weekday as number);
      rest[i] = "\u00b7";
      return;
    }
    if (date) plan.on = date;
    else if (named) for (const day of named) (excluding ? without : days).add(day);
    else return;
    // The part of the day stays: it tells which eight o'clock is meant.
    if (dayPartOf(word) === undefined && word !== "morgen") rest[i] = "\u00b7";
    const until = /^(?:tm|-|tot)$/.test(words[i + 1] ?? "") ? weekdayAt(words, i + 2) : undefined;
    if (weekday && until)
      for (let day = weekday; day !== until; day = (day % 7) + 1) (excluding ? without : days).add(day);
  });
  if (days.size === 0 && without.size > 0) for (const day of EVERY_DAY) days.add(day);
  const left = [...days].filter((day) => !without.has(day)).sort();
  if (left.length > 0) plan.days = left;
  plan.rest = rest;
}

/** The set of days that a word names, with the word before it. */
function daysNamed(word: string, before: string): readonly number[] | undefined {
  if (/^(?:weekends?|weekeinden?)$/.test(word)) return WEEKEND;
  if (/^(?:(?:werk|week)dag(?:en)?|doordeweeks?e?)$/.test(word)) return WORKDAYS;
  if (/^(?:weeks?)$/.test(word) && /^(?:de|in)$/.test(before)) return WORKDAYS;
  if (/^(?:dagelijkse?|daags)$/.test(word)) return EVERY_DAY;
  if (/^(?:avonds|ochtends|middags|nachts)$/.test(word)) return undefined;
  const everyWord = /^(?:elken?|iederen?|alle|per|eiken?|elk|ieder)$/.test(before);
  if (everyWord && (/^dag(?:en)?$/.test(word) || dayPartOf(word))) return EVERY_DAY;
  return undefined;
}

const SHORT: Readonly<Record<string, number>> = {
  ma: 1,
  maa: 1,
  di: 2,
  din: 2,
  wo: 3,
  woe: 3,
  do: 4,
  don: 4,
  vr: 5,
  vrij: 5,
  za: 6,
  zat: 6,
  zo: 7,
  zon: 7,
};

/** The ISO weekday at this place. "ma", "do" and "zo" are words of their own: they need a day or a time beside them. */
function weekdayAt(words: readonly string[], i: number): number | undefined {
  const full = fullWeekday(words[i] ?? "");
  if (full) return full;
  const short = SHORT[words[i] ?? ""];
  if (!short) return undefined;
  const isDay = (word = "") => SHORT[word] !== undefined || fullWeekday(word) !== undefined;
  const past = (from: number, step: number) => {
    let at = from + step;
    while (/^(?:,|en|&|\+|\/|-|tm|tot|op)$/.test(words[at] ?? "")) at += step;
    return words[at];
  };
  if (isDay(past(i, 1)) || isDay(past(i, -1))) return short;
  const next = words[i + 1] ?? "";
  const timed = /^(?:om|half|kwart|rond|tegen)$|^\d/.test(next) || dayPartOf(next) !== undefined;
  return timed || /^(?:op|elke|iedere)$/.test(words[i - 1] ?? "") ? short : undefined;
}

function fullWeekday(word: string): number | undefined {
  const stem = word.replace(/(?:en|s)$/, "");
  if (stem.length < 6 || /^(?:vandaag|weekdag|werkdag|middag|feestdag|zonder)$/.test(stem)) return undefined;
  const day = WEEKDAYS.findIndex((name) => near(stem, name, 1));
  return day < 0 ? undefined : day + 1;
}

/** The date of "vandaag", "morgen" or "overmorgen". */
function singleDay(word: string, next: string | undefined, today: { date: string }): string | undefined {
  if (word === "vandaag" && next !== "af") return today.date;
  if (word === "morgen" || word === "mrgn" || word === "mrg") return addDays(today.date, 1);
  return word === "overmorgen" ? addDays(today.date, 2) : undefined;
}

/** The first date after today that falls on this ISO weekday. */
const nextWeekday = (today: { date: string; weekday: number }, weekday: number): string =>
  addDays(today.date, ((weekday - today.weekday + 6) % 7) + 1);

/** The first such day of the year that is not before today; undefined where the month has no such day. */
function nextDate(today: string, month: number, day: number): string | undefined {
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
