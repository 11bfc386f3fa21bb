/**
 * What listening costs: each message of `test/safety`, and pages of 5,000 characters made of them: as they stand,
 * with the words of each shuffled, and without an end to any sentence. Such a page holds dozens of signs; nobody
 * types one, but somebody may paste one. Then pages that somebody made to be slow: the rules' own words, repeated,
 * all mixed, denied; and nonsense. Best of several looks, since machines are noisy.
 * Run by hand: `node --import tsx test/bench/safety/speed.ts`.
 */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { readCases } from "../../../src/cli/eval-safety.ts";
import { loadSafety } from "../../../src/cli/load-safety.ts";

const PAGES = 200;
const PAGE = 5_000;
const LOOKS = 5;

const { screen, rules } = loadSafety("flows");
const folder = new URL("../../safety/", import.meta.url);
const messages = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readCases(readFileSync(new URL(name, folder), "utf8")).map(({ text }) => text));

function best(text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look++) {
    const from = performance.now();
    screen(text);
    least = Math.min(least, performance.now() - from);
  }
  return least;
}

function report(name: string, texts: readonly string[]): void {
  const times = texts.map(best).sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(2);
  console.log(name.padEnd(28), `p50 ${at(0.5)}  p99 ${at(0.99)}  most ${at(1)} ms`);
}

const line = fc.constantFrom(...messages);
const shuffled = line.chain((text) => {
  const words = text.split(" ");
  return fc.shuffledSubarray(words, { minLength: words.length }).map((mixed) => mixed.join(" "));
});
const pages = (part: fc.Arbitrary<string>, between: string) =>
  fc.sample(
    fc.array(part, { minLength: 250, maxLength: 250 }).map((parts) => parts.join(between).slice(0, PAGE)),
    { numRuns: PAGES, seed: 1 },
  );

const lay = [
  ...new Set(
    rules.flags
      .flatMap(({ stop, ask }) => [...stop, ...ask].flatMap((sign) => sign.split(/[^\p{L}]+/u)))
      .filter((word) => word.length > 1),
  ),
];
const repeated = fc
  .array(fc.constantFrom(...lay), { minLength: 1, maxLength: 4 })
  .map((few) => few.join(" ").concat(" ").repeat(400));
const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");

for (const text of messages.slice(0, 500)) screen(text);
report("messages", messages);
report("pages", pages(line, ". "));
report("pages, words shuffled", pages(shuffled, ". "));
report("pages, no end of sentence", pages(line, " "));
report("a few lay words, repeated", pages(repeated, " "));
report("lay words, all of them", pages(fc.constantFrom(...lay), " "));
report("denials of lay words", pages(fc.constantFrom(...lay), " geen of "));
report("letters", pages(fc.string({ unit: letter, minLength: 1, maxLength: 12 }), " "));
report("signs of any kind", pages(fc.string({ minLength: 20, maxLength: 20 }), ""));
