/**
 * Teaches the ear (`src/language/ear.ts`), and writes `src/language/ear-weights.json`.
 *
 * It learns from every labelled message in `test/safety` that is not sealed, from the examples beside the flags, and
 * from the questions in `flows/faq` and `test/faq`, which must stay silent; and from the same messages once more as
 * people might also have typed them: with slips, with words left out, with something harmless before or after it,
 * and with what people add to anything.
 * The thresholds come from predictions on writers that it had not read: each file is once left out and predicted
 * from the others. Those figures are printed, since the final weights have seen every line. Same input, same bytes.
 * Run by hand: `node --import tsx test/bench/safety/train.ts`; with `--dry` it only prints.
 */
import { writeFileSync } from "node:fs";
import { type SafetyScore, type Share, scoreSafety } from "../../../src/cli/eval-safety.ts";
import { ALARMS, chancesOf, createEar, type EarWeights } from "../../../src/language/ear.ts";
import { createScreen } from "../../../src/language/screen.ts";
import { packWeights } from "../../../src/script/ear.ts";
import { calibrate, type Limits, type Predicted } from "./calibrate.ts";
import { alsoTyped, type Example, FOLDS, isHard, readAll, rules, safety } from "./examples.ts";
import { learn, rounded, scores } from "./learn.ts";

/** A writer, and the ear that has learned from all the others. */
interface Unread {
  readonly writer: string;
  readonly predicted: readonly Predicted[];
  readonly ear: Omit<EarWeights, keyof Limits>;
}

function ruleOn(text: string): Predicted["rule"] {
  const alarms = rules(text).filter(({ level }) => level !== "contraindication");
  if (alarms.length === 0) return "silent";
  return alarms.some(({ mode }) => mode === "stop") ? "stop" : "ask";
}

/** Each writer predicted by an ear that has not read that writer: the writers are left out a few at a time. */
function predictUnread(set: readonly Example[]): Unread[] {
  const writers = [...new Set(set.map(({ writer }) => writer))].filter((name) => name.endsWith(".jsonl"));
  return Array.from({ length: FOLDS }, (_, fold) => writers.filter((_, i) => i % FOLDS === fold)).flatMap(
    (left) => {
      const learned = learn(set.filter(({ writer }) => !left.includes(writer)));
      const ear = rounded(learned);
      return left.map((writer) => ({
        writer,
        ear,
        predicted: set
          .filter((own) => own.writer === writer && !own.made && !own.case.ambiguous)
          .map((of) => ({
            of,
            hard: isHard(writer),
            rule: ruleOn(of.case.text),
            ...chancesOf(scores(learned, of.signs)),
          })),
      }));
    },
  );
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
if (!process.argv.includes("--dry")) {
  const { weights, ...ear } = rounded(learn(set));
  writeFileSync(
    new URL("../../../src/language/ear-weights.json", import.meta.url),
    `${JSON.stringify({ ...ear, weights: packWeights(weights), ...limits }, null, 2)}\n`,
  );
}
