/**
 * The walk through the nodes: from where the person is to the next moment at which the talk waits.
 *
 * Entering a node does what the author wrote, says it, and stays there if it has choices, asks something or
 * runs a timer; otherwise the walk goes on. It is capped, so that no script can talk for ever.
 */
import { act } from "./action.ts";
import type { About, Frame } from "./conversation.ts";
import { countOf } from "./count.ts";
import type { Draft } from "./draft.ts";
import { count, replaceTop, top } from "./draft.ts";
import { closedBy, passes, skippedBy } from "./guard.ts";
import { atRest, buttonsOf, flowOf, nodeOf, say, saySkipped, tell, versionOf } from "./say.ts";
import type { Flow, Go, Node, Version } from "./script.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { phrase } from "./text.ts";

/** Nodes in one turn, and messages in one turn: above either, the talk is parked and the log says where. */
const WALK_MAX = 40;
const SAY_MAX = 8;

/** Leaves all that was running and begins this flow; the caller walks. */
export function openFlow(draft: Draft, flow: string, about?: Partial<About>): void {
  const start = draft.script.flows.get(flow)?.start;
  draft.back = [];
  draft.frames = start ? [frameAt(draft, flow, start, about)] : [];
  if (draft.script.flows.get(flow)?.kind !== "routine") return;
  // A reminder that is set from here on is for this routine, and the scores of the one before are not its own.
  draft.slots.routine = flow;
  delete draft.slots["score-voor"];
  delete draft.slots["score-na"];
}

/** Begins this flow on top of what is running, which keeps what remains of its timer. */
export function pushFlow(draft: Draft, flow: string, about?: Partial<About>): void {
  suspend(draft);
  dropAsides(draft);
  const start = draft.script.flows.get(flow)?.start;
  if (start) draft.frames.push(frameAt(draft, flow, start, about));
}

function frameAt(draft: Draft, flow: string, node: string, topic: Partial<About> = {}): Frame {
  const { about, who, level } = topic;
  const flag = draft.script.flags.get(about ?? "");
  const passing = flag && (flag.hidden || (level ?? flag.level) === "contraindication");
  return {
    flow,
    node,
    visit: draft.turn,
    ...(about !== undefined && { about }),
    ...(who && { who }),
    ...(level && { level }),
    ...(passing && { passing }),
  };
}

/** Talks on top of the routine give way to the next one: asides do not pile up. */
function dropAsides(draft: Draft): void {
  while (draft.frames.length > 1 && flowOf(draft, top(draft))?.kind !== "routine") draft.frames.pop();
}

/** A talk on top of a routine: whatever it leads to comes in its place, and the routine keeps waiting. */
const isAside = (draft: Draft): boolean =>
  flowOf(draft, top(draft))?.kind === "talk" &&
  draft.frames.some((frame) => flowOf(draft, frame)?.kind === "routine");

/** Sets the top frame's timer aside, with what remains of it. */
export function suspend(draft: Draft): void {
  const frame = top(draft);
  if (frame?.wakeAt === undefined) return;
  const { wakeAt, ...rest } = frame;
  replaceTop(draft, { ...rest, remaining: Math.max(1_000, wakeAt - draft.now) });
}

/**
 * Walks from the top frame until the talk waits or is over. `arriving` is false where that frame is taken up
 * again: then its actions are not done twice and its timer goes on with what remained.
 */
export function walk(draft: Draft, arriving = true): void {
  for (;;) {
    const frame = top(draft);
    if (!frame) return;
    if (++draft.walked > WALK_MAX || draft.messages.length >= SAY_MAX) return park(draft, frame);
    const place = find(draft, frame);
    if (!place) continue;
    const { flow, node } = place;

    const closing = closedBy(draft, flow);
    if (closing !== undefined) {
      draft.slots.wens = flow.id;
      openFlow(draft, HOUSE_FLOWS.closed, { about: closing });
      continue;
    }
    const skipping = skippedBy(draft, node);
    if (skipping !== undefined || !passes(draft, node.guard)) {
      if (skipping !== undefined) saySkipped(draft, skipping);
      arriving = goOn(draft, node.next);
      continue;
    }
    if (arriving) {
      const before = draft.frames;
      for (const action of node.do) act(draft, action);
      if (draft.frames !== before) continue;
    }
    if (node.calls !== undefined) {
      pushFrame(draft, node.calls);
      continue;
    }
    const version = versionOf(draft, node);
    if (waits(node, version)) return stay(draft, top(draft) ?? frame, node, version, arriving);
    if (version.say) say(draft, frame, node, version);
    arriving = goOn(draft, node.next);
  }
}

