/**
 * Words that give a command: "stop maar", "even pauze", "begin met de hoofdmassage".
 *
 * A command is a whole message, not a word in one: "stop" is a command, "wanneer stop ik met werken" is not.
 * So what remains after the small words must be the command's own words, and a question is never a command.
 */
import { fold, near, tokenize } from "./fold.ts";

/** Something that can be said: its name, and the ways to say it. */
export interface CommandWords {
  readonly name: string;
  readonly words: readonly string[];
  /** "begin met ...", "doe ... maar" may stand before it. */
  readonly startable: boolean;
}

/** The name of the command that this text gives, if it gives one. */
export type CommandReader = (text: string) => string | undefined;

/** Small words that change nothing about a command. */
const SMALL = new Set(
  (
    "de het een mijn je ik we wil zou willen graag maar even eens nog dan nu ook alsjeblieft alstublieft aub svp " +
    "please ok oke oké hoor toch met mij me samen gewoon direct meteen alvast weer naar van om te kun kunt kan kunnen mag " +
    "laten laat we gaan ga zullen hier deze dit die rondje sessie keer zetten zet"
  ).split(" "),
);

/** What a person says to begin something. */
const START = new Set(
  "start starten begin beginnen doe doen open geef volg volgen speel leid begeleid wil graag gaan".split(" "),
);

/** With one of these it is no beginning: "hoofdmassage niet doen", "gezichtsmassage, wat doet dat". */
const NOT_STARTING = new Set("niet geen hoe hoeveel hoelang wat waarom wanneer welk welke".split(" "));

const QUESTION_START = new Set(
  (
    "hoe hoeveel hoelang hoevaak hoezo wat wie waar waarom wanneer welk welke waarmee waarvoor mag moet kan kunnen kun kunt " +
    "is zijn helpt werkt doet heeft krijg geeft bestaat bestaan zou"
  ).split(" "),
);

/** Whether this text asks something, rather than tells or commands. */
export function looksLikeQuestion(text: string): boolean {
  if (text.includes("?")) return true;
  const words = tokenize(text);
  return words.length > 2 && QUESTION_START.has(words[0]?.word ?? "");
}

/** The one-time code in this text: four letters and four figures, in any case, with or without a dash. */
export function readCode(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, "").toUpperCase();
  return /^[A-Z]{4}[0-9]{4}$/.test(code) ? code : undefined;
}

/** Whether this text says where somebody is living or staying. */
export const livesIn = (text: string): boolean =>
  /\b(?:ik (?:woon|zit|verblijf|logeer|ben)(?: nu| tijdelijk| even| momenteel)? in|woon ik(?: nu| tijdelijk| momenteel)? in|mijn tijdzone is)\b/.test(
    tokenize(text)
      .map((t) => t.word)
      .join(" "),
  );

/** Whether this text asks to be reminded ("herinner me ...", "stuur me elke avond een seintje"). */
export function asksReminder(text: string): boolean {
  const said = tokenize(text).map((t) => t.word);
  if (text.includes("?") && !REQUEST.test(said[0] ?? "")) return false;
  return said.some((w) => REMIND.test(w)) && !said.some((w) => NO_MORE.test(w));
}

/** Whether it is said as a wish: it may then leave out the days or the time, where a mere mention may not. */
export function wishesReminder(text: string): boolean {
  const [first = "", ...rest] = tokenize(text).map((t) => t.word);
  return REMIND.test(first) || [first, ...rest].some((w) => WISH.test(w));
}

/** Whether what is asked is another time for a reminder that there is ("verzet mijn herinnering naar 22 uur"). */
export function changesReminder(text: string): boolean {
  const said = tokenize(text).map((t) => t.word);
  return said.some((w) => CHANGE.test(w)) || SET_THAT_ONE.test(said.join(" ")) || INSTEAD.test(fold(text));
}

/** A text without what it says is no longer so: "om 22 uur in plaats van half tien". */
export const withoutInstead = (text: string): string => text.replace(INSTEAD, " ");

/** What is said after words that ask for another time ("zet hem op 22 uur", "liever om 22 uur"), if they stand in front. */
export const askedInstead = (text: string): string | undefined => OTHERWISE.exec(fold(text).trim())?.[1];

