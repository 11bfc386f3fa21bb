/**
 * What a message is made of: ideas ("hoe vaak", "hoofdmassage") and the words that are left.
 *
 * An author's lexicon names ideas in four groups. Subjects are what a question is about, aspects what somebody
 * wants to know of it, words are other synonyms, and outside is what nobody here can answer. A message and a
 * known question are both read by this one function, so that two ways of saying meet in the same ideas.
 */

import { createVocabulary, stem } from "./faq-words.ts";
import { tokenize } from "./fold.ts";

/** Ideas with the ways to say them: "a b" in this order, "a + b" near each other, "^a" at the beginning. */
export type Ideas = Readonly<Record<string, readonly string[]>>;

export interface FaqLexicon {
  readonly subjects: Ideas;
  readonly aspects: Ideas;
  readonly words: Ideas;
  readonly outside: Ideas;
  /** What is no question but an order. */
  readonly orders: readonly string[];
  /** Words that carry nothing by themselves. */
  readonly fillers: readonly string[];
}

/** A text as it was understood. */
export interface Reading {
  /** Ideas ("#hoe-vaak") and single stems ("=nek"). */
  readonly units: ReadonlySet<string>;
  readonly subjects: readonly string[];
  readonly aspects: readonly string[];
  readonly outside: readonly string[];
  readonly order: boolean;
  /** How many words carry something, and how many of these nobody knows. */
  readonly content: number;
  readonly unknown: number;
}

export type Reader = (text: string) => Reading;

type Place = ReadonlySet<string>;
interface Way {
  readonly idea: string;
  readonly parts: readonly string[];
}

const GAP = 2;
const NEARBY = 8;

/** Builds the reader; `texts` are all other texts whose words count as known. */
export function createReader(lexicon: FaqLexicon, texts: Iterable<string>): Reader {
  const groups = {
    subjects: lexicon.subjects,
    aspects: lexicon.aspects,
    words: lexicon.words,
    outside: lexicon.outside,
  };
  const fillers = new Set(lexicon.fillers.flatMap(wordsOf));
  const all = new Set<string>(fillers);
  const alone = new Set<string>();
  for (const ideas of Object.values(groups))
    for (const ways of Object.values(ideas))
      for (const way of ways) {
        const words = wordsOf(way);
        for (const word of words) all.add(word);
        if (words.length === 1) alone.add(words[0] as string);
      }
  for (const text of [...texts, ...lexicon.orders]) for (const word of wordsOf(text)) all.add(word);
  const vocabulary = createVocabulary(all, alone);

  const names = new Set(Object.values(groups).flatMap((ideas) => Object.keys(ideas)));
  const inOrder = new Map<string, Way[]>();
  const together: { idea: string; parts: readonly string[] }[] = [];
  const kept = new Set<string>();
  for (const ideas of Object.values(groups))
    for (const [idea, ways] of Object.entries(ideas))
      for (const way of ways) {
        if (way.includes("+")) {
          const parts = way.split("+").map((part) => part.trim());
          together.push({
            idea,
            parts: parts.map((part) => (names.has(part) ? `#${part}` : `=${stem(wordsOf(part)[0] ?? part)}`)),
          });
          continue;
        }
        const parts = wordsOf(way).map(stem);
        const [first] = parts;
        if (first === undefined) continue;
        if (parts.length === 1) kept.add(first);
        inOrder.set(first, [...(inOrder.get(first) ?? []), { idea, parts }]);
      }

  const isOrder = orderly(lexicon.orders);

  return (text) => {
    const tokens = tokenize(text);
    const places: Place[] = tokens.map(({ word }) => new Set(vocabulary(word)));
    const at = new Map<string, number[]>();
    const stand = (unit: string, i: number) => {
      const list = at.get(unit);
      if (!list) at.set(unit, [i]);
      else if (!list.includes(i)) list.push(i);
    };
    const said = new Set<number>();
    places.forEach((place, i) => {
      for (const key of place) {
        stand(`=${key}`, i);
        for (const way of inOrder.get(key) ?? []) {
          const found = follow(places, i, way.parts);
          if (!found) continue;
          stand(`#${way.idea}`, i);
          for (const j of found) said.add(j);
        }
      }
    });
    for (let round = 0; round < 2; round++)
      for (const { idea, parts } of together) {
        const where = parts.map((part) => at.get(part));
        const [anchors, ...others] = where;
        for (const i of [...(anchors ?? [])])
          if (others.every((list) => list?.some((j) => Math.abs(i - j) <= NEARBY))) stand(`#${idea}`, i);
      }

    let content = 0;
    let unknown = 0;
    const units = new Set<string>();
    tokens.forEach(({ word }, i) => {
      if (fillers.has(word)) {
        if (said.has(i)) content += 1;
        return;
      }
      content += 1;
      const place = places[i] as Place;
      if (place.size === 0) unknown += 1;
      for (const key of place) if (kept.has(key) || !said.has(i)) units.add(`=${key}`);
    });
    for (const unit of at.keys()) if (unit.startsWith("#")) units.add(unit);
    const those = (ideas: Ideas) => Object.keys(ideas).filter((idea) => units.has(`#${idea}`));
    return {
      units,
      subjects: those(groups.subjects),
      aspects: [...those(groups.aspects), ...those(groups.words)],
      outside: those(groups.outside),
      order: isOrder(tokens.map(({ word }) => word)),
      content,
      unknown,
    };
  };
}

/** Orders are taken literally ("stop", never "stoppen met ..."): at the beginning for `^a`, else anywhere. */
function orderly(orders: readonly string[]): (words: readonly string[]) => boolean {
  const ways = orders.map((way) => ({ words: wordsOf(way).join(" "), first: way.startsWith("^") }));
  return (words) => {
    const said = ` ${words.join(" ")} `;
    return ways.some((way) =>
      way.first ? said.startsWith(` ${way.words} `) : said.includes(` ${way.words} `),
    );
  };
}

const wordsOf = (text: string): string[] => tokenize(text.replace(/^\^/, "")).map(({ word }) => word);

/** The places of `parts` in this order from `start`, with small gaps; one place may hold several (a compound). */
function follow(places: readonly Place[], start: number, parts: readonly string[]): number[] | undefined {
  const found = [start];
  let i = start;
  for (const part of parts.slice(1)) {
    let j = places[i]?.has(part) ? i : i + 1;
    while (j <= i + 1 + GAP && !places[j]?.has(part)) j++;
    if (j > i + 1 + GAP || j >= places.length) return undefined;
    found.push(j);
    i = j;
  }
  return found;
}
