/**
 * An ear beside the rules: a small linear model that has learned from labelled messages how people sound when
 * something is wrong, also where they use words that no rule knows.
 *
 * It weighs the signs of a message (`ear-signs.ts`) and says how likely an alarm is, and which. It may only raise:
 * where the rules are silent it asks or stops, where they ask it stops, and whatever they found stays. Its weights
 * are learned by `test/bench/safety/train.ts` from the messages in `test/safety` and kept in `ear-weights.json`.
 */
import { type EarMessage, signsOf } from "./ear-signs.ts";
import type { Finding, Level, Mode, ReadMessage } from "./judge.ts";

/** The levels that it has learned, in the order of its weights; "none" weighs zero. */
export const LEARNED = [
  "contraindication",
  "urgent",
  "crisis",
  "emergency",
] as const satisfies readonly Level[];

/** The levels that it can raise. */
export const ALARMS = ["emergency", "crisis", "urgent"] as const satisfies readonly Level[];
export type Alarm = (typeof ALARMS)[number];

/** What was learned, as `ear-weights.json` holds it. */
export interface EarWeights {
  /** One for each of `LEARNED`. */
  readonly bias: readonly number[];
  /** What one step of a weight is worth. */
  readonly step: number;
  /** For each sign its weights for `LEARNED`, each a signed byte, all in base64. */
  readonly weights: string;
  /** From which chance (0 to 1) it asks and stops. */
  readonly thresholds: Readonly<Record<Alarm, { readonly ask: number; readonly stop: number }>>;
}

/** What the ear makes of a message: the likeliest alarm, how likely any alarm is, and what follows from that. */
export interface Impression {
  readonly level: Alarm;
  readonly chance: number;
  readonly mode: Mode | undefined;
}

export type Ear = (message: EarMessage) => Impression;

/** Fewer words than this are a button, a command or an answer; what is serious and that short, the rules know. */
const LEAST_WORDS = 4;

/** Unpacks the weights once; listening is pure and takes a fraction of a millisecond. */
export function createEar({ bias, step, weights, thresholds }: EarWeights): Ear {
  const packed = Int8Array.from(atob(weights), (byte) => byte.charCodeAt(0));
  return (message) => {
    const { places, strengths } = signsOf(message);
    const sums = new Array<number>(LEARNED.length).fill(0);
    places.forEach((place, i) => {
      for (let k = 0; k < LEARNED.length; k++)
        sums[k] =
          (sums[k] as number) + (strengths[i] as number) * (packed[place * LEARNED.length + k] as number);
    });
    const { level, chance } = impressionOf(sums.map((sum, k) => sum * step + (bias[k] as number)));
    const { stop, ask } = thresholds[level];
    if (message.tokens.length < LEAST_WORDS) return { level, chance, mode: undefined };
    return { level, chance, mode: chance >= stop ? "stop" : chance >= ask ? "ask" : undefined };
  };
}

/** The likeliest alarm and the chance of any, from the scores of `LEARNED` beside a zero for "none". */
export function impressionOf(scores: readonly number[]): { readonly level: Alarm; readonly chance: number } {
  const top = Math.max(0, ...scores);
  const raised = scores.map((score) => Math.exp(score - top));
  const total = raised.reduce((sum, x) => sum + x, Math.exp(-top));
  const of = (level: Alarm) => (raised[LEARNED.indexOf(level)] as number) / total;
  const level = ALARMS.reduce((best, other) => (of(other) > of(best) ? other : best));
  return { level, chance: ALARMS.reduce((sum, alarm) => sum + of(alarm), 0) };
}

/** A message that has been read, as the ear takes it; `concepts` are the names of all that there are. */
export function forEar({ tokens, matches, context }: ReadMessage, concepts: readonly string[]): EarMessage {
  const denied = (at: number) => context.deniedBy(at).length > 0;
  return {
    tokens,
    denied,
    concepts: concepts.flatMap((name) => {
      const spans = matches.concept(name);
      if (spans.length === 0) return [];
      return spans.every(({ from }) => denied(from)) ? [`-${name}`] : [name];
    }),
  };
}

/**
 * The findings of the rules, raised by what the ear heard. A stop of the rules is left alone; their question becomes
 * a stop where the ear is sure of the same level; otherwise the flag that is there for suspicions is added. As with
 * the rules, what is long past or supposed is only asked about.
 */
export function raisedByEar(
  findings: readonly Finding[],
  { level, mode: sure }: Impression,
  flag: string | undefined,
  { tokens, context }: ReadMessage,
): readonly Finding[] {
  const alarms = findings.filter((found) => found.level !== "contraindication");
  if (!sure || !flag || alarms.some((found) => found.mode === "stop")) return findings;
  const last = tokens.findLastIndex(({ sentence }) => sentence === tokens[0]?.sentence);
  const opening = { from: last, to: last + 1 };
  const mode = context.past(opening) > 0 || context.supposed(opening) > 0 ? "ask" : sure;
  // Whoever begins with "nee" may be answering that very question: asking again would count as a yes.
  if (mode === "ask" && (alarms.length > 0 || tokens[0]?.word === "nee")) return findings;
  const asked = alarms.find((found) => found.level === level);
  return asked
    ? findings.map((found) => (found === asked ? { ...found, mode } : found))
    : [...findings, { flag, level, mode, who: context.who(opening) }];
}
