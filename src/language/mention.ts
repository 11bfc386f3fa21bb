/**
 * Whether a message tells of something, in the words that an author gave for it ("het doet .. pijn").
 *
 * It is milder than the screen: nothing hangs on it but a kind word in time. So a denial silences it ("het doet geen
 * pijn"), and so does a question ("mag het pijn doen?"), which somebody else answers.
 */
import { denials } from "./denial.ts";
import { tokenize } from "./fold.ts";
import { createMatcher } from "./match.ts";

/** Whether this text tells of it. */
export type Mention = (text: string) => boolean;

/** Only what surely asks: "doet een beetje pijn" begins as a question does, and tells. */
const ASKS =
  /\?|^\s*(?:wat|hoe|hoeveel|hoelang|hoezo|wie|waar|waarom|waarvan|wanneer|welke?|mag|mogen|moet|kan|kun|hoort|zou)\b/i;

/** Reads what these patterns tell of, as `pattern.ts` describes them. Throws `PatternError`. */
export function createMention(patterns: readonly string[]): Mention {
  const matcher = createMatcher({}, patterns);
  const compiled = patterns.map(matcher.compiled);
  return (text) => {
    if (ASKS.test(text)) return false;
    const tokens = tokenize(text);
    const { by } = denials(tokens);
    const matches = matcher.match(tokens);
    const told = ({ from, to }: { from: number; to: number }): boolean =>
      // "Niet lekker": a denial that belongs to the words denies nothing.
      by.slice(from, to).every((cues) => cues.every((cue) => from <= cue && cue < to));
    return compiled.some((pattern) => matches.pattern(pattern, told).length > 0);
  };
}
