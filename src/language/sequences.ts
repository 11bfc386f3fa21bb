/**
 * Finds where sequences stand in a message: the lay words of concepts, and the parts of patterns.
 *
 * Each is tried only where its rarest word stands, and only when all its other words are in the message too, so
 * that most are never tried. Every step looks at a bounded number of places: no message can make it slow.
 */
import type { Token } from "./fold.ts";
import { createLexicon } from "./lexicon.ts";
import type { Sequence } from "./pattern.ts";

/** A stretch of tokens, from one up to (not including) another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A list of sequences that mean the same; it may refer, by number, to lists before it. */
export interface Entry {
  readonly sequences: readonly Sequence[];
}

/** Small words that may stand between the words of a sequence without changing what is said. */
const FILLERS = new Set(
  `een de het mijn zijn haar ons je me mij ik er dat die dit deze heel erg echt zo best nogal wat beetje ook al nu
  even precies gewoon gelijk helemaal ineens plots opeens plotseling weer steeds wel eens toch zelf ontzettend
  enorm vreselijk super mega flink behoorlijk gans hem ze hij we zich of en op in aan van zeer nog dan totaal
  volledig lichtjes linker rechter links rechts soort allemaal maar kei keihard door amper nauwelijks ei sinds
  vandaag vanmorgen vanochtend eigenlijk tegelijk daar hier heb heeft had is ben was word wordt voor alle hoor`.split(
    /\s+/,
  ),
);

/** A gap does not run over a denial: "mond hangt niet scheef" is no crooked mouth. */
export const DENIALS: ReadonlySet<string> = new Set("niet geen zonder nooit noch".split(" "));

const MAX_FILLERS = 3;
const MAX_GAP = 5;
/** Of one entry at most this many places are kept. */
export const PLACES = 12;
/** A sequence is tried at most this many times in a message. */
const TRIES = 24;
/** While a sequence is followed, at most this many ways to continue are kept. */
const STATES = 6;

/** One place in a compiled sequence; `gap` tells whether other words may come before it. */
interface Step {
  readonly words: readonly number[];
  readonly entry: number;
  readonly from: number;
  readonly to: number;
  readonly decimal: boolean;
  readonly gap: boolean;
}

/** Finds, in a message, the places of each entry, in the order of the message. */
export type Finder = (tokens: readonly Token[]) => readonly (readonly Span[])[];

