/**
 * What the ear is taught: every labelled message in `test/safety` that is not sealed, the examples beside the flags,
 * and what must stay silent; and the messages once more as people might also have typed them: with slips, with words
 * left out, with something harmless before or after it, or with what people add to anything.
 */
import { readdirSync, readFileSync } from "node:fs";
import { readCases, type SafetyCase } from "../../../src/cli/eval-safety.ts";
import { loadSafety } from "../../../src/cli/load-safety.ts";
import { contentOf } from "../../../src/content.ts";
import { CONTEXT_CONCEPTS, readContext } from "../../../src/language/context.ts";
import { forEar, LEARNED } from "../../../src/language/ear.ts";
import { type Signs, signsOf } from "../../../src/language/ear-signs.ts";
import { tokenize } from "../../../src/language/fold.ts";
import { createMatcher } from "../../../src/language/match.ts";
import { createScreen, type Level } from "../../../src/language/screen.ts";
import { readFaq } from "../../faq/script.ts";

/** A message as it is learned. */
export interface Example {
  readonly signs: Signs;
  readonly expect: Level | "none";
  /** How right each of `LEARNED` is: all on the label, a quarter of it on what else counts as right. */
  readonly target: readonly number[];
  readonly share: number;
  /** Who wrote it: the file it comes from. */
  readonly writer: string;
  readonly case: SafetyCase;
  /** Made out of another one, so nobody wrote it like this. */
  readonly made: boolean;
}

/** The phrases of the safety reference. */
export const PHRASES = "phrases.jsonl";

/** The writers are left out in this many groups. */
export const FOLDS = 8;

/** Everyday talk has no writer of its own: a part of its lines is left out each time, predicted from the others. */
const EVERYDAY = "everyday.jsonl";
const writerOf = (name: string, line: number): string =>
  name === EVERYDAY ? `${line % FOLDS} ${EVERYDAY}` : name;

/** Whether the harmless lines of this file were written to look like a sign; what people ask is everyday. */
export const isHard = (writer: string): boolean => !writer.startsWith("faq ") && !writer.endsWith(EVERYDAY);

/** What a message that was made counts beside one that somebody wrote. */
const MADE = 0.4;

const folder = new URL("../../safety/", import.meta.url);
export const safety = loadSafety("flows");
export const rules = createScreen(safety.rules);
const concepts = {
  ...Object.fromEntries(CONTEXT_CONCEPTS.map((name) => [name, []])),
  ...safety.rules.concepts,
};
const matcher = createMatcher(concepts, []);

function signs(text: string): Signs {
  const tokens = tokenize(text);
  const matches = matcher.match(tokens);
  return signsOf(forEar({ tokens, matches, context: readContext(tokens, matches) }, Object.keys(concepts)));
}

function example(line: SafetyCase, writer: string, share = 1): Example {
  const { expect, also = [] } = line;
  const part = also.length > 0 ? 0.25 : 0;
  const target = LEARNED.map(
    (level) => (level === expect ? 1 - part : 0) + (also.includes(level) ? part / also.length : 0),
  );
  return {
    signs: signs(line.text),
    expect,
    target,
    share: line.ambiguous ? share * 0.3 : share,
    writer,
    case: line,
    made: false,
  };
}

/** One generator for all that is left to chance, so that the same input gives the same bytes. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * What people add to anything: they make light of it, or go on with the chat. Learned beside every message, so that
 * it weighs nothing.
 */
const ADDED =
  `zal wel meevallen; zal wel niks zijn; het stelt vast niets voor; ik zal me wel aanstellen; mijn man zegt dat
het stress is; mijn vrouw vindt dat ik overdrijf; volgens mijn collega is het niks; komt vast van de stress; waarschijnlijk
gewoon moe; het gaat wel weer over; ik maak me geen zorgen hoor; geen drama; niks aan de hand verder; kan toch gebeuren;
zal de leeftijd zijn; beetje overdreven misschien; ge moet u niet ongerust maken; 't zal wel overwaaien; is vast een spiertje;
ik wacht nog even af; ik wil niemand lastigvallen; de dokter heeft het al druk genoeg; morgen zien we wel; voor de rest
alles goed; valt reuze mee; mijn moeder denkt dat ik te weinig slaap; zal wel verkeerd gelegen hebben; ik ben ook zo'n
zeur; het is vast psychisch; gewoon een slechte dag; hoort er gewoon bij; heb ik wel vaker; niets om 112 voor te bellen;
we kijken het nog even aan; haha; hahaha; lol; wat nu; wat moet ik doen; en nu; volgende stap; verder; ik ga gewoon door met de
routine; maar ik wil wel verder met de massage; welke oefening helpt; heb je een massage; kun je iets rustigs doen; hoe lang
duurt de volgende; mag ik wel masseren; welke greep past hierbij; zullen we beginnen; sorry voor het storen; bedankt alvast;
denk ik; geloof ik; of zo; help; snap je; weet je; goeiemorgen; hallo; zet de herinnering maar op acht uur; ik zit op de bank;
ik lig al in bed; ik ben op mijn werk; ben net thuis; typ ik even snel; tips`
    .split(";")
    .map((said) => said.trim().replace(/\s+/g, " "));

