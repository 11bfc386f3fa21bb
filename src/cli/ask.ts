/**
 * `npm run ask -- "tekst"`: what the bot would do with this message in a fresh conversation.
 *
 * With `--jsonl` it reads one JSON object a line on standard input, `{"text", "context"?}`, and writes one a line.
 * Nothing is stored, and no channel is opened.
 */
import { createInterface } from "node:readline";
import { z } from "zod";
import { contentOf } from "../content.ts";
import { newConversation } from "../dialogue/conversation.ts";
import type { Script } from "../dialogue/script.ts";
import { turn } from "../dialogue/turn.ts";
import { onlyTells } from "../language/commands.ts";

const line = z.object({ text: z.string(), context: z.string().nullish() });

/** What is said of one message. */
export interface Verdict {
  readonly text: string;
  readonly kind: "safety" | "command" | "faq" | "suggest" | "none";
  readonly faq: string | null;
  readonly suggestions: readonly string[];
  readonly safety: {
    readonly level: string;
    readonly flag: string;
    /** A contraindication that is noted closes routines and lets the talk go on: it is no stop, so it reads `ask`. */
    readonly mode: "stop" | "ask";
  } | null;
}

/** What the bot would do with this text; the same order of owners as in a turn. */
export function verdict(script: Script, text: string, context?: string): Verdict {
  const [found] = script.screen(text);
  const safety = found
    ? {
        level: found.level,
        flag: found.flag,
        mode: found.mode === "stop" ? ("stop" as const) : ("ask" as const),
      }
    : null;
  const none = { text, faq: null, suggestions: [], safety };
  const taken = found !== undefined && found.mode !== "note";
  if (taken) return { ...none, kind: "safety" };
  if (text.startsWith("/") || gives(script, text)) return { ...none, kind: "command" };
  if (found && onlyTells(text)) return { ...none, kind: "safety" };
  const match = script.match(text, context);
  if (match.kind === "answer") return { ...none, kind: "faq", faq: match.id, suggestions: match.near };
  if (match.kind === "suggest") return { ...none, kind: "suggest", suggestions: match.near };
  return { ...none, kind: found ? "safety" : "none" };
}

/** Whether a fresh conversation takes this text as a command: the turn itself is asked. */
function gives(script: Script, text: string): boolean {
  if (script.readCommand(text) !== undefined) return true;
  const fresh = newConversation("ask:1", 0);
  const conversation = { ...fresh, state: { ...fresh.state, slots: { gegroet: true } } };
  const input = {
    kind: "update",
    address: "ask:1",
    id: "1",
    act: { kind: "text", text },
    place: "private",
  } as const;
  return turn(script, conversation, input, 1).conversation.state.frames.some((f) => f.flow === "herinnering");
}

async function main(words: readonly string[]): Promise<void> {
  const { script } = contentOf();
  const say = (v: Verdict): void => void process.stdout.write(`${JSON.stringify(v)}\n`);
  if (words[0] !== "--jsonl") return say(verdict(script, words.join(" ")));
  let number = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === "") continue;
    const parsed = line.safeParse(parse(text));
    if (parsed.success) say(verdict(script, parsed.data.text, parsed.data.context ?? undefined));
    else
      throw new Error(`Line ${number} is not {"text": "...", "context"?: "..."}: correct it and try again.`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (import.meta.url === `file://${process.argv[1]}`)
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
