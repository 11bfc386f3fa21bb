/** When a reminder should speak and what for, in a person's own words: all of it is read back before it counts. */
import { fold } from "../language/fold.ts";
import { saysWhen } from "../language/only-when.ts";
import { EVERY_DAY, type Recurrence } from "../language/recurrence.ts";
import { isWhole, readRecurrence } from "../language/times.ts";
import type { Slot } from "./conversation.ts";
import type { Draft } from "./draft.ts";
import { localToday, nextDue } from "./due.ts";
import { unending } from "./progress.ts";
import { chosen, subject } from "./remind.ts";
import type { Flow, Script } from "./script.ts";

/**
 * The slots of the rhythm that this text means, with its other reading. What it leaves out comes from the reminder that
 * is being changed or the programme that is being set, else from what is usual; a correction changes only what it says.
 */
export function readRhythm(
  draft: Draft,
  slot: string,
  text: string,
  correcting: boolean,
): Record<string, Slot> | undefined {
  const { zone } = draft.person;
  const said = readRecurrence(text, localToday(zone, draft.now));
  if (!said) return undefined;
  const programme = draft.script.flows.get(subject(draft))?.programme;
  const before = correcting ? (draft.slots[slot] as unknown as Recurrence | undefined) : undefined;
  const usual = before ?? chosen(draft)?.recurrence ?? programme?.rhythm;
  const whole = (recurrence: Recurrence): Recurrence => {
    const full = usual && said.missing ? completed(recurrence, said.missing, usual) : recurrence;
    return programme ? unending(full) : full;
  };
  const recurrence = whole(said.recurrence);
  if (nextDue(recurrence, zone, draft.now) === undefined) return undefined;
  return {
    [slot]: recurrence as unknown as Slot,
    [`${slot}-anders`]: said.alternative ? (whole(said.alternative) as unknown as Slot) : false,
  };
}

/** The single moment that this text means and nothing else ("om 22 uur", "over een uur"): the nearest of its readings. */
export function readMoment({ person: { zone }, now }: Draft, text: string): Recurrence | undefined {
  const today = localToday(zone, now);
  const said = readRecurrence(text, today);
  if (said?.recurrence.times.length !== 1 || !saysWhen(text, today)) return undefined;
  const { recurrence, alternative, missing } = said;
  if (recurrence.on === undefined && (missing !== "days" || isWhole(said))) return undefined;
  const at = [recurrence, alternative].flatMap((one) => (one && nextDue(one, zone, now)) ?? []);
  if (at.length === 0) return undefined;
  const { date, time } = localToday(zone, Math.min(...at));
  return { days: EVERY_DAY, times: [time], on: date };
}

/** A rhythm with what was left out of it taken from another one. */
function completed(said: Recurrence, missing: "time" | "days", usual: Recurrence): Recurrence {
  if (missing === "time") return { ...said, times: usual.times };
  // "Twee keer per week" leaves the days open too, but says how many.
  return said.days.length === 7 ? { ...usual, times: said.times } : said;
}

/** What a text is about, and its other words: "drie weken" in the name of a programme is no time. */
export interface Named {
  readonly flow: Flow | undefined;
  readonly rest: string;
}

/** The routine or programme that this text names, if it names one. */
export function namedIn({ flows }: Script, text: string): Named {
  const said = fold(text);
  let [found, longest]: [Flow | undefined, string] = [undefined, ""];
  for (const flow of flows.values()) {
    if (flow.kind !== "routine" && !flow.programme) continue;
    for (const name of [flow.title, ...flow.words].map(fold))
      if (name.length > longest.length && said.includes(name)) [found, longest] = [flow, name];
  }
  return { flow: found, rest: found ? said.replace(longest, " ") : said };
}
