/**
 * Scores a labelled file of questions: how many are answered right, answered or suggested, and how often an
 * answer was given that nobody asked for. Shares come with their 95% interval (Wilson), because a few hundred
 * lines say less than they seem to.
 */
import type { FaqMatcher } from "../language/faq.ts";

/** One labelled message; `expect` is null where no answer may be given. */
export interface FaqLine {
  readonly text: string;
  readonly expect: string | null;
  readonly kind: string;
  readonly context?: string;
  readonly also?: readonly string[];
}

/** `hits` of `of`, with the 95% interval of the share. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface FaqReport {
  /** Answered at once, and right. */
  readonly recall1: Share;
  /** The right topic was the answer or among three suggestions. */
  readonly recall3: Share;
  /** Answered at once, and wrong, of the messages that have an answer. */
  readonly wrong: Share;
  readonly falseAnswers: Share;
  readonly falseSuggestions: Share;
  readonly byKind: readonly {
    readonly kind: string;
    readonly answerable: boolean;
    readonly first: Share;
    readonly second: Share;
  }[];
  readonly misses: readonly string[];
}

/** Reads JSON lines; throws with the number of the line that is none. */
export function readFaqLines(text: string): FaqLine[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as FaqLine];
    } catch (cause) {
      throw new Error(`Line ${i + 1} is not JSON: one object a line is expected.`, { cause });
    }
  });
}

/** The share with its Wilson interval (z = 1.96). */
export function wilson(hits: number, of: number): Share {
  if (of === 0) return { hits, of, share: 0, low: 0, high: 1 };
  const z2 = 1.96 ** 2;
  const share = hits / of;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (1.96 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return { hits, of, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Scores a matcher on labelled messages. */
export function scoreFaq(match: FaqMatcher, lines: readonly FaqLine[]): FaqReport {
  const misses: string[] = [];
  const rows = lines.map((line) => {
    const { text, expect, context, also = [] } = line;
    const found = match(text, context);
    const answer = found.kind === "answer" ? found.id : undefined;
    const shown =
      found.kind === "answer" ? [found.id] : found.kind === "suggest" ? found.near.slice(0, 3) : [];
    const right = (id: string) => id === expect || also.includes(id);
    const row = {
      ...line,
      answered: answer !== undefined,
      suggested: found.kind === "suggest",
      first: answer !== undefined && right(answer),
      within: shown.some(right),
    };
    if (expect === null ? row.answered || row.suggested : !row.first) {
      const verdict =
        expect === null
          ? row.answered
            ? "FALSE ANSWER"
            : "suggested"
          : row.answered
            ? "WRONG"
            : row.within
              ? "suggested"
              : "missed";
      misses.push(
        `${verdict.padEnd(12)} ${line.kind.padEnd(10)} ${JSON.stringify(text)}${context ? ` <${context}>` : ""} wants ${expect ?? "none"}, got ${found.kind} ${shown.join(" ")}`,
      );
    }
    return row;
  });
  const answerable = rows.filter(({ expect }) => expect !== null);
  const none = rows.filter(({ expect }) => expect === null);
  const count = <T>(list: readonly T[], test: (row: T) => boolean) =>
    wilson(list.filter(test).length, list.length);
  const kinds = (list: typeof rows) => [...new Set(list.map(({ kind }) => kind))];
  return {
    recall1: count(answerable, ({ first }) => first),
    recall3: count(answerable, ({ within }) => within),
    wrong: count(answerable, ({ answered, first }) => answered && !first),
    falseAnswers: count(none, ({ answered }) => answered),
    falseSuggestions: count(none, ({ suggested }) => suggested),
    byKind: [
      ...kinds(answerable).map((kind) => {
        const list = answerable.filter((row) => row.kind === kind);
        return {
          kind,
          answerable: true,
          first: count(list, ({ first }) => first),
          second: count(list, ({ within }) => within),
        };
      }),
      ...kinds(none).map((kind) => {
        const list = none.filter((row) => row.kind === kind);
        return {
          kind,
          answerable: false,
          first: count(list, ({ answered }) => answered),
          second: count(list, ({ suggested }) => suggested),
        };
      }),
    ],
    misses,
  };
}

const percent = (x: number) => `${(x * 100).toFixed(1)}%`;
const shown = ({ hits, of, share, low, high }: Share) =>
  `${percent(share).padStart(6)}  (${hits}/${of}, ${percent(low)} to ${percent(high)})`;

/** The report as text. */
export function printFaq(report: FaqReport): string {
  return [
    ...report.misses,
    "",
    `recall@1 (right answer at once)        ${shown(report.recall1)}`,
    `recall@3 (answered or suggested)       ${shown(report.recall3)}`,
    `wrong answer on a question             ${shown(report.wrong)}`,
    `false answers on null                  ${shown(report.falseAnswers)}`,
    `suggestions on null                    ${shown(report.falseSuggestions)}`,
    "",
    "by kind: recall@1, recall@3",
    ...report.byKind
      .filter((k) => k.answerable)
      .map((k) => `  ${k.kind.padEnd(12)} ${shown(k.first)}   ${shown(k.second)}`),
    "by kind of null: false answers, suggestions",
    ...report.byKind
      .filter((k) => !k.answerable)
      .map((k) => `  ${k.kind.padEnd(12)} ${shown(k.first)}   ${shown(k.second)}`),
  ].join("\n");
}

/** Scores labelled JSON lines and returns the report as text. */
export const reportFaq = (match: FaqMatcher, jsonl: string): string =>
  printFaq(scoreFaq(match, readFaqLines(jsonl)));
