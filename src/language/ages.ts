/**
 * How old somebody is, as people tell it: "3", "ze is drie jaar", "anderhalf", "bijna 6", "7 maanden".
 *
 * What may be done to a child hangs on it, so in doubt nothing is understood and it is asked again. Of two children
 * the younger one counts.
 */
import { fold } from "./fold.ts";
import { wholeNumber } from "./numbers.ts";

const MONTHS = /^(?:maand(?:en)?|mnd|maandjes)$/;
const DAYS = /^(?:dag|dagen|week|weken|weekjes|dagjes)$/;
const YEARS = /^(?:jaar|jaren|jr|jarige?|jaartjes)$/;
/** A number of anything else is no age. */
const OTHER_UNIT = /^(?:min|minuut|minuten|uur|uren|sec|seconden|keer|kinderen|euro|graden|x)$/;
const NOT_YET = /^(?:bijna|haast)$/;
/** "Jonger dan 8", "tussen 4 en 8": any age at all. */
const BOUND = /\b(?:jonger|ouder|onder|boven|tussen|minder|meer|min|max|minstens|hoogstens|tot)\b/;

/** The age in whole years that this text tells; undefined where it tells none, or in doubt. */
export function readAge(text: string): number | undefined {
  if (text.length > 200) return undefined;
  const said = fold(text)
    .replace(/(\d)(?=[a-z])/g, "$1 ")
    .replace(/(\d+)[.,](\d)/g, "$1 ");
  if (BOUND.test(said)) return undefined;
  const words = said.split(/[^a-z0-9]+/).filter((word) => word !== "");
  const ages: number[] = [];
  for (const [at, word] of words.entries()) {
    const before = words[at - 1] ?? "";
    const after = words[at + 1] ?? "";
    if (/^anderhal(?:f|ve)$/.test(word) && !OTHER_UNIT.test(after)) ages.push(MONTHS.test(after) ? 0 : 1);
    // "Een half jaar"; in "zes en een half jaar" the six counts.
    if (/^hal(?:f|ve)$/.test(word) && YEARS.test(after) && before !== "en" && words[at - 2] !== "en")
      ages.push(0);
    // "Een" before another word is "a", not a number.
    const number =
      word === "een" && !YEARS.test(after) && !MONTHS.test(after) ? undefined : wholeNumber(word);
    if (number === undefined) continue;
    if (OTHER_UNIT.test(after)) return undefined;
    if (MONTHS.test(after)) ages.push(Math.floor(number / 12));
    else if (DAYS.test(after)) ages.push(0);
    else if (after === "jaar" && words[at + 2] === "of") continue;
    else {
      const notYet = NOT_YET.test(before) || (words[at - 2] === "nog" && /^(?:geen|niet)$/.test(before));
      ages.push(notYet ? number - 1 : number);
    }
  }
  return ages.length === 0 ? undefined : Math.min(...ages);
}
