/**
 * A clock time as an answer to "hoe laat?", a rhythm as an answer to "wanneer?", and how times are said.
 *
 * What the twelve-hour clock leaves open is read for relaxation reminders: six to twelve spoken ("half tien", "9 uur")
 * is the evening, one to six the afternoon; six to twelve in figures with minutes ("9:30", "9u30") is the morning,
 * as written. A part of the day ("ochtend", "vroeg", "'s avonds") or the 24-hour clock ("09:30", "21 uur") leaves
 * no doubt. The other reading is given beside it.
 */
import { addDays } from "./calendar.ts";
import { type ClockTime, clockTimes, type DayPart, dayPartOf } from "./clock.ts";
import { clockWords } from "./clock-words.ts";
import { type DayPlan, readDays } from "./days.ts";
import { EVERY_DAY, type Recurrence, sayList, WORKDAYS } from "./recurrence.ts";

/** The one time that a person means, with its other reading; undefined for none, several, "nu" or a duration. */
export function readTime(text: string): { time: string; alternative?: string } | undefined {
  const [found, second] = clockTimes(clockWords(text));
  if (!found || (second && second.minutes !== found.minutes)) return undefined;
  const time = clockText(found.minutes);
  return found.alternative === undefined ? { time } : { time, alternative: clockText(found.alternative) };
}

/** What was understood of a rhythm, to be read back before it counts. */
export interface ReadRecurrence {
  readonly recurrence: Recurrence;
  /** The same rhythm at the other reading of its times. */
  readonly alternative?: Recurrence;
  /** What was not said: `recurrence` holds a sensible proposal for it. */
  readonly missing?: "time" | "days";
}

/** Whether both days and times were said; how often a week is enough to propose the days. */
export const isWhole = ({ missing, recurrence }: ReadRecurrence): boolean =>
  missing === undefined || (missing === "days" && recurrence.days.length < 7);

/** What a proposal looks like where only the part of the day, or how often, was said. */
const USUAL_TIME: Readonly<Record<DayPart, string>> = {
  morning: "08:00",
  afternoon: "15:00",
  evening: "21:00",
  night: "22:00",
};
const PER_DAY: Readonly<Record<number, readonly string[]>> = {
  1: ["21:00"],
  2: ["09:00", "21:00"],
  3: ["09:00", "15:00", "21:00"],
  4: ["09:00", "13:00", "17:00", "21:00"],
};
/** Whether a part of the day is the whole answer: "liefst 's avonds". */
const onlyPart = (words: readonly string[]): boolean =>
  words.some((word) => dayPartOf(word)) && words.every((word) => dayPartOf(word) ?? PART_FILLER.test(word));

const PART_FILLER = /^(?:in|de|het|liefst|liever|graag|en|,|doe|maar|om|elke|voor)$/;
const PER_WEEK: readonly (readonly number[])[] = [
  [],
  [1],
  [1, 4],
  [1, 3, 5],
  [1, 2, 4, 6],
  WORKDAYS,
  [1, 2, 3, 4, 5, 6],
  EVERY_DAY,
];

/**
 * The rhythm or the single moment that a person means: `today` is their own date, ISO weekday and time. "morgen om acht
 * uur" is one day; a weekday without more comes every week; a number of days or weeks counts from the first
 * moment that is still ahead. Undefined when nothing in it is about time.
 */
export function readRecurrence(
  text: string,
  today: { date: string; weekday: number; time: string },
): ReadRecurrence | undefined {
  const words = clockWords(text);
  const plan = readDays(words, today);
  const found = clockTimes(plan.rest);
  if (plan.inMinutes !== undefined) return { recurrence: soon(plan.inMinutes, today) };
  if (/(?:per|van de|elke|iedere) maand |maandelijks/.test(`${words.join(" ")} `) || entangled(plan, found))
    return undefined;
  const rhythm = plan.days ?? plan.on ?? plan.everyDays ?? plan.perWeek ?? plan.perDay ?? plan.interval;
  if (rhythm === undefined && found.length === 0 && !onlyPart(words)) return undefined;

  const days = plan.days ?? (plan.perWeek ? PER_WEEK[plan.perWeek] : undefined);
  const missingDays =
    plan.perWeek === undefined
      ? days === undefined &&
        plan.on === undefined &&
        plan.everyDays === undefined &&
        plan.perDay === undefined &&
        plan.span === undefined
      : plan.days?.length !== plan.perWeek && plan.perWeek < 7;

  if (plan.interval !== undefined) {
    const window = found.length === 2 ? hours(found) : undefined;
    const times = everySo(plan.interval, window ?? [540, 1020]);
    const recurrence = lay(plan, days ?? WORKDAYS, times, today);
    const missing = window === undefined ? "time" : missingDays ? "days" : undefined;
    return missing ? { recurrence, missing } : { recurrence };
  }

  // Said in the afternoon, "vannacht om 2 uur" is tomorrow by the calendar.
  if (
    plan.on === today.date &&
    words.includes("nacht") &&
    found.every(({ minutes }) => minutes < 360 && clockText(minutes) <= today.time)
  )
    plan.on = addDays(plan.on, 1);
  const { times, others } = settleTimes(plan, found, words, today);
  const recurrence = lay(plan, days ?? EVERY_DAY, times ?? usualTimes(plan, words), today);
  const late = plan.on === today.date && times?.every((time) => time <= today.time);
  const askDays = missingDays && (plan.perWeek !== undefined || (times !== undefined && !late));
  const missing = askDays ? "days" : times === undefined || late ? "time" : undefined;
  return {
    recurrence,
    ...(others && !late ? { alternative: lay(plan, days ?? EVERY_DAY, others, today) } : {}),
    ...(missing ? { missing } : {}),
  };
}

