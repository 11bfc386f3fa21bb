/** The picture that breathes: a flower that opens while somebody breathes in and closes while they breathe out. */
import type { Picture } from "../channels/channel.ts";
import { BREATH, type Breath, type BreathPart, breathOf, breathSeconds } from "../dialogue/breath.ts";
import type { BreathingWords, Script } from "../dialogue/script.ts";
import { COLOUR, createMoving, drawPixels, pointOn } from "./moving.ts";

/** Width and height in pixels; even, as video (which Telegram makes of it) must be. */
export const PACER_SIZE = 400;

const PER_SECOND = 10;
const MIDDLE = PACER_SIZE / 2;

/** The pictures of all rhythms in which this script lets people breathe, by id. */
export function pacersOf({ flows, bot }: Pick<Script, "flows" | "bot">): Map<string, Picture> {
  const pacers = new Map<string, Picture>();
  for (const { nodes } of flows.values())
    for (const { versions } of nodes.values())
      for (const { picture = "" } of versions) {
        const breath = breathOf(picture);
        if (breath && !pacers.has(picture)) pacers.set(picture, createPacer(breath, bot.breathing));
      }
  return pacers;
}

/** The picture of this rhythm: a GIF of one breath, and as it stands still an open flower with the figures. */
export function createPacer(breath: Breath, words: BreathingWords): Picture {
  const parts = partsOf(breath).map(({ part }) => part);
  const still = drawFlower(breath, breath.in, parts.map((part) => breath[part]).join("·"));
  const seconds = breathSeconds(breath);
  const moments = Array.from({ length: seconds }, (_, second) => drawMoment(breath, words, second));
  const figures = parts.map((part) => `${words[part].toLowerCase()} ${breath[part]}`).join(", ");
  return createMoving({
    alt: words.alt.replace("{ritme}", figures),
    recipe: [still, ...moments],
    still: () => still,
    film: {
      width: PACER_SIZE,
      height: PACER_SIZE,
      frames: seconds * PER_SECOND,
      delay: 100 / PER_SECOND,
      colours: 16,
      colourful: [0, breath.in / 2, breath.in, breath.in + breath.hold + breath.out / 2].map((at) =>
        Math.floor(at * PER_SECOND),
      ),
      draw: (frame) => drawPixels(drawMoment(breath, words, frame / PER_SECOND)),
    },
  });
}

/** One moment of a breath as SVG; `at` counts seconds from its beginning. */
export function drawMoment(breath: Breath, words: BreathingWords, at: number): string {
  const part = partsOf(breath).findLast(({ begins }) => begins <= at)?.part ?? "in";
  return drawFlower(breath, at, words[part]);
}

/** The parts of this breath and the second at which each begins; those that take no time are left out. */
function partsOf(breath: Breath): { part: BreathPart; begins: number }[] {
  let ends = 0;
  return BREATH.flatMap((part) => {
    const begins = ends;
    ends += breath[part];
    return ends > begins ? { part, begins } : [];
  });
}

/** How far the flower is open, 0 to 1: it begins and ends each part gently. */
function openness(breath: Breath, at: number): number {
  const gently = (share: number): number => (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, share)))) / 2;
  return gently(at / breath.in) - gently((at - breath.in - breath.hold) / breath.out);
}

function drawFlower(breath: Breath, at: number, word: string): string {
  const open = openness(breath, at);
  const size = Math.min(34, 150 / word.length);
  const reach = 72 + 78 * open;
  const turn = 24 * open - 12;
  const back = petals(reach * 0.93, reach * 0.36, turn + 22.5);
  const front = petals(reach, reach * 0.3, turn);
  const angle = (seconds: number): number => (2 * Math.PI * seconds) / breathSeconds(breath);
  const borders = partsOf(breath).map(
    ({ begins }) => `M${point(161, angle(begins))}L${point(177, angle(begins))}`,
  );
  const [x, y] = point(169, angle(at)).split(" ");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PACER_SIZE}" height="${PACER_SIZE}">
<rect width="100%" height="100%" fill="${COLOUR.wall}"/>
<rect x="9" y="9" width="382" height="382" rx="18" fill="${COLOUR.card}"/>
<g fill="none" stroke="${COLOUR.track}" stroke-width="4"><circle cx="${MIDDLE}" cy="${MIDDLE}" r="169"/><path d="${borders.join("")}"/></g>
<g stroke="${COLOUR.ink}" stroke-width="3" stroke-linejoin="round"><g fill="${COLOUR.light}">${back}</g><g fill="${COLOUR.petal}">${front}</g>
<circle cx="${MIDDLE}" cy="${MIDDLE}" r="54" fill="${COLOUR.heart}"/></g>
<circle cx="${x}" cy="${y}" r="8" fill="${COLOUR.heart}"/>
<text x="${MIDDLE}" y="${MIDDLE + size * 0.36}" font-family="DejaVu Sans" font-weight="bold" font-size="${size}" text-anchor="middle" fill="${COLOUR.card}">${word}</text>
</svg>`;
}

/** Eight petals of this length and width around the middle, turned by so many degrees. */
function petals(length: number, width: number, turn: number): string {
  const [left, right] = [MIDDLE - width, MIDDLE + width].map((n) => n.toFixed(1));
  const [tip, wide, narrow] = [1, 0.86, 0.45].map((share) => (MIDDLE - length * share).toFixed(1));
  const petal = `M${MIDDLE} ${MIDDLE}C${left} ${narrow} ${left} ${wide} ${MIDDLE} ${tip}C${right} ${wide} ${right} ${narrow} ${MIDDLE} ${MIDDLE}Z`;
  return Array.from(
    { length: 8 },
    (_, i) => `<path transform="rotate(${(45 * i + turn).toFixed(2)} ${MIDDLE} ${MIDDLE})" d="${petal}"/>`,
  ).join("");
}

/** A place on a circle around the middle. */
const point = (radius: number, angle: number): string => pointOn(MIDDLE, MIDDLE, radius, angle);
