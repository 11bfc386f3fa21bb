/** Whether a node, a wording or a choice is for this person at this moment. */
import type { Draft } from "./draft.ts";
import { channelOf } from "./input.ts";
import { notes } from "./notes.ts";
import type { Reminder } from "./reminder.ts";
import type { Condition, Flow, Guard, Node } from "./script.ts";

/** True when the author's conditions let this through. */
export const passes = (draft: Draft, guard: Guard): boolean =>
  (guard.when.length === 0 || guard.when.some((c) => holds(draft, c))) &&
  !guard.unless.some((c) => holds(draft, c));

/**
 * A bare name holds for a flag that was told, a slot that is filled, and the house's own words: `onderweg`
 * (a flow waits beneath this one), `herinneringen` (there are some), `arts` (a doctor's yes would reopen what
 * this talk is about), `akkoord` (a consent was given), `bewaarbaar` (this channel may keep health data),
 * `sessies` (some were kept); and of programmes `programmas` (one is running), `loopt` (the one of this talk is),
 * `programma` (this ping belongs to one) and `geteld` (one was just done once more).
 */
function holds(draft: Draft, { name, value }: Condition): boolean {
  if (value !== undefined)
    return String(name === "keer" ? notes(draft).length : (draft.slots[name] ?? "")) === value;
  switch (name) {
    case "onderweg":
      return draft.frames.length > 1;
    case "herinneringen":
      return draft.reminders.some((r) => r.dueAt !== undefined);
    case "programmas":
      return draft.reminders.some((r) => r.progress !== undefined);
    case "loopt":
      return draft.reminders.some((r) => r.progress !== undefined && r.flow === draft.frames.at(-1)?.flow);
    case "programma":
      return draft.script.flows.get(aboutReminder(draft)?.flow ?? "")?.programme !== undefined;
    case "geteld":
      return draft.counted.length > 0;
    case "arts":
      return draft.script.flags.get(aboutId(draft) ?? "")?.doctor === true;
    case "keer":
      return notes(draft).length > 0;
    case "sessies":
      return draft.person.sessions > 0;
    case "bewaarbaar":
      return mayKeepHealth(draft);
    case "bewaart":
      return mayRemember(draft);
    case "akkoord":
      return draft.person.consents.length > 0;
    default:
      return draft.flags.includes(name) || Boolean(draft.slots[name]);
  }
}

/** The words that `holds` knows by itself. */
export const HOUSE_CONDITIONS = [
  "onderweg",
  "herinneringen",
  "arts",
  "akkoord",
  "bewaarbaar",
  "bewaart",
  "sessies",
  "keer",
  "programmas",
  "loopt",
  "programma",
  "geteld",
] as const;

/** The flag or reminder that the top frame is about. */
export const aboutId = (draft: Draft): string | undefined => draft.frames.at(-1)?.about;

/** The reminder that this talk is about, or the one that spoke last here. */
export function aboutReminder(draft: Draft): Reminder | undefined {
  const id = aboutId(draft) ?? draft.slots.ping;
  return draft.reminders.find((r) => r.id === id && !r.address);
}

/** The flag that closes this flow for this person, if any; a doctor's yes lifts it. */
export const closedBy = (draft: Draft, flow: Flow): string | undefined =>
  flow.kind !== "routine"
    ? undefined
    : draft.flags.find(
        (id) =>
          !draft.slots[agreedSlot(id)] &&
          draft.script.flags.get(id)?.closes.some((area) => flow.areas.includes(area)),
      );

/** The flag that takes this node out of the routine, if any; a doctor's yes does not give it back. */
export const skippedBy = (draft: Draft, node: Node): string | undefined =>
  draft.flags.find((id) => {
    const flag = draft.script.flags.get(id);
    return flag?.skips.some((area) => node.areas.includes(area)) ?? false;
  });

/** Whether anything about health may be kept on this channel once the talk about it is over. */
export const mayKeepHealth = (draft: Draft): boolean =>
  !draft.script.withoutHealthData.has(channelOf(draft.address));

/** Whether sessions are kept here: this person agreed to it, and this channel may. */
export const mayRemember = (draft: Draft): boolean =>
  mayKeepHealth(draft) && draft.person.consents.some((c) => c.purpose === "logboek");

/** The slot that remembers a doctor's yes to this flag. */
export const agreedSlot = (flag: string): string => `akkoord-${flag}`;
