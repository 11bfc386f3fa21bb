/**
 * Real words that lie one slip from a word we listen for, and mean something else. They are never read as a
 * mistake. Found by laying the flags' words beside a Dutch word list; extended when a false alarm shows one.
 */
const REAL = new Set(
  `
beroerd beroerde beroerds beroepen slapen slagen slaap slap slappe hard hart harde harden ben been man maan
bang band brand wond woont mond maand mand hangt hand handt arm warm arme darm nek nekt gek lek trek zwaan
`
    .trim()
    .split(/\s+/),
);

/** Whether a folded word is known to be meant as it stands. */
export const isRealWord = (word: string): boolean => REAL.has(word);
