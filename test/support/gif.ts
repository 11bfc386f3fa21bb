/** A GIF taken apart: what a player shows of it, frame by frame. */
import { createRequire } from "node:module";

interface Reader {
  readonly width: number;
  readonly height: number;
  numFrames(): number;
  loopCount(): number | null;
  frameInfo(frame: number): { readonly delay: number };
  decodeAndBlitFrameRGBA(frame: number, pixels: Uint8Array): void;
}
const { GifReader } = createRequire(import.meta.url)("omggif") as {
  readonly GifReader: new (bytes: Uint8Array) => Reader;
};

export interface Played {
  readonly width: number;
  readonly height: number;
  /** 0 is for ever; null is once. */
  readonly loops: number | null;
  /** How long each frame is shown (ms). */
  readonly delays: readonly number[];
  /** What is seen at each frame, as red, green, blue, opacity. */
  readonly seen: readonly Uint8Array[];
}

/** Throws where the bytes are no GIF. */
export function playGif(bytes: Uint8Array): Played {
  const gif = new GifReader(bytes);
  const frames = Array.from({ length: gif.numFrames() }, (_, frame) => frame);
  const screen = new Uint8Array(gif.width * gif.height * 4);
  return {
    width: gif.width,
    height: gif.height,
    loops: gif.loopCount(),
    delays: frames.map((frame) => gif.frameInfo(frame).delay * 10),
    // Each frame is drawn over the one before.
    seen: frames.map((frame) => {
      gif.decodeAndBlitFrameRGBA(frame, screen);
      return screen.slice();
    }),
  };
}

/** The smallest GIF: one frame of one pixel. */
export const TINY_GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
