/**
 * A programme: a routine that somebody sets out to do so many times. Beside a reminder it is only a count: what is
 * said of it is the author's, how far somebody is stands with the reminder (`Progress`).
 */
import type { Recurrence } from "../language/recurrence.ts";

export interface Programme {
  /** The routine that is done each time. */
  readonly routine: string;
  /** How many times in all. */
  readonly total: number;
  /** Every time counts; otherwise at most once a local day. */
  readonly everyTime: boolean;
  /** The rhythm that is proposed, which completes an answer that leaves out the days or the time. */
  readonly rhythm: Recurrence;
  readonly lines: ProgrammeLines;
}

/** What is said of it; `{gedaan}` is how often it was done, `{nummer}` which one comes now. */
export interface ProgrammeLines {
  /** The line of a ping: one of these, by turns. */
  readonly ping: readonly string[];
  /** After each time: one of these, by turns. */
  readonly done: readonly string[];
  /** How far somebody is, in three or four words. */
  readonly standing: string;
  /** At the end: all done, only a part in the time there was, or nothing. */
  readonly end: string;
  readonly part: string;
  readonly none: string;
  /** Added to the end where somebody has scores kept: `{vooraf}` and `{erna}` are their averages. */
  readonly scores: string;
}
