/**
 * Questions in between: the answer, then one line back to where we were, with the same choices. The running
 * step and what remains of its timer are left as they are.
 */

import { menuButton } from "./command.ts";
import type { Draft } from "./draft.ts";
import { count, top } from "./draft.ts";
import type { Button } from "./message.ts";
import { atRest, buttonsOf, flowOf, nodeOf, sayWhereWeWere, tell } from "./say.ts";
import { fill, phrase, title } from "./text.ts";
import { writeToken } from "./token.ts";

/** A follow-up ("en hoe lang dan?") is about the last question for this long (ms). */
const FOLLOW_UP = 5 * 60_000;

/** Answers a question, offers what is near, or says who can help; false where nothing fits. */
export function digress(draft: Draft, text: string): boolean {
  const match = draft.script.match(text, contextOf(draft));
  switch (match.kind) {
    case "answer":
      answerTopic(draft, match.id);
      return true;
    case "chat":
      // Whoever says hello for the first time is welcomed.
      if (draft.slots.gegroet !== true && !top(draft)) return false;
      sayWhereWeWere(draft, fill(draft, draft.script.chats.get(match.id)?.answer ?? ""), idleMenu(draft));
      return true;
    case "elsewhere":
      count(draft, "faq_elsewhere", { id: match.id });
      sayWhereWeWere(draft, fill(draft, draft.script.elsewhere.get(match.id)?.answer ?? ""), idleMenu(draft));
      return true;
    case "suggest":
      count(draft, "faq_suggest", { near: match.near[0] ?? "" });
      sayWhereWeWere(draft, phrase(draft, "suggest"), [
        ...topicButtons(draft, match.near),
        ...(atRest(draft) ? [...startNear(draft, match.near), menuButton(draft)] : []),
      ]);
      return true;
    case "none":
      count(draft, "faq_none", { near: match.near[0] ?? "" });
      return false;
  }
}

/** What a question without a subject is about: the question before it, else the routine that is running. */
function contextOf(draft: Draft): string | undefined {
  if (draft.lastFaq && draft.lastFaq.until > draft.now) return draft.lastFaq.id;
  const running = draft.frames.find((f) => flowOf(draft, f)?.kind === "routine")?.flow;
  if (running === undefined) return undefined;
  for (const topic of draft.script.topics.values()) if (topic.routine === running) return topic.id;
  return undefined;
}

/** Says the answer to this topic, with what goes with it where nothing is running. */
export function answerTopic(draft: Draft, id: string): void {
  const topic = draft.script.topics.get(id);
  if (!topic) {
    tell(draft, phrase(draft, "no-topic"), [menuButton(draft)]);
    return;
  }
  count(draft, "faq_answer", { topic: id });
  draft.lastFaq = { id, until: draft.now + FOLLOW_UP };
  tell(draft, fill(draft, topic.answer), atRest(draft) ? whatGoesWith(draft, topic) : []);
  sayWhereWeWere(draft);
}

function whatGoesWith(
  draft: Draft,
  topic: { routine?: string | undefined; related: readonly string[] },
): Button[] {
  return [
    ...startButton(draft, topic.routine),
    ...topicButtons(draft, topic.related.slice(0, 2)),
    menuButton(draft),
  ];
}

/** Who tells of a stiff neck may want to do something about it: the routine of the nearest question that has one. */
export const startNear = (draft: Draft, near: readonly string[]): Button[] =>
  startButton(
    draft,
    near.map((id) => draft.script.topics.get(id)?.routine).find((id) => id !== undefined),
  );

/** The button that opens this flow, where there is one. */
function startButton(draft: Draft, id: string | undefined): Button[] {
  if (id === undefined || !draft.script.flows.has(id)) return [];
  const label = isTalk(draft, id)
    ? title(draft, id)
    : phrase(draft, "start-button", { titel: title(draft, id) });
  return [{ label, token: writeToken({ kind: "open", id }) }];
}

/** A talk is not something that one starts: its title alone says what it is. */
const isTalk = (draft: Draft, flow: string): boolean => draft.script.flows.get(flow)?.kind === "talk";

/** Buttons that ask about these topics. */
export const topicButtons = (draft: Draft, ids: readonly string[]): Button[] =>
  ids.flatMap((id) => {
    const topic = draft.script.topics.get(id);
    return topic ? [{ label: topic.label, token: writeToken({ kind: "topic", id }) }] : [];
  });

/** What somebody can choose where nothing is running: the choices of the menu that is open, or the way to one. */
export function idleMenu(draft: Draft): Button[] {
  const frame = top(draft);
  const node = frame && nodeOf(draft, frame);
  if (!frame || !node) return [menuButton(draft)];
  return atRest(draft) ? buttonsOf(draft, frame, node) : [];
}
