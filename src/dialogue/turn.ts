/**
 * A turn: one input handled. Synchronous, total, no I/O.
 *
 * Whoever reads only one file of this house should read this one: it is the order in which an input is owned,
 * at every node, always.
 */
import { onlyTells } from "../language/commands.ts";
import { keepMoment, menuButton, opensByName } from "./command.ts";
import type { Conversation } from "./conversation.ts";
import { alarmAt } from "./conversation.ts";
import { digress, idleMenu, startNear, topicButtons } from "./digression.ts";
import type { Draft } from "./draft.ts";
import { closeDraft, count, openDraft, top } from "./draft.ts";
import { expected } from "./expect.ts";
import { forgetTold, letGo } from "./forget.ts";
import { mayKeepHealth } from "./guard.ts";
import type { Act, Input, Update } from "./input.ts";
import { followNames } from "./moved.ts";
import { globalWord, run } from "./name.ts";
import { overheard } from "./overhear.ts";
import { ping } from "./ping.ts";
import { rescheduled } from "./remind.ts";
import type { TurnResult } from "./result.ts";
import { hear } from "./safety.ts";
import { atRest, flowOf, nodeOf, sayWhereWeWere, tell } from "./say.ts";
import type { Script } from "./script.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { tap } from "./tap.ts";
import { phrase } from "./text.ts";
import { writeToken } from "./token.ts";
import { goOn, openFlow, pushFlow, walk } from "./walk.ts";
import { redeemInWords, remindInWords, rhythmInWords } from "./wish.ts";

/** A step that ends by more than this too late (ms) was not followed: we were away. */
const TIMER_LATE = 10_000;

/** The command that joins two addresses to one person. */
const LINK = "koppel";

/**
 * Handles one input at `now` (epoch ms). `undelivered` is the number of messages that this address was
 * promised and has not got yet. The alarm of the result is later than `now`, or absent.
 */
export function turn(
  script: Script,
  conversation: Conversation,
  input: Input,
  now: number,
  undelivered = 0,
): TurnResult {
  const draft = openDraft(script, conversation, now);
  if (!mayKeepHealth(draft)) draft.past = [];
  followNames(draft);
  forgetTold(draft);
  switch (input.kind) {
    case "unreachable":
      leave(draft);
      break;
    case "alarm":
      wake(draft, undelivered);
      break;
    case "linked":
      sayWhereWeWere(
        draft,
        phrase(draft, `link-${input.outcome}`, { code: input.code ?? "" }),
        idleMenu(draft),
      );
      break;
    case "update":
      if (input.place === "group") tell(draft, phrase(draft, "group"));
      else update(draft, input);
      break;
  }
  letGo(draft);
  const result = closeDraft(draft);
  const alarm = alarmAt(result.conversation);
  if (alarm !== undefined && alarm <= now)
    throw new Error(`The turn left an alarm at ${alarm}, which is not after ${now}: it would never rest.`);
  return result;
}

/** The channel reported this person gone: nothing is said, nothing is waited for, until they come back. */
function leave(draft: Draft): void {
  draft.reachable = false;
  draft.frames = [];
  draft.back = [];
  draft.hush = true;
}

/** It is time: a step is over, a reminder is due, or both. */
function wake(draft: Draft, undelivered: number): void {
  if (!draft.reachable) return;
  const late = lateBy(draft);
  if (late >= 0 && !placeIsGone(draft)) {
    if (undelivered > 0 || late > TIMER_LATE) {
      // The person did not get the last step, or we were down: one line, and no volley of stale steps.
      setAside(draft);
      walk(draft);
    } else {
      const frame = top(draft);
      keepMoment(draft);
      walk(draft, goOn(draft, (frame && nodeOf(draft, frame)?.next) ?? { kind: "end" }));
    }
  }
  ping(draft);
}

/** A person did something. */
function update(draft: Draft, { act }: Update): void {
  draft.seenAt = draft.now;
  draft.reachable = true;
  delete draft.slots.onbeantwoord;
  const greeted = draft.slots.gegroet === true;
  // Words that come after we were away are about that; a tap on the step itself still counts.
  if (act.kind !== "tap" && lateBy(draft) > TIMER_LATE) setAside(draft);
  const stood = top(draft) !== undefined;
  handle(draft, act);
  // A talk that ends without a word leaves nobody in silence; linking tells its outcome itself.
  if (stood && !top(draft) && draft.messages.length === 0 && !draft.forget && !draft.link)
    tell(draft, phrase(draft, "that-was-all"), [menuButton(draft)]);
  if (!greeted) introduce(draft);
  wake(draft, 0);
}

/** How long ago (ms) the running step should have ended; negative while it runs or where there is none. */
const lateBy = (draft: Draft): number => draft.now - (top(draft)?.wakeAt ?? Number.POSITIVE_INFINITY);

