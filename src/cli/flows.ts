/** `npm run flows`: checks `flows/` and lists every fault with its file, line, rule and remedy. */
import { readContent, writeFaults } from "../content.ts";

const began = performance.now();
const { faults, files } = readContent(process.argv[2], true);
const ms = Math.round(performance.now() - began);
if (faults.length > 0) {
  process.stderr.write(`${writeFaults(faults)}\n\n${faults.length} faults in ${files} files (${ms} ms).\n`);
  process.exitCode = 1;
} else process.stdout.write(`${files} files in flows/ are right (${ms} ms).\n`);
