/**
 * Teaches the ear (`src/language/ear.ts`), and writes `src/language/ear-weights.json`.
 *
 * It learns from every labelled message in `test/safety` that is not sealed, from the examples beside the flags, and
 * from the questions in `flows/faq` and `test/faq`, which must stay silent; and from the same messages once more as
 * people might also have typed them: with slips, with words left out, with something harmless before or after it.
 * The thresholds come from predictions on writers that it had not read: each file is once left out and predicted
 * from the others. Those figures are printed, since the final weights have seen every line. Same input, same bytes.
 * Run by hand: `node --import tsx test/bench/safety/train.ts`; with `--dry` it only prints.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import {
  readCases,
  type SafetyCase,
  type SafetyScore,
  type Share,
  scoreSafety,
} from "../../../src/cli/eval-safety.ts";
import { loadSafety } from "../../../src/cli/load-safety.ts";
import { contentOf } from "../../../src/content.ts";
import { CONTEXT_CONCEPTS, readContext } from "../../../src/language/context.ts";
import {
  ALARMS,
  type Chances,
  chancesOf,
  createEar,
  type EarWeights,
  forEar,
  LEARNED,
} from "../../../src/language/ear.ts";
import { PLACES, type Signs, signsOf } from "../../../src/language/ear-signs.ts";
import { tokenize } from "../../../src/language/fold.ts";
import { createMatcher } from "../../../src/language/match.ts";
import { createScreen, type Level } from "../../../src/language/screen.ts";
import { readFaq } from "../../faq/script.ts";

interface Example {
  readonly signs: Signs;
  readonly expect: Level | "none";
  /** How right each of `LEARNED` is: all on the label, a quarter of it on what else counts as right. */
  readonly target: readonly number[];
  readonly share: number;
  /** Who wrote it: the file it comes from. */
  readonly writer: string;
  readonly case: SafetyCase;
  /** Made out of another one, so nobody wrote it like this. */
  readonly made: boolean;
}

const FOLDS = 8;
const ROUNDS = 12;
const RATE = 0.05;
const DECAY = 2e-4;
/** What the strengths are multiplied by: a message is one sign long, and weights should stay small. */
const GAIN = 6;
const CLASSES = LEARNED.length;

/** What a message that was made counts beside one that somebody wrote. */
const MADE = 0.4;

/** Of messages that nobody needs to hear, the ear may stop at this share, ask at this share, and note at this share. */
const BUDGET = {
  everyday: { stop: 0.006, ask: 0.03, note: 0.005 },
  hard: { stop: 0.045, ask: 0.1, note: 0.01 },
};

const folder = new URL("../../safety/", import.meta.url);
const safety = loadSafety("flows");
const rules = createScreen(safety.rules);
const concepts = {
  ...Object.fromEntries(CONTEXT_CONCEPTS.map((name) => [name, []])),
  ...safety.rules.concepts,
};
const matcher = createMatcher(concepts, []);

function signs(text: string): Signs {
  const tokens = tokenize(text);
  const matches = matcher.match(tokens);
  return signsOf(forEar({ tokens, matches, context: readContext(tokens, matches) }, Object.keys(concepts)));
}

function example(line: SafetyCase, writer: string, share = 1): Example {
  const { expect, also = [] } = line;
  const part = also.length > 0 ? 0.25 : 0;
  const target = LEARNED.map(
    (level) => (level === expect ? 1 - part : 0) + (also.includes(level) ? part / also.length : 0),
  );
  return {
    signs: signs(line.text),
    expect,
    target,
    share: line.ambiguous ? share * 0.3 : share,
    writer,
    case: line,
    made: false,
  };
}