/** "over een kwartier": one moment, counted from now. */
function soon(minutes: number, today: { date: string; time: string }): Recurrence {
  const at = Number(today.time.slice(0, 2)) * 60 + Number(today.time.slice(3)) + minutes;
  return { days: EVERY_DAY, times: [clockText(at % 1440)], on: addDays(today.date, Math.floor(at / 1440)) };
}

/** Different days at different times ("door de week om 8 uur en in het weekend om 10 uur") are two rhythms, not one. */
function entangled(plan: DayPlan, found: readonly ClockTime[]): boolean {
  const named = plan.named ?? [];
  if (new Set(named.map((one) => one.days)).size < 2 || new Set(found.map((time) => time.minutes)).size < 2)
    return false;
  const order = [
    ...named.map(({ at }) => ({ at, kind: "d" })),
    ...found.map(({ start }) => ({ at: start, kind: "t" })),
  ].sort((a, b) => a.at - b.at);
  return /d+t+d+t|t+d+t+d/.test(order.map(({ kind }) => kind).join(""));
}

/** The times that were said, and their other reading; nothing where none was said. */
function settleTimes(
  plan: DayPlan,
  found: readonly ClockTime[],
  words: readonly string[],
  today: { date: string; time: string },
): { times?: string[]; others?: string[] } {
  const [first, second] = found;
  if (!first || (plan.perDay !== undefined && plan.perDay !== found.length && found.length > 1)) return {};
  const early = (time: ClockTime) => Math.min(time.minutes, time.alternative ?? time.minutes);
  const late = (time: ClockTime) => Math.max(time.minutes, time.alternative ?? time.minutes);
  // Twice a day at eight, or at eight and ten: once in the morning and once in the evening.
  if (plan.perDay === 2 && found.every((time) => time.alternative !== undefined))
    return { times: clockTexts([early(first), late(second ?? first)]) };
  if (plan.perDay !== undefined && plan.perDay !== found.length) return {};

  // "om 9 of 10 uur" leaves it open.
  if (found.slice(1).some((time) => plan.rest[time.start - 1] === "of")) return {};

  const times = clockTexts(found.map((time) => time.minutes));
  if (found.every((time) => time.alternative === undefined)) return { times };
  const others = clockTexts(found.map((time) => time.alternative ?? time.minutes));
  const passed = plan.on === today.date && times.every((time) => time <= today.time);
  const tomorrow = words.includes("morgen");
  return passed || tomorrow ? { times: others, others: times } : { times, others };
}

/** The proposal where no time was said. */
function usualTimes(plan: DayPlan, words: readonly string[]): readonly string[] {
  if (plan.perDay !== undefined) return PER_DAY[Math.min(4, plan.perDay)] ?? [];
  const parts = new Set(words.flatMap((word) => dayPartOf(word) ?? []));
  return parts.size > 0 ? [...parts].map((part) => USUAL_TIME[part]).sort() : [USUAL_TIME.evening];
}

/** The recurrence of a plan at these times; a number of days counts from the first moment still ahead. */
function lay(
  plan: DayPlan,
  days: readonly number[],
  times: readonly string[],
  today: { date: string; time: string },
): Recurrence {
  if (plan.on !== undefined) return { days: EVERY_DAY, times, on: plan.on };
  const { everyDays, span } = plan;
  const ahead = (times.at(-1) ?? "") > today.time ? today.date : addDays(today.date, 1);
  const from = plan.from ?? (span !== undefined || everyDays !== undefined ? ahead : undefined);
  const until =
    plan.until ?? (from !== undefined && span !== undefined ? addDays(from, span - 1) : undefined);
  return {
    days,
    times,
    ...(from !== undefined ? { from } : {}),
    ...(until !== undefined ? { until } : {}),
    ...(everyDays !== undefined && everyDays > 1 ? { everyDays } : {}),
  };
}

/** The two times of a working day: the earlier from, and what comes after it until. */
function hours(found: readonly ClockTime[]): [number, number] {
  const readings = found.map((time) =>
    [time.minutes, time.alternative ?? time.minutes].sort((a, b) => a - b),
  );
  const from = readings[0]?.[0] ?? 540;
  return [from, readings[1]?.find((minutes) => minutes > from) ?? Math.max(from, 1020)];
}

function everySo(step: number, [from, until]: [number, number]): string[] {
  const times: string[] = [];
  for (let minutes = from; minutes <= until; minutes += step) times.push(clockText(minutes));
  return times;
}

const clockTexts = (minutes: readonly number[]): string[] => [...new Set(minutes.map(clockText))].sort();

/** Minutes since midnight as "HH:MM". */
const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** "21:30" as it is said: "21.30 uur". */
export const sayTime = (time: string): string => `${time.replace(/^0(?=\d)/, "").replace(":", ".")} uur`;

/** A duration in ms as it is said, to the second: "45 seconden", "anderhalve minuut", "1 minuut en 20 seconden". */
export function sayDuration(ms: number): string {
  const all = Math.max(0, Math.round(ms / 1000));
  if (all === 90) return "anderhalve minuut";
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const parts = [
    hours > 0 ? `${hours} uur` : "",
    minutes > 0 ? `${minutes} ${minutes === 1 ? "minuut" : "minuten"}` : "",
    seconds > 0 || all === 0 ? `${seconds} ${seconds === 1 ? "seconde" : "seconden"}` : "",
  ].filter((part) => part !== "");
  return sayList(parts);
}
