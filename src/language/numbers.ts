/**
 * Numbers as people write them when a number was asked: "een 6", "zes", "7,5", "pijnscore 4/10".
 *
 * It would rather ask again than guess: two different numbers, a range, a bound ("meer dan 6") or a number of
 * something else ("3 dagen") is no answer.
 */
import { fold } from "./fold.ts";

const UNITS = "nul een twee drie vier vijf zes zeven acht negen".split(" ");
const TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split(" ");
const TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split(" ");
const SPOKEN = { eentje: 1, twe: 2, vijve: 5, zeuven: 7, zeve: 7, achte: 8, nege: 9, tiene: 10 };

/** Numbers up to a hundred in words, folded, with a few spoken Flemish forms. */
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map<string, number>([
  ...[...UNITS, ...TEENS].map((word, n) => [word, n] as const),
  ...TENS.flatMap((ten, t) =>
    UNITS.map((unit, n) => [n === 0 ? ten : `${unit}en${ten}`, (t + 2) * 10 + n] as const),
  ),
  ["honderd", 100],
  ...Object.entries(SPOKEN),
]);

const WORDS = [...NUMBER_WORDS.keys()].sort((a, b) => b.length - a.length).join("|");

const NUMBER = String.raw`(?:(?<![\d.,:])\d{1,3}(?!\d)|(?<![a-z])(?:${WORDS})(?![a-z]))`;

/** The whole number that one folded word is, in figures or in letters. */
export const wholeNumber = (word: string): number | undefined =>
  NUMBER_WORDS.get(word) ?? (/^\d{1,3}$/.test(word) ? Number(word) : undefined);

const VALUE = new RegExp(
  String.raw`(?<![a-z\d.,])(?:(?<figures>\d{1,3}(?:[.,]\d{1,2})?)|(?<word>${WORDS}))(?:(?:t?je|ke)s?)?` +
    String.raw`(?:(?<half> ?(?:en )?(?:een )?half|eneenhalf|enhalf)(?![a-z])|(?![a-z\d]))`,
  "g",
);
const SCALE =
  /(?:(?:op|in|met) )?(?:(?:een|de) )?schaal (?:van )?(?:0|1|nul|een) ?(?:tot(?: en met)?|t\/m|-) ?(?:10|tien)/g;
const BOUND =
  /(?<![a-z])(?:tussen|(?:meer|minder|hoger|lager|groter|kleiner) dan|boven|onder|min(?:stens|imaal)|(?:hoogstens|maximaal)|geen|niet|of (?:meer|minder|hoger|lager))(?![a-z])/;
const OF_SOMETHING =
  /^ ?(?:x|keer|maal|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar|uur|uren|min|minuut|minuten|sec|seconden|pil(?:len)?|kinderen|euro|kilo|kg|cm|graden|%|procent)(?![a-z])/;
const NONE =
  /^(?:(?:helemaal|gewoon|nu|echt) )*(?:geen|niks|niets)(?: (?:meer|pijn|last|spanning|stress|klachten))*$/;

/**
 * The one number that a person means, between `min` and `max`; with `step` 0.5 halves count as well (default 1: whole
 * numbers only). "geen pijn" is 0. Undefined when there is none, when there are two, or in doubt.
 */
export function readNumber(
  text: string,
  { min, max, step = 1 }: { min: number; max: number; step?: number },
): number | undefined {
  if (text.length > 200) return undefined;
  const said = fold(text.replaceAll("\u{1F51F}", "10").replaceAll("\u00bd", " en een half"))
    .replace(/[!?"()]|\.(?!\d)|,(?!\d)/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(SCALE, " ")
    .replace(
      new RegExp(
        String.raw`(?<=\d|schaal|${WORDS}) ?(?:\/|(?:op|van|uit)(?: de)?) ?(?:${max}|${wordOf(max)})(?![a-z\d])`,
        "g",
      ),
      " ",
    )
    .replace(/(?<![a-z])anderhal(?:f|ve)(?![a-z])/g, "1,5")
    .replace(new RegExp(String.raw`(?<![a-z])een (?=(?:\w+ )?${NUMBER}|\d)`, "g"), " ");
  const values = new Set<number>();
  if (NONE.test(said)) values.add(0);
  else if (BOUND.test(said)) return undefined;

  for (const match of said.matchAll(VALUE)) {
    const { figures, word, half } = match.groups as Record<string, string | undefined>;
    const before = said.slice(0, match.index);
    const after = said.slice(match.index + match[0].length);
    if (OF_SOMETHING.test(after) || /(?<![a-z\d])-$/.test(before)) return undefined;
    // "een" before another word is "a", not a number.
    if (word === "een" && /^ [a-z]/.test(after)) continue;
    const whole = word === undefined ? Number(figures?.replace(",", ".")) : (NUMBER_WORDS.get(word) ?? 0);
    values.add(whole + (half ? 0.5 : 0));
  }
  const [value] = values;
  if (value === undefined || values.size > 1 || value < min || value > max) return undefined;
  return Number.isInteger(value / step) ? value : undefined;
}

const wordOf = (n: number): string => [...NUMBER_WORDS].find(([, value]) => value === n)?.[0] ?? String(n);
