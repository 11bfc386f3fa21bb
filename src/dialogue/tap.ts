/**
 * A button that was tapped: today's, an old one, or the second tap on one that did its work.
 *
 * A token comes back from the world, where anybody can forge one. So it opens only what a person may open by
 * name, and chooses only what is on offer at this moment.
 */
import { openOrAside, opensByName } from "./command.ts";
import { answerTopic, idleMenu } from "./digression.ts";
import type { Draft } from "./draft.ts";
import { count, top } from "./draft.ts";
import { choose } from "./expect.ts";
import { placeNow } from "./moved.ts";
import { choicesOf, flowOf, nodeOf, sayWhereWeWere } from "./say.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { phrase } from "./text.ts";
import { readToken, type Token } from "./token.ts";

/** The same button again within this time (ms) is a double tap. */
const DOUBLE_TAP = 3_000;

/** Does what this button is for, where it still is for something. */
export function tap(draft: Draft, characters: string): void {
  const last = draft.lastTap;
  const token = readToken(characters);
  if (last?.token === characters && (draft.now - last.at < DOUBLE_TAP || worksOnce(draft, token))) return;
  if (token) draft.lastTap = { token: characters, at: draft.now };
  const safety = flowOf(draft, top(draft))?.kind === "safety";
  switch (token?.kind) {
    case "topic":
      if (safety) return sayWhereWeWere(draft);
      return answerTopic(draft, token.id);
    case "open":
      if (safety && token.id !== HOUSE_FLOWS.menu) return sayWhereWeWere(draft);
      if (opensByName(draft.script, token.id)) return openOrAside(draft, token.id);
      return oldButton(draft);
    case "choice": {
      const frame = top(draft);
      const { flow, node: place } = placeNow(draft.script, token);
      const here = frame?.flow === flow && frame.node === place && frame.visit === token.visit;
      if (!here && !reopen(draft, flow, place)) return oldButton(draft);
      const now = top(draft);
      const node = now && nodeOf(draft, now);
      const choice = node && choicesOf(draft, node).find((c) => c.id === token.choice);
      if (!node || !choice) return oldButton(draft);
      return choose(draft, node, choice);
    }
    case undefined:
      return oldButton(draft);
  }
}

/** A choice that has done its work, where its node does not keep its buttons. */
const worksOnce = (draft: Draft, token: Token | undefined): boolean =>
  token?.kind === "choice" && !lasts(draft, placeNow(draft.script, token));

/** The buttons of this node keep working (the menu, a ping). */
const lasts = ({ script }: Draft, { flow, node }: { flow: string; node: string }): boolean =>
  script.flows.get(flow)?.nodes.get(node)?.lasting === true;

/** Comes back to a node whose buttons last, unless something else is going on. */
function reopen(draft: Draft, flow: string, node: string): boolean {
  if (!lasts(draft, { flow, node })) return false;
  if (draft.frames.some((f) => flowOf(draft, f)?.kind !== "talk")) return false;
  draft.frames = [{ flow, node, visit: draft.turn }];
  return true;
}

function oldButton(draft: Draft): void {
  count(draft, "old_button");
  sayWhereWeWere(draft, phrase(draft, "old-button"), idleMenu(draft));
}
