/** A rhythm in a time zone, the flow that it opens, and the next moment it is due. */

import type { Recurrence } from "../language/recurrence.ts";
import type { Address } from "./input.ts";

export type { Recurrence } from "../language/recurrence.ts";

/** How often a programme was done; a day that was missed is written down nowhere. */
export interface Progress {
  readonly done: number;
  /** The local date ("YYYY-MM-DD") on which it was done last. */
  readonly last?: string;
  /** The last local date of the programme, however often it was done by then. */
  readonly until: string;
}

export interface Reminder {
  /** Unique within the address it speaks to, made of the turn in which it was set. */
  readonly id: string;
  /** Where it speaks, if that is another address of the same person: seen and stopped here, spoken there. */
  readonly address?: Address;
  /** The routine that "Begin nu" opens, or the programme whose routine that is. */
  readonly flow: string;
  readonly recurrence: Recurrence;
  /** IANA time zone in which the clock times are meant. */
  readonly zone: string;
  /** The next moment it is due (epoch ms); absent once a single reminder has spoken. */
  readonly dueAt?: number;
  /** How far somebody is, where it belongs to a programme (then `flow` names that programme). */
  readonly progress?: Progress;
  /** The moment the rhythm meant, where `dueAt` was put off (a snooze, a routine that was running). */
  readonly meantAt?: number;
}
