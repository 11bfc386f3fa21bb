import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { breaths, contactSheet, counts } from "../src/cli/pictures.ts";
import { contentOf } from "../src/content.ts";
import { ALT_LENGTH, loadPictures, PICTURE_SIZE, renderPicture } from "../src/pictures.ts";

const FOLDER = fileURLToPath(new URL("../flows/pictures", import.meta.url));
const drawings = readdirSync(FOLDER).filter((name) => name.endsWith(".svg"));
const { pictures, faults } = loadPictures(FOLDER);

/** Width and height from a PNG's first chunk. */
function sizeOf(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

describe("the pictures of the routines", () => {
  test("an author hears of no fault", () => {
    expect(faults).toEqual([]);
    expect([...pictures.keys()].sort()).toEqual(drawings.map((name) => name.slice(0, -4)).sort());
  });

  describe.each(drawings.map((name) => [name.slice(0, -4), readFileSync(join(FOLDER, name), "utf8")]))(
    "%s",
    (id, svg) => {
      test("a person who does not see it hears what it shows", () => {
        const alt = pictures.get(id)?.alt ?? "";
        expect(alt.length).toBeGreaterThanOrEqual(ALT_LENGTH.min);
        expect(alt.length).toBeLessThanOrEqual(ALT_LENGTH.max);
        expect(alt).toMatch(/^\p{Lu}.*\.$/u);
      });

      test("a person sees the whole card, in the size that a chat keeps room for, within what Telegram takes", () => {
        const png = pictures.get(id)?.png ?? new Uint8Array(24);
        expect(sizeOf(png)).toEqual(PICTURE_SIZE);
        expect(png.length).toBeLessThan(200_000);
      });

      test("a person with a light or a dark screen sees lines that stand out from their own card", () => {
        const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
        const counts = new Map<number, number>();
        let seeThrough = 0;
        for (let at = 0; at < pixels.length; at += 4) {
          if (pixels[at + 3] !== 255) seeThrough++;
          const colour = pixels.readUIntBE(at, 3);
          counts.set(colour, (counts.get(colour) ?? 0) + 1);
        }
        expect(seeThrough).toBe(0);

        const light = ([colour]: readonly [number, number]) =>
          luminance([colour >> 16, (colour >> 8) & 255, colour & 255]);
        const all = pixels.length / 4;
        const common = [...counts].sort((a, b) => b[1] - a[1]);
        const card = light(common[0] ?? [0, 0]);
        const drawn = common.filter((entry) => contrast(light(entry), card) >= 4.5);
        const share = drawn.reduce((sum, [, count]) => sum + count, 0) / all;
        expect(share).toBeGreaterThan(0.01);
        expect(share).toBeLessThan(0.5);
      });

      test("its numbers and labels are set in the bundled font", () => {
        for (const [, family] of svg.matchAll(/font-family="([^"]*)"/g)) expect(family).toBe("DejaVu Sans");
        for (const [text] of svg.matchAll(/<text[^>]*>/g)) expect(text).toContain("font-family=");
      });
    },
  );

  test("a picture seen twice is the same bytes, under a name known beforehand", () => {
    const again = loadPictures(FOLDER).pictures;
    for (const [id, picture] of again) expect(picture.hash).toBe(pictures.get(id)?.hash);
    const [id, first] = [...again][0] ?? [];
    expect(first?.png).toBe(first?.png);
    expect(Buffer.compare(first?.png ?? Buffer.of(), pictures.get(id ?? "")?.png ?? Buffer.of())).toBe(0);
    expect(new Set([...again.values()].map(({ hash }) => hash)).size).toBe(again.size);
  });

  test("an author sees how each flower that breathes opens and closes", () => {
    const { script } = contentOf();
    const shown = [...breaths(script)];
    expect(shown.map(([name]) => name)).toEqual(
      expect.arrayContaining(["adem-4-1-6", "adem-4-1-6, 2 s", "adem-4-1-6, 4.5 s", "adem-4-1-6, 8 s"]),
    );
    expect(new Set(shown.map(([, { png }]) => Buffer.from(png).toString("base64"))).size).toBe(shown.length);
  });

  test("an author sees each drawing that counts while it is read, held and let go", () => {
    const shown = [...counts(contentOf().script, pictures)];
    const squeeze = shown.filter(([name]) => name.startsWith("tel-10-5-3-stretch-schouderbladen"));
    expect(squeeze.map(([name]) => name.split(", ")[1])).toEqual([undefined, "4 s", "9.5 s", "57 s"]);
    expect(new Set(squeeze.map(([, { png }]) => Buffer.from(png).toString("base64"))).size).toBe(4);
  });

  test("an author finds all drawings on one sheet", () => {
    const some = new Map([...pictures].slice(0, 5));
    const { width, height } = sizeOf(contactSheet(some));
    expect(width).toBeGreaterThan(4 * 400);
    expect(height).toBeGreaterThan(2 * 300);
  });
});

describe("an author's faults with pictures", () => {
  const good =
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="#fff"/></svg>';
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pictures-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function load(alts: string, drawings: Record<string, string>) {
    writeFileSync(join(folder, "pictures.yaml"), alts);
    for (const [name, svg] of Object.entries(drawings)) writeFileSync(join(folder, name), svg);
    const loaded = loadPictures(folder);
    const faults = loaded.faults.map(
      ({ file, line, rule }) => `${file.slice(folder.length + 1)}:${line} ${rule}`,
    );
    return { ...loaded, faults };
  }

  test("all are told in one go, with file and line", () => {
    const { faults, pictures } = load(
      "goed: Twee handen op een hoofd.\n\nweg: Twee handen op een rug.\nkort: Hand.\n",
      {
        "goed.svg": good,
        "kort.svg": good,
        "zonder.svg": good,
        "smal.svg": good.replace('width="800"', 'width="80"'),
        "stuk.svg": "<svg",
        "lek.svg": good.replace("</svg>", '\n<image href="https://example.org/a.png"/></svg>'),
      },
    );
    expect(pictures.get("goed")?.alt).toBe("Twee handen op een hoofd.");
    expect(faults).toHaveLength(9);
    expect(faults).toContainEqual(expect.stringMatching(/^pictures\.yaml:3 .*"weg\.svg"/));
    expect(faults).toContainEqual(expect.stringMatching(/^pictures\.yaml:4 .*"kort" shows/));
    expect(faults).toContainEqual(expect.stringMatching(/^zonder\.svg:1 .*needs a text/));
    expect(faults).toContainEqual(expect.stringMatching(/^smal\.svg:1 .*80 by 600/));
    expect(faults).toContainEqual(expect.stringMatching(/^stuk\.svg:1 .*no valid SVG/));
    expect(faults).toContainEqual(expect.stringMatching(/^lek\.svg:2 .*stands alone/));
  });

  test("a list of texts that is no YAML is told, not thrown", () => {
    const { faults } = load('goed: "Twee handen\n', { "goed.svg": good });
    expect(faults).toContainEqual(expect.stringMatching(/^pictures\.yaml:\d+ .*no valid YAML/));
  });

  test("a drawing that is no drawing is refused when it is rendered", () => {
    expect(() => renderPicture("<svg")).toThrow();
  });
});
