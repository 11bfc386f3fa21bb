/** What the node expects: a choice by tap or in the person's own words, a number, a rhythm of days and times. */
import { matchLabel } from "../language/answers.ts";
import {
  asksReminder,
  changesReminder,
  livesIn,
  looksLikeQuestion,
  readCode,
  wishesReminder,
} from "../language/commands.ts";
import { fold } from "../language/fold.ts";
import { readNumber } from "../language/numbers.ts";
import { saysOnlyWhen } from "../language/only-when.ts";
import { readRecurrence } from "../language/times.ts";
import { readZone } from "../language/zones.ts";
import { act } from "./action.ts";
import { command, keepMoment, openOrAside } from "./command.ts";
import type { Slot } from "./conversation.ts";
import { answerTopic } from "./digression.ts";
import type { Draft } from "./draft.ts";
import { count, replaceTop, top } from "./draft.ts";
import { localToday } from "./due.ts";
import { aboutId } from "./guard.ts";
import { chooseReminder, toCome } from "./remind.ts";
import { raiseAsk, raiseStop, type Told } from "./safety.ts";
import { atRest, choicesOf, nodeOf } from "./say.ts";
import type { ActionName, Choice, Expectation, Node } from "./script.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { fill } from "./text.ts";
import { goOn, walk } from "./walk.ts";
import { namedIn, readRhythm } from "./when.ts";

/** The most characters of a question that are sent to the makers. */
const LETTER_MAX = 500;

/** Takes the text as an answer to the node where the person is; false when it is none. */
export function expected(draft: Draft, text: string): boolean {
  const frame = top(draft);
  const node = frame && nodeOf(draft, frame);
  if (!frame || !node) return false;
  const choice = chosen(draft, node, text);
  if (choice) {
    choose(draft, node, choice);
    return true;
  }
  return answer(draft, node, text);
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
  return index === undefined ? undefined : choices[index];
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

/** Takes the text as what this node asks for, beside its choices. */
function answer(draft: Draft, node: Node, text: string): boolean {
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

/** Tries a code that was given with the command itself ("/koppel ABCD2345"). */
export function redeemInWords(draft: Draft, text: string): boolean {
  const code = readCode(text);
  if (code !== undefined) draft.link = { kind: "redeem", code };
  return code !== undefined;
}

/** Takes what asks for a reminder ("herinner me elke avond om negen"), with whatever it says of when and what for. */
export const remindInWords = (draft: Draft, text: string): boolean =>
  asksReminder(text) && openReminder(draft, text);

/** Takes days and a time and nothing else ("elke avond om half tien") for a reminder, where nothing is going on. */
export const rhythmInWords = (draft: Draft, text: string): boolean =>
  atRest(draft) && saysOnlyWhen(text, localToday(draft.person.zone, draft.now)) && openReminder(draft, text);

/** Opens the talk about reminders, or about a programme, with what was told at once. */
function openReminder(draft: Draft, text: string): boolean {
  const { flow: named, rest } = namedIn(draft.script, text);
  const when = readRecurrence(rest, localToday(draft.person.zone, draft.now));
  const whole = when !== undefined && when.missing === undefined;
  if (!whole && !((when || named) && wishesReminder(text))) return false;
  const own = toCome(draft).filter((r) => !named || r.flow === named.id);
  const changing = own.length > 0 && (changesReminder(text) || named?.programme !== undefined);
  const programme = !changing && named?.programme ? named : undefined;
  const flow = programme ?? draft.script.flows.get(HOUSE_FLOWS.remind);
  const node = [...(flow?.nodes.values() ?? [])].find((n) => n.expects?.kind === "recurrence");
  if (!flow || !node) return false;
  chooseReminder(draft, changing ? own[0] : undefined);
  if (named?.kind === "routine") draft.slots.routine = named.id;
  const before = draft.messages.length;
  openOrAside(draft, flow.id);
  // Which of several is meant, has to be chosen first; and whoever gave no time hears what a programme is.
  if ((changing && own.length > 1) || (programme && !when)) return true;
  draft.messages.length = before;
  replaceTop(draft, { flow: flow.id, node: node.id, visit: draft.turn });
  if (!answer(draft, node, rest)) walk(draft);
  return true;
}

/** Asks whether somebody who says where they are ("ik woon in Lissabon") wants the clock times of that place. */
export function movesInWords(draft: Draft, text: string): boolean {
  const zone = livesIn(text) ? readZone(text) : undefined;
  if (zone === undefined || zone === draft.person.zone) return false;
  draft.slots.zone = zone;
  openOrAside(draft, HOUSE_FLOWS.zone);
  return true;
}
