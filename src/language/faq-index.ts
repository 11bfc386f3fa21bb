/**
 * How near a message is to each question, as a handful of signs.
 *
 * Each question is known by several ways to ask it, and by what it is about (a subject and its aspects). The signs
 * are the same for all questions, so that a question added tomorrow is matched as well as those of today:
 * what a sign is worth is learned once (`faq-model.ts`), never per question.
 */
import { wordsOf } from "./faq-ideas.ts";
import type { Reader, Reading } from "./faq-lexicon.ts";

/** A question as the matcher knows it. */
export interface FaqQuestion {
  readonly id: string;
  /** Ideas of the lexicon: the subject first, then its aspects. */
  readonly about: readonly string[];
  /** Ways to ask it, the question itself first. */
  readonly asks: readonly string[];
}

export const SIGNS = [
  /** The way to ask that is most like the message: cosine, and the part of that way that was said. */
  "alike",
  "best",
  /** The part of the message that belongs to the question, and how particular that is to it. */
  "explained",
  "typical",
  /** Whether its subject was said, another was, or none. */
  "subject",
  "otherSubject",
  "noSubject",
  /** Whether one of its aspects was said, and which part of them. */
  "aspect",
  "allAspects",
  /** What was said that does not belong to it. */
  "otherIdeas",
  "otherWords",
  "outside",
] as const;

/** The signs of one question for one message, in the order of `SIGNS`. */
export interface Candidate {
  readonly id: string;
  readonly signs: readonly number[];
}

/** Candidates for a message; `hints` are the subjects of the question answered before, the narrowest first. */
export type FaqIndex = (reading: Reading, hints?: readonly string[]) => Candidate[];

/** Where a unit is found: the weight it carries, the ways to ask that hold it, the questions and how particular. */
interface Posting {
  readonly weight: number;
  readonly asks: number[];
  readonly questions: number[];
  readonly lifts: readonly number[];
}

/** The same while it is being gathered: the share of a question's ways to ask that hold the unit. */
interface Holder {
  readonly asks: number[];
  readonly questions: number[];
  readonly shares: number[];
}

/** What is left over weighs less in a story than in a question of this many words. */
const USUAL = 4;
/** A single word says less than an idea. */
const WORD = 0.5;

const isIdea = (unit: string): boolean => unit[0] === "#";

/** A question with its ways to ask cut into words. */
export interface Asked {
  readonly id: string;
  readonly about: readonly string[];
  readonly asks: readonly (readonly string[])[];
}

/** A question, read for the index. */
export const cutAsks = ({ id, about, asks }: FaqQuestion): Asked => ({ id, about, asks: asks.map(wordsOf) });

/** All words of the ways to ask. */
export function* wordsAsked(questions: readonly Asked[]): Generator<string> {
  for (const { asks } of questions) for (const words of asks) yield* words;
}

/** Builds the index: one pass over all ways to ask. */
export function createFaqIndex(questions: readonly Asked[], read: Reader): FaqIndex {
  const holders = new Map<string, Holder>();
  const owners: number[] = [];
  questions.forEach(({ about, asks }, question) => {
    const share = 1 / (1 + asks.length);
    const hold = (units: Iterable<string>) => {
      for (const unit of units) {
        const held = holders.get(unit) ?? { asks: [], questions: [], shares: [] };
        if (held.asks.length === 0) holders.set(unit, held);
        held.asks.push(owners.length);
        const last = held.questions.length - 1;
        if (held.questions[last] === question) (held.shares[last] as number) += share;
        else {
          held.questions.push(question);
          held.shares.push(share);
        }
      }
      owners.push(question);
    };
    hold(new Set(about.map((idea) => `#${idea}`)));
    for (const words of asks) hold(read(words).units);
  });
  const postings = new Map<string, Posting>();
  const sizes = new Float64Array(owners.length);
  for (const [unit, { asks, questions: within, shares }] of holders) {
    const share = isIdea(unit) ? 1 : WORD;
    const whole = shares.reduce((a, b) => a + b, 0);
    const weight = share * Math.log(1 + questions.length / within.length);
    const lifts = shares.map((p) => share * Math.max(0, Math.log((p * questions.length) / whole)));
    postings.set(unit, { weight, asks, questions: within, lifts });
    for (const ask of asks) (sizes[ask] as number) += weight ** 2;
  }
  const unseen = WORD * Math.log(1 + 2 * questions.length);
  const known = new Set(questions.map(({ about }) => about[0]));

  return (reading, hints = []) => {
    const said = reading.subjects.filter((subject) => known.has(subject));
    const units = new Set(reading.units);
    if (said.length === 0)
      for (const hint of hints) {
        units.add(`#${hint}`);
        said.push(hint);
      }
    const shared = new Float64Array(owners.length);
    const lifted = new Float64Array(questions.length);
    const ideas = new Float64Array(questions.length);
    const words = new Float64Array(questions.length);
    const outside = new Float64Array(questions.length);
    let allIdeas = 0;
    let allWords = 0;
    let norm = reading.unknown * unseen ** 2;
    for (const unit of units) {
      const posting = postings.get(unit);
      const weight = posting?.weight ?? unseen * WORD;
      const sums = isIdea(unit) ? ideas : words;
      if (sums === ideas) allIdeas += weight;
      else allWords += weight;
      norm += weight ** 2;
      if (!posting) continue;
      const strange = sums === ideas && reading.outside.includes(unit.slice(1));
      for (const ask of posting.asks) (shared[ask] as number) += weight * weight;
      posting.questions.forEach((q, i) => {
        (lifted[q] as number) += posting.lifts[i] as number;
        (sums[q] as number) += weight;
        if (strange) (outside[q] as number) += 1;
      });
    }
    const total = allIdeas + allWords + reading.unknown * unseen || 1;
    const length = Math.max(USUAL, reading.content);
    const alike = new Float64Array(questions.length);
    const best = new Float64Array(questions.length);
    owners.forEach((q, ask) => {
      const dot = shared[ask] as number;
      if (dot === 0) return;
      const size = Math.sqrt(sizes[ask] as number) || 1;
      alike[q] = Math.max(alike[q] as number, dot / (size * Math.sqrt(norm)));
      best[q] = Math.max(best[q] as number, dot / (size * size));
    });
    return questions.flatMap(({ id, about }, q) => {
      const lift = lifted[q] as number;
      if (lift === 0) return [];
      const [subject = "", ...aspects] = about;
      const has = said.includes(subject);
      const hit = aspects.filter((aspect) => units.has(`#${aspect}`)).length;
      const [idea, word] = [ideas[q] as number, words[q] as number];
      const signs = [
        alike[q] as number,
        best[q] as number,
        (idea + word) / total,
        Math.min(12, lift) / 6,
        has ? 1 : 0,
        !has && said.length > 0 ? 1 : 0,
        said.length === 0 ? 1 : 0,
        hit > 0 || (aspects.length === 0 && has) ? 1 : 0,
        aspects.length > 0 ? hit / aspects.length : 0,
        Math.min(8, allIdeas - idea) / length,
        Math.min(8, allWords - word + reading.unknown) / length,
        Math.min(2, reading.outside.length - (outside[q] as number)),
      ];
      return [{ id, signs }];
    });
  };
}
