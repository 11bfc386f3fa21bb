/**
 * The pictures of the routines: from a drawing (SVG) and what it shows (Dutch text) to bytes for a platform.
 *
 * No platform shows SVG, so each drawing is rendered to PNG here: the first time that somebody sees it, and
 * then kept, so that a start costs nothing. Only the bundled font is known, never one of the machine: a
 * picture is the same wherever the bot runs. A picture's hash names its recipe (drawing, renderer, size), so
 * it is known without rendering and a platform's upload can be used again after a restart.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Picture } from "./channels/channel.ts";

/** Width and height of a drawing and of its picture, in pixels. */
export const PICTURE_SIZE = { width: 800, height: 600 } as const;

/** What a drawing's text alternative may measure, in characters: what it shows, not a routine retold. */
export const ALT_LENGTH = { min: 10, max: 140 } as const;

/** Something an author can mend; `line` counts from 1. */
export interface PictureFault {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly remedy: string;
}

/** All pictures by id (the drawing's file name); those with a fault may be absent. */
export interface Pictures {
  readonly pictures: ReadonlyMap<string, Picture>;
  readonly faults: readonly PictureFault[];
}

const require = createRequire(import.meta.url);
const font = (style: string) => require.resolve(`dejavu-fonts-ttf/ttf/${style}.ttf`);
const { version } = require("@resvg/resvg-js/package.json") as { version: string };

/** What renders: a part of the recipe of every picture. */
export const RENDERER = `resvg ${version}`;

const ALT_FILE = "pictures.yaml";

/** Reads every `*.svg` of a folder and `pictures.yaml`, id by id what each shows. Throws only when the folder cannot be read. */
export function loadPictures(folder: string): Pictures {
  const faults: PictureFault[] = [];
  const pictures = new Map<string, Picture>();
  const alts = readAlts(join(folder, ALT_FILE), faults);
  const drawings = readdirSync(folder).filter((name) => name.endsWith(".svg"));

  for (const name of drawings.sort()) {
    const id = name.slice(0, -".svg".length);
    const file = join(folder, name);
    const svg = readFileSync(file, "utf8");
    faults.push(...faultsOf(svg).map((fault) => ({ file, ...fault })));
    const alt = alts.get(id);
    alts.delete(id);
    if (alt) pictures.set(id, createPicture(svg, alt.text));
    else {
      faults.push({
        file,
        line: 1,
        rule: "A picture needs a text that says what it shows.",
        remedy: `Add "${id}: ..." to ${ALT_FILE}.`,
      });
    }
  }
  for (const [id, { line }] of alts) {
    faults.push({
      file: join(folder, ALT_FILE),
      line,
      rule: `There is no drawing "${id}.svg".`,
      remedy: "Add the drawing, or correct or remove this line.",
    });
  }
  return { pictures, faults };
}

/** A drawing as PNG bytes, in its own size. Throws when it is no valid SVG. */
export const renderPicture = (svg: string): Uint8Array => new Resvg(svg, fontsFor(svg)).render().asPng();

/** How every drawing is rendered: with the bundled font, where it has words. */
export const fontsFor = (svg: string): ResvgRenderOptions => ({
  font: {
    loadSystemFonts: false,
    fontFiles: svg.includes("<text") ? [font("DejaVuSans"), font("DejaVuSans-Bold")] : [],
    defaultFontFamily: "DejaVu Sans",
  },
});

function createPicture(svg: string, alt: string): Picture {
  let png: Uint8Array | undefined;
  return {
    alt,
    hash: createHash("sha256").update(`${RENDERER}\n${svg}`).digest("hex").slice(0, 32),
    get png() {
      png ??= renderPicture(svg);
      return png;
    },
  };
}

/** What would make a drawing look different elsewhere, or not be drawn at all. */
function faultsOf(svg: string): Omit<PictureFault, "file">[] {
  const faults: Omit<PictureFault, "file">[] = [];
  try {
    const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false } });
    if (width !== PICTURE_SIZE.width || height !== PICTURE_SIZE.height) {
      faults.push({
        line: 1,
        rule: `A drawing is ${PICTURE_SIZE.width} by ${PICTURE_SIZE.height}; this one is ${width} by ${height}.`,
        remedy: 'Set width="800" height="600" viewBox="0 0 800 600" on its <svg>.',
      });
    }
  } catch (error) {
    faults.push({
      line: 1,
      rule: `This is no valid SVG: ${(error as Error).message}.`,
      remedy: "Open it in a drawing program and save it again as plain SVG.",
    });
  }
  const outside =
    /<(?:image|script|style|foreignObject)\b|(?:href|src)\s*=\s*["'](?!#)|url\(\s*["']?(?!#)/i.exec(svg);
  if (outside) {
    faults.push({
      line: svg.slice(0, outside.index).split("\n").length,
      rule: "A drawing stands alone: no image, style sheet, script or link to elsewhere.",
      remedy: "Draw it with shapes and attributes in the file itself.",
    });
  }
  return faults;
}

interface Alt {
  readonly text: string;
  readonly line: number;
}

/** The text alternatives by id; a wrong line becomes a fault and is left out. */
function readAlts(file: string, faults: PictureFault[]): Map<string, Alt> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines });
  const at = (offset: number | undefined) => lines.linePos(offset ?? 0).line;
  for (const error of document.errors) {
    const rule = `This is no valid YAML: ${error.code}.`;
    faults.push({
      file,
      line: at(error.pos[0]),
      rule,
      remedy: 'Write one line for each picture: "id: text".',
    });
  }
  const alts = new Map<string, Alt>();
  for (const { key, value } of isMap(document.contents) ? document.contents.items : []) {
    const line = at(isScalar(key) ? key.range?.[0] : undefined);
    const text = isScalar(value) ? value.value : undefined;
    if (typeof text !== "string" || text.length < ALT_LENGTH.min || text.length > ALT_LENGTH.max) {
      faults.push({
        file,
        line,
        rule: `What "${key}" shows is said in ${ALT_LENGTH.min} to ${ALT_LENGTH.max} characters.`,
        remedy: "Say in one sentence where the hands are and how they move.",
      });
    }
    alts.set(String(key), { text: typeof text === "string" ? text : "", line });
  }
  return alts;
}
