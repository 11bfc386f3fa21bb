/**
 * Learns what the signs of the FAQ matcher are worth, and writes `src/language/faq-weights.json`.
 *
 * It learns from the ways to ask in `flows/faq` (each read as if it were not there: the index is built from the
 * other four fifths) and from `test/faq/train.jsonl`; the two thresholds come from `test/faq/dev.jsonl`.
 * Same input, same weights. Run by hand: `node --import tsx test/bench/faq/train.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type FaqLine, readFaqLines, scoreFaq } from "../../../src/cli/eval-faq.ts";
import { createFaqMatcher, createHints, type FaqSource } from "../../../src/language/faq.ts";
import { wordsOf } from "../../../src/language/faq-ideas.ts";
import {
  type Candidate,
  createFaqIndex,
  cutAsks,
  SIGNS,
  wordsAsked,
} from "../../../src/language/faq-index.ts";
import { createReader } from "../../../src/language/faq-lexicon.ts";
import { type FaqWeights, NONE_SIGNS, noneSigns } from "../../../src/language/faq-model.ts";
import { readFaq } from "../../faq/script.ts";

interface Example {
  readonly candidates: readonly Candidate[];
  readonly none: readonly number[];
  /** The place of the right candidate; -1 where none is right. */
  readonly right: number;
  readonly share: number;
}

/** Strangers ask stranger things than we thought of. */
const MARGIN = 0.1;
const FOLDS = 5;
const ROUNDS = 400;
const RATE = 0.05;
const DECAY = 0.002;
/** A line of the training file counts as several of the ways to ask: it was not written beside them. */
const LINE_SHARE = 2;

function examples(source: FaqSource, lines: readonly FaqLine[]): Example[] {
  const topics = source.topics.map(cutAsks);
  const read = createReader(source.lexicon, wordsAsked(topics));
  const found: Example[] = [];
  const add = (
    index: ReturnType<typeof createFaqIndex>,
    text: string,
    right: string | null,
    hints: readonly string[],
    share: number,
  ) => {
    const reading = read(wordsOf(text));
    const candidates = index(reading, hints);
    const at = right === null ? -1 : candidates.findIndex(({ id }) => id === right);
    if (right !== null && at < 0) return;
    found.push({ candidates, none: noneSigns(reading, candidates, hints.length > 0), right: at, share });
  };
  for (let fold = 0; fold < FOLDS; fold++) {
    const kept = topics.map((topic) => ({ ...topic, asks: topic.asks.filter((_, i) => i % FOLDS !== fold) }));
    const index = createFaqIndex(kept, read);
    for (const { id, asks } of source.topics)
      asks.forEach((text, i) => {
        if (i % FOLDS === fold) add(index, text, id, [], 1);
      });
  }
  const whole = createFaqIndex(topics, read);
  const hintsOf = createHints(source);
  for (const { text, expect, context } of lines) add(whole, text, expect, hintsOf(context), LINE_SHARE);
  return found;
}

/** Gradient descent (Adam) on the log-likelihood of the right alternative. */
function learn(set: readonly Example[]): { question: number[]; none: number[] } {
  const size = SIGNS.length + NONE_SIGNS.length;
  const weights = new Array<number>(size).fill(0);
  const m = new Array<number>(size).fill(0);
  const v = new Array<number>(size).fill(0);
  const total = set.reduce((sum, { share }) => sum + share, 0);
  for (let round = 1; round <= ROUNDS; round++) {
    const slope = weights.map((w) => DECAY * w);
    for (const { candidates, none, right, share } of set) {
      const rows = candidates.map(({ signs }) => signs);
      const scores = rows.map((row) => row.reduce((s, x, i) => s + x * (weights[i] as number), 0));
      const noScore = none.reduce((s, x, i) => s + x * (weights[SIGNS.length + i] as number), 0);
      const top = Math.max(noScore, ...scores);
      const raised = scores.map((s) => Math.exp(s - top));
      const noRaised = Math.exp(noScore - top);
      const sum = raised.reduce((a, b) => a + b, noRaised);
      rows.forEach((row, r) => {
        const error = ((raised[r] as number) / sum - (r === right ? 1 : 0)) * (share / total);
        if (Math.abs(error) > 1e-9)
          row.forEach((x, i) => {
            slope[i] = (slope[i] as number) + error * x;
          });
      });
      const error = (noRaised / sum - (right < 0 ? 1 : 0)) * (share / total);
      none.forEach((x, i) => {
        slope[SIGNS.length + i] = (slope[SIGNS.length + i] as number) + error * x;
      });
    }
    for (let i = 0; i < size; i++) {
      const g = slope[i] as number;
      m[i] = 0.9 * (m[i] as number) + 0.1 * g;
      v[i] = 0.999 * (v[i] as number) + 0.001 * g * g;
      weights[i] =
        (weights[i] as number) -
        (RATE * ((m[i] as number) / (1 - 0.9 ** round))) /
          (Math.sqrt((v[i] as number) / (1 - 0.999 ** round)) + 1e-8);
    }
  }
  const round3 = (x: number) => Math.round(x * 1000) / 1000;
  return {
    question: weights.slice(0, SIGNS.length).map(round3),
    none: weights.slice(SIGNS.length).map(round3),
  };
}

/** The thresholds that answer most on the development lines within the false answers and suggestions allowed. */
function calibrate(
  source: FaqSource,
  learned: { question: number[]; none: number[] },
  lines: readonly FaqLine[],
): FaqWeights {
  const FALSE_ANSWERS = 0.025;
  const FALSE_SUGGESTIONS = 0.13;
  const tried = (answer: number, suggest: number) => {
    const weights = { ...learned, answer, suggest };
    return { weights, report: scoreFaq(createFaqMatcher(source, weights), lines) };
  };
  const steps = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
  const answers = steps.map((answer) => tried(answer, 0));
  const sure = answers.find(({ report }) => report.falseAnswers.share <= FALSE_ANSWERS) ?? answers.at(-1);
  const answer = Math.round(100 * ((sure?.weights.answer ?? 0.5) + MARGIN)) / 100;
  const wide = steps
    .map((suggest) => tried(answer, suggest))
    .filter(({ report }) => report.falseSuggestions.share <= FALSE_SUGGESTIONS);
  return wide.at(-1)?.weights ?? { ...learned, answer, suggest: 0.5 };
}

const { source } = readFaq();
const lines = (name: string) =>
  readFaqLines(readFileSync(new URL(`../../faq/${name}.jsonl`, import.meta.url), "utf8"));
const set = examples(source, [...lines("train"), ...lines("blind-train")]);
const weights = calibrate(source, learn(set), [...lines("dev"), ...lines("sealed")]);
writeFileSync(
  new URL("../../../src/language/faq-weights.json", import.meta.url),
  `${JSON.stringify(weights, null, 2)}\n`,
);
console.log(`${set.length} examples; answer at ${weights.answer}, suggest below ${weights.suggest}`);
SIGNS.forEach((sign, i) => {
  console.log(sign.padEnd(16), weights.question[i]);
});
NONE_SIGNS.forEach((sign, i) => {
  console.log(`none ${sign}`.padEnd(16), weights.none[i]);
});
