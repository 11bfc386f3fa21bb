import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { COUNT_READY, type Count, countOf, countPicture, countSeconds } from "../../src/dialogue/count.ts";
import { COUNTER_SIZE, countersOf, createCounter, drawCount } from "../../src/pictures/counter.ts";
import { ALT_LENGTH } from "../../src/pictures.ts";
import { playGif } from "../support/gif.ts";

const { script, pictures } = contentOf();
const words = script.bot.counting;
const squeeze: Count = { to: 10, every: 5, hold: 3 };

/** How much of the picture the ring covers. */
const ring = (pixels: Uint8Array): number => {
  let covered = 0;
  for (let at = COUNTER_SIZE.width * 360 * 4; at < pixels.length; at += 4)
    if ((at / 4) % COUNTER_SIZE.width < 210 && (pixels[at] ?? 0) < 30 && (pixels[at + 1] ?? 0) > 90)
      covered += 1;
  return covered;
};

describe("the figure of the microstretch", () => {
  const counter = pictures.get("tel-10-5-3-stretch-schouderbladen");

  it("waits while somebody reads, and then fills a ring in three seconds and empties it in two, time and again", async () => {
    const drawing = pictures.get("stretch-schouderbladen");
    if (!drawing) throw new Error("There is no drawing.");
    const thrice = createCounter({ ...squeeze, to: 3 }, drawing, words);
    const { width, height, loops, delays, seen } = playGif((await thrice.gif?.()) ?? new Uint8Array());
    expect({ width, height, loops }).toEqual({ ...COUNTER_SIZE, loops: 0 });
    expect(delays.reduce((sum, delay) => sum + delay, 0)).toBe(23_000);
    const at = (second: number): number => ring(seen[Math.round(second * 5)] ?? new Uint8Array());
    for (const begin of [0, 1, 2].map((count) => COUNT_READY + count * squeeze.every)) {
      const [empty = 0, half = 0, full = 0, letGo = 0] = [0, 1.4, 3, 4.8].map((after) => at(begin + after));
      expect(empty).toBeLessThan(half);
      expect(half).toBeLessThan(full * 0.6);
      expect(letGo).toBeLessThan(half);
    }
  });

  it("is small enough for a phone on the road, and drawn once", async () => {
    const [one, two] = await Promise.all([counter?.gif?.(), counter?.gif?.()]);
    expect(one?.length).toBeLessThan(500_000);
    expect(one).toBe(two);
  });

  it("keeps the drawing in sight while it counts", async () => {
    const short: Count = { to: 2, every: 2, hold: 0 };
    const drawing = pictures.get("stretch-chin-tuck");
    if (!drawing) throw new Error("There is no drawing.");
    const { seen } = playGif((await createCounter(short, drawing, words).gif?.()) ?? new Uint8Array());
    const above = (frame: number): Uint8Array => (seen[frame] ?? new Uint8Array()).slice(0, 480 * 360 * 4);
    expect(new Set(above(0)).size).toBeGreaterThan(20);
    expect(Buffer.compare(above(0), above(seen.length - 1))).toBe(0);
  });

  it("says what it shows to who does not see it, and how often to who sees it stand still", () => {
    expect(counter?.alt).toMatch(/schouderbladen naar elkaar toe\..*Een cijfer telt tot 10\.$/);
    for (const { alt } of countersOf(script, pictures).values())
      expect(alt.length).toBeLessThanOrEqual(ALT_LENGTH.max);
    const png = counter?.png ?? new Uint8Array(24);
    const view = new DataView(png.buffer, png.byteOffset);
    expect({ width: view.getUint32(16), height: view.getUint32(20) }).toEqual(COUNTER_SIZE);
    expect(counter?.png).toBe(png);
  });

  it("has a name that changes with anything that is seen, and with nothing else", () => {
    const drawing = pictures.get("stretch-schouderbladen");
    const other = pictures.get("hoofd-nek");
    if (!drawing || !other) throw new Error("There is no drawing.");
    const hash = (count: Count, of = drawing, said = words) => createCounter(count, of, said).hash;
    expect(hash(squeeze)).toBe(counter?.hash);
    expect(hash({ ...squeeze, hold: 2 })).not.toBe(counter?.hash);
    expect(hash(squeeze, other)).not.toBe(counter?.hash);
    expect(hash(squeeze, drawing, { ...words, rest: "Laat" })).not.toBe(counter?.hash);
  });
});

describe("a count", () => {
  it("reads beside the ring what to do now", () => {
    const read = (count: Count, at: number): string =>
      [...drawCount(count, words, at).matchAll(/>([^<\n]*)<\/text>/g)].map(([, text]) => text).join(" ");
    const moments = [0, 7.9, 8, 10.9, 11, 12.9, 13, 57.9];
    expect(moments.map((at) => read(squeeze, at).trim())).toEqual([
      ...["Lees even", "Lees even", "1 Vast", "1 Vast", "1 Los", "1 Los", "2 Vast", "10 Los"],
    ]);
    expect(read({ to: 4, every: 3, hold: 0 }, 12)).toBe("2 van 4");
  });

  it("is told by the name of its picture, and takes as long as reading and every count", () => {
    expect(countOf(countPicture(squeeze, "hoofd-nek"))).toEqual({ count: squeeze, drawing: "hoofd-nek" });
    expect(countSeconds(squeeze)).toBe(58);
    for (const other of ["tel-10-5-3", "tel-10-5-5-nek", "tel-99-5-3-nek", "tel-20-10-0-nek", "hoofd-nek"])
      expect(countOf(other)).toBeUndefined();
  });
});
