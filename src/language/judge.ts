/**
 * Weighs one flag in one message: which of its signs are there, and what the words around them leave of them.
 *
 * The order is the same for every flag. A denial silences, and so do a saying, a story and a general question. An
 * explanation beside a sign silences it; further away it makes a question of a stop. The past and supposing alone
 * make a question of a stop. Nothing here can make light of a sign because the person does.
 */
import type { Context } from "./context.ts";
import type { Token } from "./fold.ts";
import type { Compiled, Matches, Span } from "./match.ts";

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

/** What a rule found, and the sentence it stands in; `sure` where it stops without a second witness (see `ear.ts`). */
export interface RuleFinding extends Finding {
  readonly sure: boolean;
  readonly sentence: number;
}

/** A flag with its patterns made ready; its signs stand in the order stop (the sure ones first), ask, note. */
export interface CompiledFlag {
  readonly flag: string;
  readonly level: Level;
  readonly lasting: boolean;
  readonly undergone: boolean;
  readonly signs: readonly { readonly mode: Mode; readonly sure: boolean; readonly pattern: Compiled }[];
  readonly not: readonly Compiled[];
  readonly notAsk: readonly Compiled[];
  readonly raise: { readonly to: Level; readonly with: readonly Compiled[] } | undefined;
}

/** A message that has been read. */
export interface ReadMessage {
  readonly tokens: readonly Token[];
  readonly matches: Matches;
  readonly context: Context;
}

/** An explanation this many words from its sign stands beside it. */
const BESIDE = 4;

/** The surest finding of a flag in a message, if there is one. */
export function findFlag(flag: CompiledFlag, message: ReadMessage): RuleFinding | undefined {
  const { matches, context } = message;
  let why: readonly Span[] | undefined;
  let best: RuleFinding | undefined;
  for (const { mode, sure, pattern } of flag.signs) {
    if (best && mode !== "stop") break;
    if (!matches.begins(pattern)) continue;
    for (const way of present(pattern, message)) {
      const left = inContext(pattern.length > 1 ? way : way.slice(0, 1), mode, flag, context);
      if (!left) continue;
      why ??= flag.not.flatMap((p) => matches.pattern(p, anywhere).flatMap((w) => w.slice(0, 1)));
      const mildest = explained(left, way, why, flag.level, message.tokens);
      if (!mildest || (mildest === "ask" && flag.notAsk.some((p) => matches.pattern(p, anywhere).length > 0)))
        continue;
      best = {
        flag: flag.flag,
        level: flag.level,
        mode: mildest,
        sure,
        sentence: (message.tokens[(way[0] as Span).from] as Token).sentence,
        who: (flag.undergone ? context.whom : context.who)(way[0] as Span),
      };
      if (mildest === "stop") return raised(best, flag, message);
    }
  }
  return best && raised(best, flag, message);
}

const anywhere = () => true;

/** The ways in which a pattern is met and not denied by a word outside it. */
function present(pattern: Compiled, { matches, context }: ReadMessage): readonly (readonly Span[])[] {
  const ways = matches.pattern(pattern, (span) => !context.figurative(span));
  return ways.filter((way) => {
    for (const span of way)
      for (let at = span.from; at < span.to; at++)
        for (const cue of context.deniedBy(at))
          if (!way.some((own) => own.from <= cue && cue < own.to)) return false;
    return true;
  });
}

/** What the context leaves of a sign; nothing where it silences it. */
function inContext(way: readonly Span[], mode: Mode, flag: CompiledFlag, context: Context): Mode | undefined {
  const sign = way[0] as Span;
  const supposed = context.supposed(sign);
  const forThem = context.who(sign) === "self" || context.asksForOther;
  // "Ooit kanker gehad, nu hoofdpijn" is now: what stands apart in a message is past only where each part is.
  const past = flag.lasting && forThem ? 0 : Math.min(...way.map(context.past));
  if (supposed === 3 || past === 2 || context.animal(sign)) return undefined;
  // Who asks in general how one dies may well ask for themselves.
  if (supposed === 2) return flag.level === "crisis" && mode === "stop" ? "ask" : undefined;
  if (flag.level === "contraindication") {
    // "Vorige week geopereerd, alles goed": what is some days old still needs rest.
    const healed = (past > 0 || context.over(sign)) && !context.recent(sign);
    return supposed > 0 || (!flag.lasting && healed) || !forThem ? undefined : mode;
  }
  if (past === 1 || supposed === 1) return mode === "stop" ? "ask" : undefined;
  return context.feared && mode === "stop" ? "ask" : mode;
}

/** What an explanation leaves of a sign. */
function explained(
  mode: Mode,
  way: readonly Span[],
  why: readonly Span[],
  level: Level,
  tokens: readonly Token[],
): Mode | undefined {
  const token = (place: number) => tokens[place] as Token;
  const sign = token((way[0] as Span).from).sentence;
  let left: Mode | undefined = mode;
  for (const reason of why) {
    const apart = token(reason.from).sentence - sign;
    if (apart < 0 || apart > 1) continue;
    if (mode !== "stop" || level === "contraindication") return undefined;
    const beside = way.some(
      (part) =>
        token(part.from).clause === token(reason.from).clause &&
        Math.max(reason.from - part.to, part.from - reason.to) <= BESIDE,
    );
    if (beside) return undefined;
    left = "ask";
  }
  return left;
}

/** A companion sign raises the level, and makes a stop of a question. */
function raised(finding: RuleFinding, { raise }: CompiledFlag, message: ReadMessage): RuleFinding {
  return raise?.with.some((pattern) => present(pattern, message).length > 0)
    ? { ...finding, level: raise.to, mode: "stop" }
    : finding;
}
