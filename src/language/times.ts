/**
 * A clock time as an answer to "hoe laat?", and how times and durations are said.
 *
 * What the twelve-hour clock leaves open is read for relaxation reminders: six to twelve spoken ("half tien", "9 uur")
 * is the evening, one to six the afternoon; six to twelve in figures with minutes ("9:30", "9u30") is the morning,
 * as written. A part of the day ("ochtend", "vroeg", "'s avonds") or the 24-hour clock ("09:30", "21 uur") leaves
 * no doubt. The other reading is given beside it.
 */
import { clockTimes, clockWords } from "./clock.ts";

/** The one time that a person means, with its other reading; undefined for none, several, "nu" or a duration. */
export function readTime(text: string): { time: string; alternative?: string } | undefined {
  const [found, second] = clockTimes(clockWords(text));
  if (!found || (second && second.minutes !== found.minutes)) return undefined;
  const time = clockText(found.minutes);
  return found.alternative === undefined ? { time } : { time, alternative: clockText(found.alternative) };
}

/** Minutes since midnight as "HH:MM". */
export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** "21:30" as it is said: "21.30 uur". */
export const sayTime = (time: string): string => `${time.replace(/^0(?=\d)/, "").replace(":", ".")} uur`;

/** A duration in ms as it is said, to the second: "45 seconden", "anderhalve minuut", "1 minuut en 20 seconden". */
export function sayDuration(ms: number): string {
  const all = Math.max(0, Math.round(ms / 1000));
  if (all === 90) return "anderhalve minuut";
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const parts = [
    hours > 0 ? `${hours} uur` : "",
    minutes > 0 ? `${minutes} ${minutes === 1 ? "minuut" : "minuten"}` : "",
    seconds > 0 || all === 0 ? `${seconds} ${seconds === 1 ? "seconde" : "seconden"}` : "",
  ].filter((part) => part !== "");
  return sayList(parts);
}

/** "a", "a en b", "a, b en c". */
export const sayList = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} en ${parts.at(-1)}`;
