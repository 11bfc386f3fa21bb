/** What the node expects: a choice by tap or in the person's own words, a number, a rhythm of days and times. */
import { readAge } from "../language/ages.ts";
import { matchLabel } from "../language/answers.ts";
import { looksLikeQuestion, readCode } from "../language/commands.ts";
import { fold } from "../language/fold.ts";
import { readNumber } from "../language/numbers.ts";
import { act } from "./action.ts";
import { command, keepMoment } from "./command.ts";
import type { Slot } from "./conversation.ts";
import { answerTopic } from "./digression.ts";
import type { Draft } from "./draft.ts";
import { count, top } from "./draft.ts";
import { aboutId } from "./guard.ts";
import { raiseAsk, raiseStop, type Told } from "./safety.ts";
import { choicesOf, nodeOf } from "./say.ts";
import type { ActionName, Choice, Expectation, Node } from "./script.ts";
import { fill } from "./text.ts";
import { goOn, walk } from "./walk.ts";
import { readMoment, readRhythm } from "./when.ts";

/** The most characters of a question that are sent to the makers. */
const LETTER_MAX = 500;

/** Takes the text as an answer to the node where the person is; false when it is none. */
export function expected(draft: Draft, text: string): boolean {
  const frame = top(draft);
  const node = frame && nodeOf(draft, frame);
  if (!frame || !node) return false;
  const choice = chosen(draft, node, text);
  if (choice) {
    const before = draft.messages.length;
    choose(draft, node, choice);
    if (choice.ages) answerAgeToo(draft, text, before);
    return true;
  }
  return answer(draft, node, text);
}

/** "Mijn dochter van 3": the words that say for whom it is also answer how old she is, where that comes next. */
function answerAgeToo(draft: Draft, text: string, before: number): void {
  const frame = top(draft);
  const node = frame && nodeOf(draft, frame);
  const choice = node?.choices.some(({ ages }) => ages) && chosen(draft, node, text);
  if (!node || !choice) return;
  draft.messages.length = before;
  choose(draft, node, choice);
}

/** Takes the text as a choice that stands here word for word; false where there is none. */
export function chosenByName(draft: Draft, text: string): boolean {
  const frame = top(draft);
  const node = frame && nodeOf(draft, frame);
  const choice = node && named(draft, choicesOf(draft, node), text);
  if (!choice) return false;
  choose(draft, node, choice);
  return true;
}

/** The choice that this text means, if it means exactly one. */
function chosen(draft: Draft, node: Node, text: string): Choice | undefined {
  const choices = choicesOf(draft, node);
  const exact = named(draft, choices, text);
  // A question that happens to hold the word of a choice is a question.
  if (exact || choices.length === 0 || looksLikeQuestion(text)) return exact;
  const index = matchLabel(
    text,
    choices.map((c) => ({
      label: fill(draft, c.label),
      words: [...c.words],
      final: c.do.some(({ name }) => THROWS_AWAY.has(name)),
    })),
  );
  return index === undefined ? ofAge(choices, text) : choices[index];
}

/** The choice for somebody of the age that this text tells. */
function ofAge(choices: readonly Choice[], text: string): Choice | undefined {
  const age = choices.some(({ ages }) => ages) ? readAge(text) : undefined;
  return age === undefined ? undefined : choices.find(({ ages }) => ages && ages[0] <= age && age <= ages[1]);
}

/** What a choice does that cannot be undone. */
const THROWS_AWAY: ReadonlySet<ActionName> = new Set([
  "stop-reminders",
  "stop-reminder",
  "withdraw",
  "forget",
]);

/** The choice whose label or one of whose words this text is. */
const named = (draft: Draft, choices: readonly Choice[], text: string): Choice | undefined =>
  choices.find((c) => [fill(draft, c.label), ...c.words].some((word) => fold(word) === fold(text)));

/** Does what this choice says, and goes where it leads. */
export function choose(draft: Draft, node: Node, choice: Choice): void {
  if (choice.command !== undefined) {
    command(draft, choice.command);
    return;
  }
  if (choice.answer !== undefined && answer(draft, node, choice.answer)) return;
  if (choice.faq !== undefined) {
    answerTopic(draft, choice.faq);
    return;
  }
  if (told(draft, choice) === "taken") return;
  keepMoment(draft);
  Object.assign(draft.slots, choice.set);
  const { flag } = choice;
  if (flag && flag.id !== ABOUT && !draft.flags.includes(flag.id)) draft.flags.push(flag.id);
  for (const action of choice.do) act(draft, action);
  walk(draft, goOn(draft, choice.go));
}

/** The flag that a choice names when it means the one that this talk is about. */
const ABOUT = "dit";

/** What a choice tells us of: a sign stops or asks, as it would in words; a contraindication lets the talk go on. */
function told(draft: Draft, choice: Choice): "taken" | "nothing" {
  if (!choice.flag) return "nothing";
  const frame = top(draft);
  const here = choice.flag.id === ABOUT;
  const flag = draft.script.flags.get(here ? (aboutId(draft) ?? "") : choice.flag.id);
  if (!flag) return "nothing";
  const level = (here && frame?.level) || flag.level;
  const sign: Told = { flag: flag.id, level, who: (here && frame?.who) || "self" };
  if (choice.flag.mode === "ask") return raiseAsk(draft, sign);
  if (level !== "contraindication" || here) return raiseStop(draft, sign);
  return "nothing";
}

/** Takes the text as what this node asks for, beside its choices; false when it is none. */
export function answer(draft: Draft, node: Node, text: string): boolean {
  const { expects } = node;
  if (!expects) return false;
  const slots = read(draft, node, expects, text);
  if (!slots) return false;
  keepMoment(draft);
  Object.assign(draft.slots, slots);
  walk(draft, goOn(draft, node.next));
  return true;
}

/** The slots that this text fills, or nothing where it is no answer. */
function read(
  draft: Draft,
  { id, next }: Node,
  expects: Expectation,
  text: string,
): Record<string, Slot> | undefined {
  const { slot } = expects;
  switch (expects.kind) {
    case "number": {
      const number = readNumber(text, expects);
      return number === undefined ? undefined : { [slot]: number };
    }
    case "recurrence":
      return readRhythm(draft, slot, text, next.kind === "node" && next.node === id);
    case "moment": {
      const moment = readMoment(draft, text);
      return moment === undefined ? undefined : { [slot]: moment as unknown as Slot };
    }
    case "code": {
      const code = readCode(text);
      if (code !== undefined) draft.link = { kind: "redeem", code };
      // The code itself is not kept: it is tried at once.
      return code === undefined ? undefined : {};
    }
    case "letter":
      // The words go to the makers without a name, and into no slot.
      draft.question = [...text.trim()].slice(0, LETTER_MAX).join("");
      count(draft, "question_sent");
      return {};
    case "question":
      // Any question is answered by the FAQ, which comes next.
      return undefined;
  }
}
