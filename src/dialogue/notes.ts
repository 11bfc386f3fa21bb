/**
 * A log: numbers that somebody notes in a talk, one after each session, under the name of that talk.
 *
 * With a yes to keeping sessions each note is an entry of the journal. Without one, or where nothing about health
 * may be kept, it lasts as long as the talk does. What was kept is asked of the store only by a talk that looks at
 * it: the turn says that it wants the journal, and is thought out again with it.
 */
import { type JournalEntry, LOOSE, NUMBER } from "./conversation.ts";
import type { Draft } from "./draft.ts";
import { top } from "./draft.ts";

/** The most notes that are held without being kept. */
const LOOSE_MAX = 30;

/** What was noted in the talk that is running, oldest first. */
export function notes(draft: Draft): readonly JournalEntry[] {
  const log = top(draft)?.flow;
  draft.wantsJournal ||= draft.past === undefined;
  return [...(draft.past ?? []), ...draft.journal, ...loose(draft)].filter((n) => n.routine === log);
}

/** Notes the number that was just told; `kept` where this person agreed to it and this channel may. */
export function note(draft: Draft, kept: boolean): void {
  const score = draft.slots[NUMBER];
  const log = top(draft)?.flow;
  if (typeof score !== "number" || log === undefined) return;
  const noted = { at: draft.now, routine: log, entry: { score } };
  if (kept) draft.journal.push(noted);
  else draft.slots[LOOSE] = { notes: [...loose(draft), noted].slice(-LOOSE_MAX) };
  delete draft.slots[NUMBER];
  // What is noted stays noted: going back would note it twice.
  draft.back = [];
}

/** Keeps what was noted in this talk before somebody agreed to it. */
export function keepLoose(draft: Draft): void {
  draft.journal.push(...loose(draft));
  delete draft.slots[LOOSE];
}

/** Forgets what was noted and not kept, once that talk is over; `now` also within it. */
export function dropLoose(draft: Draft, now = false): void {
  if (draft.slots[NUMBER] === undefined && draft.slots[LOOSE] === undefined) return;
  if (!now && atLog(draft)) return;
  delete draft.slots[NUMBER];
  delete draft.slots[LOOSE];
  draft.back = [];
}

/** Somebody is in a talk that keeps a log. */
const atLog = (draft: Draft): boolean =>
  draft.frames.some(({ flow }) =>
    [...(draft.script.flows.get(flow)?.nodes.values() ?? [])].some((n) => n.do.some((a) => a.name === "log")),
  );

function loose(draft: Draft): readonly JournalEntry[] {
  const slot = draft.slots[LOOSE];
  return typeof slot === "object" ? (slot.notes as readonly JournalEntry[]) : [];
}
