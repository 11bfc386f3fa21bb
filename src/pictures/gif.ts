/**
 * Frames become one GIF that repeats for ever: the only moving picture that Telegram, Discord and a browser
 * all show by themselves.
 *
 * It is kept small by few colours and by writing of each frame only what changed. Frames are asked for one by
 * one and are drawn elsewhere, so that whoever waits for an answer meanwhile gets it: what is done here for one
 * frame takes some milliseconds.
 */
import { createRequire } from "node:module";

/** A frame, row by row from the top: of each pixel red in the lowest eight bits, then green, blue and opacity. */
export type Pixels = Uint32Array;

export interface Film {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** How long each frame is shown, in hundredths of a second (the unit of a GIF). */
  readonly delay: number;
  /** Draws one frame, counted from 0. */
  draw(frame: number): Promise<Pixels>;
  /** Colours in the file, a power of two up to 256; the last means "as it was in the frame before". */
  readonly colours: number;
  /** Frames in which all colours are seen. */
  readonly colourful: readonly number[];
}

interface Writer {
  addFrame(
    x: number,
    y: number,
    width: number,
    height: number,
    pixels: Uint8Array,
    options: { delay: number; disposal: number; transparent: number | null },
  ): void;
  end(): void;
}
interface Omggif {
  readonly GifWriter: new (
    bytes: number[],
    width: number,
    height: number,
    options: { loop: number; palette: number[] },
  ) => Writer;
}
const require = createRequire(import.meta.url);
const { GifWriter } = require("omggif") as Omggif;
const { version } = require("omggif/package.json") as { version: string };

/** What encodes: a part of the recipe of every film. */
export const ENCODER = `omggif ${version}`;

/** The film as the bytes of a GIF. Throws what `draw` throws. */
export async function encodeGif(film: Film): Promise<Uint8Array> {
  const { width, height, frames, delay, colours, draw } = film;
  const palette = await paletteOf(film);
  const placesOf = createPlaces(palette);
  const asBefore = colours - 1;
  const bytes: number[] = [];
  const writer = new GifWriter(bytes, width, height, {
    loop: 0,
    palette: Array.from({ length: colours }, (_, i) => redFirst(palette[i] ?? 0)),
  });
  let before: Uint8Array | undefined;
  for (let frame = 0; frame < frames; frame += 1) {
    const now = placesOf(await draw(frame));
    const area = before ? changed(before, now, width) : { x: 0, y: 0, width, height };
    const places = new Uint8Array(area.width * area.height);
    for (let at = 0; at < places.length; at += 1) {
      const from = (area.y + Math.floor(at / area.width)) * width + area.x + (at % area.width);
      places[at] = before && before[from] === now[from] ? asBefore : (now[from] ?? 0);
    }
    // Disposal 1: the frame stays, and the next one is drawn over it.
    const options = { delay, disposal: 1, transparent: before ? asBefore : null };
    writer.addFrame(area.x, area.y, area.width, area.height, places, options);
    before = now;
  }
  writer.end();
  return Uint8Array.from(bytes);
}

const redFirst = (pixel: number): number => ((pixel & 255) << 16) | (pixel & 0xff00) | ((pixel >> 16) & 255);

/** Colours that differ by less than this in red, green and blue are one: five bits of each. */
const NEAR = 1 << 15;
const nearOf = (pixel: number): number =>
  ((pixel >> 3) & 31) | ((pixel >> 6) & (31 << 5)) | ((pixel >> 9) & (31 << 10));

/** The colours that are seen most, as pixels. */
async function paletteOf({ colours, colourful, draw }: Film): Promise<number[]> {
  const counts = new Uint32Array(NEAR);
  const seen = new Uint32Array(NEAR);
  for (const frame of colourful)
    for (const pixel of await draw(frame)) {
      const near = nearOf(pixel);
      counts[near] = (counts[near] ?? 0) + 1;
      seen[near] = pixel;
    }
  return [...counts.keys()]
    .filter((near) => (counts[near] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
    .slice(0, colours - 1)
    .map((near) => seen[near] ?? 0);
}

/** From pixels to places in the palette: of each the nearest colour. */
function createPlaces(palette: readonly number[]): (pixels: Pixels) => Uint8Array {
  const known = new Int16Array(NEAR).fill(-1);
  const distance = (one: number, other: number): number =>
    [0, 8, 16].reduce((sum, bits) => sum + (((one >> bits) & 255) - ((other >> bits) & 255)) ** 2, 0);
  const nearest = (pixel: number): number => {
    const distances = palette.map((colour) => distance(colour, pixel));
    return distances.indexOf(Math.min(...distances));
  };
  return (pixels) => {
    const places = new Uint8Array(pixels.length);
    for (let at = 0; at < pixels.length; at += 1) {
      const pixel = pixels[at] ?? 0;
      const near = nearOf(pixel);
      if (known[near] === -1) known[near] = nearest(pixel);
      places[at] = known[near] ?? 0;
    }
    return places;
  };
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest area that holds all that changed; one pixel where nothing did. */
function changed(before: Uint8Array, now: Uint8Array, width: number): Area {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let at = 0; at < now.length; at += 1) {
    if (before[at] === now[at]) continue;
    const x = at % width;
    if (x < left) left = x;
    if (x > right) right = x;
    bottom = Math.floor(at / width);
    if (top < 0) top = bottom;
  }
  if (right < 0) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
