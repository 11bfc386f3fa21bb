/**
 * Fills in what an author left open: `{bel}`, `{naam}`, `{ritme}` ...
 *
 * Only words of our own are ever filled in (numbers to call, names of flags, times that were understood):
 * what a person typed is never repeated, so nothing of theirs can break a text or be kept in one.
 */

import type { Recurrence } from "../language/recurrence.ts";
import { sayRecurrence } from "../language/recurrence.ts";
import { sayDuration, sayTime } from "../language/times.ts";
import type { Draft } from "./draft.ts";
import { localToday } from "./due.ts";
import type { Flag } from "./flag.ts";
import { aboutId } from "./guard.ts";
import type { PhraseName } from "./script.ts";
import { DEFAULT_ROUTINE } from "./script.ts";

/** The names that `fill` knows by itself; any other is a slot. */
export const HOUSE_PLACEHOLDERS = [
  "bel",
  "nood",
  "naam",
  "vlag",
  "vraag",
  "herinneringen",
  "minuten",
  "duur",
  "titel",
  "sessies",
  "daar",
  "waaraan",
] as const;

const PLACEHOLDER = /\{([a-z0-9-]+)\}/g;

/** The placeholders in a text, for the author's check. */
export const placeholders = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].map((m) => m[1] ?? "");

/** The text with every placeholder filled in; `given` comes before anything else. */
export function fill(draft: Draft, text: string, given: Readonly<Record<string, string>> = {}): string {
  if (!text.includes("{")) return text;
  return text.replace(PLACEHOLDER, (_, name: string) => given[name] ?? value(draft, name));
}

function value(draft: Draft, name: string): string {
  const flag = draft.script.flags.get(aboutId(draft) ?? "");
  switch (name) {
    case "bel":
      return flag ? callAbout(draft, flag) : "";
    case "nood":
      return callAt(draft, "emergency") ?? "";
    case "naam":
      return flag?.name ?? "";
    case "vlag": {
      if (!flag) return "";
      const other = draft.frames.at(-1)?.about?.endsWith("~other") ?? false;
      return fill(draft, (other && flag.other) || flag.text);
    }
    case "vraag":
      return flag ? fill(draft, flag.question) : "";
    case "herinneringen":
      return (
        draft.reminders
          .filter((r) => r.dueAt !== undefined)
          .map((r) => `- ${title(draft, r.flow)}: ${sayRecurrence(r.recurrence)}`)
          .join("\n") || phrase(draft, "no-reminders")
      );
    case "daar":
      return sayTime(localToday(String(draft.slots.zone ?? draft.person.zone), draft.now).time);
    case "waaraan":
      return title(draft, String(draft.slots.routine ?? DEFAULT_ROUTINE));
    case "sessies":
      return String(draft.person.sessions);
    default:
      return slotText(draft, name);
  }
}

function slotText(draft: Draft, name: string): string {
  const slot = draft.slots[name];
  if (slot === undefined) return "";
  return typeof slot === "object" ? sayRecurrence(slot as unknown as Recurrence) : String(slot);
}

/** The title of a flow, or nothing where it is gone. */
export const title = (draft: Draft, flow: string): string => draft.script.flows.get(flow)?.title ?? "";

/** Who to call at this level, in the country that this person told us, or in both. */
const callAt = ({ script, person }: Draft, level: string): string | undefined =>
  script.bot.calls[level]?.[person.country ?? "unknown"];

/** Who to call about this flag: its own number, unless what was told with it made it more serious. */
function callAbout(draft: Draft, flag: Flag): string {
  const level = draft.frames.at(-1)?.level ?? flag.level;
  const own = level === flag.level ? callAt(draft, flag.id) : undefined;
  return own ?? callAt(draft, level) ?? "";
}

/** One of the engine's own sentences. */
export const phrase = (
  draft: Draft,
  name: PhraseName,
  given: Readonly<Record<string, string>> = {},
): string => fill(draft, draft.script.bot.phrases[name], given);

/** The sentence that counts down where a channel cannot. */
export const countdownText = (draft: Draft, ms: number): string =>
  phrase(draft, "countdown", { duur: sayDuration(ms) });
