/**
 * What a message is made of: ideas ("hoe vaak", "hoofdmassage") and the words that are left.
 *
 * An author's lexicon names ideas in four groups. Subjects are what a question is about, aspects what somebody
 * wants to know of it, words are other synonyms, and outside is what nobody here can answer. A message and a
 * known question are both read by this one function, so that two ways of saying meet in the same ideas.
 */
import { createIdeaFinder, type Ideas, wordsOf } from "./faq-ideas.ts";
import { createVocabulary, stem } from "./faq-words.ts";

export interface FaqLexicon {
  readonly subjects: Ideas;
  readonly aspects: Ideas;
  readonly words: Ideas;
  readonly outside: Ideas;
  /** What is no question but an order; `^a` only at the beginning. */
  readonly orders: readonly string[];
  /** Words that carry nothing by themselves. */
  readonly fillers: readonly string[];
}

/** A text as it was understood. */
export interface Reading {
  /** Ideas ("#hoe-vaak") and single stems ("nek"). */
  readonly units: ReadonlySet<string>;
  /** The ideas among them that are subjects, and those that are outside. */
  readonly subjects: readonly string[];
  readonly outside: readonly string[];
  readonly order: boolean;
  /** How many words carry something, and how many of these nobody knows. */
  readonly content: number;
  readonly unknown: number;
}

/** Reads the words of a text (`wordsOf`). */
export type Reader = (said: readonly string[]) => Reading;

/** Builds the reader; `others` are all other words that count as known. */
export function createReader(lexicon: FaqLexicon, others: readonly string[]): Reader {
  const { subjects, aspects, words, outside, orders } = lexicon;
  const ideas: Ideas = { ...subjects, ...aspects, ...words, ...outside };
  const ways = Object.values(ideas).flat().map(wordsOf);
  const alone = new Set(ways.flatMap((way) => (way.length === 1 ? way : [])));
  const fillers = new Set(lexicon.fillers.flatMap(wordsOf));
  const vocabulary = createVocabulary(
    [...fillers, ...ways.flat(), ...orders.flatMap(wordsOf), ...others],
    alone,
  );
  const find = createIdeaFinder(ideas);
  const isOrder = orderly(orders);
  const byThemselves = new Set([...alone].map(stem));

  return (said) => {
    const places = said.map(vocabulary);
    const { at, taken } = find(places);
    const units = new Set<string>();
    const reading = { subjects: [] as string[], outside: [] as string[] };
    for (const unit of at.keys()) {
      if (unit[0] !== "#") continue;
      units.add(unit);
      const idea = unit.slice(1);
      if (idea in subjects) reading.subjects.push(idea);
      else if (idea in outside) reading.outside.push(idea);
    }
    let content = 0;
    let unknown = 0;
    places.forEach((place, i) => {
      if (fillers.has(said[i] as string)) {
        if (taken.has(i)) content += 1;
        return;
      }
      content += 1;
      if (place.length === 0) unknown += 1;
      for (const key of place) if (!taken.has(i) || byThemselves.has(key)) units.add(key);
    });
    return { units, ...reading, order: isOrder(said), content, unknown };
  };
}

/** Orders are taken literally: "stop", never "stoppen met ...". */
function orderly(orders: readonly string[]): (words: readonly string[]) => boolean {
  const ways = orders.map((way) => ({ words: wordsOf(way).join(" "), first: way.startsWith("^") }));
  return (words) => {
    const said = ` ${words.join(" ")} `;
    return ways.some((way) =>
      way.first ? said.startsWith(` ${way.words} `) : said.includes(` ${way.words} `),
    );
  };
}