/** The step that nobody could follow waits beneath the talk that asks whether to go on. */
function setAside(draft: Draft): void {
  draft.hush = true;
  pushFlow(draft, HOUSE_FLOWS.away);
}

/** Says at the first contact that this is a computer program; a safety message is never delayed by it. */
function introduce(draft: Draft): void {
  if (flowOf(draft, top(draft))?.kind === "safety" || draft.forget) return;
  draft.slots.gegroet = true;
  if (top(draft)?.flow === HOUSE_FLOWS.welcome) return;
  draft.messages.unshift({ text: phrase(draft, "first-words"), buttons: [], lane: "reply" });
}

/**
 * Where an author took the place away in which somebody stands, they are told so and brought to the nearest one;
 * what they answered there is an answer to nothing.
 */
function placeIsGone(draft: Draft): boolean {
  const frame = top(draft);
  if (!frame || nodeOf(draft, frame)) return false;
  walk(draft, false);
  return true;
}

function handle(draft: Draft, act: Act): void {
  if (act.kind !== "text" && placeIsGone(draft)) return;
  switch (act.kind) {
    case "text":
      return text(draft, act.text);
    case "tap":
      return tap(draft, act.token);
    case "command":
      return slash(draft, act.name, act.rest);
    case "other":
      return sayWhereWeWere(draft, phrase(draft, "other-kind"), idleMenu(draft));
  }
}

/** A text is screened first, whatever was asked; then it is a word that always works, an answer, a question. */
function text(draft: Draft, words: string): void {
  const heard = hear(draft, draft.script.screen(words));
  if (heard === "taken" || placeIsGone(draft)) return;
  if (flowOf(draft, top(draft))?.kind === "safety") {
    if (!expected(draft, words)) sayWhereWeWere(draft);
    return;
  }
  if (globalWord(draft, words) || overheard(draft, words) || expected(draft, words)) return;
  // Who only told of a contraindication has been answered; who also asked something gets that answer too.
  if (heard === "noted" && onlyTells(words)) return sayWhereWeWere(draft);
  if (rhythmInWords(draft, words) || digress(draft, words)) return;
  if (heard === "noted") return sayWhereWeWere(draft);
  notUnderstood(draft, words);
}

/** A slash command; what follows it is a question, a rhythm, or the name of a routine. */
function slash(draft: Draft, name: string, rest: string): void {
  if (rest.trim() !== "" && hear(draft, draft.script.screen(rest)) === "taken") return;
  if (flowOf(draft, top(draft))?.kind === "safety" && name !== "start") return sayWhereWeWere(draft);
  if (opensByName(draft.script, rest) && run(draft, rest)) return;
  if (name === LINK && redeemInWords(draft, rest)) return;
  if (rest.trim() !== "" && name !== "start") {
    if (remindInWords(draft, `${name} ${rest}`) || digress(draft, rest)) return;
  }
  if (!run(draft, name)) notUnderstood(draft, "");
}

/** Never a dead end: what is near as choices, or back to where we were. */
function notUnderstood(draft: Draft, words: string): void {
  count(draft, "not_understood");
  const frame = top(draft);
  const asks = frame && nodeOf(draft, frame)?.expects;
  if (asks?.kind === "number" && /\d/.test(words)) {
    const range = { laagste: String(asks.min), hoogste: String(asks.max) };
    return sayWhereWeWere(draft, phrase(draft, "whole-number", range));
  }
  if (!atRest(draft)) return sayWhereWeWere(draft, phrase(draft, "not-understood-here"));
  const pinged = frame?.flow === HOUSE_FLOWS.ping;
  if (pinged) return tell(draft, phrase(draft, "not-understood-here"), idleMenu(draft));
  if (draft.slots.gegroet !== true) {
    openFlow(draft, HOUSE_FLOWS.welcome);
    return walk(draft);
  }
  const match = words === "" ? undefined : draft.script.match(words);
  const near = match && "near" in match ? match.near.slice(0, 3) : [];
  const makers = {
    label: phrase(draft, "makers-button"),
    token: writeToken({ kind: "open", id: HOUSE_FLOWS.makers }),
  };
  tell(draft, phrase(draft, "not-understood"), [
    ...topicButtons(draft, near),
    ...startNear(draft, near),
    makers,
    menuButton(draft),
  ]);
}

/** The result of a turn that failed by our fault: all that ran is set aside and the person is told so. */
export function parked(script: Script, conversation: Conversation, now: number): TurnResult {
  const draft = openDraft(script, conversation, now);
  draft.frames = [];
  draft.back = [];
  draft.reminders = draft.reminders.map((r) =>
    r.dueAt !== undefined && r.dueAt <= now ? rescheduled(r, now) : r,
  );
  tell(draft, phrase(draft, "too-much"), [menuButton(draft)]);
  return closeDraft(draft);
}