/** "zet de herinnering op 22 uur": that one, not one more. */
const SET_THAT_ONE = /\bzet (?:de|mijn|die|deze) (?:herin+er|reminder)/;

const INSTEAD = /\b(?:in plaats van|ipv) .*$/;
const OTHERWISE =
  /^(?:(?:kun|kan|wil) je )?(?:(?:verzet|verplaats|verschuif|verander|wijzig|zet|maak|doe)(?: (?:hem|het|die|dat|deze|er|ze))?(?: (?:maar|liever|graag|even))*(?: (?:naar|op|in|van|er))?|(?:toch )?liever(?: maar)?|kan het) (.+)$/;

const NO_MORE = /^(?:niet|geen|nooit|stop|stoppen|uit|uitzetten|verwijder|annuleer)$/;
/** A request that is put as a question is a request. */
const REQUEST = /^(?:kun|kan|kunt|kunnen|mag|wil|wilt|zou|stuur|herinner|zet)$/;
const WISH =
  /^(?:herinner|zet|stuur|geef|maak|plan|wil|graag|mag|kun|kan|verzet|verander|wijzig|verplaats|verschuif)$/;
const CHANGE = /^(?:verander|wijzig|verzet|verplaats|verschuif|aanpas|aangepast$|pas$)/;
const REMIND = /^(?:herin+er|reminder|ping|wek$|waarschuw|seintje|berichtje|alarm$)/;

/** Whether this text only tells something about the writer, and asks nothing. */
export function onlyTells(text: string): boolean {
  const words = tokenize(text).map((t) => t.word);
  return !text.includes("?") && words.includes("ik") && !words.some((w) => QUESTION_START.has(w));
}

/** Reads commands by these words. */
export function createCommands(commands: readonly CommandWords[]): CommandReader {
  const byWords = new Map<string, string>();
  const startable: { name: string; words: readonly string[] }[] = [];
  for (const { name, words, startable: canStart } of commands) {
    for (const said of words) {
      byWords.set(key(said), name);
      if (canStart) startable.push({ name, words: core(said) });
    }
  }
  startable.sort((a, b) => b.words.length - a.words.length);

  return (text) => {
    if (text.length > 120) return undefined;
    const typed = fold(text).trim();
    const exact = byWords.get(key(typed));
    if (exact !== undefined) return exact;
    if (looksLikeQuestion(text)) return undefined;
    const words = core(text);
    if (words.length === 0 || words.length > 6) return undefined;
    const joined = byWords.get(words.join(" "));
    if (joined !== undefined) return joined;
    const slipped = words.length <= 3 ? bySlip(byWords, words.join(" ")) : undefined;
    if (slipped !== undefined) return slipped;
    return started(startable, text, words);
  };
}

/** The words of a text without the small ones; all of them where only small ones are left. */
function core(text: string): string[] {
  const words = tokenize(text).map((t) => t.word);
  const big = words.filter((w) => !SMALL.has(w));
  // "Wat" alone is not what "wat kun je" says.
  const whole = big.length === 0 || (big.length === 1 && QUESTION_START.has(big[0] ?? ""));
  return whole ? words : big;
}

const key = (text: string): string => core(text).join(" ");

/** One slip of the finger in a command of five letters or more ("pauez", "opniuew"). */
function bySlip(byWords: ReadonlyMap<string, string>, words: string): string | undefined {
  if (words.length < 5) return undefined;
  for (const [said, name] of byWords) if (said.length >= 5 && near(said, words, 1)) return name;
  return undefined;
}

/** "begin maar met de adem reset": a word to begin with, and the words of what should begin. */
function started(
  startable: readonly { name: string; words: readonly string[] }[],
  text: string,
  words: readonly string[],
): string | undefined {
  const said = tokenize(text).map((t) => t.word);
  if (!said.slice(0, 4).some((word) => START.has(word))) return undefined;
  if (said.some((word, i) => NOT_STARTING.has(word) || (word === "laten" && said[i + 1] === "doen")))
    return undefined;
  const rest = words.filter((w) => !START.has(w));
  return startable.find(
    (s) =>
      s.words.length > 0 &&
      s.words.length <= rest.length &&
      s.words.every((w) => rest.some((r) => same(r, w))) &&
      rest.length <= s.words.length + 1,
  )?.name;
}

const same = (a: string, b: string): boolean => a === b || (b.length >= 6 && near(a, b, 1));
