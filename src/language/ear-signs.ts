/**
 * What the ear pays attention to in a message: a list of numbered signs, each with a strength.
 *
 * A sign is a word, how it sounds, a piece of three to five letters of it, two words that stand together or near
 * each other, a concept of the safety rules, two such concepts in one message, and the shape of the message. There
 * are more signs than anyone can list, so each gets its number by hashing; two that share a number are rare enough
 * not to matter. A word that is denied is another sign than the word itself: "geen koorts" has nothing of "koorts".
 */
import { sound, type Token } from "./fold.ts";

/** There are this many numbers for signs. */
export const PLACES = 1 << 18;

/** The signs of one message: the number of each, and its strength; the squares of the strengths add up to one. */
export interface Signs {
  readonly places: readonly number[];
  readonly strengths: readonly number[];
}

/** More words than this of one message are not read; the rules read on. */
export const READ = 400;

const STRENGTH = {
  word: 1,
  sound: 0.7,
  piece: 0.35,
  pair: 0.6,
  near: 0.4,
  concept: 1,
  both: 0.5,
  shape: 0.7,
};
const KIND = { word: 1, sound: 2, piece: 3, pair: 4, near: 5, concept: 6, both: 7, shape: 8, denied: 20 };
const STEM = 6;
const NEAR = 4;

/** Words too common to say anything about the word that stands near them. */
const COMMON = new Set(
  "de het een en in op van te er is ben dat die dan of om aan bij met als ook maar wel nog al zo je ik mijn".split(
    " ",
  ),
);

/** What the signs are read from. */
export interface EarMessage {
  readonly tokens: readonly Token[];
  /** Whether the word at this place is denied. */
  readonly denied: (at: number) => boolean;
  /** The names of the concepts in it; a name begins with "-" where all that was found of it is denied. */
  readonly concepts: readonly string[];
}

/** Reads the signs of a message; what is said twice counts twice. Linear in its length. */
export function signsOf({ tokens: all, denied, concepts }: EarMessage): Signs {
  const tokens = all.slice(0, READ);
  const places: number[] = [];
  const strengths: number[] = [];
  let squares = 0;
  const add = (hash: number, strength: number) => {
    places.push(placeOf(hash));
    strengths.push(strength);
    squares += strength * strength;
  };
  const words = tokens.map(({ word }) => (/^\d/.test(word) ? `#${word.length}` : word));
  const spelt = words.map((word) => hashOf(word));
  const heard = words.map((word) => hashOf(sound(word).slice(0, STEM)));
  tokens.forEach(({ sentence }, at) => {
    const word = words[at] as string;
    const [spelling, sounding] = [spelt[at] as number, heard[at] as number];
    const kind = denied(at) ? KIND.denied : 0;
    add(joined(kind + KIND.word, spelling), STRENGTH.word);
    add(joined(kind + KIND.sound, sounding), STRENGTH.sound);
    if (word.length > 2)
      pieces(kind + KIND.piece, `^${word}$`, (piece) => {
        add(piece, STRENGTH.piece);
      });
    for (let apart = 1; apart <= NEAR && tokens[at + apart]?.sentence === sentence; apart++) {
      const next = at + apart;
      if (apart === 1) add(joined(kind + KIND.pair, spelling, spelt[next]), STRENGTH.pair);
      else if (!COMMON.has(word) && !COMMON.has(words[next] as string))
        add(joined(kind + KIND.near, sounding, heard[next]), STRENGTH.near);
    }
  });
  const named = concepts.map(hashOf);
  named.forEach((name, i) => {
    add(joined(KIND.concept, name), STRENGTH.concept);
    for (let j = i + 1; j < Math.min(named.length, i + CONCEPTS); j++)
      add(joined(KIND.both, name, named[j]), STRENGTH.both);
  });
  for (const shape of shapesOf(tokens, words)) add(joined(KIND.shape, hashOf(shape)), STRENGTH.shape);
  const length = Math.sqrt(squares) || 1;
  return { places, strengths: strengths.map((x) => x / length) };
}

/** A concept is paired with at most this many others. */
const CONCEPTS = 24;

const LENGTHS = [4, 8, 15, 30];

function shapesOf(tokens: readonly Token[], words: readonly string[]): string[] {
  const marks = ["?", "!"].filter((mark) => tokens.some(({ after }) => after.includes(mark)));
  return [`length ${LENGTHS.filter((n) => tokens.length >= n).length}`, `first ${words[0]}`, ...marks];
}

/** FNV-1a over the characters; `placeOf` stirs it, so that its lowest bits depend on all of them. */
const step = (hash: number, code: number) => Math.imul(hash ^ code, 16777619);
const SEED = 2166136261;

function hashOf(text: string): number {
  let hash = SEED;
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
  return hash;
}

const joined = (kind: number, one: number, other = 0) => step(step(step(SEED, kind), one), other);

function placeOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 12)) & (PLACES - 1);
}

/** The pieces of three to five letters of a word. */
function pieces(kind: number, word: string, found: (hash: number) => void): void {
  for (let from = 0; from + 3 <= word.length; from++) {
    let hash = step(SEED, kind);
    for (let n = 0; n < 5 && from + n < word.length; n++) {
      hash = step(hash, word.charCodeAt(from + n));
      if (n >= 2) found(hash);
    }
  }
}
