/** The FAQ as it is in `flows/faq`, read and compiled; any fault throws, with the name of its file. */
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { compileFaq, type Faq, faqFile } from "../../src/script/faq.ts";

const FOLDER = new URL("../../flows/faq/", import.meta.url);

export function readFaq(): Faq {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  const files = names.map((name) => {
    const checked = faqFile.safeParse(parse(readFileSync(new URL(name, FOLDER), "utf8")));
    if (!checked.success) throw new Error(`${name}: ${checked.error.message}`);
    return checked.data;
  });
  const { faq, faults } = compileFaq(files);
  if (faults.length > 0)
    throw new Error(faults.map(({ file, message }) => `${names[file]}: ${message}`).join("\n"));
  return faq;
}
