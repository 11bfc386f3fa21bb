/**
 * Which of the words that we listen for stand in a message, and where.
 *
 * A word that is known as it is typed is taken at its word. Only a word that nobody knows is read as a mistake:
 * by its sound, or, when it is long, by one slip (looked up by the letters that remain when one is left out, so
 * that a message costs the same however many words we know). Words typed apart are tried together ("hoofd pijn").
 */
import { near, slipsFor, sound, type Token } from "./fold.ts";
import { isRealWord } from "./real-words.ts";

/** A listened-for word, by its number, standing from one token up to (not including) another. */
export interface Reading {
  readonly word: number;
  readonly end: number;
}

/** Reads a message: at each token, the listened-for words that begin there. */
export type Lexicon = (tokens: readonly Token[]) => Reading[][];

/** No word that we listen for is longer; what is longer is not read as a mistake. */
const LONGEST = 24;
/** From this length on a word, or two words typed apart, may sound like one that we know. */
const AUDIBLE = 4;
const AUDIBLE_TOGETHER = 7;
/** A word that lost a letter is one shorter than the shortest in which a slip is forgiven. */
const SLIPPED = 4;
const NONE: readonly number[] = [];

/** Words may begin or end with `*`; their place in the list is their number. */
export function createLexicon(words: readonly string[]): Lexicon {
  const exact = new Map<string, number[]>();
  const bySound = new Map<string, number[]>();
  const withoutOne = new Map<string, number[]>();
  const beginnings = new Map<string, number[]>();
  const endings = new Map<string, number[]>();
  const put = (map: Map<string, number[]>, key: string, id: number) => {
    const ids = map.get(key);
    if (!ids) map.set(key, [id]);
    else if (!ids.includes(id)) ids.push(id);
  };
  for (const [id, word] of words.entries()) {
    if (word.endsWith("*")) put(beginnings, word.slice(0, -1), id);
    else if (word.startsWith("*")) put(endings, word.slice(1), id);
    else {
      put(exact, word, id);
      const heard = sound(word);
      if (word.length >= AUDIBLE) put(bySound, heard, id);
      if (slipsFor(word.length) === 0) continue;
      put(withoutOne, heard, id);
      for (let i = 0; i < heard.length; i++) put(withoutOne, heard.slice(0, i) + heard.slice(i + 1), id);
    }
  }
  const begins = lengthsByStart(beginnings.keys());
  const ends = [...new Set([...endings.keys()].map((ending) => ending.length))];

  const affixes = (word: string): number[] => {
    const found: number[] = [];
    for (const length of begins.get(word.slice(0, 3)) ?? NONE) {
      const ids = length <= word.length ? beginnings.get(word.slice(0, length)) : undefined;
      if (ids) found.push(...ids);
    }
    for (const length of ends) {
      const ids = length < word.length ? endings.get(word.slice(-length)) : undefined;
      if (ids) found.push(...ids);
    }
    return found;
  };

  const misspelt = (word: string): readonly number[] => {
    const heard = sound(word);
    const alike = bySound.get(heard);
    if (alike) return alike;
    const found = affixes(heard);
    if (word.length < SLIPPED) return found;
    const candidates = new Set<number>(withoutOne.get(heard));
    for (let i = 0; i < heard.length; i++)
      for (const id of withoutOne.get(heard.slice(0, i) + heard.slice(i + 1)) ?? NONE) candidates.add(id);
    for (const id of candidates) if (near(heard, sound(words[id] as string), 1)) found.push(id);
    return found;
  };

  const alone = (word: string): readonly number[] => {
    const known = exact.get(word) ?? NONE;
    if (word.length > LONGEST) return known;
    const found = [...known, ...affixes(word)];
    if (found.length > 0 || word.length < AUDIBLE || isRealWord(word)) return found;
    return misspelt(word);
  };

  const together = (word: string): readonly number[] => {
    const known = exact.get(word);
    if (known || word.length < AUDIBLE_TOGETHER || word.length > LONGEST) return known ?? NONE;
    return bySound.get(sound(word)) ?? NONE;
  };

  return (tokens) => {
    const seen = new Map<string, readonly number[]>();
    return tokens.map((token, i) => {
      let single = seen.get(token.word);
      if (!single) {
        single = alone(token.word);
        seen.set(token.word, single);
      }
      const readings: Reading[] = single.map((word) => ({ word, end: i + 1 }));
      const next = tokens[i + 1];
      if (next && token.after === "" && token.typed.length > 1 && next.typed.length > 1)
        for (const word of together(token.typed + next.typed)) readings.push({ word, end: i + 2 });
      return readings;
    });
  };
}

/** For the first three letters of each beginning: the lengths worth trying. */
function lengthsByStart(beginnings: Iterable<string>): Map<string, number[]> {
  const lengths = new Map<string, number[]>();
  for (const beginning of beginnings) {
    const start = beginning.slice(0, 3);
    const known = lengths.get(start) ?? [];
    if (!known.includes(beginning.length)) lengths.set(start, [...known, beginning.length]);
  }
  return lengths;
}
