/**
 * What people answer: yes, no and "I don't know" in Dutch and Flemish, and which of several choices they mean.
 *
 * A health question hangs on these answers, so they are read strictly: the whole message has to be an answer,
 * or begin with one and go on without taking it back. "nee, ik heb wel koorts" is not a no. A choice is looked
 * for from strict to loose, and the first way in which anything fits decides. In doubt nothing is understood, and
 * the question is asked again.
 */
import {
  BUT,
  LONGEST,
  MEANINGS,
  type Meaning,
  NEGATION,
  NO_HEAD,
  YES_HEAD,
  type YesNo,
} from "./answer-words.ts";
import { near, slipsFor, type Token, tokenize } from "./fold.ts";
import { wholeNumber } from "./numbers.ts";

/** What a message answers to a yes-or-no question; undefined where it is no answer, or in doubt. */
export function readYesNo(text: string): YesNo | undefined {
  if (text.length > 200) return undefined;
  const tokens = tokenize(text).map((token, _, all) => asSpoken(token, all.length === 1));
  const words = tokens.map((token) => token.word);
  const meanings = tokens.length === 0 ? new Set<Meaning>() : meaningsOf(words);
  const asks = text.includes("?");
  if (!meanings) return asks ? undefined : readHead(tokens);
  const answer = combine(meanings);
  if (asks) return answer === "unsure" ? answer : undefined;
  return answer ?? (has(meanings, "yes") || has(meanings, "no") ? undefined : readEmoji(text));
}

/** "n" and "ne" are the article everywhere but in an answer; a stretched "jaaah" is still yes. */
function asSpoken(token: Token, alone: boolean): Token {
  const word = /^ja+h*$/.test(token.typed)
    ? "ja"
    : /^nee+[hij]?$/.test(token.typed) || (alone && /^ne?$/.test(token.typed))
      ? "nee"
      : alone && token.typed === "k"
        ? "ok"
        : token.word;
  return { ...token, word };
}

/** The meanings of the phrases that make up the whole message, the longest phrase first; undefined when a word is left. */
function meaningsOf(words: readonly string[]): Set<Meaning> | undefined {
  const meanings = new Set<Meaning>();
  for (let at = 0; at < words.length; ) {
    let length = Math.min(LONGEST, words.length - at);
    while (length > 0 && !MEANINGS.has(words.slice(at, at + length).join(" "))) length--;
    if (length === 0) return undefined;
    meanings.add(MEANINGS.get(words.slice(at, at + length).join(" ")) as Meaning);
    at += length;
  }
  return meanings;
}

const has = (meanings: ReadonlySet<Meaning>, ...all: Meaning[]) =>
  all.every((meaning) => meanings.has(meaning));

function combine(meanings: ReadonlySet<Meaning>): YesNo | undefined {
  if (has(meanings, "yes", "no") || has(meanings, "no", "mild")) return undefined;
  if (has(meanings, "unsure")) return "unsure";
  if (has(meanings, "yes")) return "yes";
  if (has(meanings, "no")) return "no";
  return has(meanings, "mild") || has(meanings, "sigh") ? "unsure" : undefined;
}

/** An answer that goes on: "ja, ik heb koorts", "nee ik heb geen koorts". Each part of a no must be a no. */
function readHead(tokens: readonly Token[]): YesNo | undefined {
  const [head, ...rest] = tokens;
  if (!head || rest.length > 8 || rest.some((token) => BUT.test(token.word))) return undefined;
  const clauses = [...new Set(rest.map((token) => token.clause))].map((clause) =>
    rest.some((token) => token.clause === clause && NEGATION.test(token.word)),
  );
  if (YES_HEAD.test(head.word)) return clauses.some((negated) => negated) ? undefined : "yes";
  if (NO_HEAD.test(head.word)) return clauses.every((negated) => negated) ? "no" : undefined;
  return undefined;
}

const EMOJI: readonly (readonly [YesNo, RegExp])[] = [
  ["yes", /[\u{1F44D}\u{1F44C}\u{2705}\u{2714}\u{2611}\u{1F646}\u{1F197}\u{1F4AF}]/u],
  ["no", /[\u{1F44E}\u{274C}\u{2716}\u{1F6AB}\u{1F645}\u{26D4}]/u],
  ["unsure", /\u{1F937}/u],
];

function readEmoji(text: string): YesNo | undefined {
  const said = EMOJI.filter(([, form]) => form.test(text));
  return said.length === 1 ? said[0]?.[0] : undefined;
}

/** A choice as it is shown, with other words that an author gave for it. */
export interface Label {
  readonly label: string;
  readonly words?: readonly string[];
  /** It throws something away: fewer words than its own never mean it. */
  readonly final?: boolean;
}

const ORDINALS: readonly RegExp[] = [
  /^(?:1e|1ste|eerste|bovenste)$/,
  /^(?:2e|2de|tweede)$/,
  /^(?:3e|3de|derde)$/,
  /^(?:4e|4de|vierde)$/,
  /^(?:5e|5de|vijfde)$/,
  /^(?:6e|6de|zesde)$/,
  /^(?:7e|7de|zevende)$/,
  /^(?:8e|8ste|achtste)$/,
  /^(?:9e|9de|negende)$/,
  /^(?:10e|10de|tiende)$/,
];
const FILLER = new Set(
  `ik wil graag de het een die dat deze dit doe maar kies voor ga nemen neem pak optie nummer nr keuze antwoord knop liefst liever
  gewoon dan ja ok oke hoor aub alsjeblieft svp bedankt eentje mij me geef toch denk nu naar om zou willen wel even`.split(
    /\s+/,
  ),
);
const DENIAL = /^(?:niet|geen|nee|neen|nooit|zonder|behalve)$/;
const QUESTION = /\?|^\s*(?:wat|hoe|waarom|wanneer|waar|wie|welke|hoeveel|hoelang|kan|mag|moet|is|zijn)\b/i;

