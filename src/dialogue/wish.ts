/**
 * What somebody wishes, all in one sentence: a reminder with its days and time ("herinner me elke avond om negen"), the
 * clock of another place, a code that joins two apps. It opens the talk about it, with what was told already filled in.
 */
import { asksReminder, changesReminder, livesIn, readCode, wishesReminder } from "../language/commands.ts";
import { saysOnlyWhen } from "../language/only-when.ts";
import { readRecurrence } from "../language/times.ts";
import { readZone } from "../language/zones.ts";
import { openOrAside } from "./command.ts";
import type { Draft } from "./draft.ts";
import { replaceTop } from "./draft.ts";
import { localToday } from "./due.ts";
import { answer } from "./expect.ts";
import { chooseReminder, toCome } from "./remind.ts";
import { atRest } from "./say.ts";
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