function pushFrame(draft: Draft, flow: string): void {
  const start = draft.script.flows.get(flow)?.start;
  if (start) draft.frames.push(frameAt(draft, flow, start));
}

/** Goes where a node or a choice leads; false where a flow beneath is taken up again rather than entered. */
export function goOn(draft: Draft, go: Go): boolean {
  const frame = top(draft);
  switch (go.kind) {
    case "node":
      if (frame) {
        const { wakeAt: _wakeAt, remaining: _remaining, ...rest } = frame;
        replaceTop(draft, { ...rest, node: go.node, visit: draft.turn });
      }
      return true;
    case "open": {
      // `wens` is the flow that a person wanted when something came between.
      const wanted = String(draft.slots.wens ?? HOUSE_FLOWS.menu);
      const flow = go.flow === "wens" ? wanted : go.flow;
      const target = draft.script.flows.get(flow);
      if (target && target.kind !== "routine" && isAside(draft)) pushFlow(draft, flow);
      else if (target) openFlow(draft, flow);
      else {
        tell(draft, phrase(draft, "moved"));
        openFlow(draft, HOUSE_FLOWS.menu);
      }
      return true;
    }
    case "end": {
      draft.frames.pop();
      const beneath = top(draft);
      const node = beneath && nodeOf(draft, beneath);
      return node?.calls !== undefined ? goOn(draft, node.next) : false;
    }
  }
}

/** The node waits for the person or for time. */
const waits = (node: Node, version: Version): boolean =>
  node.choices.length > 0 || node.expects !== undefined || version.seconds !== undefined;

/**
 * Stays at this node: sets its timer (what remains of it, when it is taken up again) and says it. What is counted
 * begins again at one, as its picture does.
 */
function stay(draft: Draft, frame: Frame, node: Node, version: Version, arriving: boolean): void {
  const { wakeAt: _wakeAt, remaining, ...rest } = frame;
  const whole = arriving || remaining === undefined || countOf(version.picture ?? "") !== undefined;
  const ms = whole ? (version.seconds ?? 0) * 1000 : remaining;
  const staying: Frame = {
    ...rest,
    visit: arriving ? draft.turn : rest.visit,
    ...(version.seconds !== undefined && { wakeAt: draft.now + ms }),
  };
  replaceTop(draft, staying);
  const told = draft.messages.at(-1);
  // A menu that is come back to needs no second welcome: its choices go with what was said last.
  if (!arriving && told && told.buttons.length === 0 && atRest(draft))
    draft.messages[draft.messages.length - 1] = { ...told, buttons: buttonsOf(draft, staying, node) };
  else say(draft, staying, node, version);
}

/**
 * The place of this frame in today's script. Where it is gone, the person is told so kindly and brought to the
 * latest moment that still exists, else to the start of that flow, else to the menu.
 */
function find(draft: Draft, frame: Frame): { flow: Flow; node: Node } | undefined {
  const flow = flowOf(draft, frame);
  const node = flow?.nodes.get(frame.node);
  if (flow && node) return { flow, node };
  tell(draft, phrase(draft, "moved"));
  const known = draft.back.findLast((m) => m.frames.every((f) => nodeOf(draft, f) !== undefined));
  if (known) draft.frames = [...known.frames];
  else openFlow(draft, flow ? flow.id : HOUSE_FLOWS.menu, frame);
  return undefined;
}

/** The script talked too long: the person is told, and the place is counted so that the log can say where. */
function park(draft: Draft, frame: Frame): void {
  draft.frames = [];
  tell(draft, phrase(draft, "too-much"));
  count(draft, "walk_parked", { flow: frame.flow, node: frame.node });
}
