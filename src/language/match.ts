/**
 * Finds patterns in a message. Concepts are found first, each in terms of the words and of the concepts before
 * it; then a rule only compares where they stand. Every step looks at a bounded number of places, so that no
 * message can make it slow.
 */
import type { Token } from "./fold.ts";
import { createLexicon, type Reading } from "./lexicon.ts";
import {
  conceptsIn,
  type Element,
  type Pattern,
  PatternError,
  parsePattern,
  type Sequence,
} from "./pattern.ts";

/** A stretch of tokens, from one up to (not including) another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What was found of a list of patterns in one message. */
export interface Matches {
  /** Where a concept stands, in the order of the message. */
  readonly concept: (name: string) => readonly Span[];
  /** The ways in which a pattern is met: the spans of its parts. Spans that `allows` refuses do not count. */
  readonly pattern: (pattern: Pattern, allows: (span: Span) => boolean) => readonly (readonly Span[])[];
}

/** Concepts by name, with their lay words; they may refer to each other, but not in a circle. */
export type Concepts = Readonly<Record<string, readonly string[]>>;

export interface Matcher {
  /** Reads a pattern for use with this matcher's `Matches`. Throws `PatternError`. */
  readonly compile: (source: string) => Pattern;
  readonly match: (tokens: readonly Token[]) => Matches;
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

const MAX_FILLERS = 3;
const MAX_GAP = 5;
/** Parts of one group stand at most this many words apart, and at most one sentence. */
const REACH = 16;
/** Of one part at most this many places are considered. */
const PLACES = 12;

/** Concepts in an order in which each comes after those that it refers to. */
function inOrder(concepts: Concepts): [string, readonly string[]][] {
  const ordered = new Map<string, readonly string[]>();
  const visit = (name: string, path: readonly string[]) => {
    const lay = concepts[name];
    if (ordered.has(name) || !lay) return;
    if (path.includes(name))
      throw new PatternError(`concept ${name} refers to itself (${path.join(" -> ")})`);
    for (const source of lay)
      for (const other of conceptsIn(parsePattern(source))) visit(other, [...path, name]);
    ordered.set(name, lay);
  };
  for (const name of Object.keys(concepts)) visit(name, []);
  return [...ordered];
}

/** Compiles concepts and the patterns that will be asked for. Throws `PatternError` at the first that cannot be read. */
export function createMatcher(concepts: Concepts, patterns: readonly string[]): Matcher {
  const ordered = inOrder(concepts);
  const words = new Map<string, number>();
  const names = new Map(ordered.map(([name], i) => [name, i]));
  const keyOf = new WeakMap<Element, ReadonlySet<number>>();

  const learn = (pattern: Pattern, source: string): Pattern => {
    for (const element of pattern.flat(2)) {
      if (element.kind === "word")
        for (const word of element.words) if (!words.has(word)) words.set(word, words.size);
      if (element.kind === "concept" && !names.has(element.name))
        throw new PatternError(`"${source}" uses <${element.name}>, which is no concept`);
    }
    return pattern;
  };
  const entries = ordered.map(([name, lay]) => ({
    name,
    sequences: lay.map((source) => {
      const pattern = learn(parsePattern(source), source);
      const only = pattern.length === 1 && pattern[0]?.length === 1 ? pattern[0][0] : undefined;
      if (!only)
        throw new PatternError(`"${source}" in concept ${name} has "+" or "&": only signs may combine`);
      return only;
    }),
  }));
  for (const source of patterns) learn(parsePattern(source), source);
  const lexicon = createLexicon([...words.keys()]);

  const wordIds = (element: Element & { kind: "word" }): ReadonlySet<number> => {
    let ids = keyOf.get(element);
    if (!ids) {
      ids = new Set(element.words.flatMap((word) => words.get(word) ?? []));
      keyOf.set(element, ids);
    }
    return ids;
  };

  /** Sequences by the words, or the concept, that they begin with. */
  const byWord = new Map<number, { concept: number; sequence: Sequence }[]>();
  const rest: { concept: number; sequence: Sequence }[][] = entries.map(() => []);
  entries.forEach((entry, concept) => {
    for (const sequence of entry.sequences) {
      const first = sequence[0];
      if (first?.kind === "word")
        for (const id of wordIds(first)) {
          const list = byWord.get(id);
          if (list) list.push({ concept, sequence });
          else byWord.set(id, [{ concept, sequence }]);
        }
      else (rest[concept] as { concept: number; sequence: Sequence }[]).push({ concept, sequence });
    }
  });

  return {
    compile: (source) => learn(parsePattern(source), source),
    match: (tokens) => {
      const readings = lexicon(tokens);
      const found: Span[][] = entries.map(() => []);
      const endsAt = new Map<number, number[]>();
      const add = (concept: number, from: number, to: number) => {
        const key = concept * 8192 + from;
        const ends = endsAt.get(key);
        if (!ends) endsAt.set(key, [to]);
        else if (ends.includes(to)) return;
        else ends.push(to);
        (found[concept] as Span[]).push({ from, to });
      };

      const ends = (element: Element, at: number): readonly number[] => {
        if (element.kind === "word") {
          const ids = wordIds(element);
          return (readings[at] as Reading[]).flatMap((reading) =>
            ids.has(reading.word) ? [reading.end] : [],
          );
        }
        if (element.kind === "number") {
          const value = Number((tokens[at] as Token).word.replace(",", "."));
          return value >= element.from && value < element.to + 1 ? [at + 1] : [];
        }
        if (element.kind === "concept")
          return endsAt.get((names.get(element.name) as number) * 8192 + at) ?? [];
        return [];
      };

      /** The nearest end of a sequence that begins at a token; -1 where it does not. */
      const walk = (sequence: Sequence, from: number): number => {
        let states: number[] = [...ends(sequence[0] as Element, from)];
        for (let k = 1; k < sequence.length && states.length > 0; k++) {
          let element = sequence[k] as Element;
          const gap = element.kind === "gap";
          if (gap) element = sequence[++k] as Element;
          const next = new Set<number>();
          for (const state of states) {
            for (let at = state, skipped = 0; at < tokens.length; at++, skipped++) {
              if (gap && (tokens[at] as Token).sentence !== (tokens[state - 1] as Token).sentence) break;
              for (const end of ends(element, at)) next.add(end);
              if (
                gap ? skipped >= MAX_GAP : skipped >= MAX_FILLERS || !FILLERS.has((tokens[at] as Token).word)
              )
                break;
            }
          }
          states = [...next].sort((a, b) => a - b).slice(0, 8);
        }
        return states[0] ?? -1;
      };

      // Concepts that begin with a word are tried where that word stands; but a concept may refer to those
      // before it, so all of one concept are found before the next.
      const begun: { from: number; sequence: Sequence }[][] = entries.map(() => []);
      readings.forEach((list, from) => {
        for (const reading of list)
          for (const { concept, sequence } of byWord.get(reading.word) ?? [])
            (begun[concept] as { from: number; sequence: Sequence }[]).push({ from, sequence });
      });
      entries.forEach((_, concept) => {
        for (const { from, sequence } of begun[concept] as { from: number; sequence: Sequence }[]) {
          const to = walk(sequence, from);
          if (to > 0) add(concept, from, to);
        }
        for (const { sequence } of rest[concept] as { sequence: Sequence }[]) {
          const first = sequence[0] as Element;
          const starts =
            first.kind === "concept"
              ? new Set((found[names.get(first.name) as number] as Span[]).map((span) => span.from))
              : tokens.keys();
          for (const from of starts) {
            const to = walk(sequence, from);
            if (to > 0) add(concept, from, to);
          }
        }
        (found[concept] as Span[]).sort((a, b) => a.from - b.from || a.to - b.to);
      });

      const spansOf = (sequence: Sequence): readonly Span[] => {
        const first = sequence[0] as Element;
        if (sequence.length === 1 && first.kind === "concept")
          return found[names.get(first.name) as number] as Span[];
        const spans: Span[] = [];
        for (let from = 0; from < tokens.length && spans.length < PLACES; from++) {
          const to = walk(sequence, from);
          if (to > 0) spans.push({ from, to });
        }
        return spans;
      };

      const distance = (a: Span, b: Span) => Math.max(a.from - b.to, b.from - a.to, 0);
      const close = (a: Span, b: Span) =>
        distance(a, b) <= REACH &&
        Math.abs((tokens[a.from] as Token).sentence - (tokens[b.from] as Token).sentence) <= 1;

      return {
        concept: (name) => found[names.get(name) ?? -1] ?? [],
        pattern: (pattern, allows) => {
          let ways: Span[][] = [[]];
          for (const group of pattern) {
            const places: Span[][] = [];
            for (const part of group) {
              const spans = spansOf(part).filter(allows).slice(0, PLACES);
              if (spans.length === 0) return [];
              places.push(spans);
            }
            const met: Span[][] = [];
            for (const anchor of places[0] as Span[]) {
              const way = [anchor];
              for (const spans of places.slice(1)) {
                let best: Span | undefined;
                for (const span of spans) {
                  const apart = way.every((w) => span.to <= w.from || span.from >= w.to);
                  if (
                    apart &&
                    close(anchor, span) &&
                    (!best || distance(anchor, span) < distance(anchor, best))
                  )
                    best = span;
                }
                if (best) way.push(best);
              }
              if (way.length === places.length) met.push(way);
            }
            if (met.length === 0) return [];
            ways = ways.flatMap((way) => met.map((more) => [...way, ...more])).slice(0, PLACES);
          }
          return ways;
        },
      };
    },
  };
}
