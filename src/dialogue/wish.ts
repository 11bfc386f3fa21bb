/**
 * What somebody wishes, all in one sentence: a reminder with its days and time ("herinner me elke avond om negen"), the
 * clock of another place, a code that joins two apps. It opens the talk about it, with what was told already filled in.
 */
import {
  askedInstead,
  asksReminder,
  changesReminder,
  livesIn,
  looksLikeQuestion,
  readCode,
  wishesReminder,
  withoutInstead,
} from "../language/commands.ts";
import { saysOnlyWhen, saysWhen } from "../language/only-when.ts";
import { isWhole, readRecurrence } from "../language/times.ts";
import { readZone } from "../language/zones.ts";
import { openOrAside } from "./command.ts";
import type { Draft } from "./draft.ts";
import { replaceTop, top } from "./draft.ts";
import { localToday } from "./due.ts";
import { answer } from "./expect.ts";
import { chooseReminder, chosen, TIMES_EACH_MEANT, toCome } from "./remind.ts";
import { atRest, nodeOf } from "./say.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { walk } from "./walk.ts";
import { namedIn } from "./when.ts";

/** Tries a code that was given with the command itself ("/koppel ABCD2345"). */
export function redeemInWords(draft: Draft, text: string): boolean {
  const code = readCode(text);
  if (code !== undefined) draft.link = { kind: "redeem", code };
  return code !== undefined;
}

/** Takes what asks for a reminder ("herinner me elke avond om negen"), with whatever it says of when and what for. */
export const remindInWords = (draft: Draft, text: string): boolean =>
  asksReminder(text) && openReminder(draft, text);

/**
 * Takes days and a time, with the name of what they are for or nothing else ("elke avond om half tien"), for a reminder
 * where nothing is going on; "liever om 22 uur" is for the reminder that there is.
 */
export function rhythmInWords(draft: Draft, text: string): boolean {
  if (!atRest(draft)) return false;
  const today = localToday(draft.person.zone, draft.now);
  const instead = toCome(draft).length > 0 ? askedInstead(text) : undefined;
  if (instead !== undefined && saysWhen(instead, today)) return openReminder(draft, instead, true);
  const { flow, rest } = namedIn(draft.script, text);
  // A programme knows its own days.
  const said = flow?.programme ? saysWhen : saysOnlyWhen;
  return said(rest, today) && openReminder(draft, text, false, true);
}

/** Takes the name of a routine, where a rhythm is read back, for what the reminder is for. */
export function namesWhatFor(draft: Draft, text: string): boolean {
  const frame = top(draft);
  const node = frame && nodeOf(draft, frame);
  const readBack =
    node?.expects?.kind === "recurrence" && node.next.kind === "node" && node.next.node === node.id;
  if (!readBack || draft.script.flows.get(frame?.flow ?? "")?.programme || chosen(draft)) return false;
  const { flow: named, rest } = namedIn(draft.script, text);
  if (named?.kind !== "routine" || looksLikeQuestion(text)) return false;
  draft.slots.routine = named.id;
  if (!answer(draft, node, rest)) walk(draft);
  return true;
}

/** What is done many times a day beside one's work: what a programme of so many times is for. */
const doneOften = (draft: Draft): string | undefined =>
  [...draft.script.flows.values()].find(
    ({ programme }) => (programme?.rhythm.times.length ?? 0) > TIMES_EACH_MEANT,
  )?.programme?.routine;

/** Opens the talk about reminders, or about a programme, with what was told at once. */
function openReminder(draft: Draft, text: string, instead = false, wished = wishesReminder(text)): boolean {
  const { flow: named, rest: said } = namedIn(draft.script, text);
  const rest = withoutInstead(said);
  const when = readRecurrence(rest, localToday(draft.person.zone, draft.now));
  if (!(when && (isWhole(when) || instead)) && !((when || named) && wished)) return false;
  const own = toCome(draft).filter((r) => !named || r.flow === named.id);
  const changing = own.length > 0 && (instead || changesReminder(text) || named?.programme !== undefined);
  const programme = !changing && named?.programme ? named : undefined;
  const flow = programme ?? draft.script.flows.get(HOUSE_FLOWS.remind);
  const node = [...(flow?.nodes.values() ?? [])].find((n) => n.expects?.kind === "recurrence");
  if (!flow || !node) return false;
  chooseReminder(draft, changing ? own[0] : undefined);
  const often = (when?.recurrence.times.length ?? 0) > TIMES_EACH_MEANT ? doneOften(draft) : undefined;
  if (named?.kind === "routine") draft.slots.routine = named.id;
  else if (often !== undefined) draft.slots.routine = often;
  const before = draft.messages.length;
  openOrAside(draft, flow.id);
  // Which of several is meant, has to be chosen first; and whoever gave no time hears what a programme is.
  if ((changing && own.length > 1) || (programme && !when)) return true;
  draft.messages.length = before;
  replaceTop(draft, { flow: flow.id, node: node.id, visit: draft.turn });
  if (!answer(draft, node, rest)) walk(draft);
  return true;
}

/** The countries of whose numbers we know, by their time zone. */
const COUNTRY: Readonly<Record<string, string>> = { "Europe/Amsterdam": "NL", "Europe/Brussels": "BE" };

/** Asks whether somebody who says where they are ("ik woon in Lissabon") wants the clock times of that place. */
export function movesInWords(draft: Draft, text: string): boolean {
  const zone = livesIn(text) ? readZone(text) : undefined;
  if (zone === undefined) return false;
  const country = COUNTRY[zone];
  // Both countries keep one clock: what differs is who to call.
  if (country !== undefined && COUNTRY[draft.person.zone] !== undefined) {
    if (country === draft.person.country || looksLikeQuestion(text)) return false;
    openOrAside(draft, HOUSE_FLOWS.country);
    return true;
  }
  if (zone === draft.person.zone) return false;
  draft.slots.zone = zone;
  openOrAside(draft, HOUSE_FLOWS.zone);
  return true;
}
