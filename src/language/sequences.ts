/**
 * Finds where sequences stand in a message: the lay words of concepts, and the parts of patterns.
 *
 * Each is tried only where its first word stands, and only when all its other words are in the message too, so
 * that most are never tried. Every step looks at a bounded number of places: no message can make it slow.
 */
import type { Token } from "./fold.ts";
import { createLexicon, type Reading } from "./lexicon.ts";
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
const DENIALS = new Set("niet geen zonder nooit noch".split(" "));

const MAX_FILLERS = 3;
const MAX_GAP = 5;
/** Of one entry at most this many places are kept. */
export const PLACES = 12;
/** A sequence is tried at most this many times in a message. */
const TRIES = 24;

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
  const begunBy = new Map<number, number[]>();
  const others: number[] = [];
  const flat = compiled.flatMap((sequences, entry) => sequences.map((steps) => ({ entry, steps })));
  for (const [i, { steps }] of flat.entries()) {
    const first = steps[0] as Step;
    if (first.words.length === 0) others.push(i);
    for (const word of first.words) {
      const known = begunBy.get(word);
      if (known) known.push(i);
      else begunBy.set(word, [i]);
    }
  }
  const lexicon = createLexicon([...vocabulary.keys()]);

  return (tokens) => {
    const readings = lexicon(tokens);
    const places = new Map<number, number[]>();
    for (const [at, list] of readings.entries())
      for (const { word } of list) {
        const known = places.get(word);
        if (!known) places.set(word, [at]);
        else if (known.at(-1) !== at) known.push(at);
      }
    const numbers = tokens.map((token) => Number(token.word.replace(",", ".")));
    const hasNumber = numbers.some((value) => !Number.isNaN(value));
    const found: Span[][] = compiled.map(() => []);

    const possible = (steps: readonly Step[]) => {
      for (const step of steps) {
        if (step.entry >= 0) {
          if ((found[step.entry] as Span[]).length === 0) return false;
        } else if (step.words.length > 0) {
          if (!step.words.some((word) => places.has(word))) return false;
        } else if (!hasNumber) return false;
      }
      return true;
    };

    const isNumber = (step: Step, at: number) => {
      const value = numbers[at] as number;
      const decimal = /[.,]/.test((tokens[at] as Token).word);
      return value >= step.from && value < step.to && (decimal || !step.decimal);
    };

    const startsOf = (step: Step): readonly number[] => {
      if (step.entry >= 0) return (found[step.entry] as Span[]).map((span) => span.from);
      if (step.words.length === 1) return places.get(step.words[0] as number) ?? [];
      if (step.words.length > 1) return step.words.flatMap((word) => places.get(word) ?? []);
      return numbers.flatMap((_, at) => (isNumber(step, at) ? [at] : []));
    };

    /** Where a step that begins at a token ends; pushed on `ends`. */
    const match = (step: Step, at: number, ends: number[]) => {
      if (step.entry >= 0) {
        for (const span of found[step.entry] as Span[])
          if (span.from === at && !ends.includes(span.to)) ends.push(span.to);
      } else if (step.words.length > 0) {
        for (const { word, end } of readings[at] as Reading[])
          if (step.words.includes(word) && !ends.includes(end)) ends.push(end);
      } else if (isNumber(step, at) && !ends.includes(at + 1)) ends.push(at + 1);
    };

    /** The nearest end of a sequence that begins at a token; -1 where it does not. */
    const walk = (steps: readonly Step[], from: number): number => {
      let states: number[] = [];
      match(steps[0] as Step, from, states);
      for (let k = 1; k < steps.length && states.length > 0; k++) {
        const step = steps[k] as Step;
        const next: number[] = [];
        for (const state of states) {
          const sentence = (tokens[state - 1] as Token).sentence;
          for (let at = state, skipped = 0; at < tokens.length; at++, skipped++) {
            const token = tokens[at] as Token;
            if (token.sentence !== sentence) break;
            match(step, at, next);
            if (
              step.gap
                ? skipped >= MAX_GAP || DENIALS.has(token.word)
                : skipped >= MAX_FILLERS || !FILLERS.has(token.word)
            )
              break;
          }
        }
        states = next.slice(0, 6);
      }
      return states.length > 0 ? Math.min(...states) : -1;
    };

    // In the order in which they were written, because an entry may refer to those before it.
    const candidates = new Set(others);
    for (const word of places.keys()) for (const i of begunBy.get(word) ?? []) candidates.add(i);
    for (const i of [...candidates].sort((a, b) => a - b)) {
      const { entry, steps } = flat[i] as (typeof flat)[number];
      if (!possible(steps)) continue;
      const spans = found[entry] as Span[];
      for (const from of startsOf(steps[0] as Step).slice(0, TRIES)) {
        const to = walk(steps, from);
        if (to > 0 && !spans.some((span) => span.from === from && span.to === to)) spans.push({ from, to });
        if (spans.length >= PLACES * 2) break;
      }
    }
    for (const spans of found) if (spans.length > 1) spans.sort((a, b) => a.from - b.from || a.to - b.to);
    return found;
  };
}
