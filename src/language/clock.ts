/**
 * Finds clock times in a Dutch sentence: "half tien", "kwart na acht", "21u30", "8 en 22 uur", with the part of the
 * day that belongs to each ("'s avonds", "vroeg in de morgen").
 *
 * A part of the day belongs to the time right before it, or else to the time after it; a time without one shares
 * its neighbour's ("om 8 en 10 uur 's avonds"). What is still open on the twelve-hour clock gets the likelier
 * reading first and the other one beside it, so that it can be read back.
 */
import { wholeNumber } from "./numbers.ts";

export type DayPart = "morning" | "afternoon" | "evening" | "night";

/** A clock time in minutes since midnight, and its other reading where the twelve-hour clock leaves one. */
export interface ClockTime {
  readonly minutes: number;
  readonly alternative?: number;
  /** The first word of it and the first word after it. */
  readonly start: number;
  readonly end: number;
}

const LATE_HOURS: Readonly<Record<string, number>> = {
  enen: 1,
  tweeen: 2,
  drieen: 3,
  vieren: 4,
  vijven: 5,
  zessen: 6,
  zevenen: 7,
  achten: 8,
  negenen: 9,
  tienen: 10,
  elven: 11,
  twaalven: 12,
};
const OCLOCK = new Set("uur u h uren ure".split(" "));
const BEFORE_TIME = new Set("om rond tegen omstreeks vanaf klokslag rondom tot tussen @".split(" "));
const LIST = new Set([",", "en", "&", "+", "/", "of", "-"]);
const COUNTED = new Set(
  "x keer maal minuut minuten min m seconden dag dagen avonden ochtenden week weken maand maanden jaar / -".split(
    " ",
  ),
);
const LENGTH = new Set("lang durend slaap slapen per geleden later".split(" "));
const INTERVAL = new Set("over elke iedere elk ieder binnen gedurende".split(" "));

const DAY_PARTS: ReadonlyMap<string, DayPart> = new Map(
  (
    [
      ["morning", "ochtend ochtends ochtenden voormiddag voormiddags vroeg am ontbijt opstaan"],
      ["afternoon", "middag middags middagen namiddag namiddags lunch"],
      ["evening", "avond avonds avonden pm bedtijd slapengaan"],
      ["night", "nacht nachts nachten"],
    ] as const
  ).flatMap(([part, words]) => words.split(" ").map((word) => [word, part] as const)),
);

/** The part of the day that a word names. */
export const dayPartOf = (word: string | undefined): DayPart | undefined => DAY_PARTS.get(word ?? "");

interface Found {
  readonly start: number;
  readonly end: number;
  /** Minutes since midnight as spoken: 0 to 1440. */
  readonly spoken: number;
  /** Written so that only one reading is left: 21:30, 08:00. */
  readonly clear: boolean;
  /** Written with minutes in figures, 9:30: likelier as it stands. */
  readonly digital: boolean;
  /** Only a number: a time where its neighbours say so. */
  readonly bare: boolean;
}

/** The clock times in these words, in order; "8 en 22 uur" is two. */
export function clockTimes(words: readonly string[]): ClockTime[] {
  const found = settle(words, scan(words));
  const { bound, loose } = partsOf(words, found);
  const as24 = found.some((time) => time.clear && time.spoken >= 13 * 60);
  const times = found.map((time, i) => readingOf(time, bound[i], as24));
  // "elke ochtend en avond om 8 uur": one time for several parts of the day.
  const [only] = found;
  if (only && found.length === 1) for (const part of loose) times.unshift(readingOf(only, part, false));
  return times;
}

/** Everything in these words that can be a time. */
function scan(words: readonly string[]): Found[] {
  const found: Found[] = [];
  for (let i = 0; i < words.length; ) {
    const time = timeAt(words, i);
    if (time) found.push(time);
    i = time ? time.end : i + 1;
  }
  return found;
}

