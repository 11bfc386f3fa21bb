/**
 * Listens to one message for signs that somebody needs a doctor, or should leave a massage out.
 *
 * A sign is a pattern of lay words. What the words around it do is weighed in one order, the same for every flag:
 * a denial silences; a saying or a film silences; the past and supposing alone only turn a stop into a question.
 * No rule reads words that make light of it, so nobody can talk a level down.
 */
import { CONTEXT_CONCEPTS, readContext } from "./context.ts";
import { besideEar, type Ear, listen } from "./ear.ts";
import { tokenize } from "./fold.ts";
import {
  type CompiledFlag,
  type Finding,
  findFlag,
  type Level,
  type Mode,
  type RuleFinding,
} from "./judge.ts";
import { type Concepts, createMatcher } from "./match.ts";

export type { Finding, Level, Mode } from "./judge.ts";

/** Reads a message; the most serious finding comes first, none is an empty list. Pure and total. */
export type Screen = (text: string) => readonly Finding[];

/** The signs of one flag, as an author wrote them: patterns by what they lead to. */
export interface FlagSigns {
  readonly flag: string;
  readonly level: Level;
  /** Stops whatever the ear makes of it. */
  readonly sure: readonly string[];
  readonly stop: readonly string[];
  readonly ask: readonly string[];
  readonly note: readonly string[];
  /** With one of these anywhere in the message the level is a higher one, and a question becomes a stop. */
  readonly raise: { readonly to: Level; readonly with: readonly string[] } | undefined;
  /**
   * What explains a sign. Beside it, it silences the sign; elsewhere in the same or the next sentence it silences
   * a question, and makes a question of a stop.
   */
  readonly not: readonly string[];
  /** Where one of these is in the message no question is asked; a stop stays a stop. */
  readonly notAsk: readonly string[];
  /** True of what stays with a person (a pacemaker): "since 2015" does not make it past. */
  readonly lasting: boolean;
  /** What one does to another: who undergoes it counts, not who does it. */
  readonly undergone: boolean;
}

/** All that a screen knows: the lay words, and the signs made of them. */
export interface ScreenRules {
  readonly concepts: Concepts;
  readonly flags: readonly FlagSigns[];
  /** The flag that is raised where only the ear hears something, by level; without one it is not raised. */
  readonly suspicions?: Readonly<Partial<Record<Level, string>>>;
}

const RANK: Readonly<Record<Level, number>> = { emergency: 0, crisis: 1, urgent: 2, contraindication: 3 };
const MODE_RANK: Readonly<Record<Mode, number>> = { stop: 0, ask: 1, note: 2 };

/**
 * Compiles the rules once; the screen itself costs well under a millisecond. An ear hears what no rule knows, and is
 * their second witness; without one every stop stands by itself. Throws `PatternError`.
 */
export function createScreen(rules: ScreenRules, ear?: Ear): Screen {
  const everything = rules.flags.flatMap((f) => [
    ...f.sure,
    ...f.stop,
    ...f.ask,
    ...f.note,
    ...f.not,
    ...f.notAsk,
    ...(f.raise?.with ?? []),
  ]);
  const concepts = { ...Object.fromEntries(CONTEXT_CONCEPTS.map((name) => [name, []])), ...rules.concepts };
  const names = Object.keys(concepts);
  const matcher = createMatcher(concepts, everything);
  const flags = rules.flags.map(
    (f): CompiledFlag => ({
      flag: f.flag,
      level: f.level,
      lasting: f.lasting,
      undergone: f.undergone,
      // The surest first: what is found later can only be milder.
      signs: (["sure", "stop", "ask", "note"] as const).flatMap((list) =>
        f[list].map((source) => ({
          mode: list === "sure" ? "stop" : list,
          sure: list === "sure",
          pattern: matcher.compiled(source),
        })),
      ),
      not: f.not.map(matcher.compiled),
      notAsk: f.notAsk.map(matcher.compiled),
      raise: f.raise && { to: f.raise.to, with: f.raise.with.map(matcher.compiled) },
    }),
  );

  return (text) => {
    const tokens = tokenize(text);
    if (tokens.length === 0) return [];
    const matches = matcher.match(tokens);
    const message = { tokens, matches, context: readContext(tokens, matches) };
    const findings: RuleFinding[] = [];
    for (const flag of flags) {
      const finding = findFlag(flag, message);
      if (finding) findings.push(finding);
    }
    if (!ear) return settle(findings);
    return settle(besideEar(findings, listen(ear, message, names), rules.suspicions ?? {}, message));
  };
}

/** In order of seriousness. A question about an emergency beside a surer sign of something urgent is not asked first. */
function settle(findings: readonly Finding[]): readonly Finding[] {
  const stops = findings.some((finding) => finding.mode === "stop" && finding.level !== "contraindication");
  return findings
    .map(({ flag, level, mode, who }) => ({
      flag,
      level,
      mode: stops && mode === "ask" && level === "emergency" ? ("stop" as const) : mode,
      who,
    }))
    .sort((a, b) => RANK[a.level] - RANK[b.level] || MODE_RANK[a.mode] - MODE_RANK[b.mode]);
}
