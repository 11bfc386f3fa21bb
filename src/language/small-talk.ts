/**
 * Small talk: "hoi", "dankjewel", "ben je een mens?". It is recognised only when a message holds nothing else of
 * weight, so that "hoi, helpt warmte bij een stijve nek?" stays a question.
 */
import { wordsOf } from "./faq-ideas.ts";
import { near, sound } from "./fold.ts";

/** The id of the small talk that a message consists of, if that is all it is. */
export type SmallTalk = (text: string) => string | undefined;

interface Saying {
  readonly id: string;
  readonly words: readonly string[];
}

/** How many words may stand around the saying. */
const AROUND = 2;

/** Builds the recogniser; `fillers` are words that may stand around a saying. The longest saying names the talk. */
export function createSmallTalk(
  chats: readonly { readonly id: string; readonly says: readonly string[] }[],
  fillers: readonly string[],
): SmallTalk {
  const sayings: Saying[] = chats
    .flatMap(({ id, says }) => says.map((say) => ({ id, words: wordsOf(say) })))
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
    const words = wordsOf(text);
    if (words.length === 0) return [...signs].find(([sign]) => text.includes(sign))?.[1];
    if (words.length > most) return undefined;
    const left = [...words];
    let longest: Saying | undefined;
    for (const saying of sayings) {
      const at = find(left, saying.words);
      if (at < 0) continue;
      left.fill("", at, at + saying.words.length);
      longest ??= saying;
    }
    if (!longest) return undefined;
    const { id, words: said } = longest;
    const rest = left.filter((word) => word !== "");
    if (rest.some((word) => !light.has(word) && !own.get(id)?.has(word))) return undefined;
    return rest.length <= said.length + AROUND ? id : undefined;
  };
}

function find(words: readonly string[], part: readonly string[]): number {
  for (let at = 0; at + part.length <= words.length; at++)
    if (part.every((word, i) => same(word, words[at + i] as string))) return at;
  return -1;
}

const same = (a: string, b: string): boolean =>
  a === b || (a.length >= 5 && b.length >= 4 && near(sound(a), sound(b), a.length >= 8 ? 2 : 1));
