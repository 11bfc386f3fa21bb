/**
 * Lay words under names (concepts), and patterns made of them, found in a message.
 *
 * Concepts and the parts of patterns are found in one pass; a pattern then only compares where its parts stand.
 */
import type { Token } from "./fold.ts";
import { conceptsIn, type Pattern, PatternError, parsePattern, type Sequence } from "./pattern.ts";
import { createFinder, DENIALS, type Entry, PLACES, type Span } from "./sequences.ts";

export type { Span } from "./sequences.ts";

/** Concepts by name, with their lay words; they may refer to each other, but not in a circle. */
export type Concepts = Readonly<Record<string, readonly string[]>>;

/** A pattern made ready: for each group its parts, by number. */
export type Compiled = readonly (readonly CompiledPart[])[];

interface CompiledPart {
  readonly entry: number;
  readonly tight: boolean;
  readonly whole: boolean;
}

/** What was found in one message. */
export interface Matches {
  /** Where a concept stands, in the order of the message. */
  readonly concept: (name: string) => readonly Span[];
  /** Whether the first part of a pattern stands anywhere: without it the pattern is not met. */
  readonly begins: (pattern: Compiled) => boolean;
  /** The ways in which a pattern is met: the spans of its parts. Spans that `allows` refuses do not count. */
  readonly pattern: (pattern: Compiled, allows: (span: Span) => boolean) => readonly (readonly Span[])[];
}

export interface Matcher {
  /** A pattern that was handed in at the start, made ready. */
  readonly compiled: (source: string) => Compiled;
  readonly match: (tokens: readonly Token[]) => Matches;
}

/** Parts of one group stand at most this many words apart, and at most one sentence. */
const REACH = 16;
/** Parts joined by "~" stand at most this many words apart, in one sentence. */
const BESIDE = 6;

/** Compiles concepts and the patterns that will be asked for. Throws `PatternError` at the first that cannot be read. */
export function createMatcher(concepts: Concepts, patterns: readonly string[]): Matcher {
  const known = new Map<string, Pattern>();
  const read = (source: string): Pattern => {
    const pattern = known.get(source) ?? parsePattern(source);
    known.set(source, pattern);
    return pattern;
  };
  const ordered = inOrder(concepts, read);
  const names = new Map(ordered.map(([name], i) => [name, i]));
  const numberOf = (name: string): number => {
    const number = names.get(name);
    if (number === undefined) throw new PatternError(`<${name}> is used, and there is no such concept`);
    return number;
  };
  const entries: Entry[] = ordered.map(([name, lay]) => ({
    sequences: lay.map((source) => onlySequence(source, read(source), name)),
  }));

  const parts = new Map<string, number>();
  const partOf = (sequence: Sequence): number => {
    const [first] = sequence;
    if (sequence.length === 1 && first?.kind === "concept") return numberOf(first.name);
    const key = JSON.stringify(sequence);
    const number = parts.get(key);
    if (number !== undefined) return number;
    parts.set(key, entries.push({ sequences: [sequence] }) - 1);
    return entries.length - 1;
  };
  const ready = new Map<string, Compiled>(
    patterns.map((source) => [
      source,
      read(source).map((group) => group.map((part) => ({ ...part, entry: partOf(part.sequence) }))),
    ]),
  );
  const find = createFinder(entries, numberOf);

  return {
    compiled: (source) => ready.get(source) as Compiled,
    match: (tokens) => {
      const found = find(tokens);
      const sentence = (span: Span) => (tokens[span.from] as Token).sentence;
      const close = (a: Span, b: Span) => distance(a, b) <= REACH && Math.abs(sentence(a) - sentence(b)) <= 1;
      const clause = (span: Span) => (tokens[span.from] as Token).clause;
      // "ik adem prima, geen druk": a denial belongs to its own clause.
      const denies = (span: Span) =>
        span.to - span.from === 1 && DENIALS.has((tokens[span.from] as Token).word);
      const beside = (a: Span, b: Span) =>
        distance(a, b) <= BESIDE &&
        sentence(a) === sentence(b) &&
        (clause(a) === clause(b) || (!denies(a) && !denies(b)));
      return {
        concept: (name) => found[names.get(name) ?? -1] ?? [],
        begins: (pattern) => (found[pattern[0]?.[0]?.entry ?? -1]?.length ?? 0) > 0,
        pattern: (pattern, allows) => {
          for (const group of pattern)
            for (const { entry } of group) if ((found[entry] as readonly Span[]).length === 0) return [];
          let ways: Span[][] = [[]];
          for (const group of pattern) {
            const met = meet(
              group.map(({ entry, tight, whole }) => ({
                spans: (found[entry] as readonly Span[])
                  .filter(
                    (span) => allows(span) && (!whole || (span.from === 0 && span.to === tokens.length)),
                  )
                  .slice(0, PLACES),
                close: tight ? beside : close,
              })),
            );
            ways = ways.flatMap((way) => met.map((more) => [...way, ...more])).slice(0, PLACES);
          }
          return ways;
        },
      };
    },
  };
}

const distance = (a: Span, b: Span) => Math.max(a.from - b.to, b.from - a.to, 0);

/** Two parts do not share their words; but one may stand in the gap of the other ("ergste [hoofdpijn] ooit"). */
const apart = (a: Span, b: Span) =>
  a.to <= b.from || b.to <= a.from || (a.from > b.from && a.to < b.to) || (b.from > a.from && b.to < a.to);

interface Places {
  readonly spans: readonly Span[];
  readonly close: (a: Span, b: Span) => boolean;
}

/** For each place of the first part: the nearest places of the others that are close to it and apart from each other. */
function meet(parts: readonly Places[]): Span[][] {
  const [anchors, ...others] = parts;
  const met: Span[][] = [];
  for (const anchor of anchors?.spans ?? []) {
    const way = [anchor];
    for (const { spans, close } of others) {
      let best: Span | undefined;
      for (const span of spans) {
        if (best && distance(anchor, span) >= distance(anchor, best)) continue;
        if (close(anchor, span) && way.every((own) => apart(span, own))) best = span;
      }
      if (best) way.push(best);
    }
    if (way.length === parts.length) met.push(way);
  }
  return met;
}

function onlySequence(source: string, pattern: Pattern, concept: string): Sequence {
  const [group, another] = pattern;
  if (another || group?.length !== 1)
    throw new PatternError(`"${source}" in concept ${concept} has "+" or "&": only signs may combine`);
  return (group[0] as Pattern[number][number]).sequence;
}

/** Concepts in an order in which each comes after those that it refers to. */
function inOrder(concepts: Concepts, read: (source: string) => Pattern): [string, readonly string[]][] {
  const ordered = new Map<string, readonly string[]>();
  const visit = (name: string, path: readonly string[]) => {
    const lay = concepts[name];
    if (ordered.has(name) || !lay) return;
    if (path.includes(name))
      throw new PatternError(`concept ${name} refers to itself (${[...path, name].join(" -> ")})`);
    for (const source of lay) for (const other of conceptsIn(read(source))) visit(other, [...path, name]);
    ordered.set(name, lay);
  };
  for (const name of Object.keys(concepts)) visit(name, []);
  return [...ordered];
}
