/**
 * Places that got another name since somebody stood in them: whoever is there, and whatever button was shown
 * there, goes along without a word.
 */
import type { Frame } from "./conversation.ts";
import type { Draft } from "./draft.ts";
import type { Script } from "./script.ts";

/** The place that this one is called now; a place that kept its name is returned as it is. */
export function placeNow<P extends { readonly flow: string; readonly node: string }>(
  { moved }: Script,
  place: P,
): P {
  const [flow, node] = moved.get(`${place.flow}/${place.node}`)?.split("/") ?? [];
  return flow && node ? { ...place, flow, node } : place;
}

/** Gives every place that this conversation remembers its present name. */
export function followNames(draft: Draft): void {
  const { script } = draft;
  if (script.moved.size === 0) return;
  const follow = (frames: readonly Frame[]): Frame[] => frames.map((frame) => placeNow(script, frame));
  draft.frames = follow(draft.frames);
  draft.back = draft.back.map((moment) => ({ ...moment, frames: follow(moment.frames) }));
}
