/**
 * A red flag or contraindication as the dialogue knows it: what is said, what it closes. How people say it is the
 * screen's business (`language/screen.ts`); both come from the same file, so that a question answered and a
 * sentence typed lead to the same place.
 */
import type { Level } from "../language/screen.ts";

/** The parts of a body and of a routine that a flag can close: routines and steps name what they touch. */
export const AREAS = [
  "hoofd",
  "slapen",
  "gezicht",
  "ogen",
  "keel",
  "nek",
  "schouders",
  "rug",
  "benen",
  "adem",
  "adem-vast",
  "warmte",
  "bal",
  "druk",
  "olie",
  "noten",
  "kind",
] as const;

export type Area = (typeof AREAS)[number];

export interface Flag {
  readonly id: string;
  readonly level: Level;
  /** A short noun for "omdat je zei: ...". */
  readonly name: string;
  /** What is said; `{bel}` is who to call, which the engine fills in per country. */
  readonly text: string;
  /** What is said where it is about somebody else. */
  readonly other: string;
  /** The one clarifying question, for a sign that may be harmless and for "Het is iets anders". */
  readonly question: string;
  /** The line in a checklist before a routine, and its button (at most 32 characters). */
  readonly check?: string;
  readonly label?: string;
  /** A routine that touches one of these does not start. */
  readonly closes: readonly Area[];
  /** A step that touches one of these is left out. */
  readonly skips: readonly Area[];
  /** A doctor's yes opens again what the flag closes. */
  readonly doctor: boolean;
  /** Nothing about it may show on a lock screen later: no message names it once its talk is over. */
  readonly hidden: boolean;
  /** Where it comes from: the id in the safety reference, lines of a seed article. */
  readonly source: string;
}
