import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { type Breath, breathOf, breathPicture } from "../../src/dialogue/breath.ts";
import { createPacer, drawMoment, PACER_SIZE, pacersOf } from "../../src/pictures/pacer.ts";
import { ALT_LENGTH } from "../../src/pictures.ts";
import { playGif } from "../support/gif.ts";

const { script, pictures } = contentOf();
const words = script.bot.breathing;
const calm: Breath = { in: 4, hold: 1, out: 6, rest: 0 };

/** How much of the picture the petals cover: how far the flower is open. */
const petals = (pixels: Uint8Array): number => {
  let covered = 0;
  for (let at = 0; at < pixels.length; at += 4)
    if (Math.abs((pixels[at] ?? 0) - 0xa9) < 10 && Math.abs((pixels[at + 1] ?? 0) - 0xc4) < 10) covered += 1;
  return covered;
};

describe("the flower of the adem-reset", () => {
  const pacer = pictures.get("adem-4-1-6");

  it("opens in four seconds, stays open for one, closes in six, and begins again", async () => {
    const { width, height, loops, delays, seen } = playGif((await pacer?.gif?.()) ?? new Uint8Array());
    expect([width, height, loops]).toEqual([PACER_SIZE, PACER_SIZE, 0]);
    expect(delays.reduce((sum, delay) => sum + delay, 0)).toBe(11_000);
    const at = (second: number) => petals(seen[second * 10] ?? new Uint8Array());
    const open = [0, 1, 2, 3, 4].map(at);
    expect(open).toEqual([...open].sort((a, b) => a - b));
    expect(at(4)).toBeGreaterThan(5 * at(0));
    expect(Math.abs(at(5) - at(4))).toBeLessThan(at(4) * 0.01);
    const shut = [5, 6, 7, 8, 9, 10].map(at);
    expect(shut).toEqual([...shut].sort((a, b) => b - a));
    // The last frame leads into the first without a jump.
    expect(Math.abs(petals(seen.at(-1) ?? new Uint8Array()) - at(0))).toBeLessThan(at(0) * 0.1);
  });

  it("is small enough for a phone on the road", async () => {
    expect((await pacer?.gif?.())?.length).toBeLessThan(500_000);
  });

  it("is drawn once, however many people breathe at the same time", async () => {
    const [one, two] = await Promise.all([pacer?.gif?.(), pacer?.gif?.()]);
    expect(one).toBe(two);
    expect(pacer?.png).toBe(pacer?.png);
  });

  it("lets others be answered while it is drawn", async () => {
    let answered = 0;
    let drawing = true;
    const others = (): void => {
      answered += 1;
      if (drawing) setImmediate(others);
    };
    setImmediate(others);
    await createPacer({ in: 2, hold: 0, out: 2, rest: 0 }, words).gif?.();
    drawing = false;
    expect(answered).toBeGreaterThan(40);
  });

  it("says its rhythm to who does not see it, and shows it to who sees it stand still", () => {
    expect(pacer?.alt).toBe(
      "Een bloem opent als je inademt en sluit als je uitademt: in 4, vast 1, uit 6 tellen, telkens opnieuw.",
    );
    for (const { alt } of pacersOf(script).values()) expect(alt.length).toBeLessThanOrEqual(ALT_LENGTH.max);
    const view = new DataView(pacer?.png.buffer ?? new ArrayBuffer(24), pacer?.png.byteOffset);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([PACER_SIZE, PACER_SIZE]);
  });

  it("has a name that changes with anything that is seen, and with nothing else", () => {
    const hash = (breath: Breath, said = words) => createPacer(breath, said).hash;
    expect(hash(calm)).toBe(pacer?.hash);
    expect(hash({ ...calm, hold: 2 })).not.toBe(pacer?.hash);
    expect(hash(calm, { ...words, out: "Af" })).not.toBe(pacer?.hash);
  });
});

describe("a rhythm", () => {
  it("reads on the flower what to do now", () => {
    const box: Breath = { in: 4, hold: 4, out: 4, rest: 4 };
    const word = (at: number) => />(\p{L}+)<\/text>/u.exec(drawMoment(box, words, at))?.[1];
    expect([0, 3.9, 4, 7.9, 8, 12, 15.9].map(word)).toEqual([
      "In",
      "In",
      "Vast",
      "Vast",
      "Uit",
      "Rust",
      "Rust",
    ]);
  });

  it("is told by the name of its picture", () => {
    for (const breath of [calm, { in: 3, hold: 0, out: 4, rest: 0 }, { in: 4, hold: 4, out: 10, rest: 4 }])
      expect(breathOf(breathPicture(breath))).toEqual(breath);
    for (const other of ["adem-in", "adem-4-1", "adem-99-1-6", "adem-4-1-6-9", "hoofd-nek"])
      expect(breathOf(other)).toBeUndefined();
  });
});
