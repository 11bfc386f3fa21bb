/**
 * Small talk: "hoi", "dankjewel", "ben je een mens?". It is recognised only when a message holds nothing else of
 * weight, so that "hoi, helpt warmte bij een stijve nek?" stays a question.
 */
import { wordsOf } from "./faq-ideas.ts";
import { near, sound } from "./fold.ts";

/** The id of the small talk that a message consists of, if that is all it is. */
export type SmallTalk = (text: string) => string | undefined;

/** A word with its sound, worked out once. */
interface Heard {
  readonly word: string;
  readonly sound: string;
}

interface Saying {
  readonly id: string;
  readonly words: readonly Heard[];
}

const hear = (text: string): Heard[] => wordsOf(text).map((word) => ({ word, sound: sound(word) }));

/** How many words may stand around the saying. */
const AROUND = 2;
/** Around a saying these ask or deny something: "en wanneer beter niet?" and "ik snap het niet" are no small talk. */
const ASKING = new Set(
  "hoe wat wie waar wanneer waarom welk welke hoeveel hoelang mag mogen moet elke iedere niet geen".split(
    " ",
  ),
);

/** Builds the recogniser; `fillers` are words that may stand around a saying. The longest saying names the talk. */
export function createSmallTalk(
  chats: readonly { readonly id: string; readonly says: readonly string[] }[],
  fillers: readonly string[],
): SmallTalk {
  const sayings: Saying[] = chats
    .flatMap(({ id, says }) => says.map((say) => ({ id, words: hear(say) })))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length);
  const signs = new Map(
    chats.flatMap(({ id, says }) =>
      says.filter((say) => wordsOf(say).length === 0).map((say) => [say.trim(), id]),
    ),
  );
  const own = new Map(chats.map(({ id, says }) => [id, new Set(says.flatMap(wordsOf))]));
  const light = new Set(fillers.flatMap(wordsOf));

  const most = (sayings[0]?.words.length ?? 0) + AROUND;

  return (text) => {
    const words = hear(text);
    if (words.length === 0) return [...signs].find(([sign]) => text.includes(sign))?.[1];
    if (words.length > most) return undefined;
    const left: (Heard | undefined)[] = [...words];
    let longest: Saying | undefined;
    for (const saying of sayings) {
      const at = find(left, saying.words, light);
      if (at < 0) continue;
      left.fill(undefined, at, at + saying.words.length);
      longest ??= saying;
    }
    if (!longest) return undefined;
    const { id, words: said } = longest;
    const rest = left.flatMap((heard) => (heard ? [heard.word] : []));
    if (rest.some((word) => ASKING.has(word) || !(light.has(word) || own.get(id)?.has(word))))
      return undefined;
    return rest.length <= said.length + AROUND ? id : undefined;
  };
}

function find(
  words: readonly (Heard | undefined)[],
  part: readonly Heard[],
  light: ReadonlySet<string>,
): number {
  for (let at = 0; at + part.length <= words.length; at++)
    if (part.every((heard, i) => same(heard, words[at + i], light))) return at;
  return -1;
}

/** Only an uncommon word of some length, with the same beginning, is read as a slip of the finger. */
const same = (a: Heard, b: Heard | undefined, light: ReadonlySet<string>): boolean =>
  b !== undefined &&
  (a.word === b.word ||
    (a.word.length >= 5 &&
      !light.has(b.word) &&
      b.word.length >= 4 &&
      a.sound[0] === b.sound[0] &&
      near(a.sound, b.sound, a.word.length >= 8 ? 2 : 1)));
