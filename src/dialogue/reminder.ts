/** A rhythm in a time zone, the flow that it opens, and the next moment it is due. */

import type { Recurrence } from "../language/recurrence.ts";
import type { Address } from "./input.ts";

export type { Recurrence } from "../language/recurrence.ts";

export interface Reminder {
  /** Unique within the address it speaks to, made of the turn in which it was set. */
  readonly id: string;
  /** Where it speaks, if that is another address of the same person: seen and stopped here, spoken there. */
  readonly address?: Address;
  /** The flow that "Begin nu" opens. */
  readonly flow: string;
  readonly recurrence: Recurrence;
  /** IANA time zone in which the clock times are meant. */
  readonly zone: string;
  /** The next moment it is due (epoch ms); absent once a single reminder has spoken. */
  readonly dueAt?: number;
  /** The moment the rhythm meant, where `dueAt` was put off (a snooze, a routine that was running). */
  readonly meantAt?: number;
}
