/**
 * Which of the words that we listen for stand in a message, and where.
 *
 * A real word is taken at its word. Any other is also read as a mistake: by its sound, or by one slip, or, when it
 * is long, by two (looked up by the letters that remain when some are left out, so that a message costs the same
 * however many words we know). Words typed apart are tried together ("hoofd pijn").
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
/** From this length on two words are also read as one typed apart: "er uit" is "eruit", but "ga me" is no "game". */
const TOGETHER = 5;
/** A word that lost a letter is one shorter than the shortest in which a slip is forgiven. */
const SLIPPED = 4;
/** From this length on, in sounds, a word may hold two slips. */
const TWO_SLIPS = 9;
/** Of one message so many words, and so many long ones, are read as a mistake; what holds more is no Dutch. */
const MISTAKES = 240;
const LONG_MISTAKES = 80;
const NONE: readonly number[] = [];

/** Words may begin or end with `*`; their place in the list is their number. */
export function createLexicon(words: readonly string[]): Lexicon {
  const exact = new Map<string, number[]>();
  const bySound = new Map<string, number[]>();
  const withoutOne = new Map<string, number[]>();
  const withoutTwo = new Map<string, number[]>();
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
      for (const rest of remainders(heard, 1)) put(withoutOne, rest, id);
      if (heard.length >= TWO_SLIPS) for (const rest of remainders(heard, 2)) put(withoutTwo, rest, id);
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
    const candidates = new Set<number>();
    for (const rest of remainders(heard, 1))
      for (const id of withoutOne.get(rest) ?? NONE) candidates.add(id);
    for (const id of candidates) if (near(heard, sound(words[id] as string), 1)) found.push(id);
    if (found.length > 0 || heard.length < TWO_SLIPS) return found;
    for (const rest of remainders(heard, 2))
      for (const id of withoutTwo.get(rest) ?? NONE) candidates.add(id);
    for (const id of candidates) if (near(heard, sound(words[id] as string), 2)) found.push(id);
    return found;
  };

  const asTyped = (word: string): readonly number[] => {
    const known = exact.get(word) ?? NONE;
    return word.length > LONGEST ? known : [...known, ...affixes(word)];
  };

  const mayBeMistake = (word: string): boolean =>
    word.length >= AUDIBLE && word.length <= LONGEST && !isRealWord(word);

  const together = (word: string): readonly number[] => {
    if (word.length < TOGETHER || word.length > LONGEST) return NONE;
    return exact.get(word) ?? (word.length < AUDIBLE_TOGETHER ? NONE : (bySound.get(sound(word)) ?? NONE));
  };

  return (tokens) => {
    const seen = new Map<string, readonly number[]>();
    let mistakes = 0;
    let long = 0;
    const alone = (word: string): readonly number[] => {
      const found = asTyped(word);
      if (!mayBeMistake(word) || ++mistakes > MISTAKES) return found;
      if (word.length >= TWO_SLIPS && ++long > LONG_MISTAKES) return found;
      // A mistake that an author wrote down, or one in a word whose beginning we know, can be read in both ways.
      const meant = misspelt(word);
      return found.length === 0 ? meant : [...new Set([...found, ...meant])];
    };
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

/** A word, and what remains of it when up to so many letters (1 or 2) are left out. */
function remainders(word: string, out: 1 | 2): Set<string> {
  const rests = new Set([word]);
  for (let i = 0; i < word.length; i++) {
    const rest = word.slice(0, i) + word.slice(i + 1);
    rests.add(rest);
    if (out === 2) for (let j = i; j < rest.length; j++) rests.add(rest.slice(0, j) + rest.slice(j + 1));
  }
  return rests;
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
