/** What all benches share: the middle of several trials, and how busy the machine is while they run. */
import { loadavg } from "node:os";

/** The middle value; of an even number the upper one of the two. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] as number;

/** The value below which this part (0 to 1) of the values lies. */
export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] as number;

/** Prints when this was and how busy the machine: a figure without it says little. */
export function state(): void {
  console.log(
    `${new Date().toISOString().slice(0, 16)}Z, node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`,
  );
}
