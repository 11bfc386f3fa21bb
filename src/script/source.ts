/**
 * A file that an author wrote, with the line of every part of it, so that a fault can be shown where it is.
 */
import { readFileSync } from "node:fs";
import { isNode, LineCounter, parseDocument } from "yaml";
import type { ZodType } from "zod";

/** One thing that is wrong in `flows/`: where, by which rule, and what to do. */
export interface Fault {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

export type Path = readonly (string | number)[];

/** A file in the form that was asked for. */
export interface Source<T> {
  readonly file: string;
  readonly data: T;
  /** The line of a part, or of the nearest part around it that exists. */
  lineOf(path: Path): number;
}

/** Reads one YAML file by this schema; what is wrong goes to `faults`, all of it at once. */
export function readSource<T>(
  path: string,
  name: string,
  schema: ZodType<T>,
  faults: Fault[],
): Source<T> | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    faults.push({
      file: name,
      line: 1,
      rule: "file",
      message: `This file cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      remedy: "Put the file back, or restore it from git.",
    });
    return undefined;
  }
  const { document, lines } = treeOf(text);
  for (const error of document.errors) {
    faults.push({
      file: name,
      line: lines.linePos(error.pos[0]).line,
      rule: error.code === "DUPLICATE_KEY" ? "duplicate-id" : "yaml",
      message: error.message.split("\n")[0] ?? error.message,
      remedy:
        error.code === "DUPLICATE_KEY"
          ? "Give one of the two another name."
          : "Check the spaces before the line, the colons, and quotes around text that holds a colon.",
    });
  }
  if (document.errors.length > 0) return undefined;

  // The tree weighs far more than the file: it is let go of, and grown again where a fault asks for a line.
  const lineOf = (at: Path): number => {
    const { document, lines } = treeOf(text);
    for (let length = at.length; length >= 0; length--) {
      const node = document.getIn(at.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { file: name, data: parsed.data, lineOf };
  for (const issue of parsed.error.issues) {
    const at = issue.path.map((p) => (typeof p === "number" ? p : String(p)));
    faults.push({
      file: name,
      line: lineOf(at),
      rule: "form",
      message: `${at.join(" > ") || "The file"}: ${issue.message}.`,
      remedy: "See flows/README.md for the words that may stand here.",
    });
  }
  return undefined;
}

function treeOf(text: string) {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines, uniqueKeys: true }), lines };
}

/** Reports a node's name that stands twice in a file: people stand in it. */
export function reportDoubles(
  nodes: readonly { id: string }[],
  at: Path,
  source: Source<unknown>,
  faults: Fault[],
): void {
  const seen = new Set<string>();
  nodes.forEach(({ id }, i) => {
    if (seen.has(id))
      faults.push({
        file: source.file,
        line: source.lineOf([...at, i]),
        rule: "duplicate-id",
        message: `The name "${id}" stands twice.`,
        remedy: "Give one of them another name.",
      });
    seen.add(id);
  });
}
