/**
 * Fills in what an author left open: `{bel}`, `{naam}`, `{ritme}` ...
 *
 * Only words of our own are ever filled in (numbers to call, names of flags, times that were understood):
 * what a person typed is never repeated, so nothing of theirs can break a text or be kept in one.
 */

import type { Recurrence } from "../language/recurrence.ts";
import { sayDate, sayRecurrence } from "../language/recurrence.ts";
import { sayDuration, sayTime } from "../language/times.ts";
import type { Counted, Draft } from "./draft.ts";
import { localToday } from "./due.ts";
import type { Flag } from "./flag.ts";
import { aboutId, aboutReminder } from "./guard.ts";
import { notes } from "./notes.ts";
import type { PhraseName } from "./phrase.ts";
import type { ProgrammeLines } from "./programme.ts";
import { running } from "./progress.ts";
import { subject, toCome } from "./remind.ts";
import type { Reminder } from "./reminder.ts";

const PLACEHOLDER = /\{([a-z0-9-]+)\}/g;

/** The placeholders in a text, for the author's check. */
export const placeholders = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].map((m) => m[1] ?? "");

/** The text with every placeholder filled in; `given` comes before anything else, a slot after it. */
export function fill(draft: Draft, text: string, given: Readonly<Record<string, string>> = {}): string {
  if (!text.includes("{")) return text;
  return text.replace(
    PLACEHOLDER,
    (_, name: string) => given[name] ?? HOUSE.get(name)?.(draft) ?? slotText(draft, name),
  );
}

/** What the house fills in by itself, in any text. */
const HOUSE: ReadonlyMap<string, (draft: Draft) => string> = new Map(
  Object.entries({
    bel: (draft) => about(draft, (flag) => callAbout(draft, flag)),
    nood: (draft) => callAt(draft, "emergency") ?? "",
    spoed: (draft) => callAt(draft, "urgent") ?? "",
    naam: (draft) => nameOf(draft, aboutId(draft)),
    vlag: (draft) =>
      about(draft, (flag) => fill(draft, (draft.frames.at(-1)?.who === "other" && flag.other) || flag.text)),
    vraag: (draft) => about(draft, (flag) => fill(draft, flag.question)),
    herinneringen: (draft) =>
      toCome(draft)
        .map((r) => {
          const how = r.progress ? ` (${standing(draft, r)})` : "";
          return `- ${title(draft, r.flow)}: ${sayRhythm(draft, r)}${how}`;
        })
        .join("\n") || phrase(draft, "no-reminders"),
    daar: (draft) => sayTime(localToday(String(draft.slots.zone ?? draft.person.zone), draft.now).time),
    waaraan: (draft) => title(draft, subject(draft)),
    programmas: (draft) =>
      draft.reminders
        .filter((r) => r.progress !== undefined)
        .map((r) => `${title(draft, r.flow)}: ${standing(draft, r)}`)
        .join("\n"),
    stand: (draft) => standing(draft, running(draft, draft.frames.at(-1)?.flow ?? "")),
    beurt: (draft) => line(draft, aboutReminder(draft), ({ ping }) => ping[draft.turn % ping.length]),
    geteld: (draft) => draft.counted.map((counted) => sayCounted(draft, counted)).join("\n\n"),
    keer: (draft) => String(notes(draft).length),
    volgende: (draft) => String(notes(draft).length + 1),
    logboek: logText,
    sessies: (draft) => String(draft.person.sessions),
  } satisfies Record<string, (draft: Draft) => string>),
);

/** The names that are filled in in any text, beside those of slots. */
export const HOUSE_PLACEHOLDERS: readonly string[] = [...HOUSE.keys()];

/** What is said of the flag that this talk is about, if it is about one. */
function about(draft: Draft, say: (flag: Flag) => string): string {
  const flag = draft.script.flags.get(aboutId(draft) ?? "");
  return flag ? say(flag) : "";
}

/** What this flag is called; one that nobody else may read about is not named. */
export function nameOf(draft: Draft, id: string | undefined): string {
  const flag = draft.script.flags.get(id ?? "");
  return flag?.hidden ? phrase(draft, "hidden-name") : (flag?.name ?? "");
}

/** The latest notes of this talk, one to a line. */
function logText(draft: Draft): string {
  const all = notes(draft);
  const lines = all.map(({ at, entry }, i) =>
    phrase(draft, "log-line", {
      nummer: String(i + 1),
      dag: sayDate(localToday(draft.person.zone, at).date),
      cijfer: String(entry.score),
    }),
  );
  return lines.slice(-LOG_SHOWN).join("\n");
}

/** As many notes as are read at a glance. */
const LOG_SHOWN = 12;

function slotText(draft: Draft, name: string): string {
  const slot = draft.slots[name];
  if (slot === undefined) return "";
  return typeof slot === "object" ? sayRecurrence(slot as unknown as Recurrence) : String(slot);
}

/** The rhythm of this reminder as it is from now on: when it began is no news any more. */
function sayRhythm(draft: Draft, { recurrence, zone }: Reminder): string {
  const { from, ...rest } = recurrence;
  const begun = from !== undefined && from <= localToday(zone, draft.now).date;
  return sayRecurrence(begun && rest.everyDays === undefined ? rest : recurrence);
}

/** What is said of a programme that was done so often. */
function sayOf(
  draft: Draft,
  flow: string,
  done: number,
  choose: (lines: ProgrammeLines) => string | undefined,
  more: Readonly<Record<string, string>> = {},
): string {
  const programme = draft.script.flows.get(flow)?.programme;
  const said = programme && choose(programme.lines);
  if (said === undefined) return "";
  return fill(draft, said, { gedaan: String(done), nummer: String(done + 1), ...more });
}

const line = (
  draft: Draft,
  reminder: Reminder | undefined,
  choose: (lines: ProgrammeLines) => string | undefined,
): string => (reminder ? sayOf(draft, reminder.flow, reminder.progress?.done ?? 0, choose) : "");

/** How far somebody is: "3 van 7 dagen". */
const standing = (draft: Draft, reminder: Reminder | undefined): string =>
  line(draft, reminder, ({ standing }) => standing);

/** What is said after one more time: how far it is, or that all is done. */
const sayCounted = (draft: Draft, counted: Counted): string =>
  counted.done >= (draft.script.flows.get(counted.flow)?.programme?.total ?? 0)
    ? farewell(draft, counted)
    : sayOf(draft, counted.flow, counted.done, ({ done }) => done[counted.done % done.length]);

/** The kind summary with which a programme ends, however far somebody came. */
export function farewell(draft: Draft, { flow, done, scores }: Counted): string {
  const total = draft.script.flows.get(flow)?.programme?.total ?? 0;
  const said = sayOf(draft, flow, done, ({ end, part, none }) =>
    done >= total ? end : done > 0 ? part : none,
  );
  if (scores.times === 0) return said;
  const average = (sum: number): string => String(Math.round(sum / scores.times));
  const averages = { vooraf: average(scores.before), erna: average(scores.after) };
  return `${said.trimEnd()}\n\n${sayOf(draft, flow, done, (lines) => lines.scores, averages)}`;
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
