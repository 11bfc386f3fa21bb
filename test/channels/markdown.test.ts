import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDiscord, toEntities, toHtml, toPlain } from "../../src/channels/forms.ts";
import { parseMarkdown } from "../../src/channels/markdown.ts";
import { escapeMarkdown } from "../../src/dialogue/escape.ts";
import { anyText, styledBlocks } from "../support/rendered.ts";

describe("what a person reads of a message's Markdown", () => {
  it("sees bold and italic in Telegram at the right places, also after an emoji", () => {
    const { text, entities } = toEntities(parseMarkdown("💆 Hoi **lieve _mens_ daar**, *rust*."));
    expect(text).toBe("💆 Hoi lieve mens daar, rust.");
    const seen = entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]);
    expect(seen).toEqual([
      ["bold", "lieve mens daar"],
      ["italic", "mens"],
      ["italic", "rust"],
    ]);
  });

  it("sees a list as a list, close to the words that announce it", () => {
    const blocks = parseMarkdown("Nodig:\n\n- olie\n- doek\n  - droog\n\nEn dan:\n\n3. drie\n4. vier");
    expect(toPlain(blocks)).toBe("Nodig:\n• olie\n• doek\n• droog\n\nEn dan:\n3. drie\n4. vier");
    expect(toHtml(blocks)).toBe(
      "<p>Nodig:</p><ul><li>olie</li><li>doek</li><li>droog</li></ul>" +
        '<p>En dan:</p><ol start="3"><li>drie</li><li>vier</li></ol>',
    );
  });

  it("sees a line end where the author wrote one, and a paragraph after an empty line", () => {
    const blocks = parseMarkdown("een\ntwee  \ndrie\n\nvier");
    expect(toPlain(blocks)).toBe("een\ntwee\ndrie\n\nvier");
    expect(toHtml(blocks)).toBe("<p>een<br>twee<br>drie</p><p>vier</p>");
  });

  it("can follow a link to a page, and only to a page, a mail address or a phone", () => {
    const blocks = parseMarkdown(
      "[thuisarts](https://www.thuisarts.nl/) [fout](javascript:alert(1)) [bel](tel:113)",
    );
    expect(toEntities(blocks).entities).toEqual([
      { type: "text_link", offset: 0, length: 9, url: "https://www.thuisarts.nl/" },
    ]);
    expect(toDiscord(blocks)).toBe("[thuisarts](<https://www.thuisarts.nl/>) fout bel");
    expect(toHtml(blocks)).not.toContain("javascript");
    expect(toHtml(blocks)).toContain('<a href="tel:113"');
  });

  it("reads HTML as words", () => {
    const html = toHtml(parseMarkdown('<script>alert("x")</script> <b>hoi</b>\n\n<div onclick=x>'));
    expect(html).not.toMatch(/<(script|b|div)/);
    expect(html).toContain("&lt;script&gt;");
  });

  it("reads headings, quotes and code as their words", () => {
    expect(toPlain(parseMarkdown("# Kop\n\n> citaat\n\n`code` ![plaatje](x.png)"))).toBe(
      "Kop\n\ncitaat\n\ncode plaatje",
    );
  });

  it("reads a remembered name exactly as it was typed, whatever it holds", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const said = toPlain(parseMarkdown(`Dag ${escapeMarkdown(name)}!`));
        expect(said).toBe(`Dag ${name.replace(/\s+/gu, " ").trim()}!`.trim());
      }),
    );
  });

  it("reads the same words on Discord, with nothing taken for a mark", () => {
    fc.assert(
      fc.property(styledBlocks, (blocks) => {
        // Discord's Markdown is CommonMark here, so our own parser is a fair reader of it.
        const read = (some: string): string => some.replace(/[\s•]+|^\d+\. /gmu, " ").trim();
        expect(read(toPlain(parseMarkdown(toDiscord(blocks))))).toBe(read(toPlain(blocks)));
      }),
    );
  });

  it("never gets a tag of its own into the page", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = toHtml(parseMarkdown(text));
        const tags = html.match(/<[^>]*>/g) ?? [];
        for (const tag of tags)
          expect(tag).toMatch(
            /^<(\/?(p|ul|ol|li|strong|em|a)|br|ol start="\d+"|a href="[^"<>]*" rel="[a-z ]*")>$/,
          );
      }),
    );
  });
});
