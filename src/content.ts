/**
 * All of `flows/` at once: the script, the pictures, and the words of the chat page, or every fault in them.
 * The start, `npm run flows` and `npm run ask` read it here, so that they agree on what is right.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebTexts } from "./channels/web/texts.ts";
import type { Script } from "./dialogue/script.ts";
import { countersOf } from "./pictures/counter.ts";
import { pacersOf } from "./pictures/pacer.ts";
import { loadPictures, type Pictures } from "./pictures.ts";
import { type Fault, readFlows, readSource } from "./script.ts";

/** The folder of this repository. */
export const FLOWS = fileURLToPath(new URL("../flows", import.meta.url));

export interface Content {
  readonly script: Script;
  readonly pictures: Pictures["pictures"];
  readonly webTexts: WebTexts;
}

/** What was read; the content is there only where nothing is wrong. */
export interface ContentReading {
  readonly content?: Content;
  readonly faults: readonly Fault[];
  readonly files: number;
}

/** Reads the folder; never throws for what an author wrote. `tryExamples`: also try the authors' examples. */
export function readContent(folder: string = FLOWS, tryExamples = false): ContentReading {
  const { pictures, faults: drawn } = loadPictures(join(folder, "pictures"));
  const reading = readFlows(folder, new Set(pictures.keys()), tryExamples);
  const faults: Fault[] = [
    ...drawn.map(({ file, line, rule, remedy }) => ({
      file: file.slice(folder.length + 1),
      line,
      rule: "picture",
      message: rule,
      remedy,
    })),
    ...reading.faults,
  ];
  const web = readSource(join(folder, "web.yaml"), "web.yaml", WebTexts, faults);
  const files = reading.files + pictures.size + 2;
  if (!reading.script || !web || faults.length > 0) return { faults, files };
  const content = {
    script: reading.script,
    pictures: new Map([...pictures, ...pacersOf(reading.script), ...countersOf(reading.script, pictures)]),
    webTexts: web.data,
  };
  return { content, faults, files };
}

/** The content; throws an Error with the whole list where anything is wrong. */
export function contentOf(folder: string = FLOWS): Content {
  const { content, faults } = readContent(folder);
  if (!content) throw new Error(`flows/ has ${faults.length} faults:\n${writeFaults(faults)}`);
  return content;
}

/** Faults as an author reads them, one to a paragraph, in the order of the files. */
export const writeFaults = (faults: readonly Fault[]): string =>
  [...faults]
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
    .map((f) => `flows/${f.file}:${f.line}  ${f.rule}\n  ${f.message}\n  ${f.remedy}`)
    .join("\n\n");
