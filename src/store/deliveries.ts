/**
 * The store's side of the outbox: which message may leave now.
 *
 * At each address only the oldest message may leave, so what was said in order arrives in order. A claim
 * is a lease: `not_before` is put at its end, and a process that dies gives its messages back by itself.
 * Replies go before bulk; a reply takes along what waits before it at the same address (writing.ts). Bulk has a
 * budget that all processes share: a handful a channel, then a pause. Nobody owns a share, so none can be lost.
 */
import type { Address } from "../dialogue/input.ts";
import type { Message } from "../dialogue/message.ts";
import type { Database } from "./database.ts";
import { messagePlace, type Seal, Unsealable } from "./seal.ts";
import type { Watch } from "./turns.ts";

/** One message that is ours to deliver until the lease ends. */
export interface Claim {
  /** Names this message at its address; messages of one address leave in ascending order of it. */
  readonly id: number;
  readonly address: Address;
  readonly message: Message;
  /** How often delivery was tried before and put off. */
  readonly attempts: number;
  /** The same for every attempt, 24 characters. */
  readonly nonce: string;
  /** The platform's id of the message whose buttons this message replaces; only where it has buttons itself. */
  readonly retire?: string;
}

/** What names one message in the store. */
export type Row = Pick<Claim, "address" | "id">;

export interface ClaimOptions {
  /** The channels that can deliver now. */
  readonly channels: readonly string[];
  /** Of the bulk lane at most so many a channel, and then none for so long (ms), at whichever process. */
  readonly bulk: { readonly most: number; readonly pauseMs: number };
}

export interface Deliveries {
  /** Takes up to `limit` messages that may leave now, replies first; removes what has expired. */
  claimDeliveries(now: number, limit: number, leaseMs: number, options: ClaimOptions): Promise<Claim[]>;
  /** The message has arrived; `buttons` is the platform's id of the message that now shows buttons. */
  delivered(claim: Row, sent: { readonly buttons?: string }): Promise<void>;
  /** It failed: to be tried again at `notBefore`. */
  postpone(claim: Row, notBefore: number): Promise<void>;
  /** The platform asked to leave this address alone until `notBefore`; no failed attempt of anything. */
  postponeAddress(address: Address, notBefore: number): Promise<void>;
  /** It will never be taken: removed. */
  drop(claim: Row): Promise<void>;
  /** This address cannot be written to any more: all that waits for it is removed. */
  dropAddress(address: Address): Promise<void>;
  /** What waits for this address may leave now, unless it is on its way already. */
  awake(address: Address, now: number): Promise<void>;
  /** Gives back what a process took into its grave; only for a database that no other process uses. */
  releaseLeases(now: number): Promise<void>;
  /** The clock was put back: what was put off by the time before waits for no longer than a lease. */
  clockPutBack(now: number): Promise<void>;
  /** When the next message for one of these channels may leave (epoch ms; in the past: now), if there is any. */
  nextDeliveryAt(channels: readonly string[]): Promise<number | undefined>;
}

// $1 is now. Expired counts as gone, except while it is on its way.
const DEAD = (t: string) => `(${t}.expires_at <= $1 and (not ${t}.leased or ${t}.not_before <= $1))`;

// As the index has it; $4 are the channels.
const CHANNEL = "split_part(o.address, ':', 1)";
const OPEN = "unnest(string_to_array($4, ',')) as open(channel)";

const READY = (lane: string, limit: string) => `lateral (
  select o.address, o.id from outbox o
  where o.lane = '${lane}' and ${CHANNEL} = open.channel and o.not_before <= $1
    and (o.expires_at is null or o.expires_at > $1)
    and not exists (select from outbox e where e.address = o.address and e.id < o.id
      and (e.expires_at is null or not ${DEAD("e")}))
  order by o.not_before, o.id limit ${limit} for update skip locked) ready`;

/** A budget that is spent for longer than this (ms) was spent before the clock was put back. */
const AHEAD_MAX = 60_000;

// Who holds the row of a channel's budget gives out its bulk; the others pass by and never wait for it.
const CLAIM = `
  with dead as (delete from outbox d where ${DEAD("d")} returning 1),
  open as materialized (
    select b.channel from budgets b join ${OPEN} using (channel)
    where $5 > 0 and (b.bulk_from <= $1 or b.bulk_from > $1 + ${AHEAD_MAX})
      and exists (select from outbox o where o.lane = 'bulk' and ${CHANNEL} = b.channel and o.not_before <= $1)
    for update of b skip locked),
  replies as materialized (select ready.* from ${OPEN}, ${READY("reply", "$2")}),
  bulk as materialized (select ready.* from open, ${READY("bulk", "$5")}),
  picked as materialized (
    select address, id, 0 as lane from replies union all select address, id, 1 from bulk order by 3, 2 limit $2),
  spent as (
    update budgets set bulk_from = $1 + $6 from open where budgets.channel = open.channel
      and exists (select from picked o where o.lane = 1 and ${CHANNEL} = open.channel)),
  claimed as (
    update outbox o set leased = true, not_before = $3 from picked
    where o.address = picked.address and o.id = picked.id
    returning o.id, o.address, o.lane, o.message, o.nonce, o.attempts)
  select dead.count as dead, claimed.id, claimed.address, claimed.message, claimed.nonce, claimed.attempts, c.buttons
  from (select count(*)::int from dead) dead
  left join claimed on true
  left join conversations c on c.address = claimed.address
  order by claimed.lane desc, claimed.id`;

