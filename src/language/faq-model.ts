/**
 * What the signs are worth together: a conditional logit over the questions and "none of these".
 *
 * A couple of dozen weights for all questions alike, learned from labelled messages by `test/bench/faq/train.ts` and
 * kept in `faq-weights.json`. What comes out are chances that add up to one, so a threshold means something.
 */
import { type Candidate, SIGNS } from "./faq-index.ts";
import type { Reading } from "./faq-lexicon.ts";

/** What speaks for "none of these", whatever the questions are. */
export const NONE_SIGNS = [
  "always",
  "unknown",
  "unknownShare",
  "outside",
  "noSubject",
  "short",
  "long",
  "bestAlike",
  "bestExplained",
  "bestTypical",
] as const;

export interface FaqWeights {
  /** One weight per sign of a question. */
  readonly question: readonly number[];
  /** One weight per sign of "none of these". */
  readonly none: readonly number[];
  /** Answer when the first question is at least this likely. */
  readonly answer: number;
  /** Suggest when "none of these" is less likely than this. */
  readonly suggest: number;
}

/** The signs of "none of these" for a message, in the order of `NONE_SIGNS`. */
export function noneSigns(reading: Reading, candidates: readonly Candidate[], hinted: boolean): number[] {
  const most = (sign: (typeof SIGNS)[number]) => {
    const at = SIGNS.indexOf(sign);
    return candidates.reduce((max, { signs }) => Math.max(max, signs[at] ?? 0), 0);
  };
  return [
    1,
    Math.min(4, reading.unknown) / 2,
    reading.unknown / Math.max(1, reading.content),
    Math.min(2, reading.outside.length),
    reading.subjects.length === 0 && !hinted ? 1 : 0,
    reading.content <= 1 ? 1 : 0,
    Math.min(3, reading.content / 10),
    most("alike"),
    most("explained"),
    most("typical"),
  ];
}

const OUTSIDE = SIGNS.indexOf("outside");

export interface Ranked {
  readonly id: string;
  readonly chance: number;
  /** Something was said that nobody here knows, and this question has nothing to do with it. */
  readonly strange: boolean;
}

/** The questions, likeliest first, and the chance that it is none of them. */
export function weigh(
  weights: FaqWeights,
  candidates: readonly Candidate[],
  none: readonly number[],
): { readonly ranked: readonly Ranked[]; readonly none: number } {
  const scores = candidates.map(({ signs }) => sum(weights.question, signs));
  const noScore = sum(weights.none, none);
  const top = Math.max(noScore, ...scores);
  const raised = scores.map((score) => Math.exp(score - top));
  const noRaised = Math.exp(noScore - top);
  const total = raised.reduce((a, b) => a + b, noRaised);
  const ranked = candidates
    .map(({ id, signs }, i) => ({
      id,
      chance: (raised[i] as number) / total,
      strange: (signs[OUTSIDE] ?? 0) > 0,
    }))
    .sort((a, b) => b.chance - a.chance);
  return { ranked, none: noRaised / total };
}

const sum = (weights: readonly number[], signs: readonly number[]): number =>
  signs.reduce((total, sign, i) => total + sign * (weights[i] ?? 0), 0);
