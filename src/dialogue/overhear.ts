/**
 * What somebody tells while a step runs and that cannot wait: it hurts, it makes them dizzy. The step is set aside
 * with what remains of its time, as in a pause, and a talk of its own says what to do.
 */
import type { Draft } from "./draft.ts";
import { top } from "./draft.ts";
import { flowOf } from "./say.ts";
import { pushFlow, walk } from "./walk.ts";

/** Opens the talk that listens for what this text tells, over a step whose time runs or waits; false where none does. */
export function overheard(draft: Draft, words: string): boolean {
  const stepping = draft.frames.some(
    (frame) => flowOf(draft, frame)?.kind === "routine" && (frame.wakeAt ?? frame.remaining) !== undefined,
  );
  if (!stepping) return false;
  for (const { id, hears } of draft.script.flows.values())
    if (hears && top(draft)?.flow !== id && hears(words)) {
      pushFlow(draft, id);
      walk(draft);
      return true;
    }
  return false;
}
