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
        ...(atRest(draft) ? [menuButton(draft)] : []),
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
  const start =
    topic.routine !== undefined && draft.script.flows.has(topic.routine)
      ? [
          {
            label: isTalk(draft, topic.routine)
              ? title(draft, topic.routine)
              : phrase(draft, "start-button", { titel: title(draft, topic.routine) }),
            token: writeToken({ kind: "open", id: topic.routine }),
          },
        ]
      : [];
  return [...start, ...topicButtons(draft, topic.related.slice(0, 2)), menuButton(draft)];
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
