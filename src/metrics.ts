/**
 * Figures for operators, in Prometheus' form: what happened how often, never to whom.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Count } from "./dialogue/result.ts";

export interface Metrics {
  readonly registry: Registry;
  /** Adds one to `rustpunt_<name>_total` with these labels; a name has the same labels each time. */
  count(count: Count): void;
  /** What was counted since the last time this was asked, with how often. */
  take(): (Count & { readonly times: number })[];
  /** Takes back what could not be stored: it is in what is taken next. */
  putBack(counted: readonly (Count & { readonly times: number })[]): void;
  /** How long an input took from the door to the store (seconds). */
  readonly turns: Histogram;
  /** How much later than meant an alarm was handled (seconds). */
  readonly lateness: Histogram;
  /** Messages on their way right now. */
  readonly sending: Gauge;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const counters = new Map<string, Counter>();
  const taken = new Map<string, Count & { readonly times: number }>();
  const registers = [registry];
  const add = ({ name, labels, times }: Count & { readonly times: number }): void => {
    const key = `${name} ${JSON.stringify(labels)}`;
    taken.set(key, { name, labels, times: times + (taken.get(key)?.times ?? 0) });
  };
  return {
    registry,
    count({ name, labels }) {
      let counter = counters.get(name);
      if (!counter) {
        counter = new Counter({
          name: `rustpunt_${name}_total`,
          help: `How often: ${name.replaceAll("_", " ")}.`,
          labelNames: Object.keys(labels),
          registers,
        });
        counters.set(name, counter);
      }
      counter.inc(labels);
      add({ name, labels, times: 1 });
    },
    putBack: (counted) => counted.forEach(add),
    take() {
      const counted = [...taken.values()];
      taken.clear();
      return counted;
    },
    turns: new Histogram({
      name: "rustpunt_turn_seconds",
      help: "From the door to the store.",
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      labelNames: ["kind"],
      registers,
    }),
    lateness: new Histogram({
      name: "rustpunt_alarm_late_seconds",
      help: "How much later than meant an alarm was handled.",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30, 300],
      registers,
    }),
    sending: new Gauge({ name: "rustpunt_sending", help: "Messages on their way right now.", registers }),
  };
}
