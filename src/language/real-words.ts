/**
 * Real words that lie one slip from a word we listen for, and mean something else: they are taken as they stand
 * and never read as a mistake. Found by laying the flags' words beside the Dutch word list of OpenTaal
 * (https://opentaal.org, revised BSD or CC BY 3.0); add to it when a false alarm shows another.
 */
import lines from "./real-words.json" with { type: "json" };

const REAL: ReadonlySet<string> = new Set(lines.flatMap((line) => line.split(" ")));

/** Whether a folded word is known to be meant as it stands. */
export const isRealWord = (word: string): boolean => REAL.has(word);
