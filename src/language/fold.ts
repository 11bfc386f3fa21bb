/**
 * How Dutch chat text is made comparable. Safety, questions and commands all read a message through these few
 * functions, so that a word is understood in the same way everywhere.
 *
 * There are three depths. `fold` makes one spelling of what is typed differently without being wrong (case,
 * accents, quotes, stretched letters). `tokenize` cuts it into words in their usual form ('k, mijnen, nie),
 * with the borders of sentences and clauses. `sound` and `near` forgive mistakes (ij/ei, d/t, a slip of the
 * finger); they can turn one real word into another ("beroerd", "beroerte"), so whoever uses them keeps a
 * word that is known as it stands.
 */

/** One word of a message. */
export interface Token {
  /** The word in its usual form: folded, with contractions and dialect spelling written out. */
  readonly word: string;
  /** The folded word as it was typed. */
  readonly typed: string;
  /** Counts up at each end of a sentence. */
  readonly sentence: number;
  /** Counts up at each end of a sentence, comma, colon, bracket or loose dash. */
  readonly clause: number;
  /** The punctuation that follows the word directly; empty where there is none. */
  readonly after: string;
}

const LAUGHTER =
  /[\u{1F600}-\u{1F606}\u{1F602}\u{1F605}\u{1F923}\u{1F639}\u{1F61C}\u{1F61D}\u{1F92A}\u{1F648}]+/gu;

/**
 * Lower case, without accents, invisible characters and fancy quotes; a letter typed three times or more is
 * brought back to what Dutch allows; laughing faces become the word "haha"; a digit between letters is read as
 * the letter that it looks like.
 */
export function fold(text: string): string {
  return (PLAIN.test(text) ? text.toLowerCase() : plain(text))
    .replace(/([a-z])\1{2,}/g, unstretch)
    .replace(/[a-z][0134]+(?=[a-z])/g, (run) => run.replace(/[0134]/g, (digit) => LOOKALIKE[digit] ?? digit));
}

/** Characters that `plain` leaves as they are but for their case: nearly every message is made of these alone. */
const PLAIN = /^[\n\x20-\x5f\x61-\x7e]*$/;

