/**
 * The small language in which an author writes down how people say something.
 *
 *   mond scheef          these words in this order; small words ("mijn", "helemaal") may stand in between
 *   mond/mondhoek scheef one of several words
 *   verlam* / *pijn      a word that begins, or ends, like this
 *   kan .. praten        up to five other words in between
 *   #38-43 graden        a number in this range (#38.0-42.9: only when typed with a decimal)
 *   <hoofdpijn>          any of the lay words of a concept
 *   <arm> ~ <lam>        in any order, with at most six words in between
 *   <plots> + <hoofdpijn>  in any order, close together (about a sentence)
 *   zwanger & <hoofdpijn>  in any order, anywhere in the message
 *   = geiser             the whole message, and nothing else
 *
 * Everything literal is read by the same `tokenize` as a message, so a pattern may be spelled as people do.
 */
import { tokenize } from "./fold.ts";

/** One place in a sequence: words to choose from, a range of numbers, a concept, or a gap. */
export type Element =
  | { readonly kind: "word"; readonly words: readonly string[] }
  | { readonly kind: "number"; readonly from: number; readonly to: number; readonly decimal: boolean }
  | { readonly kind: "concept"; readonly name: string }
  | { readonly kind: "gap" };

/** Elements that follow each other. */
export type Sequence = readonly Element[];

/** One part of a group; `tight` where it must stand beside the first part. */
export interface Part {
  readonly sequence: Sequence;
  readonly tight: boolean;
  /** True where it must be the whole message. */
  readonly whole: boolean;
}

/** Groups anywhere in the message; in each group parts that stand close together in any order. */
export type Pattern = readonly (readonly Part[])[];

/** A pattern that cannot be read; the message says what is wrong with it and how to write it. */
export class PatternError extends Error {}

/** Reads a pattern. Throws `PatternError`. */
export function parsePattern(source: string): Pattern {
  return source.split(" & ").map((group) =>
    group.split(/ (?=[+~] )/).map((part) => ({
      sequence: parseSequence(part.replace(/^[+~=] /, ""), source),
      tight: part.startsWith("~"),
      whole: part.startsWith("= "),
    })),
  );
}

/** The names of the concepts that a pattern refers to. */
export const conceptsIn = (pattern: Pattern): string[] =>
  pattern
    .flat()
    .flatMap((part) => part.sequence)
    .flatMap((element) => (element.kind === "concept" ? [element.name] : []));

function parseSequence(part: string, source: string): Sequence {
  const elements = part
    .trim()
    .split(/\s+/)
    .flatMap((piece) => parseElement(piece, source));
  if (elements[0]?.kind === "gap" || elements.at(-1)?.kind === "gap")
    throw new PatternError(`"${source}" begins or ends with "..": put a word on both sides of it`);
  return elements;
}

function parseElement(piece: string, source: string): Element[] {
  if (piece === "..") return [{ kind: "gap" }];
  const range = /^#(\d+(?:\.\d)?)-(\d+(?:\.\d)?)$/.exec(piece);
  if (range)
    return [{ kind: "number", from: Number(range[1]), to: Number(range[2]), decimal: piece.includes(".") }];
  const concept = /^<([a-z0-9-]+)>$/.exec(piece);
  if (concept?.[1]) return [{ kind: "concept", name: concept[1] }];
  if (!/[/*]/.test(piece)) {
    // "auto-ongeluk" is two words in a message, typed together or apart.
    const words = tokenize(piece).map((token) => token.word);
    if (words.length === 0) throw new PatternError(`"${piece}" in "${source}" holds no word`);
    return words.map((word) => ({ kind: "word", words: [word] }));
  }
  return [{ kind: "word", words: piece.split("/").map((word) => parseWord(word, source)) }];
}

function parseWord(word: string, source: string): string {
  const bare = word.replace(/^\*|\*$/g, "");
  const [token, another] = tokenize(bare);
  if (!token || another)
    throw new PatternError(`"${word}" in "${source}" is not one word: write it as words with spaces between`);
  if (bare === word) return token.word;
  if (bare.length < 3) throw new PatternError(`"${word}" in "${source}" is too short for a "*"`);
  return word.startsWith("*") ? `*${token.typed}` : `${token.typed}*`;
}
