/**
 * Loads that are asked for together travel together.
 *
 * Half of what a turn costs the database, and the driver, is its load; most of that is the round trip, which many
 * can share. Who is alone is loaded at once; whoever asks while a load is on its way goes along with the next one.
 */
import { type Address, channelOf } from "../dialogue/input.ts";
import type { Database } from "./database.ts";
import { StatementRefused } from "./trouble.ts";

/** Loads of one query: more save nothing and make the first of them wait for the last. */
const TOGETHER_MAX = 32;

// `a` is who asks: n, address, channel, id (of the update) and now. Look-ups by key must stay that, also in a plan made
// while the tables were empty: a join or an `exists` might read them whole for ever after.
const LOAD = (asked: string) => `
  select a.n,
    coalesce((select true from updates u where u.channel = a.channel and u.id = a.id), false) as seen,
    (select count(*)::int from outbox o
      where o.address = a.address and (o.expires_at is null or o.expires_at > a.now)) as undelivered,
    c.revision, c.person::text, c.alarm_at, c.state, p.country, p.zone, p.consents, p.sessions,
    (select json_agg(json_build_object('id', r.id, 'address', nullif(r.address, a.address), 'flow', r.flow,
        'recurrence', r.recurrence, 'zone', r.zone, 'due_at', r.due_at, 'meant_at', r.meant_at)
        order by r.address <> a.address, r.address, r.id)
      from conversations t, lateral (select * from reminders where address = t.address offset 0) r
      where t.person = c.person) as reminders
  from ${asked}
  left join lateral (select * from conversations where address = a.address offset 0) c on true
  left join lateral (select * from persons where id = c.person offset 0) p on true`;

const ONE = LOAD(
  "(select 0 as n, $1::text as address, $2::text as channel, $3::text as id, $4::bigint as now) a",
);
const MANY = LOAD(
  "jsonb_to_recordset($1::text::jsonb) as a(n int, address text, channel text, id text, now bigint)",
);

interface Asked<Row> {
  readonly address: Address;
  readonly channel: string;
  readonly id: string | null;
  readonly now: number;
  readonly resolve: (row: Row) => void;
  readonly reject: (error: unknown) => void;
}

/** Loads what is stored of this address, and whether this update was handled before, as one row. */
export type Load<Row> = (address: Address, updateId: string | undefined, now: number) => Promise<Row>;

export function createLoad<Row extends object>(database: Database): Load<Row> {
  let waiting: Asked<Row>[] = [];
  let loading = false;

  async function loadAll(): Promise<void> {
    loading = true;
    // Whoever asks in the same instant goes along.
    await undefined;
    while (waiting.length > 0) {
      const some = waiting.slice(0, TOGETHER_MAX);
      waiting = waiting.slice(TOGETHER_MAX);
      await bring(some);
    }
    loading = false;
  }

  async function bring(asked: readonly Asked<Row>[]): Promise<void> {
    try {
      const rows = await query(asked);
      for (const [i, { resolve }] of asked.entries()) resolve(rows[i] as Row);
    } catch (error) {
      // What is wrong with one of them is no trouble of the others.
      if (asked.length > 1 && error instanceof StatementRefused) for (const one of asked) await bring([one]);
      else for (const { reject } of asked) reject(error);
    }
  }

  async function query(asked: readonly Asked<Row>[]): Promise<Row[]> {
    const [one] = asked;
    const rows =
      asked.length === 1 && one
        ? await database.query<Row & { n: number }>(ONE, [one.address, one.channel, one.id, one.now])
        : await database.query<Row & { n: number }>(MANY, [
            JSON.stringify(
              asked.map(({ address, channel, id, now }, n) => ({ n, address, channel, id, now })),
            ),
          ]);
    if (rows.length !== asked.length) throw new Error("The database gave no answer to a load.");
    return rows.toSorted((a, b) => a.n - b.n);
  }

  return (address, updateId, now) =>
    new Promise((resolve, reject) => {
      waiting.push({ address, channel: channelOf(address), id: updateId ?? null, now, resolve, reject });
      if (!loading) void loadAll();
    });
}
