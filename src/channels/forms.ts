/**
 * A parsed text written in the form of each platform: plain with entities (Telegram), Discord's Markdown,
 * HTML (the web chat). Each form says the same words; what a platform cannot show it leaves plain.
 */
import type { Block, Span } from "./markdown.ts";

/** A stretch of styled text as Telegram wants it; offset and length in UTF-16 units. */
export type Entity =
  | { readonly type: "bold" | "italic"; readonly offset: number; readonly length: number }
  | { readonly type: "text_link"; readonly offset: number; readonly length: number; readonly url: string };

/** What stands before a block: the distance to the block before it, and a list item's mark. */
function lead(block: Block, before: Block | undefined): string {
  const gap = before === undefined ? "" : block.kind === "paragraph" ? "\n\n" : "\n";
  if (block.kind === "bullet") return `${gap}• `;
  return block.kind === "number" ? `${gap}${block.number}. ` : gap;
}

/** Plain text and its entities, for Telegram. */
export function toEntities(blocks: readonly Block[]): { text: string; entities: Entity[] } {
  let text = "";
  const entities: Entity[] = [];
  blocks.forEach((block, i) => {
    text += lead(block, blocks[i - 1]);
    const start = text.length;
    const stretch = (type: "bold" | "italic" | "link", of: (span: Span) => string | undefined): void => {
      let offset = start;
      let open: { value: string; offset: number } | undefined;
      for (const span of [...block.spans, { text: "" }]) {
        const value = of(span);
        if (open && open.value !== value) {
          const place = { offset: open.offset, length: offset - open.offset };
          entities.push(
            type === "link" ? { type: "text_link", ...place, url: open.value } : { type, ...place },
          );
          open = undefined;
        }
        if (value !== undefined && !open) open = { value, offset };
        offset += span.text.length;
      }
    };
    stretch("bold", (span) => (span.bold ? "bold" : undefined));
    stretch("italic", (span) => (span.italic ? "italic" : undefined));
    stretch("link", (span) => (span.link?.startsWith("http") ? span.link : undefined));
    text += block.spans.map((span) => span.text).join("");
  });
  return { text, entities };
}

/** The words alone: for search, for a log of lengths, for a platform without styles. */
export const toPlain = (blocks: readonly Block[]): string => toEntities(blocks).text;

/** Discord's Markdown; every character that Discord would read as a mark is escaped. */
export function toDiscord(blocks: readonly Block[]): string {
  return blocks
    .map((block, i) => {
      const words = block.spans.map((span, at) =>
        discordSpan(span, block.spans[at - 1], block.spans[at + 1]),
      );
      return lead(block, blocks[i - 1]) + words.join("");
    })
    .join("");
}

function discordSpan(span: Span, before: Span | undefined, after: Span | undefined): string {
  if (span.until !== undefined) return `⏳ <t:${Math.round(span.until / 1000)}:R>`;
  // Marks of the start of a line (heading, quote, list) matter only there.
  const lineStart = before === undefined || before.text.endsWith("\n");
  let text = span.text
    .replace(/[\\*_~`|<[\]]/g, "\\$&")
    .replace(lineStart ? /^(\s*)([#>+-])/gm : /(?<=\n)(\s*)([#>+-])/g, "$1\\$2")
    .replace(lineStart ? /^(\s*\d+)\./gm : /(?<=\n)(\s*\d+)\./g, "$1\\.");
  if (span.link?.startsWith("http")) text = `[${text}](<${span.link}>)`;
  // A mark must touch a word, so white space at the edge stays outside it.
  const [, head = "", core = "", tail = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (core === "") return text;
  // Beside or inside bold the underscore is the italic mark: a row of asterisks would be read otherwise.
  const italic = span.bold || before?.bold || after?.bold ? "_" : "*";
  const marked = span.italic ? `${italic}${core}${italic}` : core;
  return `${head}${span.bold ? `**${marked}**` : marked}${tail}`;
}

const HTML_ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (char) => HTML_ESCAPES[char] ?? char);

/** HTML for the web chat: `p`, `ul`, `ol`, `li`, `br`, `strong`, `em`, `a`, `time[data-until]`; words are escaped. */
export function toHtml(blocks: readonly Block[]): string {
  let html = "";
  blocks.forEach((block, i) => {
    const words = block.spans.map(htmlSpan).join("");
    if (block.kind === "paragraph") {
      html += `<p>${words}</p>`;
      return;
    }
    const list = block.kind === "bullet" ? "ul" : "ol";
    const start = block.kind === "number" && block.number !== 1 ? ` start="${block.number}"` : "";
    if (blocks[i - 1]?.kind !== block.kind) html += `<${list}${start}>`;
    html += `<li>${words}</li>`;
    if (blocks[i + 1]?.kind !== block.kind) html += `</${list}>`;
  });
  return html;
}

function htmlSpan(span: Span): string {
  let html = escapeHtml(span.text).replaceAll("\n", "<br>");
  if (span.italic) html = `<em>${html}</em>`;
  if (span.bold) html = `<strong>${html}</strong>`;
  if (span.link) html = `<a href="${escapeHtml(span.link)}" rel="noopener noreferrer">${html}</a>`;
  return span.until === undefined ? html : `<time data-until="${span.until}">${html}</time>`;
}
