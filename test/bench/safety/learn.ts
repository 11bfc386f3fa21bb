/**
 * How the ear learns: multinomial logistic regression with L2, by AdaGrad; "none" is the class that weighs zero.
 *
 * A sign that only one message holds teaches nothing about the next one, and would take the place of another that
 * shares its number: it is left out.
 */
import { type EarWeights, LEARNED } from "../../../src/language/ear.ts";
import { PLACES, type Signs } from "../../../src/language/ear-signs.ts";
import { dice, type Example } from "./examples.ts";

const ROUNDS = 12;
const RATE = 0.05;
const DECAY = 2e-4;
/** What the strengths are multiplied by: a message is one sign long, and weights should stay small. */
const GAIN = 6;
/** In at least so many messages that somebody wrote a sign must stand. */
const LEAST = 2;
const CLASSES = LEARNED.length;

/** Weights before they are packed: for each sign those of `LEARNED`. */
export interface Learned {
  readonly bias: readonly number[];
  readonly weights: Float32Array;
}

/** Learns from examples; the same examples in the same order give the same weights. */
export function learn(set: readonly Example[]): Learned {
  const weights = new Float32Array(PLACES * CLASSES);
  const squares = new Float32Array(PLACES * CLASSES).fill(1e-8);
  const bias = new Array<number>(CLASSES).fill(0);
  const learned = { bias, weights };
  const usual = usualSigns(set);
  const signsOf = set.map(({ signs }) => usual(signs));
  const order = set.map((_, i) => i);
  const random = dice(42);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    for (const at of order) {
      const { target, share } = set[at] as Example;
      const { places, strengths } = signsOf[at] as Signs;
      const chances = softmax(scores(learned, signsOf[at] as Signs));
      const errors = chances.map((chance, k) => (chance - (target[k] as number)) * share);
      for (let k = 0; k < CLASSES; k++) bias[k] = (bias[k] as number) - 0.01 * (errors[k] as number);
      for (let i = 0; i < places.length; i++) {
        const strength = (strengths[i] as number) * GAIN;
        const from = (places[i] as number) * CLASSES;
        for (let k = 0; k < CLASSES; k++) {
          const weight = weights[from + k] as number;
          const slope = (errors[k] as number) * strength + DECAY * weight;
          const square = (squares[from + k] as number) + slope * slope;
          squares[from + k] = square;
          weights[from + k] = weight - (RATE * slope) / Math.sqrt(square);
        }
      }
    }
  }
  return learned;
}

/** The signs of a message that stand in enough others too. */
function usualSigns(set: readonly Example[]): (signs: Signs) => Signs {
  const held = new Uint32Array(PLACES);
  for (const { signs, made } of set)
    if (!made) for (const place of new Set(signs.places)) held[place] = (held[place] as number) + 1;
  return ({ places, strengths }) => {
    const kept = (i: number) => (held[places[i] as number] as number) >= LEAST;
    return {
      places: places.filter((_, i) => kept(i)),
      strengths: strengths.filter((_, i) => kept(i)),
    };
  };
}

/** The score of each of `LEARNED` for a message, beside a zero for "none". */
export function scores({ bias, weights }: Learned, { places, strengths }: Signs): number[] {
  const sums = [...bias];
  for (let i = 0; i < places.length; i++)
    for (let k = 0; k < CLASSES; k++)
      sums[k] =
        (sums[k] as number) +
        (strengths[i] as number) * GAIN * (weights[(places[i] as number) * CLASSES + k] as number);
  return sums;
}

function softmax(sums: readonly number[]): number[] {
  const top = Math.max(0, ...sums);
  const raised = sums.map((sum) => Math.exp(sum - top));
  const total = raised.reduce((a, b) => a + b, Math.exp(-top));
  return raised.map((x) => x / total);
}

/** What was learned as the ear takes it: each weight a signed byte. */
export function rounded({ bias, weights }: Learned): Pick<EarWeights, "bias" | "step" | "weights"> {
  const most = weights.reduce((max, w) => Math.max(max, Math.abs(w)), 0);
  return {
    bias: bias.map((b) => Math.round(1000 * b) / 1000),
    step: Number(((GAIN * most) / 127).toPrecision(6)),
    weights: Int8Array.from(weights, (w) => Math.round((127 * w) / most)),
  };
}
