/**
 * Listens to one message for signs that somebody needs a doctor, or should leave a massage out.
 *
 * A sign is a pattern of lay words. What the words around it do is weighed in one order, the same for every flag:
 * a denial silences; a saying or a film silences; the past and supposing alone only turn a stop into a question.
 * Words that make light of it are not read at all, so nobody can talk a level down.
 */
import { CONTEXT_CONCEPTS, type Context, readContext } from "./context.ts";
import { type Token, tokenize } from "./fold.ts";
import { type Compiled, type Concepts, createMatcher, type Matches, type Span } from "./match.ts";

/** How serious: who should be called, or whether a massage should be adapted. */
export type Level = "emergency" | "urgent" | "crisis" | "contraindication";

/** Stop everything and say whom to call; ask one question first; or keep it in mind for the routines. */
export type Mode = "stop" | "ask" | "note";

/** One flag that a message raises. */
export interface Finding {
  readonly flag: string;
  readonly level: Level;
  readonly mode: Mode;
  readonly who: "self" | "other";
}

/** Reads a message; the most serious finding comes first, none is an empty list. Pure and total. */
export type Screen = (text: string) => readonly Finding[];

/** The signs of one flag, as an author wrote them: patterns by what they lead to. */
export interface FlagSigns {
  readonly flag: string;
  readonly level: Level;
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
}

/** All that a screen knows: the lay words, and the signs made of them. */
export interface ScreenRules {
  readonly concepts: Concepts;
  readonly flags: readonly FlagSigns[];
}

const RANK: Readonly<Record<Level, number>> = { emergency: 0, crisis: 1, urgent: 2, contraindication: 3 };
const MODE_RANK: Readonly<Record<Mode, number>> = { stop: 0, ask: 1, note: 2 };

/** Compiles the rules once; the screen itself costs well under a millisecond. Throws `PatternError`. */
export function createScreen(rules: ScreenRules): Screen {
  const everything = rules.flags.flatMap((f) => [
    ...f.stop,
    ...f.ask,
    ...f.note,
    ...f.not,
    ...f.notAsk,
    ...(f.raise?.with ?? []),
  ]);
  const concepts = {
    ...Object.fromEntries(CONTEXT_CONCEPTS.map((name) => [name, [] as string[]])),
    ...rules.concepts,
  };
  const matcher = createMatcher(concepts, everything);
  const flags = rules.flags.map((f) => ({
    ...f,
    signs: (["stop", "ask", "note"] as const).flatMap((mode) =>
      f[mode].map((source) => ({ mode, pattern: matcher.compiled(source) })),
    ),
    raiseTo: f.raise?.to,
    raiseWith: (f.raise?.with ?? []).map(matcher.compiled),
    unless: f.not.map(matcher.compiled),
    unasked: f.notAsk.map(matcher.compiled),
  }));

  return (text) => {
    const tokens = tokenize(text);
    if (tokens.length === 0) return [];
    const matches = matcher.match(tokens);
    const context = readContext(tokens, matches);
    const at = (place: number) => tokens[Math.min(place, tokens.length - 1)] as Token;
    const explains = (flag: (typeof flags)[number], way: readonly Span[]): Explained => {
      const sign = way[0] as Span;
      let explained: Explained = "not";
      for (const pattern of flag.unless)
        for (const [why] of matches.pattern(pattern, all)) {
          if (!why) continue;
          const apart = at(why.from).sentence - at(sign.from).sentence;
          if (apart < 0 || apart > 1) continue;
          const beside = way.some(
            (part) =>
              at(part.from).clause === at(why.from).clause &&
              Math.max(why.from - part.to, part.from - why.to) <= EXPLAINS_WITHIN,
          );
          if (beside) return "beside";
          explained = "elsewhere";
        }
      return explained;
    };
    const findings: Finding[] = [];

    for (const flag of flags) {
      let best: Finding | undefined;
      for (const { mode, pattern } of flag.signs) {
        for (const way of present(pattern, matches, context)) {
          const judged = judge(way, mode, flag.level, flag.lasting, context);
          if (!judged) continue;
          const mildest = soften(judged.mode, flag.level, explains(flag, way));
          if (!mildest || (mildest === "ask" && flag.unasked.some((p) => matches.pattern(p, all).length > 0)))
            continue;
          const finding: Finding = { flag: flag.flag, level: flag.level, mode: mildest, who: judged.who };
          if (!best || MODE_RANK[finding.mode] < MODE_RANK[best.mode]) best = finding;
        }
        if (best?.mode === "stop") break;
      }
      if (!best) continue;
      if (flag.raiseTo && flag.raiseWith.some((p) => present(p, matches, context).length > 0))
        best = { ...best, level: flag.raiseTo, mode: "stop" };
      findings.push(best);
    }
    return settle(findings);
  };
}

/** The ways in which a pattern is met and not denied by a word outside it. */
function present(pattern: Compiled, matches: Matches, context: Context): readonly (readonly Span[])[] {
  return matches
    .pattern(pattern, (span) => !context.figurative(span))
    .filter((way) =>
      way.every((span) => {
        for (let at = span.from; at < span.to; at++)
          for (const cue of context.deniedBy(at))
            if (!way.some((own) => own.from <= cue && cue < own.to)) return false;
        return true;
      }),
    );
}

type Explained = "not" | "elsewhere" | "beside";

/** An explanation this many words from its sign stands beside it. */
const EXPLAINS_WITHIN = 4;

const all = () => true;

/** What an explanation leaves of a sign. */
function soften(mode: Mode, level: Level, explained: Explained): Mode | undefined {
  if (explained === "not") return mode;
  if (explained === "beside" || mode !== "stop" || level === "contraindication") return undefined;
  return "ask";
}

/** What the context leaves of a sign; nothing where it silences it. */
function judge(
  way: readonly Span[],
  mode: Mode,
  level: Level,
  lasting: boolean,
  context: Context,
): { mode: Mode; who: "self" | "other" } | undefined {
  const sign = way[0] as Span;
  const who = context.who(sign);
  const supposed = context.supposed(sign);
  const past = context.past(sign);
  if (supposed === 2 || past === 2) return undefined;
  if (level === "contraindication") {
    if (supposed > 0 || (!lasting && (past > 0 || context.over(sign)))) return undefined;
    if (who === "other" && !context.asksForOther) return undefined;
    return { mode, who };
  }
  if (past === 1 || supposed === 1) return mode === "stop" ? { mode: "ask", who } : undefined;
  return { mode: context.feared && mode === "stop" ? "ask" : mode, who };
}

/** In order of seriousness. A question about an emergency beside a surer sign of something urgent is not asked first. */
function settle(findings: readonly Finding[]): readonly Finding[] {
  const stops = findings.some((finding) => finding.mode === "stop" && finding.level !== "contraindication");
  return findings
    .map((finding) =>
      stops && finding.mode === "ask" && finding.level === "emergency"
        ? { ...finding, mode: "stop" as const }
        : finding,
    )
    .sort((a, b) => RANK[a.level] - RANK[b.level] || MODE_RANK[a.mode] - MODE_RANK[b.mode]);
}
