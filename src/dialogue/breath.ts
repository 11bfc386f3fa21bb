/**
 * A breath, the rhythm of which people follow, and the name of the picture that breathes along with it.
 *
 * The name says the whole rhythm (`adem-4-1-6`: four seconds in, one held, six out; a fourth figure is the rest
 * that follows), so a message carries it as it carries any picture, and whoever draws it needs nothing else.
 */

/** One breath, in whole seconds; `hold` is held after breathing in, `rest` after breathing out. */
export interface Breath {
  readonly in: number;
  readonly hold: number;
  readonly out: number;
  readonly rest: number;
}

/** The parts of a breath in their order. */
export const BREATH = ["in", "hold", "out", "rest"] as const;
export type BreathPart = (typeof BREATH)[number];

/** What each part may last (s): calm, and nothing that leaves anybody without air. */
export const BREATH_LIMITS: Readonly<Record<BreathPart, { readonly min: number; readonly max: number }>> = {
  in: { min: 2, max: 8 },
  hold: { min: 0, max: 4 },
  out: { min: 2, max: 10 },
  rest: { min: 0, max: 4 },
};

/** How long one breath lasts (s). */
export const breathSeconds = (breath: Breath): number => BREATH.reduce((sum, part) => sum + breath[part], 0);

/** The id of the picture that breathes so. */
export const breathPicture = (breath: Breath): string =>
  ["adem", breath.in, breath.hold, breath.out, ...(breath.rest > 0 ? [breath.rest] : [])].join("-");

/** The breath that a picture's id names; undefined where it is a picture of another kind. */
export function breathOf(picture: string): Breath | undefined {
  const figures = /^adem-(\d+)-(\d+)-(\d+)(?:-(\d+))?$/.exec(picture)?.slice(1);
  if (!figures) return undefined;
  const [inward = 0, hold = 0, out = 0, rest = 0] = figures.map((figure) => Number(figure ?? 0));
  const breath: Breath = { in: inward, hold, out, rest };
  const fits = BREATH.every(
    (part) => breath[part] >= BREATH_LIMITS[part].min && breath[part] <= BREATH_LIMITS[part].max,
  );
  return fits ? breath : undefined;
}