function timeAt(words: readonly string[], start: number): Found | undefined {
  const word = words[start] ?? "";
  const skipOclock = (i: number) => (OCLOCK.has(words[i] ?? "") ? i + 1 : i);
  const time = (end: number, spoken: number, kind: Partial<Found> = {}): Found | undefined =>
    spoken < 0 || spoken > 1440
      ? undefined
      : { start, end, spoken, clear: spoken >= 780, digital: false, bare: false, ...kind };

  if (/^middernachts?$/.test(word)) return time(start + 1, 0, { clear: true });
  if (/^noens?$/.test(word)) return time(start + 1, 720, { clear: true });

  const [hours, minutes] = word.split(":");
  if (minutes !== undefined)
    return time(skipOclock(start + 1), Number(hours) * 60 + Number(minutes), digits(hours));

  const half = word === "half" ? hourOf(words[start + 1]) : undefined;
  if (half !== undefined) return time(skipOclock(start + 2), half * 60 - 30);

  const past = word === "kwart" ? 15 : wholeNumber(word);
  const at = /^min(uten|uut)?$/.test(words[start + 1] ?? "") ? start + 2 : start + 1;
  if (past !== undefined && past < 30 && /^(over|voor|na)$/.test(words[at] ?? "")) {
    const toHalf = words[at + 1] === "half" ? 1 : 0;
    const hour = hourOf(words[at + 1 + toHalf]);
    if (hour !== undefined) {
      const minutes = hour * 60 - toHalf * 30 + (words[at] === "voor" ? -past : past);
      return time(skipOclock(at + 2 + toHalf), minutes);
    }
  }

  if (/^([01]\d|2[0-3])[0-5]\d$/.test(word) && (OCLOCK.has(words[start + 1] ?? "") || words.length === 1))
    return time(skipOclock(start + 1), Number(word.slice(0, 2)) * 60 + Number(word.slice(2)), digits("00"));

  const hour = hourOf(word);
  if (hour === undefined) return undefined;
  if (!OCLOCK.has(words[start + 1] ?? "")) {
    // "een" before another word is "a".
    if (word === "een" && /^[a-z]/.test(words[start + 1] ?? "")) return undefined;
    if (COUNTED.has(words[start + 1] ?? "") && !LIST.has(words[start + 1] ?? "")) return undefined;
    return time(start + 1, hour * 60, {
      bare: LATE_HOURS[word] === undefined && !/^[ap]m$/.test(words[start + 1] ?? ""),
    });
  }
  const next = words[start + 2] ?? "";
  const withMinutes = /^[0-5]\d$/.test(next) || (/^[a-z]/.test(next) && (wholeNumber(next) ?? 60) % 5 === 0);
  const more = withMinutes ? wholeNumber(next) : undefined;
  if (
    more !== undefined &&
    more < 60 &&
    !OCLOCK.has(words[start + 3] ?? "") &&
    !COUNTED.has(words[start + 3] ?? "")
  )
    return time(start + 3, hour * 60 + more, /^\d/.test(word) ? digits(word) : {});
  const before = words[start - 1] ?? "";
  if (LENGTH.has(next) || INTERVAL.has(before) || (before === "de" && words[start - 2] === "om"))
    return undefined;
  return time(start + 2, hour * 60, { clear: hour > 12 || hour === 0 || /^0\d$/.test(word) });
}

/** Of bare numbers only those are times that stand where a time stands: "om 9", "8 en 22 uur", "'s avonds 9". */
function settle(words: readonly string[], found: readonly Found[]): Found[] {
  const sure = found.map(
    ({ bare, start, end }) =>
      !bare ||
      words.length === 1 ||
      BEFORE_TIME.has(words[start - 1] ?? "") ||
      /^(?:elke|maan|dins|woens|donder|vrij|zater|zon|werk)?dag(?:en)?$|^·$/.test(words[start - 1] ?? "") ||
      dayPartOf(words[start - 1]) !== undefined ||
      dayPartOf(words[end]) !== undefined,
  );
  const joined = (i: number) => {
    const [end, start] = [found[i]?.end ?? 0, found[i + 1]?.start ?? 0];
    const between = words.slice(end, start);
    return (
      between.length > 0 && between.length <= 2 && between.every((w) => LIST.has(w) || BEFORE_TIME.has(w))
    );
  };
  for (let i = 1; i < found.length; i++) if (sure[i - 1] && joined(i - 1)) sure[i] = true;
  for (let i = found.length - 1; i > 0; i--) if (sure[i] && joined(i - 1)) sure[i - 1] = true;
  return found.filter((_, i) => sure[i]);
}

/** The part of the day of each time, and the parts that belong to no time. */
function partsOf(words: readonly string[], found: readonly Found[]) {
  const bound: (DayPart | undefined)[] = found.map(() => undefined);
  const places: { at: number; part: DayPart }[] = [];
  const loose: DayPart[] = [];
  const filler = /^(?:in|de|om|rond|tegen|op|vroeg|ongeveer)$/;
  words.forEach((word, at) => {
    // "morgen om acht uur" leans to the morning as well, unless another part of the day is named.
    const part = dayPartOf(word);
    if (!part) return;
    places.push({ at, part });
    const before = found.findIndex((t) => t.end <= at && words.slice(t.end, at).every((w) => filler.test(w)));
    const after = found.findIndex(
      (t) => t.start > at && words.slice(at + 1, t.start).every((w) => filler.test(w)),
    );
    if (before >= 0 && bound[before] === undefined) bound[before] = part;
    else if (after >= 0 && bound[after] === undefined) bound[after] = part;
    else if (before < 0) loose.push(part);
  });
  const shared = bound.map(
    (part, i) =>
      part ?? bound.slice(i).find((p) => p) ?? bound.slice(0, i).findLast((p) => p) ?? places.at(-1)?.part,
  );
  const used = new Set(shared);
  return { bound: shared, loose: [...new Set(loose)].filter((part) => !used.has(part)) };
}

function readingOf(time: Found, part: DayPart | undefined, as24: boolean): ClockTime {
  const { start, end, spoken } = time;
  if (time.clear) return { minutes: spoken % 1440, start, end };
  const early = spoken % 720;
  if (part) return { minutes: inPart(early, part), start, end };
  if (as24) return { minutes: spoken, start, end };
  const late = early + 720;
  const asWritten = time.digital && early >= 360;
  return { minutes: asWritten ? early : late, alternative: asWritten ? late : early, start, end };
}

/** A time of the twelve-hour clock (0 to 719 minutes) in a part of the day. */
function inPart(early: number, part: DayPart): number {
  if (part === "morning") return early;
  if (part === "afternoon") return early < 660 ? early + 720 : early;
  const lateNight = part === "evening" ? 180 : 480;
  return early >= lateNight ? early + 720 : early;
}

const hourOf = (word: string | undefined): number | undefined => {
  const hour = LATE_HOURS[word ?? ""] ?? wholeNumber(word ?? "");
  return hour !== undefined && hour <= 24 ? hour : undefined;
};

const digits = (hours: string | undefined) => ({
  digital: true,
  clear: Number(hours) > 11 || /^0/.test(hours ?? ""),
});
