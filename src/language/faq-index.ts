/**
 * How near a message is to each question, as a handful of signs.
 *
 * Each question is known by several ways to ask it, and by what it is about (a subject and its aspects). The signs
 * are the same for all questions, so that a question added tomorrow is matched as well as those of today:
 * what a sign is worth is learned once (`faq-model.ts`), never per question.
 */
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
  "alike",
  "explained",
  "best",
  "typical",
  "subject",
  "otherSubject",
  "noSubject",
  "aspect",
  "otherIdeas",
  "otherWords",
  "allAspects",
  "outside",
] as const;

/** The signs of one question for one message, in the order of `SIGNS`. */
export interface Candidate {
  readonly id: string;
  readonly signs: readonly number[];
}

/** Candidates for a message; `hint` is the subject of the question answered before. */
export type FaqIndex = (reading: Reading, hint?: string) => Candidate[];

/** What is left over weighs less in a story than in a question of this many words. */
const USUAL = 4;

interface Ask {
  readonly question: number;
  readonly size: number;
}

/** Builds the index: one pass over all ways to ask. */
export function createFaqIndex(questions: readonly FaqQuestion[], read: Reader): FaqIndex {
  const asks: Ask[] = [];
  const inAsks = new Map<string, number[]>();
  const shares: Map<string, number>[] = [];
  const inQuestions = new Map<string, number[]>();
  const readings = questions.map(({ about, asks: texts }) => [
    new Set(about.map((idea) => `#${idea}`)),
    ...texts.map((text) => read(text).units),
  ]);
  readings.forEach((sets, q) => {
    const share = new Map<string, number>();
    for (const units of sets)
      for (const unit of units) share.set(unit, (share.get(unit) ?? 0) + 1 / sets.length);
    shares.push(share);
    for (const unit of share.keys()) push(inQuestions, unit, q);
  });
  const background = new Map<string, number>();
  for (const share of shares)
    for (const [unit, p] of share) background.set(unit, (background.get(unit) ?? 0) + p);
  const weight = (unit: string): number => {
    const holders = inQuestions.get(unit)?.length ?? 0.5;
    return Math.log(1 + questions.length / holders) * (unit.startsWith("#") ? 1 : 0.5);
  };
  const weights = new Map([...inQuestions.keys()].map((unit) => [unit, weight(unit)] as const));
  const unseen = weight("");
  readings.forEach((sets, question) => {
    for (const units of sets) {
      const ask = asks.length;
      let size = 0;
      for (const unit of units) {
        size += (weights.get(unit) ?? 0) ** 2;
        push(inAsks, unit, ask);
      }
      asks.push({ question, size: Math.sqrt(size) });
    }
  });
  const subjects = new Set(questions.flatMap(({ about }) => about.slice(0, 1)));

  return (reading, hint) => {
    const said = reading.subjects.filter((subject) => subjects.has(subject));
    const units = new Set(reading.units);
    if (hint !== undefined && said.length === 0) {
      units.add(`#${hint}`);
      said.push(hint);
    }
    let total = reading.unknown * unseen;
    let norm = reading.unknown * unseen ** 2;
    const shared = new Map<number, number>();
    const typical = new Map<number, number>();
    for (const unit of units) {
      const w = weights.get(unit);
      total += w ?? unseen * 0.5;
      norm += (w ?? unseen * 0.5) ** 2;
      if (w === undefined) continue;
      for (const ask of inAsks.get(unit) as number[]) shared.set(ask, (shared.get(ask) ?? 0) + w * w);
      for (const q of inQuestions.get(unit) as number[]) {
        const lift = Math.log(((shares[q]?.get(unit) ?? 0) * questions.length) / (background.get(unit) ?? 1));
        if (lift > 0) typical.set(q, (typical.get(q) ?? 0) + lift * (unit.startsWith("#") ? 1 : 0.5));
      }
    }
    if (total === 0) return [];
    const length = Math.max(USUAL, reading.content);
    const alike = new Map<number, number>();
    const best = new Map<number, number>();
    for (const [a, dot] of shared) {
      const ask = asks[a] as Ask;
      const cosine = dot / (ask.size * Math.sqrt(norm) || 1);
      if (cosine > (alike.get(ask.question) ?? 0)) alike.set(ask.question, cosine);
      const part = dot / (ask.size * ask.size);
      if (part > (best.get(ask.question) ?? 0)) best.set(ask.question, part);
    }
    return [...typical].map(([q, lift]) => {
      const { id, about } = questions[q] as FaqQuestion;
      const share = shares[q] as Map<string, number>;
      let explained = 0;
      let otherIdeas = 0;
      let otherWords = reading.unknown;
      for (const unit of units) {
        const w = weights.get(unit) ?? unseen * 0.5;
        if (share.has(unit)) explained += w;
        else if (unit.startsWith("#")) otherIdeas += w;
        else otherWords += w;
      }
      const [subject = "", ...aspects] = about;
      const has = said.includes(subject);
      const hit = aspects.filter((aspect) => units.has(`#${aspect}`)).length;
      return {
        id,
        signs: [
          alike.get(q) ?? 0,
          explained / total,
          best.get(q) ?? 0,
          Math.min(lift, 12) / 6,
          has ? 1 : 0,
          !has && said.length > 0 ? 1 : 0,
          said.length === 0 ? 1 : 0,
          hit > 0 || (aspects.length === 0 && has) ? 1 : 0,
          Math.min(8, otherIdeas) / length,
          Math.min(8, otherWords) / length,
          aspects.length > 0 ? hit / aspects.length : 0,
          Math.min(2, reading.outside.filter((idea) => !share.has(`#${idea}`)).length),
        ],
      };
    });
  };
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
