/** A rhythm in a time zone, the flow that it opens, and the next moment it is due. */
import type { Recurrence } from "../language/recurrence.ts";

export type { Recurrence } from "../language/recurrence.ts";

export interface Reminder {
  /** Unique within its address, made of the turn in which it was set. */
  readonly id: string;
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
