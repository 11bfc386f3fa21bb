/**
 * Finds ideas in a row of words: "hoe vaak" and "hoe dikwijls" are one idea, "hoofd" near "masseren" another.
 *
 * A message costs what stands in it, not what the lexicon holds: a way to say something is only looked at when
 * its first word is there.
 */

import { stem } from "./faq-words.ts";
import { words } from "./fold.ts";

/** Ideas with the ways to say them: "a b" in this order, "a_b" with nothing between, "a + b" near each other. */
export type Ideas = Readonly<Record<string, readonly string[]>>;

/** The stems that each word of a message stands for. */
export type Places = readonly (readonly string[])[];

/** Units with the words where they stand: ideas as "#idea", stems as they are; and the words that an idea took. */
export interface Found {
  readonly at: ReadonlyMap<string, readonly number[]>;
  readonly taken: ReadonlySet<number>;
  /** Each way to say an idea that was found word by word, with its words. */
  readonly said: readonly { readonly unit: string; readonly words: readonly number[] }[];
}

interface Way {
  readonly unit: string;
  readonly parts: readonly string[];
  /** How many other words may stand between two of its words. */
  readonly gap: number;
}

/** The gap of "a b"; that of "a_b" is none. */
const GAP = 2;
/** How far apart the parts of "a + b" may stand. */
const NEARBY = 8;
/** An idea may be made of an idea that is made of others: "nek + stress". */
const ROUNDS = 2;

const NONE: readonly Way[] = [];

/** The words of a way, as a message is read. */
export const wordsOf = (text: string): string[] => words(text);

/** Builds the finder. */
export function createIdeaFinder(ideas: Ideas): (places: Places) => Found {
  const inOrder = new Map<string, Way[]>();
  const together = new Map<string, Way[]>();
  const put = (map: Map<string, Way[]>, unit: string, [first, ...parts]: readonly string[], gap: number) => {
    if (first === undefined) return;
    const ways = map.get(first);
    if (ways) ways.push({ unit, parts, gap });
    else map.set(first, [{ unit, parts, gap }]);
  };
  const part = (text: string) => (text in ideas ? `#${text}` : stem(wordsOf(text)[0] ?? text));
  for (const [idea, ways] of Object.entries(ideas))
    for (const way of ways)
      if (way.includes("+"))
        put(
          together,
          `#${idea}`,
          way.split("+").map((text) => part(text.trim())),
          NEARBY,
        );
      else put(inOrder, `#${idea}`, wordsOf(way).map(stem), way.includes("_") ? 0 : GAP);

  return (places) => {
    const at = new Map<string, number[]>();
    const taken = new Set<number>();
    const said: { unit: string; words: number[] }[] = [];
    const anchors: string[] = [];
    const stand = (unit: string, i: number) => {
      const list = at.get(unit);
      if (list) {
        if (!list.includes(i)) list.push(i);
        return;
      }
      at.set(unit, [i]);
      if (together.has(unit)) anchors.push(unit);
    };
    places.forEach((place, i) => {
      for (const key of place) stand(key, i);
    });
    places.forEach((place, i) => {
      for (const key of place)
        for (const { unit, parts, gap } of inOrder.get(key) ?? NONE) {
          if (!all(parts, at)) continue;
          const end = parts.length === 0 ? [i] : follow(places, i, parts, gap);
          if (!end) continue;
          stand(unit, i);
          for (const j of end) taken.add(j);
          said.push({ unit, words: end });
        }
    });
    for (let round = 0; round < ROUNDS && anchors.length > 0; round++)
      for (const first of [...anchors])
        for (const { unit, parts, gap } of together.get(first) ?? []) {
          if (!all(parts, at)) continue;
          for (const i of [...(at.get(first) ?? [])])
            if (parts.every((other) => at.get(other)?.some((j) => Math.abs(i - j) <= gap))) stand(unit, i);
        }
    return { at, taken, said };
  };
}

/** Where the parts stand, in this order with small gaps, from `start`; one word may hold several (a compound). */
function follow(places: Places, start: number, parts: readonly string[], gap: number): number[] | undefined {
  const found = [start];
  let i = start;
  for (const part of parts) {
    let j = places[i]?.includes(part) ? i : i + 1;
    while (j <= i + 1 + gap && !places[j]?.includes(part)) j++;
    if (j > i + 1 + gap) return undefined;
    found.push(j);
    i = j;
  }
  return found;
}

/** Whether all of these stand somewhere; asked for every way to say something, so it is kept plain. */
function all(parts: readonly string[], at: ReadonlyMap<string, unknown>): boolean {
  for (const part of parts) if (!at.has(part)) return false;
  return true;
}
