/**
 * The words that questions are made of, and how a word that somebody typed finds them.
 *
 * A word is known by its stem, so "masseert" and "masseren" are one. What is known as it stands is taken at its
 * word; only a word that nobody knows is read by its sound, cut into the words that it is composed of
 * ("gezichtsolie"), or read as a slip of the finger. The vocabulary is whatever the script holds: no word list.
 */
import { near, sound } from "./fold.ts";

/** Gives the stems that a word stands for, in the order in which they stand in it; none if nobody knows it. */
export type Vocabulary = (word: string) => readonly string[];

const VOWEL = /[aeiou]/;
/** From this length a known word is also read as what it is composed of. */
const LONG = 8;

/** A light Dutch stem: diminutives, plurals, verb endings; both sides of a comparison go through it. */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  let base = word
    .replace(/(?:etje|tje|pje|kje|je|eke|ke)s?$/, (ending, at: number) => (at < 3 ? ending : ""))
    .replace(/(?:ing)en$/, "ing");
  if (base.length >= 5 && base.endsWith("en")) base = shut(base.slice(0, -2));
  else if (base.length >= 4 && base.endsWith("e") && !base.endsWith("ee")) base = shut(base.slice(0, -1));
  else if (base.length >= 5 && base.endsWith("s") && !base.endsWith("ss")) base = base.slice(0, -1);
  if (base.length >= 5 && /[^aeiout]t$/.test(base)) base = base.slice(0, -1);
  else if (base.length >= 6 && /(?:aa|ee|oo|uu)[a-z]t$/.test(base)) base = base.slice(0, -1);
  base = base.replace(/v$/, "f").replace(/z$/, "s");
  return base.length >= 6 ? base.replace(/([aeou])\1/g, "$1") : base;
}

/** Spelling of a closed syllable: "kop(p)" from koppen, "koop" from kopen. */
function shut(open: string): string {
  const [a, b, c] = [open.at(-3) ?? "", open.at(-2) ?? "", open.at(-1) ?? ""];
  if (b === c && !VOWEL.test(c)) return open.slice(0, -1);
  const schwa = open.length > 4 && b === "e" && "rlnm".includes(c);
  if (VOWEL.test(b) && b !== "i" && !VOWEL.test(a) && !VOWEL.test(c) && !schwa)
    return `${open.slice(0, -1)}${b}${c}`;
  return open;
}

/** Builds the vocabulary of all words in the script; `small` are the words that never make up a compound. */
export function createVocabulary(words: Iterable<string>, small: ReadonlySet<string>): Vocabulary {
  const known = new Map<string, string>();
  const stems = new Set<string>();
  const bySound = new Map<string, string>();
  const byShape = new Map<string, { heard: string; stem: string }[]>();
  for (const word of words) {
    if (known.has(word)) continue;
    const root = stem(word);
    known.set(word, root);
    stems.add(root);
    if (word.length < 3) continue;
    for (const form of [word, root]) if (!bySound.has(sound(form))) bySound.set(sound(form), root);
    if (word.length < 4 || small.has(word)) continue;
    const heard = sound(word);
    const shape = `${heard[0]}${heard.length}`;
    const alike = byShape.get(shape);
    if (alike) alike.push({ heard, stem: root });
    else byShape.set(shape, [{ heard, stem: root }]);
  }

  const plain = (word: string): string | undefined => {
    const root = known.get(word);
    if (root !== undefined) return root;
    const own = stem(word);
    if (stems.has(own)) return own;
    return word.length < 3 ? undefined : (bySound.get(sound(word)) ?? bySound.get(sound(own)));
  };

  const parts = (word: string, depth: number): readonly string[] | undefined => {
    for (let at = word.length - 3; at >= 3; at--) {
      const head = word.slice(0, at);
      if (small.has(head)) continue;
      const first = plain(head);
      if (first === undefined) continue;
      for (const link of ["", "s", "e", "en"]) {
        if (!word.startsWith(link, at)) continue;
        const rest = word.slice(at + link.length);
        if (rest.length < 3 || small.has(rest)) continue;
        const second = plain(rest);
        if (second !== undefined) return [first, second];
        const more = depth > 0 ? parts(rest, depth - 1) : undefined;
        if (more) return [first, ...more];
      }
    }
    return undefined;
  };

  const slip = (word: string): string | undefined => {
    const heard = sound(word);
    const most = heard.length >= 9 ? 2 : 1;
    if (heard.length < 4) return undefined;
    for (let slips = 1; slips <= most; slips++)
      for (const length of around(heard.length, slips))
        for (const other of byShape.get(`${heard[0]}${length}`) ?? [])
          if ((heard.length > 4 || swapped(heard, other.heard)) && near(heard, other.heard, slips))
            return other.stem;
    return undefined;
  };

  return (word) => {
    const one = plain(word);
    if (one !== undefined) return word.length < LONG ? [one] : [one, ...(parts(word, 1) ?? [])];
    if (word.length < 4 || /\d/.test(word)) return [];
    const several = parts(word, 1);
    if (several) return several;
    const meant = slip(word);
    return meant === undefined ? [] : [meant];
  };
}

const around = (length: number, slips: number): number[] =>
  slips === 1 ? [length, length - 1, length + 1] : [length, length - 1, length + 1, length - 2, length + 2];

/** A four-letter word is only forgiven when its letters were typed in another order. */
const swapped = (a: string, b: string): boolean => [...a].sort().join("") === [...b].sort().join("");
