/** Texts, blocks and messages for property tests: what people and authors could write, at its worst. */
import fc from "fast-check";
import type { Block } from "../../src/channels/markdown.ts";
import { trimSpans } from "../../src/channels/markdown.ts";

const MARKS = [
  "*",
  "_",
  "**",
  "`",
  "\\",
  "<",
  ">",
  "[",
  "](",
  ")",
  "#",
  "- ",
  "1. ",
  "|",
  "~~",
  "&amp;",
  "\n",
  "\n\n",
];
const WORDS = ["een", "nek", "é", "👩‍👩‍👧", "🧘🏽", "مرحبا", "\u202e", "Rust. ", "zo? ", "woord ", "x", " "];

/** Any text: words, marks, emoji, right-to-left marks, any Unicode. */
export const anyText = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...MARKS), fc.string({ unit: "grapheme" })), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(""));

const word = fc.constantFrom(
  "rust",
  "nek",
  "a*b",
  "c_d",
  "`x`",
  "<t:1>",
  "# nee",
  "- nee",
  "rust\nnek",
  "💆",
  "1. x",
  "[a](b)",
);
const span = fc.record(
  {
    text: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
    bold: fc.constant(true as const),
    italic: fc.constant(true as const),
  },
  { requiredKeys: ["text"] },
);

/** Parsed text with spans in every order of styles. */
export const styledBlocks: fc.Arbitrary<Block[]> = fc.array(
  fc.array(span, { minLength: 1, maxLength: 5 }).map(
    (spans): Block => ({
      kind: "paragraph",
      spans: trimSpans(spans.map((some) => ({ ...some, text: ` ${some.text} ` }))),
    }),
  ),
  { minLength: 1, maxLength: 4 },
);
