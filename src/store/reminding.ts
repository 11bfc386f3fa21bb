/**
 * How a reminder lies in its row. What must be searched and what only says when (rhythm, zone, flow) is plain; how far
 * somebody is in a programme tells what they did on which day, and is sealed beside the rhythm.
 */
import type { Address } from "../dialogue/input.ts";
import type { Progress, Recurrence, Reminder } from "../dialogue/reminder.ts";
import { progressPlace, type Seal } from "./seal.ts";

/** The rhythm as it is stored, with the sealed progress in it where there is any. */
export type StoredRhythm = Recurrence & { readonly progress?: string };

/** A row as a load gives it; `address` where it speaks at another address than the one that was loaded. */
export interface ReminderRow {
  readonly id: string;
  readonly address?: Address | null;
  readonly flow: string;
  readonly recurrence: StoredRhythm;
  readonly zone: string;
  readonly due_at: number | null;
  readonly meant_at: number | null;
}

/** The row of a reminder of this conversation. */
export function rowOf(reminder: Reminder, here: Address, seal: Seal) {
  const { id, address = here, flow, recurrence, progress, zone, dueAt, meantAt } = reminder;
  const sealed = progress && seal.seal(JSON.stringify(progress), progressPlace(address, id));
  return {
    address,
    id,
    flow,
    recurrence: sealed === undefined ? recurrence : { ...recurrence, progress: sealed },
    zone,
    due_at: dueAt ?? null,
    meant_at: meantAt ?? null,
  };
}

/** A reminder as the dialogue at this address knows it. */
export function reminderOf(row: ReminderRow, here: Address, seal: Seal): Reminder {
  const { id, address, flow, zone, due_at, meant_at } = row;
  return {
    id,
    ...(address && { address }),
    flow,
    ...openRhythm(row.recurrence, address ?? here, id, seal),
    zone,
    ...(due_at !== null && { dueAt: due_at }),
    ...(meant_at !== null && { meantAt: meant_at }),
  };
}

/** The rhythm and the progress of this reminder of this address. */
export function openRhythm(
  { progress, ...recurrence }: StoredRhythm,
  address: Address,
  id: string,
  seal: Seal,
): Pick<Reminder, "recurrence" | "progress"> {
  if (progress === undefined) return { recurrence };
  const opened = JSON.parse(seal.open(progress, progressPlace(address, id))) as Progress;
  return { recurrence, progress: opened };
}
