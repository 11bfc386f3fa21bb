import { describe, expect, it } from "vitest";
import { encodeGif } from "../../src/pictures/gif.ts";
import { playGif } from "../support/gif.ts";

/** Frames of 4 by 3, each of one letter a pixel. */
const COLOURS: Readonly<Record<string, readonly number[]>> = {
  ".": [250, 240, 230],
  r: [200, 20, 30],
  g: [10, 110, 100],
};
const seenOf = (drawing: string): Uint8Array =>
  Uint8Array.from([...drawing].flatMap((sign) => [...(COLOURS[sign] ?? []), 255]));

const film = (drawings: readonly string[]) => ({
  width: 4,
  height: 3,
  frames: drawings.length,
  delay: 25,
  colours: 16,
  colourful: drawings.map((_, frame) => frame),
  draw: async (frame: number) => new Uint32Array(seenOf(drawings[frame] ?? "").buffer),
});

describe("a film as a GIF", () => {
  it("shows every frame as it was drawn, in its time, again and again", async () => {
    const drawings = ["............", ".....r......", ".....r......", "r....g.....g", "............"];
    const played = playGif(await encodeGif(film(drawings)));
    expect(played).toMatchObject({ width: 4, height: 3, loops: 0, delays: [250, 250, 250, 250, 250] });
    expect(played.seen.map((pixels) => [...pixels])).toEqual(drawings.map((drawing) => [...seenOf(drawing)]));
  });

  it("gives a colour that is too many the nearest that there is", async () => {
    // Each shade once, and two colours that are everywhere.
    const shades = Uint8Array.from({ length: 64 * 4 }, (_, i) => (i % 4 === 3 ? 255 : Math.floor(i / 4) * 4));
    const many = {
      width: 64,
      height: 1,
      frames: 1,
      delay: 10,
      colours: 16,
      colourful: [0],
      draw: async () => new Uint32Array(shades.buffer),
    };
    const [seen = new Uint8Array()] = playGif(await encodeGif(many)).seen;
    expect(new Set(seen).size).toBeLessThanOrEqual(17);
    expect([...seen].every((value, i) => Math.abs(value - (shades[i] ?? 0)) <= 140)).toBe(true);
  });

  it("tells what went wrong while it was drawn", async () => {
    const broken = { ...film(["............"]), draw: () => Promise.reject(new Error("no ink")) };
    await expect(encodeGif(broken)).rejects.toThrow("no ink");
  });
});
