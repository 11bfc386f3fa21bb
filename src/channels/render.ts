/**
 * A Message in the parts that a platform can show: a pure function of its Capabilities.
 *
 * No limit is ever exceeded, no word and no choice is ever lost, and choices stay in order, with the last
 * part. A text is split between paragraphs, else between sentences, else between words, and inside a
 * grapheme only where a single one is larger than the limit. More choices than buttons become a select,
 * else a numbered list that is answered by number.
 */
import type { Button, Message } from "../dialogue/message.ts";
import type { Capabilities } from "./channel.ts";
import { toDiscord, toPlain } from "./forms.ts";
import { type Block, parseMarkdown, type Span, trimSpans } from "./markdown.ts";

/** One message of the platform. Blocks may be empty only beside a picture. */
export interface Part {
  readonly blocks: readonly Block[];
  /** Buttons, row by row. */
  readonly rows: readonly (readonly Button[])[];
  /** Options of a select, where there are too many for buttons. */
  readonly options: readonly Button[];
  /** The picture goes with this part and the text is its caption. */
  readonly picture: boolean;
}

/** The message's parts, in order; none where there is nothing to say. */
export function render(message: Message, capabilities: Capabilities): Part[] {
  const hasPicture = message.picture !== undefined;
  const { list, rows, options } = choicesOf(message, capabilities, hasPicture);
  const blocks = [...parseMarkdown(message.text), ...countdownOf(message, capabilities), ...list];
  const limit = (part: number): number =>
    hasPicture && part === 0 ? capabilities.captionMax : capabilities.textMax;
  const pieces = split(blocks, limit, (some) => lengthOf(some, capabilities));
  if (pieces.length === 0 && hasPicture) pieces.push([]);
  return pieces.map((piece, i) => {
    const last = i === pieces.length - 1;
    return {
      blocks: piece,
      rows: last ? rows : [],
      options: last ? options : [],
      picture: hasPicture && i === 0,
    };
  });
}

/** How long these blocks are on the platform, in its own unit and form. */
export function lengthOf(blocks: readonly Block[], { form, unit }: Capabilities): number {
  const text = form === "discord" ? toDiscord(blocks) : toPlain(blocks);
  if (unit === "utf16") return text.length;
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

function countdownOf(message: Message, capabilities: Capabilities): Block[] {
  if (!message.countdown) return [];
  const { text, until } = message.countdown;
  const said = parseMarkdown(text).flatMap((block) => block.spans);
  // A platform that counts by itself gets the moment; the words stay beside it for those that cannot.
  const spans = capabilities.countdown
    ? [{ text: toPlain([{ kind: "paragraph", spans: said }]), until }]
    : said;
  return spans.length > 0 ? [{ kind: "paragraph", spans }] : [];
}

interface Choices {
  readonly list: readonly Block[];
  readonly rows: readonly (readonly Button[])[];
  readonly options: readonly Button[];
}

function choicesOf({ buttons, text }: Message, capabilities: Capabilities, hasPicture: boolean): Choices {
  const { buttonsPerRow, buttonRows, labelMax, selectMax } = capabilities;
  const shown = buttons.every(({ label }) => label.trim() !== "" && label.length <= labelMax);
  const asButtons = buttons.length <= buttonsPerRow * buttonRows;
  const asSelect = !asButtons && buttons.length <= selectMax;
  const silent = buttons.length > 0 && !hasPicture && parseMarkdown(text).length === 0;
  const numbered = silent || !shown || !(asButtons || asSelect);
  const list = numbered ? buttons.map(({ label }, i) => numberedItem(label, i + 1)) : [];
  // Where a label does not fit, its number does, and the list says what the number means.
  const faces = shown ? buttons : buttons.map(({ token }, i) => ({ token, label: String(i + 1) }));
  return {
    list,
    rows: asButtons ? layOut(faces, capabilities) : [],
    options: asSelect ? faces : [],
  };
}

const numberedItem = (label: string, number: number): Block => ({
  kind: "number",
  number,
  spans: trimSpans([{ text: label.replace(/\s+/gu, " ") }]),
});

/** Rows of buttons: as many in a row as show their labels whole, or evenly where rows run out. */
function layOut(buttons: readonly Button[], capabilities: Capabilities): Button[][] {
  const { buttonsPerRow, buttonRows, rowWidth } = capabilities;
  const rows: Button[][] = [];
  for (const button of buttons) {
    const row = rows.at(-1);
    const widest = Math.max(...[...(row ?? []), button].map(({ label }) => label.length));
    const fits = row && row.length < buttonsPerRow && widest * (row.length + 1) <= rowWidth;
    if (row && fits) row.push(button);
    else rows.push([button]);
  }
  if (rows.length <= buttonRows) return rows;
  const perRow = Math.ceil(buttons.length / buttonRows);
  return Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, i) =>
    buttons.slice(i * perRow, (i + 1) * perRow),
  );
}

type Measure = (blocks: readonly Block[]) => number;

function split(blocks: readonly Block[], limit: (part: number) => number, measure: Measure): Block[][] {
  const pieces: Block[][] = [];
  let piece: Block[] = [];
  const rest = [...blocks];
  while (rest.length > 0) {
    const block = rest[0] as Block;
    const max = limit(pieces.length);
    if (measure([...piece, block]) <= max) {
      piece.push(block);
      rest.shift();
      continue;
    }
    if (piece.length === 0) {
      const [head, tail] = cut(block, (some) => measure([some]) <= max);
      piece.push(head);
      rest.splice(0, 1, ...tail);
    }
    pieces.push(piece);
    piece = [];
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

const SENTENCES = new Intl.Segmenter("nl", { granularity: "sentence" });
const WORDS = new Intl.Segmenter("nl", { granularity: "word" });
const GRAPHEMES = new Intl.Segmenter("nl", { granularity: "grapheme" });

/** Cuts a block that is too long at the last of its best borders that fits. */
function cut(block: Block, fits: (block: Block) => boolean): [Block, Block[]] {
  const text = block.spans.map((span) => span.text).join("");
  const head = (end: number): Block => ({ ...block, spans: trimSpans(slice(block.spans, 0, end)) });
  for (const borders of [segments(SENTENCES), segments(WORDS), segments(GRAPHEMES), codePoints]) {
    const end = lastFitting(borders(text), (at) => fits(head(at)));
    if (end === undefined || head(end).spans.length === 0) continue;
    const tail = trimSpans(slice(block.spans, end, text.length));
    return [head(end), tail.length > 0 ? [{ kind: "paragraph", spans: tail }] : []];
  }
  throw new RangeError("The channel's limit is smaller than one character: correct its capabilities.");
}

const segments =
  (segmenter: Intl.Segmenter) =>
  (text: string): number[] =>
    Array.from(segmenter.segment(text), ({ index, segment }) => index + segment.length);

const codePoints = (text: string): number[] => {
  let end = 0;
  return Array.from(text, (char) => (end += char.length));
};

/** The last border that fits, by halving: a longer head never becomes shorter on the platform. */
function lastFitting(borders: readonly number[], fits: (end: number) => boolean): number | undefined {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(borders[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return borders[low - 1];
}

function slice(spans: readonly Span[], from: number, to: number): Span[] {
  let at = 0;
  return spans.map((span) => {
    const text = span.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += span.text.length;
    return { ...span, text };
  });
}
