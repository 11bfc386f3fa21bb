/**
 * Which conversations are due.
 *
 * A claim puts the alarm off by the lease, and the turn that it opens writes the alarm anew. So a claim
 * that a process took into its grave comes back by itself, and looking for due work stays one glance at
 * one index, however many alarms are stored.
 */
import type { Address } from "../dialogue/input.ts";
import type { Database } from "./database.ts";

export interface Alarms {
  /** Takes up to `limit` conversations whose alarm is due, earliest first; each is ours for `leaseMs`. */
  claimAlarms(now: number, limit: number, leaseMs: number): Promise<Address[]>;
  /** The moment of the nearest alarm (epoch ms), if there is any. */
  nextAlarmAt(): Promise<number | undefined>;
}

const CLAIM = `
  with due as materialized (
    select address, alarm_at from conversations where alarm_at <= $1
    order by alarm_at limit $2 for update skip locked),
  claimed as (
    update conversations c set alarm_at = $3 from due where c.address = due.address
    returning c.address, due.alarm_at)
  select address from claimed order by alarm_at`;

const NEXT = "select alarm_at from conversations where alarm_at is not null order by alarm_at limit 1";

export function createAlarms(database: Database): Alarms {
  return {
    async claimAlarms(now, limit, leaseMs) {
      const rows = await database.query<{ address: Address }>(CLAIM, [now, limit, now + leaseMs]);
      return rows.map((row) => row.address);
    },
    async nextAlarmAt() {
      const [row] = await database.query<{ alarm_at: number }>(NEXT, []);
      return row?.alarm_at;
    },
  };
}
