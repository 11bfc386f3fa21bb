/**
 * An ear beside the rules: a small linear model that has learned from labelled messages how people sound when
 * something is wrong, also where they use words that no rule knows.
 *
 * It weighs the signs of a message (`ear-signs.ts`) and says how likely an alarm is, and which. Where the rules are
 * silent it asks or stops, and it is their second witness: words that mean an alarm in one mouth are a saying in
 * another, so what a rule heard stops at once when the ear hears an alarm too, and is asked about, with the number in
 * sight, when it does not. No flag and no level is ever taken away. What sounds like a contraindication that no rule
 * knows is noted: a guess cannot say which routine to close, but it can tell the person to think of it. Its weights
 * are learned by `test/bench/safety/train.ts` from the messages in `test/safety` and kept in `ear-weights.json`.
 */
import { type EarMessage, signsOf } from "./ear-signs.ts";
import type { Token } from "./fold.ts";
import type { Finding, Level, ReadMessage, RuleFinding } from "./judge.ts";
import type { Span } from "./match.ts";

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

/** What was learned; `ear-weights.json` holds it packed. */
export interface EarWeights {
  /** One for each of `LEARNED`. */
  readonly bias: readonly number[];
  /** What one step of a weight is worth. */
  readonly step: number;
  /** For each sign its weights for `LEARNED`. */
  readonly weights: Int8Array;
  /** From which chance (0 to 1) it asks and stops where the rules are silent. */
  readonly thresholds: Readonly<Record<Alarm, { readonly ask: number; readonly stop: number }>>;
  /** From which chance (0 to 1) it notes a contraindication. */
  readonly note: number;
  /** From which chance (0 to 1) of any alarm a stop of the rules needs no question, and a question becomes a stop. */
  readonly witness: { readonly stop: number; readonly ask: number };
}

/** How likely any alarm is, which is the likeliest, and how likely it is a contraindication. */
export interface Chances {
  readonly level: Alarm;
  readonly chance: number;
  readonly contraindication: number;
}

/** What the ear makes of a message. */
export interface Impression {
  /** What it would do by itself, and at which level; nothing where it is not sure enough. */
  readonly alone: Pick<Finding, "level" | "mode"> | undefined;
  /** Whether it backs a stop of the rules, and whether it would make a stop of their question. */
  readonly backs: { readonly stop: boolean; readonly ask: boolean };
}

/** Listens to a message; nothing where there are too few words to say anything. */
export type Ear = (message: EarMessage) => Impression | undefined;

/** Fewer words than this are a button, a command or an answer; what is serious and that short, the rules know. */
const LEAST_WORDS = 4;
/** In more words than this one alarm drowns: a stop of the rules stands by itself. */
const MOST_WORDS = 80;

