/**
 * The picture that counts: a drawing of a movement and, below it, a figure in a ring that fills at every count.
 *
 * The drawing stays in sight while is counted, for who moves along looks up to see how it was meant. The figures
 * have a strip of their own, so that they never cover a hand.
 */
import type { Picture } from "../channels/channel.ts";
import { COUNT_READY, type Count, countOf, countSeconds } from "../dialogue/count.ts";
import type { CountingWords, Script } from "../dialogue/script.ts";
import { PICTURE_SIZE } from "../pictures.ts";
import type { Pixels } from "./gif.ts";
import { COLOUR, createMoving, drawPixels, pointOn } from "./moving.ts";

/** In pixels; even, as video (which Telegram makes of it) must be. The strip has the lowest rows. */
export const COUNTER_SIZE = { width: 480, height: 500 } as const;
const DRAWING = (COUNTER_SIZE.width / PICTURE_SIZE.width) * PICTURE_SIZE.height;
const STRIP = COUNTER_SIZE.height - DRAWING;

const PER_SECOND = 5;
const RING = { x: 144, y: 60, radius: 46 } as const;

/** The pictures of all counts along which this script lets people move, by id. */
export function countersOf(
  { flows, bot }: Pick<Script, "flows" | "bot">,
  drawings: ReadonlyMap<string, Picture>,
): Map<string, Picture> {
  const counters = new Map<string, Picture>();
  for (const { nodes } of flows.values())
    for (const { versions } of nodes.values())
      for (const { picture = "" } of versions) {
        const { count, drawing = "" } = countOf(picture) ?? {};
        const drawn = drawings.get(drawing);
        if (count && drawn && !counters.has(picture))
          counters.set(picture, createCounter(count, drawn, bot.counting));
      }
  return counters;
}

/** The picture of this count: a GIF from one to the last, and as it stands still how often. */
export function createCounter(count: Count, drawing: Picture, words: CountingWords): Picture {
  const seconds = countSeconds(count);
  const still = drawStrip(1, `${count.to}×`, "");
  let above: Promise<Pixels> | undefined;
  return createMoving({
    alt: words.alt.replace("{tekening}", drawing.alt).replace("{tot}", String(count.to)),
    recipe: [
      drawing.hash,
      still,
      ...Array.from({ length: seconds }, (_, second) => drawCount(count, words, second)),
    ],
    still: () => withDrawing(still, drawing),
    film: {
      ...COUNTER_SIZE,
      frames: seconds * PER_SECOND,
      delay: 100 / PER_SECOND,
      colours: 32,
      colourful: [0, (COUNT_READY + count.hold / 2) * PER_SECOND].map(Math.floor),
      async draw(frame) {
        above ??= drawPixels(withDrawing(drawStrip(0, "", ""), drawing));
        const pixels = Uint32Array.from(await above);
        pixels.set(
          await drawPixels(drawCount(count, words, frame / PER_SECOND)),
          COUNTER_SIZE.width * DRAWING,
        );
        return pixels;
      },
    },
  });
}

/** One moment of a count with its drawing, as SVG. */
export const drawCounting = (count: Count, words: CountingWords, drawing: Picture, at: number): string =>
  withDrawing(drawCount(count, words, at), drawing);

/** The strip at one moment as SVG; `at` counts seconds from the beginning. */
export function drawCount(count: Count, words: CountingWords, at: number): string {
  const { to, every, hold } = count;
  const since = at - COUNT_READY;
  if (since < 0) return drawStrip(at / COUNT_READY, "", words.ready);
  const figure = String(Math.min(to, Math.floor(since / every) + 1));
  const within = since % every;
  if (hold === 0) return drawStrip(within / every, figure, words.of.replace("{tot}", String(to)));
  return within < hold
    ? drawStrip(within / hold, figure, words.hold)
    : drawStrip(1 - (within - hold) / (every - hold), figure, words.rest);
}

/** A ring that is filled so far (0 to 1) with a figure in it, and a word beside it. */
function drawStrip(filled: number, figure: string, word: string): string {
  const { x, y, radius } = RING;
  // A full circle has no arc: it ends where it begins.
  const end = Math.min(filled, 0.996) * 2 * Math.PI;
  const arc = `M${x} ${y - radius}A${radius} ${radius} 0 ${end > Math.PI ? 1 : 0} 1 ${pointOn(x, y, radius, end)}`;
  const size = figure.length > 2 ? 30 : 46;
  const write = (text: string, at: string, of: number, colour: string): string =>
    `<text ${at} y="${y + of * 0.36}" font-size="${of}" fill="${colour}">${text}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${COUNTER_SIZE.width}" height="${STRIP}">
<rect width="100%" height="100%" fill="${COLOUR.wall}"/>
<rect x="11" width="${COUNTER_SIZE.width - 22}" height="${STRIP - 13}" rx="22" fill="${COLOUR.card}"/>
<g fill="none" stroke-width="12" stroke-linecap="round"><circle cx="${x}" cy="${y}" r="${radius}" stroke="${COLOUR.track}"/>
${filled > 0 ? `<path d="${arc}" stroke="${COLOUR.heart}"/>` : ""}</g>
<g font-family="DejaVu Sans" font-weight="bold">${write(figure, `x="${x}" text-anchor="middle"`, size, COLOUR.ink)}
${write(word, `x="${x + radius + 30}"`, 36, COLOUR.heart)}</g>
</svg>`;
}

/** The strip with its drawing above it. */
function withDrawing(strip: string, { png }: Picture): string {
  const { width, height } = COUNTER_SIZE;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<image width="${width}" height="${DRAWING}" href="data:image/png;base64,${Buffer.from(png).toString("base64")}"/>
${strip.replace("<svg ", `<svg y="${DRAWING}" `)}
</svg>`;
}
