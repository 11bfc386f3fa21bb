/**
 * What is said: a node with its choices, one line back to it, or a sentence of the engine's own.
 *
 * Every message that a turn leaves is made here (a file and the first words apart), so that what a message
 * carries (its buttons, its countdown, its lane) is decided once.
 */
import type { Frame } from "./conversation.ts";
import type { Draft } from "./draft.ts";
import { top } from "./draft.ts";
import { passes } from "./guard.ts";
import type { Button } from "./message.ts";
import { reminderChoices } from "./remind.ts";
import type { Choice, Flow, Node, Version } from "./script.ts";
import { countdownText, fill, nameOf, phrase } from "./text.ts";
import { writeToken } from "./token.ts";

/** A message that is still unsaid after this long is no longer wanted, where nobody asked for it (ms). */
const BULK_KEEPS = 30 * 60_000;

/** Nothing is running: no talk at all, or only a menu, whose buttons last anyway and which nobody is held up by. */
export function atRest(draft: Draft): boolean {
  const frame = top(draft);
  return !frame || (draft.frames.length === 1 && nodeOf(draft, frame)?.lasting === true);
}

/** Says this node as it is now, with its choices, its picture and its countdown. */
export function say(draft: Draft, frame: Frame, node: Node, version: Version): void {
  const buttons = buttonsOf(draft, frame, node);
  draft.messages.push({
    text: fill(draft, version.say),
    buttons,
    ...(version.picture !== undefined && { picture: version.picture }),
    ...countdown(draft, frame),
    ...lane(draft),
  });
}

/** Says one sentence of the engine's own, with buttons if it has any. */
export function tell(draft: Draft, text: string, buttons: readonly Button[] = []): void {
  draft.messages.push({ text, buttons, ...lane(draft) });
}

const lane = (draft: Draft) =>
  draft.bulk ? ({ lane: "bulk", expiresAt: draft.now + BULK_KEEPS } as const) : ({ lane: "reply" } as const);

const countdown = (draft: Draft, frame: Frame) =>
  frame.wakeAt === undefined
    ? {}
    : { countdown: { until: frame.wakeAt, text: countdownText(draft, frame.wakeAt - draft.now) } };

/**
 * One line back to where we were, with the same choices and what remains of the time. `first` is said before it
 * in the same message, and `more` stands before its choices: a second message would take their buttons away.
 * Where nothing is running, only `first` is said.
 */
export function sayWhereWeWere(draft: Draft, first = "", more: readonly Button[] = []): void {
  const frame = top(draft);
  const node = frame && nodeOf(draft, frame);
  if (!frame || !node || atRest(draft)) {
    if (first !== "") tell(draft, first, more);
    return;
  }
  // A safety talk is said again in full: the number comes first, every time.
  const here =
    node.title && flowOf(draft, frame)?.kind !== "safety"
      ? phrase(draft, "where-we-were", { titel: node.title })
      : fill(draft, versionOf(draft, node).say);
  draft.messages.push({
    text: first === "" ? here : `${first.trimEnd()}\n\n${here}`,
    buttons: [...more, ...buttonsOf(draft, frame, node)],
    ...countdown(draft, frame),
    ...lane(draft),
  });
}

/** Says why a step is left out; of several in a row once. */
export function saySkipped(draft: Draft, flag: string): void {
  const why = phrase(draft, "step-skipped", { naam: nameOf(draft, flag) });
  if (draft.messages.at(-1)?.text !== why) tell(draft, why);
}

/** The choices of this node that are on offer now. */
export const choicesOf = (draft: Draft, node: Node): Choice[] => [
  ...(node.eachReminder ? reminderChoices(draft, node) : []),
  ...node.choices.filter((choice) => passes(draft, choice.guard)),
];

/** The choices of this node as buttons. */
export const buttonsOf = (draft: Draft, frame: Frame, node: Node): Button[] =>
  choicesOf(draft, node).map((choice) => ({
    label: fill(draft, choice.label),
    token: writeToken(
      choice.faq !== undefined
        ? { kind: "topic", id: choice.faq }
        : { kind: "choice", visit: frame.visit, flow: frame.flow, node: frame.node, choice: choice.id },
    ),
  }));

/** The wording of this node that is for this person now. */
export const versionOf = (draft: Draft, node: Node): Version =>
  node.versions.find((v) => passes(draft, v.guard)) ?? { guard: { when: [], unless: [] }, say: "" };

/** The flow of this frame, where today's script has it. */
export const flowOf = (draft: Draft, frame: Frame | undefined): Flow | undefined =>
  frame && draft.script.flows.get(frame.flow);

/** The node of this frame, where today's script has it. */
export const nodeOf = (draft: Draft, frame: Frame): Node | undefined =>
  flowOf(draft, frame)?.nodes.get(frame.node);
