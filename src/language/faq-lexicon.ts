/**
 * What a message is made of: ideas ("hoe vaak", "hoofdmassage") and the words that are left.
 *
 * An author's lexicon names ideas in four groups. Subjects are what a question is about, aspects what somebody
 * wants to know of it, words are other synonyms, and outside is what nobody here can answer. A message and a
 * known question are both read by this one function, so that two ways of saying meet in the same ideas.
 */
import { createIdeaFinder, type Found, type Ideas, wordsOf } from "./faq-ideas.ts";
import { createVocabulary, stem } from "./faq-words.ts";

export interface FaqLexicon {
  readonly subjects: Ideas;
  readonly aspects: Ideas;
  readonly words: Ideas;
  readonly outside: Ideas;
  /** Subjects that belong to a wider one: what is asked on about them may be asked of that one. */
  readonly within?: Readonly<Record<string, string>>;
  /** What is no question but an order; `^a` only at the beginning, `^a$` only as the whole message. */
  readonly orders: readonly string[];
  /** Words that carry nothing by themselves. */
  readonly fillers: readonly string[];
}

/** A text as it was understood. */
export interface Reading {
  /** Ideas ("#hoe-vaak") and single stems ("nek"). */
  readonly units: ReadonlySet<string>;
  /** The ideas among them that are subjects, and those that are outside, each with its words ("dier:hond"). */
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
export function createReader(lexicon: FaqLexicon, others: Iterable<string>): Reader {
  const { subjects, aspects, outside, orders } = lexicon;
  const ideas: Ideas = { ...subjects, ...aspects, ...lexicon.words, ...outside };
  const ways = Object.values(ideas).flat().map(wordsOf);
  const alone = new Set(ways.flatMap((way) => (way.length === 1 ? way : [])));
  const fillers = new Set(lexicon.fillers.flatMap(wordsOf));
  const words = new Set(fillers);
  for (const way of ways) for (const word of way) words.add(word);
  for (const order of orders) for (const word of wordsOf(order)) words.add(word);
  for (const word of others) words.add(word);
  const vocabulary = createVocabulary(words, alone);
  const find = createIdeaFinder(ideas);
  const isOrder = orderly(orders);
  const byThemselves = new Set([...alone].map(stem));

  return (said) => {
    const places = said.map(vocabulary);
    const { at, taken, said: ways } = find(places);
    const isLight = (i: number) => fillers.has(said[i] as string);
    const units = new Set<string>();
    const reading = { subjects: [] as string[], outside: [] as string[] };
    for (const unit of at.keys()) {
      if (unit[0] !== "#") continue;
      const idea = unit.slice(1);
      if (idea in outside) {
        for (const strange of strangers(unit, ways, outside, isLight, (i) => places[i]?.[0] ?? "")) {
          if (units.has(strange)) continue;
          units.add(strange);
          reading.outside.push(strange.slice(1));
        }
        continue;
      }
      units.add(unit);
      if (idea in subjects) reading.subjects.push(idea);
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

/**
 * What was said of an idea from outside, each with its own words: a question that knows of teeth knows nothing of
 * knees. What stands within a longer way of saying what is known does not count (the teeth of "op je tanden bijten"),
 * nor does a word that carries nothing ("was" is no washing).
 */
function strangers(
  unit: string,
  said: Found["said"],
  outside: Ideas,
  isLight: (at: number) => boolean,
  stemAt: (at: number) => string,
): string[] {
  const own = said.filter((way) => way.unit === unit);
  if (own.length === 0) return [unit];
  const known = said.filter((way) => way.words.length > 1 && !(way.unit.slice(1) in outside));
  return own
    .filter(({ words }) => words.length > 1 || !words.every(isLight))
    .filter(
      ({ words }) =>
        !known.some((way) => way.words.length > words.length && words.every((at) => way.words.includes(at))),
    )
    .map(({ words }) => `${unit}${OF}${words.map(stemAt).join(" ")}`);
}

/** Stands between an idea from outside and the words it was said in. */
const OF = ":";

/** The idea of an entry of `Reading.outside`. */
export const outsideIdea = (entry: string): string => entry.split(OF, 1)[0] as string;

/** Words that ask; after "laat zien" or "klaar" too, what follows them is a question. */
const ASKING = new Set("hoe wat waarom wanneer welk welke hoeveel hoelang".split(" "));

/** Orders are taken literally: "stop", never "stoppen met ..."; and nothing that asks is one. */
function orderly(orders: readonly string[]): (words: readonly string[]) => boolean {
  const byFirst = new Map<string, { words: string[]; first: boolean; whole: boolean }[]>();
  for (const way of orders) {
    const words = wordsOf(way);
    const [head = ""] = words;
    const order = { words, first: way.startsWith("^"), whole: way.endsWith("$") };
    byFirst.set(head, [...(byFirst.get(head) ?? []), order]);
  }
  return (said) =>
    !said.some((word) => ASKING.has(word)) &&
    said.some((word, at) =>
      byFirst
        .get(word)
        ?.some(
          ({ words, first, whole }) =>
            (at === 0 || !first) &&
            (!whole || said.length === words.length) &&
            words.every((other, i) => said[at + i] === other),
        ),
    );
}
