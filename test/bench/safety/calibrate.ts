/** From which chances the ear speaks, set on what it says of messages that it has not read. */
import { ALARMS, type Alarm, type Chances, type EarWeights } from "../../../src/language/ear.ts";
import { type Example, PHRASES, rules } from "./examples.ts";

/** Of harmless messages, the ear may by itself stop at this share, ask about this share, and note this share. */
const BUDGET = {
  everyday: { stop: 0.004, ask: 0.025, note: 0.005 },
  hard: { stop: 0.014, ask: 0.055, note: 0.01 },
};
/**
 * Of the stops of the rules that are right the ear backs this share (the phrases of the reference are left out: they
 * are pieces of messages). Of harmless messages it makes a stop out of a question for at most this share.
 */
const WITNESS = { backed: 0.99, raised: 0.002 };

/** What it is worth to hear one. */
const WORTH: Readonly<Record<Alarm, number>> = { emergency: 4, crisis: 2, urgent: 1 };

/** What the ear says of a message that it has not read, beside the rules. */
export interface Predicted extends Chances {
  readonly of: Example;
  readonly hard: boolean;
  /** What the rules do about it by themselves. */
  readonly rule: "stop" | "ask" | "silent";
}

export type Limits = Pick<EarWeights, "thresholds" | "note" | "witness">;

/** Where the rules are silent the lowest thresholds that keep within the budget, those that hear most; and the witness. */
export function calibrate(predicted: readonly Predicted[]): Limits {
  const harmless = predicted.filter(({ of }) => of.expect === "none" && !of.case.also?.length);
  const serious = predicted.filter(({ of }) => of.expect !== "none" && of.expect !== "contraindication");
  const steps = Array.from({ length: 45 }, (_, i) => (i + 5) / 50);
  const share = (hard: boolean, is: (p: Predicted, least: number) => boolean) => {
    const of = harmless.filter((p) => p.hard === hard);
    return steps.map((t) => of.filter((p) => is(p, t)).length / Math.max(1, of.length));
  };
  const table = (hard: boolean) =>
    ALARMS.map((level) =>
      share(hard, (p, least) => p.rule === "silent" && p.level === level && p.chance >= least),
    );
  const [everyday, difficult] = [table(false), table(true)];
  const worth = ALARMS.map((level) =>
    steps.map((t) =>
      serious
        .filter((p) => p.hard && p.rule === "silent" && p.level === level && p.chance >= t)
        .reduce((sum, { of }) => sum + (WORTH[of.expect as Alarm] ?? 0), 0),
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
  const stopped = serious.filter((p) => p.rule === "stop" && p.of.writer !== PHRASES);
  const backed = (t: number) => stopped.filter((p) => p.chance >= t).length / Math.max(1, stopped.length);
  const raised = share(true, (p, least) => p.rule === "ask" && p.chance >= least);
  return {
    thresholds,
    note: steps[within] ?? 1,
    witness: {
      stop: [0, ...steps].findLast((t) => backed(t) >= WITNESS.backed) ?? 0,
      ask: steps.find((_, i) => (raised[i] as number) <= WITNESS.raised) ?? 1,
    },
  };
}
