/**
 * What is let go of by itself: what was told in passing, half a day after the last word; and where nothing about health
 * may be kept, what a talk had to know, when that talk is over.
 */
import { forgetsAt } from "./conversation.ts";
import type { Draft } from "./draft.ts";
import { agreedSlot, mayKeepHealth } from "./guard.ts";
import { dropLoose } from "./notes.ts";
import { flowOf } from "./say.ts";
import { HOUSE_FLOWS } from "./script.ts";

/**
 * After half a day without a word, what was told in passing is forgotten, whatever opens this turn: also an alarm of
 * its own, which says nothing. What was running was made ready for it or is about it, so that ends too; only a safety
 * talk about something else stays.
 */
export function forgetTold(draft: Draft): void {
  const at = forgetsAt(draft);
  if (at === undefined || at > draft.now) return;
  dropLoose(draft, true);
  if (forgetsAt(draft) === undefined) return;
  draft.frames = draft.frames.filter((f) => !f.passing && flowOf(draft, f)?.kind === "safety");
  dropFlags(draft);
}

/** Where health data may not be kept, what a talk had to know is let go of when that talk is over. */
export function letGo(draft: Draft): void {
  dropLoose(draft);
  if (mayKeepHealth(draft) || draft.frames.some(({ flow }) => mindsHealth(draft, flow))) return;
  dropFlags(draft);
}

const mindsHealth = (draft: Draft, flow: string): boolean =>
  flow === HOUSE_FLOWS.closed || draft.script.flows.get(flow)?.kind !== "talk";

function dropFlags(draft: Draft): void {
  draft.flags = [];
  draft.back = [];
  for (const flag of draft.script.flags.keys()) delete draft.slots[agreedSlot(flag)];
  // A button names what it told of; the one of this very turn still has its double tap before it.
  if (draft.lastTap && draft.lastTap.at < draft.now) draft.lastTap = undefined;
}
