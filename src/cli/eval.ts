/** `npm run eval -- safety FILE` and `npm run eval -- faq FILE`: scores a labelled JSONL file. */
import { readFileSync } from "node:fs";
import { contentOf } from "../content.ts";
import { reportFaq } from "./eval-faq.ts";
import { readCases, reportSafety } from "./eval-safety.ts";
import { loadSafety } from "./load-safety.ts";

/** What can be scored: a function from the text of a JSONL file to a report. */
const SCORED: Readonly<Record<string, (jsonl: string) => string>> = {
  faq: (jsonl) => reportFaq(contentOf().script.match, jsonl),
  safety: (jsonl) => reportSafety(loadSafety("flows").screen, readCases(jsonl)),
};

const [what, file] = process.argv.slice(2);
const score = SCORED[what ?? ""];
if (!score || !file) {
  console.error(`usage: npm run eval -- ${Object.keys(SCORED).join("|")} FILE.jsonl`);
  process.exit(2);
}
console.log(score(readFileSync(file, "utf8")));
