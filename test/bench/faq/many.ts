/** A far larger FAQ, generated: what the matcher costs must not hang on there being only 66 topics. */
import type { FaqSource } from "../../../src/language/faq.ts";

const SYLLABLES =
  "ba da fo ga hi ka lo ma ne po ri sa tu vo wa zi bel dor fan gem hul kas lin mor nap pel ros sin tal ver".split(
    " ",
  );
const ASKS = 5;

/** `count` topics: the real ones, and copies in which the subject has a made-up name. Deterministic. */
export function many(source: FaqSource, count: number): FaqSource {
  const subjects: Record<string, string[]> = {};
  const topics = Array.from({ length: count }, (_, i) => {
    const topic = source.topics[i % source.topics.length] as FaqSource["topics"][number];
    const round = Math.floor(i / source.topics.length);
    if (round === 0) return topic;
    const name = nameOf(round * 7 + (i % 5));
    subjects[name] = [name];
    return {
      id: `${topic.id}-${round}`,
      about: [name, ...topic.about.slice(1)],
      asks: topic.asks.slice(0, ASKS).map((ask) => `${name} ${ask}`),
    };
  });
  return {
    ...source,
    topics,
    lexicon: { ...source.lexicon, subjects: { ...source.lexicon.subjects, ...subjects } },
  };
}

function nameOf(n: number): string {
  const at = (k: number) => SYLLABLES[k % SYLLABLES.length] as string;
  return `${at(n)}${at(Math.floor(n / 3) + 11)}${at(n * 5 + 2)}massage`;
}