const plain = (text: string): string =>
  text
    .replace(LAUGHTER, " haha ")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}|\p{Cf}/gu, "")
    .replace(/[\u2018\u2019\u201a\u201b\u2032`\u00b4]/g, "'")
    .replace(/[\u2013\u2014\u2212]/g, " - ")
    .replace(/\u00b0/g, " graden ");

const LOOKALIKE: Readonly<Record<string, string>> = { "0": "o", "1": "i", "3": "e", "4": "a" };

/** A stretched vowel inside a word was long ("heeeel"), at the end it was short ("zooo") unless it is "nee". */
function unstretch(run: string, letter: string, at: number, whole: string): string {
  if (!"aeou".includes(letter)) return letter;
  const next = whole.charCodeAt(at + run.length);
  const inside = next >= 97 && next <= 122;
  return inside || letter === "e" ? letter + letter : letter;
}

/** Contractions, dialect and chat spelling of small words, with the usual form, which may be two words. */
const USUAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ik: "'k k ikke ek",
    is: "ist is't isset",
    die: "dieje diene",
    het: "'t t et",
    een: "'n n ne nen 'ne 'nen eene ene",
    de: "den d'n dn 'd d",
    mijn: "m'n mn mjin mijm mij'n mijnn mijne mijnen men mne m'ne mijner",
    zijn: "z'n zn zijne zijnen",
    haar: "d'r hare heur heure",
    ons: "onze onzen onz",
    dat: "da da'",
    wat: "wa",
    niet: "nie ni neit niit nt nit nie' niiet nieet nite neet nieit niett",
    geen: "gene genen gin gee gn",
    je: "ge gij gy jij u uw jouw uwe uwen jou jullie jy",
    ze: "zij zy",
    hij: "hy ie",
    even: "ff effe effen effekes efkes eventjes eve",
    nee: "neen nope neeje nenee",
    nu: "nou nouw",
    iets: "iet",
    met: "mee mt me'",
    ook: "oo ok'",
    zo: "zoo",
    "zo'n": "zon zone zo'ne zo'nen zulke zulk",
    meer: "mer mr meir",
    er: "der d'er",
    heel: "hele heul heele",
    als: "as",
    precies: "presies percies",
    goed: "goe",
    heeft: "eeft eet' heef",
    maar: "moar",
    naar: "noar",
    gaan: "goan",
    hoofd: "ooft oofd hoofke",
    elkaar: "mekaar malkander mekander",
    "niet meer": "nimeer nimmeer niemeer nemeer niemer nimer",
    "ik ben": "kben 'kben kzijn kzyn",
    "ik heb": "kheb 'kheb khep keb",
    "ik wil": "kwil 'kwil",
    "ik ga": "kga 'kga",
    "ik zie": "kzie 'kzie",
    "ik kan": "kkan 'kkan",
    "ik voel": "kvoel 'kvoel",
    "ik denk": "kdenk 'kdenk denkik",
    "ik zit": "kzit 'kzit",
    "ik moet": "kmoet 'kmoet",
    "ik krijg": "kkrijg 'kkrijg",
    "dat ik": "da'k dat'k",
    "het is": "tis 'tis",
    "het was": "twas 'twas",
    gelijk: "gelik gelijck",
    haha: "hahaha hahahaha haha' lol hihi xd lmao hehe hahah ahah ahaha",
  }).flatMap(([usual, spellings]) => spellings.split(" ").map((spelling) => [spelling, usual] as const)),
);

const WORD = /'?[a-z]+(?:'[a-z]+)*|\d+(?:[.,:]\d+)*|[.!?\n;]+|[,:()"]| -+ |\u2026/g;

/** The words of a message in order; everything that is neither a word nor a number only makes borders. */
export function tokenize(text: string): Token[] {
  const tokens: { word: string; typed: string; sentence: number; clause: number; after: string }[] = [];
  let sentence = 0;
  let clause = 0;
  for (const [piece] of fold(text).matchAll(WORD)) {
    const first = piece.charCodeAt(0);
    const isWord =
      (first >= 97 && first <= 122) || (first >= 48 && first <= 57) || (piece.length > 1 && first === 39);
    if (isWord) {
      const typed = USUAL.has(piece) ? piece : piece.replace(/^'/, "").replace(/'s?$/, "");
      for (const word of (USUAL.get(typed) ?? typed).split(" "))
        tokens.push({ word, typed, sentence, clause, after: "" });
      continue;
    }
    const last = tokens.at(-1);
    if (last && last.after === "") last.after = piece.trim() || "\n";
    clause += 1;
    if (/[.!?\n;\u2026]/.test(piece)) sentence += 1;
  }
  return tokens;
}

/** The words of a message alone, without its borders; plain small letters, as authors write, need no cutting up. */
export const words = (text: string): string[] =>
  SIMPLE.test(text)
    ? text.split(" ").flatMap((word) => (USUAL.get(word) ?? word).split(" "))
    : tokenize(text).map(({ word }) => word);

const SIMPLE = /^(?!.*([a-z])\1\1)[a-z]+(?: [a-z]+)*$/;

/**
 * How a word sounds, roughly: ij, ei and y are one, so are au and ou, a final d and t, single and double
 * consonants, c and k, ch and g. Two words that sound alike are the same word spelt differently, or a pair such as
 * "hart" and "hard".
 */
export const sound = (word: string): string => word.replace(SOUNDS, soundOf);

const SOUNDS = /([bcdfghjklmnpqrstvwxz])\1+|ij|y|ou|ph|th|sch|sg|ch|ck|c(?![ei])|q|x|(?:dt|td|d|b)$/g;

const HEARD: Readonly<Record<string, string>> = {
  ij: "ei",
  y: "ei",
  ou: "au",
  ph: "f",
  th: "t",
  sch: "sx",
  sg: "sx",
  ch: "g",
  ck: "k",
  c: "k",
  q: "k",
  x: "ks",
  dt: "t",
  td: "t",
  d: "t",
  b: "p",
};

const soundOf = (letters: string, doubled: string | undefined, at: number, word: string): string =>
  doubled === undefined
    ? (HEARD[letters] ?? letters)
    : doubled === "d" && at + letters.length === word.length
      ? "t"
      : doubled;

/**
 * Whether two words are at most `max` slips apart: a letter left out, added, changed, or two neighbours swapped
 * (Damerau, optimal string alignment). Bounded: it gives up as soon as a row is beyond `max`.
 */
export function near(a: string, b: string, max: number): boolean {
  if (Math.abs(a.length - b.length) > max) return false;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, (before[j - 2] as number) + 1);
      row.push(slips);
      if (slips < least) least = slips;
    }
    if (least > max) return false;
    before = above;
    above = row;
  }
  return (above[b.length] as number) <= max;
}

/** The slips that a word of this length may hold before it is another word: none below five letters. */
export const slipsFor = (length: number): number => (length < 5 ? 0 : length < 10 ? 1 : 2);
