/**
 * An ear beside the rules: a small linear model that has learned from labelled messages how people sound when
 * something is wrong, also where they use words that no rule knows.
 *
 * It weighs the signs of a message (`ear-signs.ts`) and says how likely an alarm is, and which. It may only raise:
 * where the rules are silent it asks or stops, where they ask it stops, and whatever they found stays. What sounds
 * like a contraindication that no rule knows is noted: a guess cannot say which routine to close, but it can tell
 * the person to think of it. Its weights are learned by `test/bench/safety/train.ts` from the messages in
 * `test/safety` and kept in `ear-weights.json`.
 */
import { type EarMessage, signsOf } from "./ear-signs.ts";
import type { Finding, Level, ReadMessage } from "./judge.ts";

/** The levels that it has learned, in the order of its weights; "none" weighs zero. */
export const LEARNED = [
  "contraindication",
  "urgent",
  "crisis",
  "emergency",
] as const satisfies readonly Level[];

/** The levels at which it can ask or stop. */
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
  /** From which chance (0 to 1) it notes a contraindication. */
  readonly note: number;
}

/** How likely any alarm is, which is the likeliest, and how likely it is a contraindication. */
export interface Chances {
  readonly level: Alarm;
  readonly chance: number;
  readonly contraindication: number;
}

/** What the ear makes of a message: a level, and what should be done about it; nothing where it is not sure enough. */
export type Impression = Pick<Finding, "level" | "mode"> | undefined;

export type Ear = (message: EarMessage) => Impression;

/** Fewer words than this are a button, a command or an answer; what is serious and that short, the rules know. */
const LEAST_WORDS = 4;

/** Unpacks the weights once; listening is pure and takes a fraction of a millisecond. */
export function createEar({ bias, step, weights, thresholds, note }: EarWeights): Ear {
  const packed = Int8Array.from(atob(weights), (byte) => byte.charCodeAt(0));
  return (message) => {
    if (message.tokens.length < LEAST_WORDS) return undefined;
    const { places, strengths } = signsOf(message);
    const sums = new Array<number>(LEARNED.length).fill(0);
    places.forEach((place, i) => {
      for (let k = 0; k < LEARNED.length; k++)
        sums[k] =
          (sums[k] as number) + (strengths[i] as number) * (packed[place * LEARNED.length + k] as number);
    });
    const { level, chance, contraindication } = chancesOf(
      sums.map((sum, k) => sum * step + (bias[k] as number)),
    );
    const { stop, ask } = thresholds[level];
    if (chance >= ask) return { level, mode: chance >= stop ? "stop" : "ask" };
    return contraindication >= note ? { level: "contraindication", mode: "note" } : undefined;
  };
}

/** What the scores of `LEARNED`, beside a zero for "none", say. */
export function chancesOf(scores: readonly number[]): Chances {
  const top = Math.max(0, ...scores);
  const raised = scores.map((score) => Math.exp(score - top));
  const total = raised.reduce((sum, x) => sum + x, Math.exp(-top));
  const of = (level: (typeof LEARNED)[number]) => (raised[LEARNED.indexOf(level)] as number) / total;
  const level = ALARMS.reduce((best, other) => (of(other) > of(best) ? other : best));
  const chance = ALARMS.reduce((sum, alarm) => sum + of(alarm), 0);
  return { level, chance, contraindication: of("contraindication") };
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
 * a stop where the ear is sure of the same level; otherwise the flag that is there for suspicions of that level is
 * added. As with the rules, what is long past or supposed is only asked about. A contraindication is noted only
 * where the rules found nothing.
 */
export function raisedByEar(
  findings: readonly Finding[],
  heard: Impression,
  suspicions: Readonly<Partial<Record<Level, string>>>,
  { tokens, context }: ReadMessage,
): readonly Finding[] {
  const flag = heard && suspicions[heard.level];
  if (!flag) return findings;
  const last = tokens.findLastIndex(({ sentence }) => sentence === tokens[0]?.sentence);
  const opening = { from: last, to: last + 1 };
  const suspicion = { flag, level: heard.level, mode: heard.mode, who: context.who(opening) };
  if (heard.mode === "note") return findings.length === 0 ? [suspicion] : findings;
  const alarms = findings.filter((found) => found.level !== "contraindication");
  if (alarms.some((found) => found.mode === "stop")) return findings;
  const mode = context.past(opening) > 0 || context.supposed(opening) > 0 ? "ask" : heard.mode;
  // Whoever begins with "nee" may be answering that very question: asking again would count as a yes.
  if (mode === "ask" && (alarms.length > 0 || tokens[0]?.word === "nee")) return findings;
  const asked = alarms.find((found) => found.level === heard.level);
  return asked
    ? findings.map((found) => (found === asked ? { ...found, mode } : found))
    : [...findings, { ...suspicion, mode }];
}
