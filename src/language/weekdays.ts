/**
 * The days that people name: "ma, wo en vr", "van maandag tot en met vrijdag", "elke dag behalve zondag", "morgen".
 */
import { addDays, nextWeekday, type Today } from "./calendar.ts";
import { dayPartOf } from "./clock.ts";
import { near } from "./fold.ts";
import { EVERY_DAY, WEEKDAYS, WEEKEND, WORKDAYS } from "./recurrence.ts";

/** What the words name: weekdays, a single day, a first or last day, and the words that are left for clock times. */
export interface NamedDays {
  /** ISO weekdays, ascending. */
  days?: readonly number[];
  on?: string;
  from?: string;
  until?: string;
  /** Where in `rest` days are named, and which. */
  named: { at: number; days: string }[];
  rest: string[];
}

/** The weekdays, sets of days and single days among the words; "behalve" takes away what follows it. */
export function readWeekdays(words: readonly string[], today: Today): NamedDays {
  const plan: NamedDays = { named: [], rest: [] };
  const rest = [...words];
  const days = new Set<number>();
  const without = new Set<number>();
  let excluding = false;
  words.forEach((word, i) => {
    const before = words[i - 1] ?? "";
    if (/^(?:behalve|niet|uitgezonderd|uitgenomen|zonder)$/.test(word)) excluding = true;
    const weekday = weekdayAt(words, i);
    const named = weekday ? [weekday] : daysNamed(word, before);
    const date = weekday
      ? comingDay(weekday, before, words[i - 2], today)
      : singleDay(word, words[i + 1], today);
    if (before === "vanaf" && (date ?? weekday)) {
      plan.from = date ?? nextWeekday(today, weekday as number);
      rest[i] = "\u00b7";
      return;
    }
    if (weekday && /^(?:tm|tot)$/.test(before) && weekdayAt(words, i - 2) === undefined) {
      plan.until = nextWeekday(today, weekday);
      rest[i] = "\u00b7";
      return;
    }
    if (!date && !named) return;
    // "in het weekend niet" takes away as "niet in het weekend" does.
    const off = excluding || words[i + 1] === "niet";
    if (date) plan.on = date;
    else for (const day of named ?? []) (off ? without : days).add(day);
    if (named && !off) plan.named.push({ at: i, days: named.join() });
    // The part of the day stays: it tells which eight o'clock is meant.
    if (dayPartOf(word) === undefined && word !== "morgen") rest[i] = "\u00b7";
    const until = /^(?:tm|-|tot)$/.test(words[i + 1] ?? "") ? weekdayAt(words, i + 2) : undefined;
    if (weekday && until)
      for (let day = weekday; day !== until; day = (day % 7) + 1) (off ? without : days).add(day);
  });
  if (days.size === 0 && without.size > 0) for (const day of EVERY_DAY) days.add(day);
  const left = [...days].filter((day) => !without.has(day)).sort();
  if (left.length > 0) plan.days = left;
  return { ...plan, rest };
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

/** "komende maandag", "volgende week maandag": one day, not every week. */
function comingDay(weekday: number, before: string, earlier: string | undefined, today: Today) {
  if (before === "week" && earlier === "volgende") return addDays(today.date, 7 - today.weekday + weekday);
  return /^(?:komende|aanstaande|volgende|eerstvolgende|deze)$/.test(before)
    ? nextWeekday(today, weekday)
    : undefined;
}
