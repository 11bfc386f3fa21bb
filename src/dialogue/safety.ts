/**
 * What a red flag does to the talk. Stop: everything ends, what was promised is taken back, and one safety
 * talk opens with the number first. Ask: one clarifying question with the number visible. Note: a
 * contraindication closes or shortens the routines it concerns, and the person is told so.
 */
import type { Finding } from "../language/screen.ts";
import { quiet } from "./action.ts";
import type { About } from "./conversation.ts";
import { idleMenu } from "./digression.ts";
import type { Draft } from "./draft.ts";
import { addFlag, count, top } from "./draft.ts";
import { closedBy, skippedBy } from "./guard.ts";
import { flowOf, nodeOf, tell } from "./say.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { fill } from "./text.ts";
import { openFlow, pushFlow, walk } from "./walk.ts";

/** For this long after a stop no reminder speaks (ms). */
const QUIET_AFTER_STOP = 24 * 60 * 60_000;

/** What became of the findings in a text: the safety talk has the turn, something was noted, or nothing. */
export type Heard = "taken" | "noted" | "nothing";

/** Acts on what the screen found, the most serious first. */
export function hear(draft: Draft, findings: readonly Finding[]): Heard {
  const [first] = findings;
  if (!first) return "nothing";
  if (first.mode === "stop") return raiseStop(draft, first);
  if (first.mode === "ask") {
    // Whoever tells it again when asked about it has told it.
    if (isAbout(draft, first.flag))
      return first.level === "contraindication" ? noteAll(draft, findings) : raiseStop(draft, first);
    return raiseAsk(draft, first);
  }
  return noteAll(draft, findings);
}

const isAbout = (draft: Draft, flag: string): boolean => {
  const frame = top(draft);
  return frame?.flow === HOUSE_FLOWS.ask && frame.about === flag;
};

/** A flag as it was told: how serious, and of whom. */
export type Told = Pick<Finding, "flag" | "level" | "who">;

const about = ({ flag, level, who }: Told): About => ({
  about: flag,
  level,
  ...(who === "other" && { who }),
});

/** Ends everything and opens the safety talk of this level. */
export function raiseStop(draft: Draft, told: Told): "taken" {
  const { flag, level } = told;
  count(draft, "safety", { flag, level, mode: "stop" });
  draft.hush = true;
  draft.lastFaq = undefined;
  if (level === "contraindication") {
    addFlag(draft, flag);
    openFlow(draft, HOUSE_FLOWS.closed, about(told));
  } else {
    quiet(draft, QUIET_AFTER_STOP);
    openFlow(draft, HOUSE_FLOWS[level], about(told));
  }
  walk(draft);
  return "taken";
}

/** Sets aside what is running and asks the one question that decides. */
export function raiseAsk(draft: Draft, told: Told): "taken" {
  count(draft, "safety", { flag: told.flag, level: told.level, mode: "ask" });
  if (flowOf(draft, top(draft))?.kind === "safety") openFlow(draft, HOUSE_FLOWS.ask, about(told));
  else pushFlow(draft, HOUSE_FLOWS.ask, about(told));
  walk(draft);
  return "taken";
}

/** Remembers contraindications for this conversation; says what each means, once. */
function noteAll(draft: Draft, findings: readonly Finding[]): Heard {
  for (const { flag, level, mode, who } of findings) {
    if (mode === "stop" || level !== "contraindication") continue;
    if (mode === "ask" && !isAbout(draft, flag)) continue;
    count(draft, "safety", { flag, level, mode: "note" });
    addFlag(draft, flag);
    const running = draft.frames.map((f) => flowOf(draft, f)).find((f) => f?.kind === "routine");
    if (running && closedBy(draft, running) !== undefined) {
      draft.slots.wens = running.id;
      draft.hush = true;
      openFlow(draft, HOUSE_FLOWS.closed, about({ flag, level, who }));
      walk(draft);
      return "taken";
    }
    const text = draft.script.flags.get(flag);
    if (text) tell(draft, fill(draft, (who === "other" && text.other) || text.text), idleMenu(draft));
  }
  return leavesStep(draft) ? "taken" : "noted";
}

/** Goes on from the running step where it is one that must be left out now. */
function leavesStep(draft: Draft): boolean {
  const frame = top(draft);
  const node = frame && nodeOf(draft, frame);
  if (!node || flowOf(draft, frame)?.kind !== "routine" || skippedBy(draft, node) === undefined) return false;
  walk(draft, false);
  return true;
}
