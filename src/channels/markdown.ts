/**
 * The small Markdown of a Message, parsed once to a tree of our own; `forms.ts` writes it for each platform.
 *
 * The parser is `marked`'s lexer in plain CommonMark; only what a chat can show is kept: paragraphs, list
 * items, bold, italic, links, and a line end that is a line end. Whatever else an author writes keeps its
 * words and loses its form, and HTML is words too, so nothing here can carry a tag into a page. The tree is
 * flat (list items are blocks), because a long text is split between its blocks and a deep tree has no
 * good place to cut.
 */
import { Lexer, type Token, type Tokens } from "marked";

/** A run of words in one style. Its text may hold "\n". */
export interface Span {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  /** An http, https, mailto or tel address. */
  readonly link?: string;
  /** The moment (epoch ms) that this text says: a platform that draws times itself shows that instead. */
  readonly until?: number;
}

/** A paragraph or a list item; neighbouring items are one list. */
export interface Block {
  readonly kind: "paragraph" | "bullet" | "number";
  /** The number of a numbered item. */
  readonly number?: number;
  readonly spans: readonly Span[];
}

/** Longer addresses are shown as their words only: no platform's limit is then met by a link alone. */
const LINK_MAX = 512;

/** The tree of a Message's text, which authors wrote; a person's words pass through `escapeMarkdown` first. */
export function parseMarkdown(text: string): Block[] {
  return blocksOf(Lexer.lex(text, { gfm: false }), "paragraph");
}

function blocksOf(tokens: readonly Token[], kind: Block["kind"], number?: number): Block[] {
  const blocks: Block[] = [];
  // The first words of a list item are the item; what follows in it stands as paragraphs.
  const add = (spans: readonly Span[]): void => {
    const trimmed = trimSpans(spans);
    if (trimmed.length === 0) return;
    if (blocks.length > 0 || kind === "paragraph") blocks.push({ kind: "paragraph", spans: trimmed });
    else blocks.push({ kind, ...(number === undefined ? {} : { number }), spans: trimmed });
  };
  for (const token of tokens) {
    if (token.type === "list") {
      const list = token as Tokens.List;
      const first = list.ordered ? Number(list.start) : undefined;
      list.items.forEach((item, i) => {
        const itemNumber = first === undefined ? undefined : first + i;
        blocks.push(...blocksOf(item.tokens, first === undefined ? "bullet" : "number", itemNumber));
      });
    } else if (token.type === "blockquote") {
      blocks.push(...blocksOf(token.tokens ?? [], "paragraph"));
    } else if (token.type === "heading") {
      add(spansOf(token.tokens ?? [], { bold: true }));
    } else if (token.type === "code") {
      add([{ text: token.text }]);
    } else if (token.type === "html" || token.type === "def") {
      add([{ text: token.raw }]);
    } else if (token.type === "paragraph" || token.type === "text") {
      add(token.tokens ? spansOf(token.tokens, {}) : [{ text: token.text }]);
    }
  }
  return blocks;
}

type Style = Omit<Span, "text">;

function spansOf(tokens: readonly Token[], style: Style): Span[] {
  return tokens.flatMap((token): Span[] => {
    if (token.type === "br") return [{ ...style, text: "\n" }];
    if (token.type === "html") return [{ ...style, text: token.raw }];
    if (token.type === "strong") return spansOf(token.tokens ?? [], { ...style, bold: true });
    if (token.type === "em") return spansOf(token.tokens ?? [], { ...style, italic: true });
    if (token.type === "link") {
      const link = safeLink(token.href);
      return spansOf(token.tokens ?? [], link === undefined ? style : { ...style, link });
    }
    return "text" in token ? [{ ...style, text: String(token.text) }] : [];
  });
}

function safeLink(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return /^(https?|mailto|tel):$/.test(url.protocol) && url.href.length <= LINK_MAX ? url.href : undefined;
}

const sameStyle = (a: Span, b: Span): boolean =>
  a.bold === b.bold && a.italic === b.italic && a.link === b.link && a.until === b.until;

/** The spans without white space at either end, without empty ones, and with equal neighbours joined. */
export function trimSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && sameStyle(last, span)) joined[joined.length - 1] = { ...last, text: last.text + span.text };
    else if (span.text !== "") joined.push(span);
  }
  while (joined[0]?.text.trim() === "") joined.shift();
  while (joined.at(-1)?.text.trim() === "") joined.pop();
  return joined.map((span, i) => {
    const start = i === 0 ? span.text.trimStart() : span.text;
    return { ...span, text: i === joined.length - 1 ? start.trimEnd() : start };
  });
}