/** The index of the one choice that a person means; undefined when none or more than one fits. */
export function matchLabel(text: string, labels: readonly Label[]): number | undefined {
  if (text.length > 200) return undefined;
  const said = wordsOf(text);
  if (said.length === 0)
    return only(labels, (one) => one.label.trim() === text.trim()) ?? byAnswer(text, labels);
  const meant = said.filter((word) => !FILLER.has(word));
  const phrases = labels.map((one) => [one.label, ...(one.words ?? [])].map(wordsOf));
  const ways: ((phrase: string[]) => boolean)[] = [
    (phrase) => same(phrase, said),
    (phrase) => meant.length > 0 && same(content(phrase), meant),
  ];
  for (const way of ways) {
    const fits = indices(phrases, (all) => all.some(way));
    if (fits.length > 0) return fits.length === 1 ? fits[0] : undefined;
  }
  const number = byNumber(said, meant, phrases);
  if (number !== undefined) return number < 0 ? undefined : number;
  if (QUESTION.test(text) || said.length > 8) return undefined;
  // "Ja" and "Nee" are read as answers only: a part of a sentence is no yes.
  const others = phrases.map((all) => all.filter((phrase) => readYesNo(phrase.join(" ")) === undefined));
  const partly = labels.map((one) => one.final !== true);
  return byParts(meant, others, partly) ?? byAnswer(text, labels);
}

/** "2", "optie 2", "de tweede", "laatste". Where labels hold figures themselves a bare number means those. -1: two fit. */
function byNumber(
  said: readonly string[],
  meant: readonly string[],
  phrases: readonly string[][][],
): number | undefined {
  const [word = "", ...more] = meant;
  const number = wholeNumber(meant.length === 0 && said.includes("een") ? "een" : word);
  if (more.length > 0) return undefined;
  const place = /^(?:laatste|onderste)$/.test(word)
    ? phrases.length - 1
    : ORDINALS.findIndex((form) => form.test(word));
  if (place >= 0) return place < phrases.length ? place : -1;
  if (number === undefined || (meant.length === 0 && said.length > 1)) return undefined;
  const held = indices(phrases, ([label = []]) =>
    label.some((part) => wholeNumber(part) === number && part !== "een"),
  );
  const figures = phrases.some(([label = []]) =>
    label.some((part) => part !== "een" && wholeNumber(part) !== undefined),
  );
  const asPlace = said.some((part) => /^(?:optie|nummer|nr|keuze|antwoord|knop)$/.test(part));
  if (figures && !asPlace) return held.length === 1 ? held[0] : -1;
  return number >= 1 && number <= phrases.length ? number - 1 : -1;
}

/** A label within the message, the message within a label (of those in `partly`), then the same with slips forgiven. */
function byParts(
  meant: readonly string[],
  phrases: readonly string[][][],
  partly: readonly boolean[],
): number | undefined {
  if (meant.length === 0) return undefined;
  const denied = meant.some((word) => DENIAL.test(word));
  const fair = (phrase: readonly string[]) => !denied || phrase.some((word) => DENIAL.test(word));
  for (const alike of [equal, begins, slip]) {
    const within = phrases.map((all) =>
      Math.max(
        0,
        ...all.map((phrase) => {
          const parts = content(phrase);
          const found = parts.length > 0 && parts.every((part) => meant.some((word) => alike(part, word)));
          return found && fair(phrase) && meant.length - parts.length <= 2 ? parts.length : 0;
        }),
      ),
    );
    const most = Math.max(...within);
    if (most > 0) return within.filter((n) => n === most).length === 1 ? within.indexOf(most) : undefined;
    const around = indices(
      phrases,
      (all, i) =>
        partly[i] === true &&
        all.some((phrase) => fair(phrase) && meant.every((word) => phrase.some((part) => alike(part, word)))),
    );
    if (around.length > 0) return around.length === 1 ? around[0] : undefined;
  }
  return undefined;
}

/** "jazeker" for "Ja", "liever niet" for "Nee". */
function byAnswer(text: string, labels: readonly Label[]): number | undefined {
  const answer = readYesNo(text);
  if (answer === undefined) return undefined;
  return only(labels, (one) =>
    [one.label, ...(one.words ?? [])].some((phrase) => readYesNo(phrase) === answer),
  );
}

const equal = (part: string, word: string): boolean => part === word;
/** The beginning of a word ("herin"), or the word with an ending ("kwartiertje"). */
const begins = (part: string, word: string): boolean =>
  (word.length >= 3 && part.startsWith(word)) ||
  (part.length >= 4 && word.startsWith(part) && word.length <= part.length + 3);
/** Short words forgive only two letters swapped. */
const slip = (part: string, word: string): boolean =>
  near(part, word, part.length < 5 ? 1 : Math.max(1, slipsFor(part.length))) &&
  (part.length > 4 || [...part].sort().join() === [...word].sort().join());

const wordsOf = (text: string): string[] => tokenize(text).map((token) => token.word);
const content = (phrase: readonly string[]): string[] => {
  const left = phrase.filter((word) => !FILLER.has(word));
  return left.length > 0 ? left : [...phrase];
};
const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 0 && a.join(" ") === b.join(" ");

function indices<T>(all: readonly T[], fits: (one: T, i: number) => boolean): number[] {
  return all.flatMap((one, i) => (fits(one, i) ? [i] : []));
}

function only<T>(all: readonly T[], fits: (one: T) => boolean): number | undefined {
  const found = indices(all, fits);
  return found.length === 1 ? found[0] : undefined;
}
