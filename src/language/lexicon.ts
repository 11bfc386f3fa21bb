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

const LONGEST = 24;

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
  words.forEach((word, id) => {
    if (word.endsWith("*")) return put(beginnings, word.slice(0, -1), id);
    if (word.startsWith("*")) return put(endings, word.slice(1), id);
    put(exact, word, id);
    const heard = sound(word);
    if (word.length >= 4) put(bySound, heard, id);
    if (slipsFor(word.length) > 0) {
      put(withoutOne, heard, id);
      for (let i = 0; i < heard.length; i++) put(withoutOne, heard.slice(0, i) + heard.slice(i + 1), id);
    }
  });

  const affixes = (word: string, found: number[]) => {
    for (let length = 3; length <= Math.min(word.length, LONGEST); length++) {
      const begin = beginnings.get(word.slice(0, length));
      if (begin) found.push(...begin);
      const end = endings.get(word.slice(-length));
      if (end) found.push(...end);
    }
  };

  const slips = (word: string, found: number[]) => {
    const heard = sound(word);
    const alike = bySound.get(heard);
    if (alike) {
      found.push(...alike);
      return;
    }
    affixes(heard, found);
    if (word.length < 6) return;
    const candidates = new Set<number>(withoutOne.get(heard));
    for (let i = 0; i < heard.length; i++)
      for (const id of withoutOne.get(heard.slice(0, i) + heard.slice(i + 1)) ?? []) candidates.add(id);
    for (const id of candidates) if (near(heard, sound(words[id] as string), 1)) found.push(id);
  };

  const read = (word: string, joined: boolean): number[] => {
    const found: number[] = [];
    const known = exact.get(word);
    if (known) found.push(...known);
    if (word.length > LONGEST) return found;
    if (!joined) affixes(word, found);
    const forgiving = joined ? word.length >= 7 : word.length >= 4;
    if (!known && forgiving && found.length === 0 && !isRealWord(word)) slips(word, found);
    return found;
  };

  return (tokens) =>
    tokens.map((token, i) => {
      const readings = read(token.word, false).map((word) => ({ word, end: i + 1 }));
      const next = tokens[i + 1];
      if (next && token.after === "" && token.typed.length > 1)
        for (const word of read(token.typed + next.typed, true)) readings.push({ word, end: i + 2 });
      return readings;
    });
}
