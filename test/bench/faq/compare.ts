/**
 * The matcher beside what is on the shelf, in one run: MiniSearch with Dutch stems, and plain character n-grams.
 *
 * Each peer gets the same questions, ways to ask and answers. Since a peer has no notion of "none", its threshold
 * is swept on the scored file itself, which flatters it. Run by hand:
 * `node --import tsx test/bench/faq/compare.ts FILE.jsonl`.
 */
import { readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { type FaqLine, readFaqLines } from "../../../src/cli/eval-faq.ts";
import { createFaqMatcher } from "../../../src/language/faq.ts";
import { stem } from "../../../src/language/faq-words.ts";
import { tokenize } from "../../../src/language/fold.ts";
import type { Faq } from "../../../src/script/faq.ts";
import { readFaq } from "../../faq/script.ts";
import { many } from "./many.ts";

/** Best topic with its score; none for no hit. */
type Search = (text: string) => { readonly id: string; readonly score: number } | undefined;

function miniSearch({ topics, source }: Faq): Search {
  const light = new Set(source.lexicon.fillers);
  const words = (text: string) => tokenize(text).map(({ word }) => word);
  const search = new MiniSearch({
    fields: ["question", "ask", "answer"],
    tokenize: words,
    processTerm: (word) => (light.has(word) ? null : stem(word)),
    searchOptions: { boost: { question: 3, ask: 2 }, fuzzy: 0.2, prefix: true },
  });
  search.addAll(
    source.topics.map(({ id, asks: [question, ...ask] }) => ({
      id,
      question,
      ask: ask.join(" "),
      answer: topics.get(id)?.answer,
    })),
  );
  return (text) => {
    const [best] = search.search(text);
    return best && { id: String(best.id), score: best.score };
  };
}

function nGrams({ topics, source }: Faq): Search {
  const grams = (text: string) => {
    const counts = new Map<string, number>();
    for (const { word } of tokenize(text))
      for (let n = 3; n <= 5; n++)
        for (let i = 0; i + n <= word.length + 2; i++) {
          const gram = ` ${word} `.slice(i, i + n);
          counts.set(gram, (counts.get(gram) ?? 0) + 1);
        }
    return counts;
  };
  const docs = source.topics.flatMap(({ id, asks }) =>
    [...asks, topics.get(id)?.answer ?? ""].map((text) => ({ id, counts: grams(text) })),
  );
  const holders = new Map<string, number>();
  for (const { counts } of docs)
    for (const gram of counts.keys()) holders.set(gram, (holders.get(gram) ?? 0) + 1);
  const vector = (counts: ReadonlyMap<string, number>) => {
    const weighed = [...counts].map(
      ([gram, n]) => [gram, n * Math.log(1 + docs.length / (holders.get(gram) ?? 1))] as const,
    );
    const size = Math.sqrt(weighed.reduce((sum, [, w]) => sum + w * w, 0)) || 1;
    return new Map(weighed.map(([gram, w]) => [gram, w / size] as const));
  };
  const vectors = docs.map(({ id, counts }) => ({ id, vector: vector(counts) }));
  return (text) => {
    const query = vector(grams(text));
    let best: { id: string; score: number } | undefined;
    for (const doc of vectors) {
      let score = 0;
      for (const [gram, w] of query) score += w * (doc.vector.get(gram) ?? 0);
      if (!best || score > best.score) best = { id: doc.id, score };
    }
    return best;
  };
}

/** Recall@1 at no more than this share of false answers, with the threshold swept on the file itself. */
function recallAt(lines: readonly FaqLine[], search: Search, most: number): number {
  const found = lines.map((line) => ({ line, best: search(line.text) }));
  const none = found.filter(({ line }) => line.expect === null);
  const answerable = found.filter(({ line }) => line.expect !== null);
  const scores = [Number.NEGATIVE_INFINITY, ...found.map(({ best }) => best?.score ?? 0)].sort(
    (a, b) => a - b,
  );
  const threshold =
    scores.find((t) => none.filter(({ best }) => best && best.score > t).length <= most * none.length) ??
    Number.POSITIVE_INFINITY;
  const right = ({ line, best }: (typeof found)[number]) =>
    best !== undefined &&
    best.score > threshold &&
    (best.id === line.expect || (line.also ?? []).includes(best.id));
  return answerable.filter(right).length / answerable.length;
}

function timed(name: string, build: () => (text: string) => unknown, texts: readonly string[]): void {
  const start = performance.now();
  const ask = build();
  const built = performance.now() - start;
  for (const text of texts) ask(text);
  const took = Array.from({ length: 5 }, () => texts)
    .flat()
    .map((text) => {
      const from = performance.now();
      ask(text);
      return performance.now() - from;
    })
    .sort((a, b) => a - b);
  const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(3);
  console.log(
    `${name.padEnd(28)} built in ${built.toFixed(0).padStart(4)} ms, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  );
}

const [, , path] = process.argv;
if (path === undefined)
  throw new Error("Name a file: node --import tsx test/bench/faq/compare.ts FILE.jsonl");
const faq = readFaq();
const lines = readFaqLines(readFileSync(path, "utf8"));
const texts = lines.map(({ text }) => text);
const match = createFaqMatcher(faq.source);
const found = lines.map((line) => ({ line, match: match(line.text, line.context) }));
const share = (list: typeof found, hit: (row: (typeof found)[number]) => boolean) =>
  list.filter(hit).length / list.length;
const none = found.filter(({ line }) => line.expect === null);
const falseAnswers = share(none, (row) => row.match.kind === "answer");
const recall = share(
  found.filter(({ line }) => line.expect !== null),
  ({ line, match: m }) => m.kind === "answer" && (m.id === line.expect || (line.also ?? []).includes(m.id)),
);
const percent = (x: number) => `${(100 * x).toFixed(1)}%`;
console.log(
  `${"ours, as it ships".padEnd(28)} recall@1 ${percent(recall)} at ${percent(falseAnswers)} false answers`,
);
for (const [name, search] of [
  ["MiniSearch + Dutch stems", miniSearch(faq)],
  ["character 3-5-grams", nGrams(faq)],
] as const)
  for (const most of [falseAnswers, 0.05, 1])
    console.log(
      `${name.padEnd(28)} recall@1 ${percent(recallAt(lines, search, most))} at ${percent(most)} false answers at most`,
    );
timed("ours, 66 topics", () => createFaqMatcher(faq.source), texts);
timed("MiniSearch, 66 topics", () => miniSearch(faq), texts);
timed("n-grams, 66 topics", () => nGrams(faq), texts);
timed("ours, 2,000 topics", () => createFaqMatcher(many(faq.source, 2000)), texts);