/** Compiles entries; `numberOf` gives the number of a concept, which must be smaller than that of who refers to it. */
export function createFinder(entries: readonly Entry[], numberOf: (concept: string) => number): Finder {
  const vocabulary = new Map<string, number>();
  const idOf = (word: string) => {
    const id = vocabulary.get(word) ?? vocabulary.size;
    vocabulary.set(word, id);
    return id;
  };
  const compile = (sequence: Sequence): Step[] =>
    sequence.flatMap((element, i) => {
      if (element.kind === "gap") return [];
      const gap = sequence[i - 1]?.kind === "gap";
      const none = { words: [], entry: -1, from: Number.NaN, to: Number.NaN, decimal: false, gap };
      if (element.kind === "word") return [{ ...none, words: element.words.map(idOf) }];
      if (element.kind === "number")
        return [{ ...none, from: element.from, to: element.to + 1, decimal: element.decimal }];
      return [{ ...none, entry: numberOf(element.name) }];
    });
  const compiled = entries.map((entry) => entry.sequences.map(compile));
  const flat = compiled.flatMap((sequences, entry) => sequences.map((steps) => ({ entry, steps })));
  const usual = new Uint32Array(vocabulary.size);
  for (const { steps } of flat)
    for (const { words } of steps) for (const word of words) usual[word] = (usual[word] as number) + 1;
  const usualness = ({ words }: Step) => words.reduce((sum, word) => sum + (usual[word] as number), 0);
  const wokenBy = new Map<number, number[]>();
  const others: number[] = [];
  for (const [i, { steps }] of flat.entries()) {
    const inWords = steps.filter(({ words }) => words.length > 0).sort((a, b) => usualness(a) - usualness(b));
    if (inWords.length === 0) others.push(i);
    for (const word of inWords[0]?.words ?? NONE) {
      const known = wokenBy.get(word);
      if (known) known.push(i);
      else wokenBy.set(word, [i]);
    }
  }
  const lexicon = createLexicon([...vocabulary.keys()]);

  return (tokens) => {
    const places = new Map<number, Span[]>();
    for (const [from, readings] of lexicon(tokens).entries())
      for (const { word, end } of readings) {
        const known = places.get(word);
        if (known) known.push({ from, to: end });
        else places.set(word, [{ from, to: end }]);
      }
    const merged = new Map<readonly number[], readonly Span[]>();
    const numbers = numbersIn(tokens);
    const notFilling = countBefore(tokens, (token) => !FILLERS.has(token.word));
    const denying = countBefore(tokens, (token) => DENIALS.has(token.word));
    // Of thousands of entries a message holds a few: only those get a list.
    const found: (readonly Span[])[] = new Array(compiled.length).fill(NOWHERE);
    const listed: Span[][] = [];

    const possible = (step: Step): boolean => {
      if (step.entry >= 0) return found[step.entry] !== NOWHERE;
      for (const word of step.words) if (places.has(word)) return true;
      return step.words.length === 0 && numbers.length > 0;
    };

    const stands = (step: Step): readonly Span[] => {
      if (step.entry >= 0) return found[step.entry] as readonly Span[];
      if (step.words.length === 1) return places.get(step.words[0] as number) ?? NOWHERE;
      if (step.words.length > 1) {
        const known = merged.get(step.words);
        if (known) return known;
        const lists = step.words.map((word) => places.get(word) ?? NOWHERE).filter((list) => list.length > 0);
        const all = lists.length > 1 ? lists.flat().sort((a, b) => a.from - b.from) : (lists[0] ?? NOWHERE);
        merged.set(step.words, all);
        return all;
      }
      return numbers
        .filter(({ value, decimal }) => value >= step.from && value < step.to && (decimal || !step.decimal))
        .map(({ at }) => ({ from: at, to: at + 1 }));
    };

    /** Whether a step may begin at `to` when the one before it ended at `from`. */
    const follows = (step: Step, from: number, to: number): boolean => {
      const between = to - from;
      if (between < 0 || between > MAX_GAP) return false;
      if (tokens[to]?.sentence !== tokens[from - 1]?.sentence) return false;
      return step.gap
        ? denying[to] === denying[from]
        : between <= MAX_FILLERS && notFilling[to] === notFilling[from];
    };

    const add = (entry: number, span: Span) => {
      const spans = found[entry] as Span[];
      if (spans !== NOWHERE) spans.splice(firstFrom(spans, span.from + 1), 0, span);
      else {
        found[entry] = [span];
        listed.push(found[entry] as Span[]);
      }
    };

    /** Finds a sequence at each place of its first step, with the nearest end. */
    const find = (i: number) => {
      const { entry, steps } = flat[i] as (typeof flat)[number];
      for (const step of steps) if (!possible(step)) return;
      const standing: (readonly Span[])[] = [];
      for (const step of steps) {
        const here = stands(step);
        if (here.length === 0) return;
        standing.push(here);
      }
      for (const start of (standing[0] as readonly Span[]).slice(0, TRIES)) {
        let ends = [start.to];
        for (let k = 1; k < steps.length && ends.length > 0; k++) {
          const next: number[] = [];
          const here = standing[k] as readonly Span[];
          const last = start.to + (k + 1) * MAX_GAP + k;
          for (let at = firstFrom(here, start.to); at < here.length; at++) {
            const span = here[at] as Span;
            if (span.from > last) break;
            for (const end of ends)
              if (follows(steps[k] as Step, end, span.from) && !next.includes(span.to)) next.push(span.to);
          }
          ends = next.slice(0, STATES);
        }
        const to = ends.length > 0 ? Math.min(...ends) : -1;
        const spans = found[entry] as readonly Span[];
        if (to <= 0 || spans.some((span) => span.from === start.from && span.to === to)) continue;
        add(entry, { from: start.from, to });
        if (spans.length >= PLACES * 2) return;
      }
    };

    // In the order in which they were written, because an entry may refer to those before it.
    const woken = new Set<number>();
    for (const word of places.keys()) for (const i of wokenBy.get(word) ?? NONE) woken.add(i);
    const waiting = [...woken].sort((a, b) => b - a);
    for (const other of others) {
      while ((waiting.at(-1) ?? other) < other) find(waiting.pop() as number);
      find(other);
    }
    for (const i of waiting.reverse()) find(i);
    for (const spans of listed) if (spans.length > 1) spans.sort((a, b) => a.from - b.from || a.to - b.to);
    return found;
  };
}

const NOWHERE: readonly Span[] = [];
const NONE: readonly number[] = [];

/** The index of the first of these spans, which are in order, that begins at `from` or later. */
function firstFrom(spans: readonly Span[], from: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).from < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each token how many before it are so. */
function countBefore(tokens: readonly Token[], so: (token: Token) => boolean): Uint32Array {
  const count = new Uint32Array(tokens.length + 1);
  for (const [at, token] of tokens.entries()) count[at + 1] = (count[at] as number) + (so(token) ? 1 : 0);
  return count;
}

/** The numbers in a message, with their place. */
function numbersIn(tokens: readonly Token[]): { at: number; value: number; decimal: boolean }[] {
  return tokens.flatMap(({ word }, at) => {
    const value = Number(word.replace(",", "."));
    return Number.isNaN(value) ? [] : [{ at, value, decimal: /[.,]/.test(word) }];
  });
}
