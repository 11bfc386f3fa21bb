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
    .replace(/(?:etje|tje|pje|kje|(?<![lmnr])je|eke|ke)s?$/, (ending, at: number) => (at < 3 ? ending : ""))
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

/** Builds the vocabulary of all `words` in the script; a compound is only cut into words of `ideas`. */
export function createVocabulary(words: Iterable<string>, ideas: ReadonlySet<string>): Vocabulary {
  const known = new Map<string, string>();
  const stems = new Set<string>();
  const bySound = new Map<string, string>();
  const byShape = new Map<string, { heard: string; word: string }[]>();
  for (const word of words) {
    if (known.has(word)) continue;
    const root = stem(word);
    known.set(word, root);
    stems.add(root);
    if (word.length < 3) continue;
    for (const form of [heard(word), heard(root)]) if (!bySound.has(form)) bySound.set(form, root);
    if (word.length < 4) continue;
    const form = heard(word);
    const shape = `${form[0]}${form.length}`;
    const alike = byShape.get(shape);
    if (alike) alike.push({ heard: form, word });
    else byShape.set(shape, [{ heard: form, word }]);
  }
  const whole = new Set([...ideas].map(stem));

  const plain = (word: string): string | undefined => {
    const root = known.get(word);
    if (root !== undefined) return root;
    const own = stem(word);
    if (stems.has(own)) return own;
    return word.length < 3 ? undefined : (bySound.get(heard(word)) ?? bySound.get(heard(own)));
  };

  const part = (word: string, spelled: boolean): string | undefined => {
    const root = spelled ? (known.get(word) ?? stem(word)) : plain(word);
    return root !== undefined && whole.has(root) ? root : undefined;
  };

  /** The ideas that a word is composed of; `spelled` where it is spelled as in the script. */
  const cut = (word: string, depth: number, spelled: boolean): readonly string[] | undefined => {
    for (let at = word.length - 3; at >= 3; at--) {
      const first = part(word.slice(0, at), spelled);
      if (first === undefined) continue;
      for (const link of ["", "s", "e", "en"]) {
        if (!word.startsWith(link, at)) continue;
        const rest = word.slice(at + link.length);
        if (rest.length < 3) continue;
        const second = part(rest, spelled);
        if (second !== undefined) return [first, second];
        const more = depth > 0 ? cut(rest, depth - 1, spelled) : undefined;
        if (more) return [first, ...more];
      }
    }
    return undefined;
  };

  const slip = (word: string): string | undefined => {
    const form = heard(word);
    if (form.length < 4) return undefined;
    for (const slips of form.length >= 10 ? [1, 2] : [1])
      for (const length of [0, -1, 1, -2, 2].slice(0, 1 + 2 * slips))
        for (const other of byShape.get(`${form[0]}${form.length + length}`) ?? [])
          if (forgiven(form, other.heard) && near(form, other.heard, slips)) return other.word;
    return undefined;
  };

  const taken = new Map<string, readonly string[]>();
  /** A known word as it stands, cut when it is first said. */
  const asIs = (word: string): readonly string[] | undefined => {
    const before = taken.get(word);
    if (before) return before;
    const root = known.get(word);
    if (root === undefined) return undefined;
    const stems = word.length < LONG ? [root] : [root, ...(cut(word, 1, true) ?? [])];
    taken.set(word, stems);
    return stems;
  };

  return (word) => {
    const stems = asIs(word);
    if (stems) return stems;
    const one = plain(word);
    if (one !== undefined) return word.length < LONG ? [one] : [one, ...(cut(word, 1, false) ?? [])];
    if (word.length < 4 || /\d/.test(word)) return [];
    const several = cut(word, 1, true);
    if (several) return several;
    const meant = slip(word);
    if (meant !== undefined) return asIs(meant) ?? [];
    return word.length < LONG ? [] : (cut(word, 1, false) ?? []);
  };
}

/** How a word sounds, with f and v, s and z, i and ie taken as one: people mix these up in writing. */
const heard = (word: string): string => sound(word).replace(/v/g, "f").replace(/z/g, "s").replace(/ie/g, "i");

/** In a short word another letter makes another word; a letter too many, too few or in another place does not. */
const forgiven = (a: string, b: string): boolean =>
  a.length > 6 ||
  (a.length > 4 && a.length !== b.length) ||
  [...a].sort().join("") === [...b].sort().join("");