/** One generator for all that is left to chance, so that the same input gives the same bytes. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The messages about safety once more, as they might also have been typed; a label stays what it was. */
function alsoTyped(set: readonly Example[]): Example[] {
  const random = dice(7);
  const harmless = set.filter(({ writer }) => writer === "asks" || writer.startsWith("faq "));
  const slip = (word: string): string => {
    if (word.length < 4 || random() > 0.25) return word;
    const at = 1 + Math.floor(random() * (word.length - 2));
    const [before, letter, next, after] = [
      word.slice(0, at),
      word[at] ?? "",
      word[at + 1] ?? "",
      word.slice(at + 2),
    ];
    const kind = random();
    if (kind < 0.35) return before + next + after;
    return kind < 0.7 ? before + next + letter + after : before + letter + letter + next + after;
  };
  const words = (text: string) => text.split(" ");
  const shortened = (text: string) =>
    words(text).length < 6 ? words(text) : words(text).filter(() => random() > 0.15);
  const beside = (text: string): string => {
    const other = harmless[Math.floor(random() * harmless.length)]?.case.text ?? "";
    return random() < 0.5 ? `${other}. ${text}` : `${text}. ${other}`;
  };
  return set
    .filter(({ writer }) => writer.endsWith(".jsonl") && !writer.startsWith("faq "))
    .flatMap((own) =>
      [
        words(own.case.text).map(slip).join(" "),
        shortened(own.case.text).join(" "),
        beside(own.case.text),
      ].map((text): Example => ({ ...own, signs: signs(text), share: own.share * MADE, made: true })),
    );
}

function readAll(): Example[] {
  const silent = (text: string, writer: string, share?: number) =>
    example({ text, expect: "none" }, writer, share);
  const faq = new URL("../../faq/", import.meta.url);
  const lines = (from: URL, name: string) => readCases(readFileSync(new URL(name, from), "utf8"));
  const names = (from: URL) =>
    readdirSync(from).filter((name) => name.endsWith(".jsonl") && !name.includes("sealed"));
  const levels = new Map(safety.flags.map(({ id, level }) => [id, level]));
  return [
    ...names(folder)
      .sort()
      .flatMap((name) => lines(folder, name).map((line, i) => example(line, writerOf(name, i)))),
    ...names(faq)
      .sort()
      .flatMap((name) => lines(faq, name).map(({ text }) => silent(text, `faq ${name}`))),
    ...readFaq().source.topics.flatMap(({ asks }) => asks.map((text) => silent(text, "asks", 0.5))),
    ...ownWords().map((text) => silent(text, "own words", 3)),
    ...safety.examples.map(({ text, expect, flag }) =>
      example({ text, expect: expect === "none" ? "none" : (levels.get(flag) ?? "none") }, "examples"),
    ),
  ];
}

/** What the bot puts into people's mouths: buttons, commands and titles, and what they say in the transcripts. */
function ownWords(): string[] {
  const { script } = contentOf();
  const flows = [...script.flows.values()].filter(({ kind }) => kind !== "safety");
  const transcripts = new URL("../../transcripts/", import.meta.url);
  return [
    ...flows.flatMap(({ title, words, nodes }) => [
      title,
      ...words,
      ...[...nodes.values()].flatMap(({ choices }) =>
        choices.filter(({ flag }) => !flag).flatMap(({ label, words }) => [label, ...words]),
      ),
    ]),
    ...script.bot.commands.flatMap(({ words }) => words),
    ...[...script.topics.values()].flatMap(({ question, label }) => [question, label]),
    ...readdirSync(transcripts)
      .sort()
      .flatMap((name) => [
        ...readFileSync(new URL(name, transcripts), "utf8").matchAll(/^ *- person: (.+)$/gm),
      ])
      .map(([, text = ""]) => text.replace(/^"|"$/g, ""))
      .filter((text) => rules(text).length === 0),
  ];
}

/** Weights before they are packed: for each sign those of `LEARNED`. */
interface Learned {
  readonly bias: Float64Array;
  readonly weights: Float64Array;
}

/** Multinomial logistic regression with L2, by AdaGrad; "none" is the class that weighs zero. */
function learn(set: readonly Example[]): Learned {
  const weights = new Float64Array(PLACES * CLASSES);
  const squares = new Float64Array(PLACES * CLASSES).fill(1e-8);
  const bias = new Float64Array(CLASSES);
  const errors = new Float64Array(CLASSES);
  const order = set.map((_, i) => i);
  const random = dice(42);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    for (const at of order) {
      const { signs, target, share } = set[at] as Example;
      const chances = softmax(scores({ bias, weights }, signs));
      for (let k = 0; k < CLASSES; k++) {
        errors[k] = ((chances[k] as number) - (target[k] as number)) * share;
        bias[k] = (bias[k] as number) - 0.01 * (errors[k] as number);
      }
      signs.places.forEach((place, i) => {
        const strength = (signs.strengths[i] as number) * GAIN;
        for (let k = 0; k < CLASSES; k++) {
          const w = place * CLASSES + k;
          const slope = (errors[k] as number) * strength + DECAY * (weights[w] as number);
          squares[w] = (squares[w] as number) + slope * slope;
          weights[w] = (weights[w] as number) - (RATE * slope) / Math.sqrt(squares[w] as number);
        }
      });
    }
  }
  return { bias, weights };
}

