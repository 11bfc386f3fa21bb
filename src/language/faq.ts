/**
 * Which of the known questions somebody asks, if any.
 *
 * Pure and in memory: built once from the script. A wrong answer is worse than none, so there are three outcomes
 * for a question (sure, two or three near ones, none), with thresholds set on held-back messages. Small talk is
 * only that when nothing else is said; what nobody here can know is sent to who does.
 */
import { wordsOf } from "./faq-ideas.ts";
import { createFaqIndex, cutAsks, type FaqQuestion, wordsAsked } from "./faq-index.ts";
import { createReader, type FaqLexicon, outsideIdea, type Reading } from "./faq-lexicon.ts";
import { type FaqWeights, noneSigns, weigh } from "./faq-model.ts";
import learned from "./faq-weights.json" with { type: "json" };
import { createSmallTalk } from "./small-talk.ts";

/** What a message comes to. `near` are topic ids, likeliest first. */
export type FaqMatch =
  | { readonly kind: "answer"; readonly id: string; readonly near: readonly string[] }
  | { readonly kind: "suggest"; readonly near: readonly string[] }
  | { readonly kind: "chat"; readonly id: string }
  | { readonly kind: "elsewhere"; readonly id: string }
  | { readonly kind: "none"; readonly near: readonly string[] };

/** `context` is the id of the topic answered before, where a follow-up may lean on it. */
export type FaqMatcher = (text: string, context?: string) => FaqMatch;

/** Everything the matcher knows, compiled from the script. */
export interface FaqSource {
  readonly lexicon: FaqLexicon;
  readonly topics: readonly FaqQuestion[];
  /** Small talk: ids with what people say. */
  readonly chats: readonly { readonly id: string; readonly says: readonly string[] }[];
  /** What nobody here can answer: ids with the outside ideas that they are about. */
  readonly elsewhere: readonly { readonly id: string; readonly about: readonly string[] }[];
}

const NEAR = 3;
/** A topic less likely than this is not worth showing. */
const FAINT = 0.02;

/** Builds the matcher; `weights` are the learned ones unless a trainer brings its own. */
export function createFaqMatcher(source: FaqSource, weights: FaqWeights = learned): FaqMatcher {
  const topics = source.topics.map(cutAsks);
  const read = createReader(source.lexicon, wordsAsked(topics));
  const index = createFaqIndex(topics, read);
  const hintsOf = createHints(source);
  const smallTalk = createSmallTalk(source.chats, source.lexicon.fillers);
  const elsewhere = (reading: Reading) =>
    source.elsewhere.find(({ about }) =>
      about.some((idea) => reading.outside.some((entry) => outsideIdea(entry) === idea)),
    );

  return (text, context) => {
    const chat = smallTalk(text);
    if (chat !== undefined) return { kind: "chat", id: chat };
    const reading = read(wordsOf(text));
    if (reading.order) return { kind: "none", near: [] };
    // What nobody understands is about nothing, whatever was asked before.
    const hints = reading.units.size > 0 ? hintsOf(context) : [];
    const candidates = index(reading, hints);
    const { ranked, none } = weigh(weights, candidates, noneSigns(reading, candidates, hints.length > 0));
    const [first, ...others] = ranked;
    const near = ranked
      .filter(({ chance }) => chance >= FAINT)
      .slice(0, NEAR)
      .map(({ id }) => id);
    if (first && first.chance >= weights.answer && !first.strange)
      return { kind: "answer", id: first.id, near: others.slice(0, NEAR - 1).map(({ id }) => id) };
    if (none < weights.suggest && near.length > 0) {
      if (near.length === 1 && others[0]) near.push(others[0].id);
      return { kind: "suggest", near };
    }
    const other = elsewhere(reading);
    return other
      ? { kind: "elsewhere", id: other.id }
      : { kind: "none", near: ranked.slice(0, NEAR).map(({ id }) => id) };
  };
}

/** The subjects that somebody may ask on about after a topic: its own, and the wider one that it belongs to. */
export function createHints({ topics, lexicon }: FaqSource): (context?: string) => readonly string[] {
  const hints = new Map(
    topics.map(({ id, about: [own] }) => {
      const wider = own === undefined ? undefined : lexicon.within?.[own];
      return [id, [own, wider].filter((subject) => subject !== undefined)];
    }),
  );
  return (context) => (context === undefined ? [] : (hints.get(context) ?? []));
}