/** Listening is pure and takes a fraction of a millisecond. */
export function createEar({ bias, step, weights, thresholds, note, witness }: EarWeights): Ear {
  return (message) => {
    if (message.tokens.length < LEAST_WORDS) return undefined;
    const { places, strengths } = signsOf(message);
    const sums = new Array<number>(LEARNED.length).fill(0);
    places.forEach((place, i) => {
      for (let k = 0; k < LEARNED.length; k++)
        sums[k] =
          (sums[k] as number) + (strengths[i] as number) * (weights[place * LEARNED.length + k] as number);
    });
    const { level, chance, contraindication } = chancesOf(
      sums.map((sum, k) => sum * step + (bias[k] as number)),
    );
    const { stop, ask } = thresholds[level];
    const backs = {
      stop: chance >= witness.stop || message.tokens.length > MOST_WORDS,
      ask: chance >= witness.ask,
    };
    if (chance >= ask) return { alone: { level, mode: chance >= stop ? "stop" : "ask" }, backs };
    return {
      alone: contraindication >= note ? { level: "contraindication", mode: "note" } : undefined,
      backs,
    };
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
export function forEar(message: ReadMessage, concepts: readonly string[]): EarMessage {
  return stretchOf(message, standingIn(message, concepts), { from: 0, to: message.tokens.length });
}

function standingIn({ matches }: ReadMessage, concepts: readonly string[]): Standing[] {
  return concepts
    .map((name) => ({ name, spans: matches.concept(name) }))
    .filter(({ spans }) => spans.length > 0);
}

interface Standing {
  readonly name: string;
  readonly spans: readonly Span[];
}

function stretchOf(
  { tokens, context }: ReadMessage,
  standing: readonly Standing[],
  { from, to }: Span,
): EarMessage {
  const denied = (at: number) => context.deniedBy(at).length > 0;
  return {
    tokens: tokens.slice(from, to),
    denied: (at) => denied(from + at),
    concepts: standing.flatMap(({ name, spans }) => {
      const own = spans.filter((span) => from <= span.from && span.from < to);
      if (own.length === 0) return [];
      return own.every((span) => denied(span.from)) ? [`-${name}`] : [name];
    }),
  };
}

/**
 * What the ear makes of a message that has been read: of the whole, and of each stretch of it, since one alarm drowns
 * among all that is harmless before and after it, and nobody should be able to talk it down in the next sentence.
 */
export function listen(ear: Ear, message: ReadMessage, concepts: readonly string[]): Impression | undefined {
  const standing = standingIn(message, concepts);
  const hear = (stretch: Span) => ear(stretchOf(message, standing, stretch));
  const whole = hear({ from: 0, to: message.tokens.length });
  // No stretch can add to an alarm that the whole is sure of.
  if (!whole || (whole.alone?.mode === "stop" && whole.backs.stop)) return whole;
  const stretches = stretchesOf(message.tokens);
  const parts = stretches.length > 1 ? stretches.flatMap((stretch) => hear(stretch) ?? []) : [];
  const heard = [whole, ...parts];
  const does = (mode: Finding["mode"]) => heard.find(({ alone }) => alone?.mode === mode)?.alone;
  return {
    alone: does("stop") ?? does("ask") ?? whole.alone,
    backs: { stop: heard.some(({ backs }) => backs.stop), ask: whole.backs.ask },
  };
}

/** Each sentence; one of very few words goes with the next. */
function stretchesOf(tokens: readonly Token[]): Span[] {
  const stretches: Span[] = [];
  let from = 0;
  tokens.forEach(({ sentence }, at) => {
    const to = at + 1;
    if (tokens[to]?.sentence === sentence || to - from < LEAST_WORDS) return;
    stretches.push({ from, to });
    from = to;
  });
  if (from < tokens.length) stretches.push({ from, to: tokens.length });
  return stretches;
}

/**
 * The findings of the rules beside what the ear heard. Their stop stands where the ear backs it, or in a sentence too
 * short for the ear, and is asked about otherwise; their question becomes a stop where the ear is sure. Where they
 * found no alarm, the flag that is there for suspicions of a level is added. As with the rules, what is long past or
 * supposed is only asked about. A contraindication is noted only where the rules found nothing.
 */
export function besideEar(
  found: readonly RuleFinding[],
  heard: Impression | undefined,
  suspicions: Readonly<Partial<Record<Level, string>>>,
  { tokens, context }: ReadMessage,
): readonly Finding[] {
  if (!heard) return found;
  const { alone, backs } = heard;
  const last = tokens.findLastIndex(({ sentence }) => sentence === tokens[0]?.sentence);
  const opening = { from: last, to: last + 1 };
  const unreal = context.past(opening) > 0 || context.supposed(opening) > 0;
  const findings = found.map((finding): Finding => {
    if (finding.level === "contraindication" || finding.mode === "note") return finding;
    if (finding.mode === "ask") return backs.ask && !unreal ? { ...finding, mode: "stop" } : finding;
    const words = tokens.filter(({ sentence }) => sentence === finding.sentence).length;
    return finding.sure || backs.stop || words < LEAST_WORDS ? finding : { ...finding, mode: "ask" };
  });
  const flag = alone && suspicions[alone.level];
  if (!flag) return findings;
  const suspicion = { flag, level: alone.level, mode: alone.mode, who: context.who(opening) };
  if (alone.mode === "note") return findings.length === 0 ? [suspicion] : findings;
  if (findings.some((finding) => finding.level !== "contraindication")) return findings;
  const mode = unreal ? "ask" : alone.mode;
  // Whoever begins with "nee" may be answering that very question: asking again would count as a yes.
  return mode === "ask" && tokens[0]?.word === "nee" ? findings : [...findings, { ...suspicion, mode }];
}