const BUDGETS = `insert into budgets select channel, 0 from unnest(string_to_array($1, ',')) as channel on conflict do nothing`;

const DELIVERED = "delete from outbox where address = $1 and id = $2";

// What was taken back while it was on its way no longer shows the buttons of this talk.
const DELIVERED_BUTTONS = `
  with gone as (delete from outbox where address = $1 and id = $2 returning address)
  update conversations set buttons = $3 from gone where conversations.address = gone.address`;

const POSTPONED = `
  update outbox set attempts = attempts + 1, leased = false, not_before = $3 where address = $1 and id = $2`;

/** No lease, and hardly a wait that was asked for, is longer (ms). */
const LEASE_MAX = 60_000;
const PUT_OFF_MAX = 15 * 60_000;

const PUT_BACK = "update outbox set not_before = $1::bigint + $2 where not_before > $1::bigint + $3";

const FIRST = (lane: string, at: string) => `(
  select ${at} from outbox o where o.lane = '${lane}' and ${CHANNEL} = open.channel
    and not exists (select from outbox e where e.address = o.address and e.id < o.id)
  order by o.not_before limit 1)`;

const NEXT = `
  select min(least(${FIRST("reply", "o.not_before")}, ${FIRST("bulk", "greatest(o.not_before, b.bulk_from)")})) as at
  from unnest(string_to_array($1, ',')) as open(channel) left join budgets b using (channel)`;

interface Claimed {
  readonly dead: number;
  readonly id: number | null;
  readonly address: Address;
  readonly message: string;
  readonly nonce: string;
  readonly attempts: number;
  readonly buttons: string | null;
}

export function createDeliveries(database: Database, seal: Seal, watch: Watch): Deliveries {
  /** The channels that have a budget for certain. */
  const budgeted = new Set<string>();
  const run = async (text: string, ...parameters: (string | number)[]) => {
    await database.query(text, parameters);
  };

  /** One row under a key that is gone must not hold up the others: it comes again when its lease ends. */
  function read(sealed: string, place: string): Message | undefined {
    try {
      return JSON.parse(seal.open(sealed, place)) as Message;
    } catch (error) {
      if (!(error instanceof Unsealable)) throw error;
      watch.unreadable(error);
      return undefined;
    }
  }

  return {
    async claimDeliveries(now, limit, leaseMs, { channels, bulk }) {
      if (channels.some((channel) => !budgeted.has(channel))) {
        await run(BUDGETS, channels.join(","));
        for (const channel of channels) budgeted.add(channel);
      }
      const parameters = [now, limit, now + leaseMs, channels.join(","), bulk.most, bulk.pauseMs];
      const rows = await database.query<Claimed>(CLAIM, parameters);
      const dead = rows[0]?.dead ?? 0;
      if (dead > 0) watch.expired(dead);
      return rows.flatMap(({ id, address, message, nonce, attempts, buttons }) => {
        if (id === null) return [];
        const opened = read(message, messagePlace(address, nonce));
        if (!opened) return [];
        const retire = buttons !== null && opened.buttons.length > 0 ? { retire: buttons } : {};
        return [{ id, address, message: opened, attempts, nonce, ...retire }];
      });
    },
    delivered: ({ address, id }, { buttons }) =>
      buttons === undefined ? run(DELIVERED, address, id) : run(DELIVERED_BUTTONS, address, id, buttons),
    postpone: ({ address, id }, notBefore) => run(POSTPONED, address, id, notBefore),
    postponeAddress: (address, notBefore) =>
      run("update outbox set leased = false, not_before = $2 where address = $1", address, notBefore),
    drop: ({ address, id }) => run(DELIVERED, address, id),
    dropAddress: (address) => run("delete from outbox where address = $1", address),
    awake: (address, now) =>
      run(
        "update outbox set not_before = $2 where address = $1 and not leased and not_before > $2",
        address,
        now,
      ),
    releaseLeases: (now) => run("update outbox set leased = false, not_before = $1 where leased", now),
    clockPutBack: (now) => run(PUT_BACK, now, LEASE_MAX, PUT_OFF_MAX),
    async nextDeliveryAt(channels) {
      const [next] = await database.query<{ at: number | null }>(NEXT, [channels.join(",")]);
      return next?.at ?? undefined;
    },
  };
}