function scores({ bias, weights }: Learned, { places, strengths }: Signs): number[] {
  const sums = Array.from(bias);
  places.forEach((place, i) => {
    for (let k = 0; k < CLASSES; k++)
      sums[k] =
        (sums[k] as number) + (strengths[i] as number) * GAIN * (weights[place * CLASSES + k] as number);
  });
  return sums;
}

function softmax(sums: readonly number[]): number[] {
  const top = Math.max(0, ...sums);
  const raised = sums.map((sum) => Math.exp(sum - top));
  const total = raised.reduce((a, b) => a + b, Math.exp(-top));
  return raised.map((x) => x / total);
}

interface Predicted extends Chances {
  readonly of: Example;
  readonly hard: boolean;
}

/** A writer, and the ear that has learned from all the others. */
interface Unread {
  readonly writer: string;
  readonly predicted: readonly Predicted[];
  readonly ear: Omit<EarWeights, "thresholds" | "note">;
}

/** Everyday talk has no writer of its own: a part of its lines is left out each time, predicted from the others. */
const EVERYDAY = "everyday.jsonl";
const writerOf = (name: string, line: number): string =>
  name === EVERYDAY ? `${line % FOLDS} ${EVERYDAY}` : name;

/** Whether the harmless lines of this file were written to look like a sign; what people ask is everyday. */
const isHard = (writer: string): boolean => !writer.startsWith("faq ") && !writer.endsWith(EVERYDAY);

/** Each writer predicted by an ear that has not read that writer: the writers are left out a few at a time. */
function predictUnread(set: readonly Example[]): Unread[] {
  const writers = [...new Set(set.map(({ writer }) => writer))].filter((name) => name.endsWith(".jsonl"));
  return Array.from({ length: FOLDS }, (_, fold) => writers.filter((_, i) => i % FOLDS === fold)).flatMap(
    (left) => {
      const learned = learn(set.filter(({ writer }) => !left.includes(writer)));
      const ear = pack(learned);
      return left.map((writer) => ({
        writer,
        ear,
        predicted: set
          .filter((own) => own.writer === writer && !own.made && !own.case.ambiguous)
          .map((of) => ({
            of,
            hard: isHard(writer),
            ...chancesOf(scores(learned, of.signs)),
          })),
      }));
    },
  );
}

/** For each level the lowest thresholds that together keep within the budget, those that hear most. */
function calibrate(predicted: readonly Predicted[]): Pick<EarWeights, "thresholds" | "note"> {
  const silent = predicted.filter(({ of }) => of.expect === "none" && !of.case.also?.length);
  const serious = predicted.filter(({ of }) => of.expect !== "none" && of.expect !== "contraindication");
  const steps = Array.from({ length: 37 }, (_, i) => (i + 13) / 50);
  const share = (hard: boolean, is: (p: Predicted, least: number) => boolean) => {
    const of = silent.filter((p) => p.hard === hard);
    return steps.map((t) => of.filter((p) => is(p, t)).length / Math.max(1, of.length));
  };
  const table = (hard: boolean) =>
    ALARMS.map((level) => share(hard, (p, least) => p.level === level && p.chance >= least));
  const [everyday, difficult] = [table(false), table(true)];
  const worth = ALARMS.map((level) =>
    steps.map((t) =>
      serious
        .filter((p) => p.hard && p.level === level && p.chance >= t)
        .reduce((sum, { of }) => sum + (of.expect === "urgent" ? 1 : 2), 0),
    ),
  );
  const best = (mode: "stop" | "ask") => {
    let most = -1;
    let found = ALARMS.map(() => steps.length - 1);
    for (let e = 0; e < steps.length; e++)
      for (let c = 0; c < steps.length; c++)
        for (let u = 0; u < steps.length; u++) {
          const at = [e, c, u];
          const sum = (rows: readonly (readonly number[])[]) =>
            rows.reduce((total, row, level) => total + (row[at[level] as number] as number), 0);
          if (sum(everyday) > BUDGET.everyday[mode] || sum(difficult) > BUDGET.hard[mode]) continue;
          if (sum(worth) <= most) continue;
          most = sum(worth);
          found = at;
        }
    return found.map((at) => steps[at] as number);
  };
  const [ask, stop] = [best("ask"), best("stop")];
  const thresholds = Object.fromEntries(
    ALARMS.map((level, i) => [
      level,
      { ask: ask[i] as number, stop: Math.max(stop[i] as number, ask[i] as number) },
    ]),
  ) as EarWeights["thresholds"];
  // Where a rule speaks already the ear notes nothing.
  const notes = (hard: boolean) =>
    share(hard, (p, least) => p.contraindication >= least && rules(p.of.case.text).length === 0);
  const [easily, hardly] = [notes(false), notes(true)];
  const within = steps.findIndex(
    (_, i) => (easily[i] as number) <= BUDGET.everyday.note && (hardly[i] as number) <= BUDGET.hard.note,
  );
  return { thresholds, note: steps[within] ?? 1 };
}

