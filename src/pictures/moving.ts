/**
 * A picture that moves: one animation that repeats, kept once it is drawn.
 *
 * It is one animation and no message that is edited: edits would cost three calls for each breath of each person,
 * which eats the platforms' limits and makes everybody's timers late, and they jump and lag where a breath flows.
 * An animation is uploaded once, moves by itself, and keeps its rhythm also where the network does not. Its
 * frames are drawn at the first use and off the event loop, so that others are answered meanwhile.
 */
import { createHash } from "node:crypto";
import { renderAsync } from "@resvg/resvg-js";
import type { Picture } from "../channels/channel.ts";
import { fontsFor, RENDERER, renderPicture } from "../pictures.ts";
import { ENCODER, encodeGif, type Film, type Pixels } from "./gif.ts";

/** The colours of the drawings. */
export const COLOUR = {
  wall: "#F0E1CF",
  card: "#FCF5EB",
  track: "#E3D2BC",
  ink: "#43302B",
  petal: "#A9C4BA",
  light: "#DDEDE8",
  heart: "#0B6B64",
} as const;

export interface Moving {
  readonly alt: string;
  /** As it stands still, as SVG. */
  still(): string;
  /** All that is seen, in words that change with it: the name of its bytes. */
  readonly recipe: readonly string[];
  readonly film: Film;
}

/** The picture of this film, which is drawn when it is first asked for. */
export function createMoving({ alt, still, recipe, film }: Moving): Picture {
  let png: Uint8Array | undefined;
  let gif: Promise<Uint8Array> | undefined;
  return {
    alt,
    hash: createHash("sha256")
      .update([RENDERER, ENCODER, film.colours, film.delay, ...recipe].join("\n"))
      .digest("hex")
      .slice(0, 32),
    get png() {
      png ??= renderPicture(still());
      return png;
    },
    gif() {
      gif ??= encodeGif(film).catch((error: unknown) => {
        gif = undefined;
        throw error;
      });
      return gif;
    },
  };
}

/** A drawing (SVG) as pixels, drawn off the event loop. */
export async function drawPixels(svg: string): Promise<Pixels> {
  const { pixels } = await renderAsync(svg, fontsFor(svg));
  return new Uint32Array(Uint8Array.from(pixels).buffer);
}

/** A place on a circle around here; the angle (radians) counts clockwise from the top. */
export const pointOn = (x: number, y: number, radius: number, angle: number): string =>
  `${(x + radius * Math.sin(angle)).toFixed(1)} ${(y - radius * Math.cos(angle)).toFixed(1)}`;