/** The messages about safety once more, as they might also have been typed; a label stays what it was. */
export function alsoTyped(set: readonly Example[]): Example[] {
  const random = dice(7);
  const harmless = set.filter(({ writer }) => writer === "asks" || writer.startsWith("faq "));
  const slip = (word: string): string => {
    if (word.length < 4 || random() > 0.25) return word;
    const at = 1 + Math.floor(random() * (word.length - 2));
    const [before, letter, next, after] = [
      word.slice(0, at),
      word[at] ?? "",
      word[at + 1] ?? "",
      word.slice(at + 2),
    ];
    const kind = random();
    if (kind < 0.35) return before + next + after;
    return kind < 0.7 ? before + next + letter + after : before + letter + letter + next + after;
  };
  const words = (text: string) => text.split(" ");
  const shortened = (text: string) =>
    words(text).length < 6 ? words(text) : words(text).filter(() => random() > 0.15);
  const beside = (text: string): string => {
    const other = harmless[Math.floor(random() * harmless.length)]?.case.text ?? "";
    return random() < 0.5 ? `${other}. ${text}` : `${text}. ${other}`;
  };
  const withMore = (text: string): string => {
    const more = ADDED[Math.floor(random() * ADDED.length)] ?? "";
    const joint = [", ", " maar ", ". ", " "][Math.floor(random() * 4)] ?? " ";
    return random() < 0.25 ? `${more}${joint}${text}` : `${text}${joint}${more}`;
  };
  return set
    .filter(({ writer }) => writer.endsWith(".jsonl") && !writer.startsWith("faq "))
    .flatMap((own) =>
      [
        words(own.case.text).map(slip).join(" "),
        shortened(own.case.text).join(" "),
        beside(own.case.text),
        withMore(own.case.text),
      ].map((text): Example => ({ ...own, signs: signs(text), share: own.share * MADE, made: true })),
    );
}

/** All that somebody wrote, in an order that stays the same. */
export function readAll(): Example[] {
  const silent = (text: string, writer: string, share?: number) =>
    example({ text, expect: "none" }, writer, share);
  const faq = new URL("../../faq/", import.meta.url);
  const lines = (from: URL, name: string) => readCases(readFileSync(new URL(name, from), "utf8"));
  const names = (from: URL) =>
    readdirSync(from).filter((name) => name.endsWith(".jsonl") && !name.includes("sealed"));
  const levels = new Map(safety.flags.map(({ id, level }) => [id, level]));
  return [
    ...names(folder)
      .sort()
      .flatMap((name) => lines(folder, name).map((line, i) => example(line, writerOf(name, i)))),
    ...names(faq)
      .sort()
      .flatMap((name) => lines(faq, name).map(({ text }) => silent(text, `faq ${name}`))),
    ...readFaq().source.topics.flatMap(({ asks }) => asks.map((text) => silent(text, "asks", 0.5))),
    ...ownWords().map((text) => silent(text, "own words", 3)),
    ...safety.examples.map(({ text, expect, flag }) =>
      example({ text, expect: expect === "none" ? "none" : (levels.get(flag) ?? "none") }, "examples"),
    ),
  ];
}

/** What the bot puts into people's mouths: buttons, commands and titles, and what they say in the transcripts. */
function ownWords(): string[] {
  const { script } = contentOf();
  const flows = [...script.flows.values()].filter(({ kind }) => kind !== "safety");
  const transcripts = new URL("../../transcripts/", import.meta.url);
  return [
    ...flows.flatMap(({ title, words, nodes }) => [
      title,
      ...words,
      ...[...nodes.values()].flatMap(({ choices }) =>
        choices.filter(({ flag }) => !flag).flatMap(({ label, words }) => [label, ...words]),
      ),
    ]),
    ...script.bot.commands.flatMap(({ words }) => words),
    ...[...script.topics.values()].flatMap(({ question, label }) => [question, label]),
    ...readdirSync(transcripts)
      .sort()
      .flatMap((name) => [
        ...readFileSync(new URL(name, transcripts), "utf8").matchAll(/^ *- person: (.+)$/gm),
      ])
      .map(([, text = ""]) => text.replace(/^"|"$/g, ""))
      .filter((text) => rules(text).length === 0),
  ];
}