function pack({ bias, weights }: Learned): Unread["ear"] {
  const most = weights.reduce((max, w) => Math.max(max, Math.abs(w)), 0);
  const bytes = Int8Array.from(weights, (w) => Math.round((127 * w) / most));
  return {
    bias: Array.from(bias, (b) => Math.round(1000 * b) / 1000),
    step: Number(((GAIN * most) / 127).toPrecision(6)),
    weights: Buffer.from(bytes.buffer).toString("base64"),
  };
}

/** Heard and stopped per level, and the false alarms, added up over messages with the screen that belongs to each. */
function report(name: string, scored: readonly SafetyScore[]): string {
  const share = (of: (score: SafetyScore) => Share) => {
    const [hit, all] = scored.map(of).reduce(([h, a], s) => [h + s.hit, a + s.of], [0, 0]);
    return (all === 0 ? "-" : ((100 * hit) / all).toFixed(1)).padStart(5);
  };
  const levels = ALARMS.map(
    (level) => `${level} ${share((s) => s.heard[level])} / ${share((s) => s.stopped[level])}`,
  );
  return [
    name.padEnd(28),
    ...levels,
    `noticed ${share((s) => s.heard.contraindication)}`,
    `none: stops ${share((s) => s.falseStops)} asks ${share((s) => s.falseAsks)} notes ${share((s) => s.falseNotes)}`,
  ].join("  ");
}

const written = readAll();
const set = [...written, ...alsoTyped(written)];
const unread = predictUnread(set);
const limits = calibrate(unread.flatMap(({ predicted }) => predicted));
const scored = unread.map(({ writer, predicted, ear }) => {
  const cases = predicted.map(({ of }) => of.case);
  const both = createScreen(safety.rules, createEar({ ...ear, ...limits }));
  return {
    writer,
    rules: scoreSafety(rules, cases),
    ear: scoreSafety(createScreen({ ...safety.rules, flags: [] }, createEar({ ...ear, ...limits })), cases),
    both: scoreSafety(both, cases),
  };
});
const groups: readonly (readonly [string, (writer: string) => boolean])[] = [
  ...scored.map(({ writer }) => [writer, (other: string) => other === writer] as const),
  ["all voices", (writer) => writer.startsWith("voices")],
  ["all others", (writer) => !writer.startsWith("voices")],
];
console.log("heard / stopped, each writer by an ear that has not read that writer");
for (const [name, belongs] of groups)
  for (const who of ["rules", "ear", "both"] as const)
    console.log(
      report(
        `${name}, ${who}`,
        scored.filter(({ writer }) => belongs(writer)).map((score) => score[who]),
      ),
    );
console.log(`${written.length} messages`, limits);
if (!process.argv.includes("--dry"))
  writeFileSync(
    new URL("../../../src/language/ear-weights.json", import.meta.url),
    `${JSON.stringify({ ...pack(learn(set)), ...limits }, null, 2)}\n`,
  );
