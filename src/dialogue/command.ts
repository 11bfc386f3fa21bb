/**
 * The words that mean the same everywhere: stop, pauze, terug, opnieuw, verder, menu, and the slash commands.
 *
 * Each gives true when it took the turn; one that has nothing to work on here (`verder` while a step simply
 * runs) leaves the turn to what the node expects.
 */
import type { Draft } from "./draft.ts";
import { remember, replaceTop, top, withoutTimer } from "./draft.ts";
import { atRest, flowOf, nodeOf, sayWhereWeWere, tell } from "./say.ts";
import type { CommandName, Script } from "./script.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { phrase } from "./text.ts";
import { writeToken } from "./token.ts";
import { goOn, openFlow, pushFlow, suspend, walk } from "./walk.ts";

/** Gives this command; false where it means nothing here. */
export function command(draft: Draft, name: CommandName): boolean {
  switch (name) {
    case "stop":
      return stop(draft);
    case "pause":
      return pause(draft);
    case "resume":
      return resume(draft);
    case "back":
      return back(draft);
    case "again":
      return again(draft);
    case "menu":
      openOrAside(draft, HOUSE_FLOWS.menu);
      return true;
    case "where":
      if (atRest(draft)) return false;
      sayWhereWeWere(draft);
      return true;
  }
}

/** Talks about something that only the engine knows: no button or word of a person opens one. */
const OPENED_BY_THE_HOUSE: ReadonlySet<string> = new Set([
  HOUSE_FLOWS.pause,
  HOUSE_FLOWS.away,
  HOUSE_FLOWS.ping,
  HOUSE_FLOWS.closed,
]);

/** Whether a person may open this flow by its name. */
export const opensByName = (script: Script, id: string): boolean => {
  const flow = script.flows.get(id);
  return flow !== undefined && flow.kind !== "safety" && !flow.hears && !OPENED_BY_THE_HOUSE.has(id);
};

/** Opens a flow: a routine leaves what was running, a talk comes on top of a routine and goes back to it. */
export function openOrAside(draft: Draft, flow: string): void {
  const kind = draft.script.flows.get(flow)?.kind;
  if (kind !== "routine" && draft.frames.some((f) => flowOf(draft, f)?.kind === "routine"))
    pushFlow(draft, flow);
  else openFlow(draft, flow);
  walk(draft);
}

/** The button that leads to the menu. */
export const menuButton = (draft: Draft) => ({
  label: phrase(draft, "menu-button"),
  token: writeToken({ kind: "open", id: HOUSE_FLOWS.menu }),
});

function stop(draft: Draft): true {
  draft.frames = [];
  draft.back = [];
  tell(draft, phrase(draft, "stopped"), [menuButton(draft)]);
  return true;
}

function pause(draft: Draft): true {
  const frame = top(draft);
  if (frame?.flow === HOUSE_FLOWS.pause) sayWhereWeWere(draft);
  else if (frame && flowOf(draft, frame)?.kind === "routine") {
    pushFlow(draft, HOUSE_FLOWS.pause);
    walk(draft);
  } else {
    sayWhereWeWere(draft, phrase(draft, "nothing-to-pause"));
  }
  return true;
}

function resume(draft: Draft): boolean {
  if (draft.frames.length > 1) return takeUpBeneath(draft);
  if (draft.frames.length === 1) return false;
  tell(draft, phrase(draft, "nothing-to-resume"), [menuButton(draft)]);
  return true;
}

/** Leaves the talk on top and takes up the one beneath where it was. */
function takeUpBeneath(draft: Draft): true {
  goOn(draft, { kind: "end" });
  takeUp(draft);
  return true;
}

/** Says the top node again with what remains of its timer. */
function takeUp(draft: Draft): void {
  const frame = top(draft);
  if (!frame) return;
  suspend(draft);
  walk(draft, false);
}

function back(draft: Draft): true {
  if (draft.frames.length > 1 && flowOf(draft, top(draft))?.kind === "talk") return takeUpBeneath(draft);
  const moment = draft.back.pop();
  if (!moment || moment.frames.length === 0) {
    sayWhereWeWere(draft, phrase(draft, "nothing-to-go-back"));
    return true;
  }
  draft.frames = [...moment.frames];
  draft.slots = { ...moment.slots };
  draft.flags = [...moment.flags];
  walk(draft);
  return true;
}

function again(draft: Draft): true {
  if (draft.frames.length > 1 && flowOf(draft, top(draft))?.kind === "talk") draft.frames.pop();
  const frame = top(draft);
  if (!frame || !nodeOf(draft, frame)) {
    tell(draft, phrase(draft, "nothing-to-repeat"), [menuButton(draft)]);
    return true;
  }
  replaceTop(draft, withoutTimer(frame));
  walk(draft);
  return true;
}

/**
 * Keeps this moment for `terug`, before a choice, an answer or a timer leads on. A talk on top of a routine is
 * no such moment: leaving it already leads back. Nor is a safety talk: once it is over nobody is led back into it.
 */
export function keepMoment(draft: Draft): void {
  const kind = flowOf(draft, top(draft))?.kind;
  if (kind === "routine" || (kind === "talk" && draft.frames.length === 1)) remember(draft);
}
