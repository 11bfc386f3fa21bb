/**
 * A count to move along with, and the name of the picture that counts.
 *
 * The name says the whole count and whose drawing it stands under (`tel-10-5-3-stretch-chin-tuck`: to ten, five
 * seconds each, of which three are held), so a message carries it as it carries any picture. What is counted
 * begins after a few seconds in which somebody reads what to do.
 */

/** How far is counted, how long each count lasts (s), and how many of those seconds are held (0: nothing is). */
export interface Count {
  readonly to: number;
  readonly every: number;
  readonly hold: number;
}

/** What each may be: slow enough to follow, short enough to keep up. Less is held than a count lasts. */
export const COUNT_LIMITS: Readonly<Record<keyof Count, { readonly min: number; readonly max: number }>> = {
  to: { min: 2, max: 20 },
  every: { min: 2, max: 10 },
  hold: { min: 0, max: 8 },
};

/** All counts together take at most this long (s). */
export const COUNT_MAX = 120;

/** How long somebody reads before the first count (s). */
export const COUNT_READY = 8;

/** How long it all takes (s): reading, and every count. */
export const countSeconds = ({ to, every }: Count): number => COUNT_READY + to * every;

/** A count that lets go of what is held, and ends in time. */
export const countFits = ({ to, every, hold }: Count): boolean => hold < every && to * every <= COUNT_MAX;

/** The id of the picture that counts so under this drawing. */
export const countPicture = ({ to, every, hold }: Count, drawing: string): string =>
  ["tel", to, every, hold, drawing].join("-");

/** The count that a picture's id names and the drawing it stands under; undefined where it is of another kind. */
export function countOf(picture: string): { count: Count; drawing: string } | undefined {
  const [, to, every, hold, drawing = ""] = /^tel-(\d+)-(\d+)-(\d+)-(.+)$/.exec(picture) ?? [];
  const count: Count = { to: Number(to), every: Number(every), hold: Number(hold) };
  const within = (["to", "every", "hold"] as const).every(
    (part) => count[part] >= COUNT_LIMITS[part].min && count[part] <= COUNT_LIMITS[part].max,
  );
  return within && countFits(count) ? { count, drawing } : undefined;
}
