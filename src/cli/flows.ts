/** `npm run flows`: checks `flows/` and lists every fault with its file, line, rule and remedy. */
import { FLOWS, readContent, writeFaults } from "../content.ts";
import { checkSpelling, createSpeller, readTerms } from "./spelling.ts";

const began = performance.now();
const folder = process.argv[2] ?? FLOWS;
const { faults: broken, files } = readContent(folder, true);
const faults = [...broken, ...checkSpelling(folder, await createSpeller(readTerms(folder)))];
const ms = Math.round(performance.now() - began);
if (faults.length > 0) {
  process.stderr.write(`${writeFaults(faults)}\n\n${faults.length} faults in ${files} files (${ms} ms).\n`);
  process.exitCode = 1;
} else process.stdout.write(`${files} files in flows/ are right (${ms} ms).\n`);
