/**
 * Delivers what was promised: in order at each address, replies before bulk, again until it arrived or is no
 * longer true.
 *
 * A claim is a lease, so a process that dies gives its messages back. A delivered message is deleted at once.
 * Between the platform's OK and that mark lies the only moment in which a message can come twice.
 */
import type { Channel, Delivery, Picture } from "./channels/channel.ts";
import { Gone, Later, Refused } from "./channels/channel.ts";
import { type Address, channelOf, type Unreachable } from "./dialogue/input.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Claim } from "./store/deliveries.ts";
import type { Store } from "./store/store.ts";

/** Messages on their way at once. */
const SENDING_MAX = 48;
/** Longer than any channel may take over one message (ms). */
const LEASE = 45_000;
/** A channel takes about 30 messages a second in all; bulk leaves a third of that to replies. */
const BULK_PER_SECOND = 20;
const BACK_OFF_FIRST = 1_000;
const BACK_OFF_MAX = 5 * 60_000;
/** About four hours of trying. */
const ATTEMPTS_MAX = 50;
const LOOK_AGAIN = 15_000;
const AFTER_TROUBLE = 1_000;

export interface Outbox {
  start(): void;
  /** There may be something to deliver: looks now. */
  nudge(): void;
  /** What waits for this address may leave now. */
  awake(address: Address): void;
  /** Resolves when nothing is on its way and nothing may leave now. */
  idle(): Promise<void>;
  /** Delivers what may leave now, and stops. */
  stop(): Promise<void>;
}

export interface OutboxOptions {
  readonly store: Pick<
    Store,
    | "claimDeliveries"
    | "delivered"
    | "postpone"
    | "postponeAddress"
    | "drop"
    | "dropAddress"
    | "awake"
    | "nextDeliveryAt"
    | "exportPerson"
  >;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly pictures: ReadonlyMap<string, Picture>;
  /** Tells the door that this person is gone. */
  readonly unreachable: (input: Unreachable) => Promise<void>;
  readonly now: () => number;
  readonly log: Pick<Logger, "warn" | "error">;
  readonly metrics: Pick<Metrics, "count" | "sending">;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { store, channels, pictures, now, log, metrics } = options;
  const sending = new Set<Promise<void>>();
  /** Until when a whole channel was asked to wait (epoch ms). */
  const resting = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let lookedFor = false;
  let stopped = true;
  let bulkLeft = BULK_PER_SECOND;
  let bulkFrom = 0;
  let waiting: (() => void)[] = [];

  /** Looks for what may leave; asked for while looking, it looks once more. */
  function nudge(): void {
    lookedFor = true;
    if (!looking && !stopped) void look();
  }

  async function look(): Promise<void> {
    looking = true;
    try {
      while (lookedFor && !stopped) {
        lookedFor = false;
        clearTimeout(timer);
        const room = SENDING_MAX - sending.size;
        // Each delivery that ends nudges again.
        if (room <= 0) break;
        const at = now();
        const open = [...channels.keys()].filter((name) => (resting.get(name) ?? 0) <= at);
        const claims = await store.claimDeliveries(at, room, LEASE, { channels: open, bulk: bulkRoom(at) });
        for (const claim of claims) {
          if (claim.message.lane === "bulk") bulkLeft -= 1;
          send(claim);
        }
        // A full claim may have left more behind; the rest of what an address waits for comes when a send ends.
        if (claims.length === room) lookedFor = true;
        else await setTimer(at);
      }
    } catch (err) {
      log.error({ err }, "looking for messages to deliver failed; trying again");
      wake(AFTER_TROUBLE);
    } finally {
      looking = false;
      if (sending.size === 0) {
        for (const resolve of waiting) resolve();
        waiting = [];
      }
    }
  }

  /** How many of the bulk lane may leave now: a bucket that is filled again each second. */
  function bulkRoom(at: number): number {
    if (at - bulkFrom >= 1_000 || at < bulkFrom) {
      bulkFrom = at;
      bulkLeft = BULK_PER_SECOND;
    }
    return bulkLeft;
  }

  /** Wakes when the next message may leave; in a second where bulk waits for its bucket. */
  async function setTimer(at: number): Promise<void> {
    const next = (await store.nextDeliveryAt([...channels.keys()])) ?? at + LOOK_AGAIN;
    const rests = [...resting.values()].filter((until) => until > at);
    const soonest = Math.min(next > at ? next : at + 1_000, ...rests);
    wake(Math.min(Math.max(soonest - at, 20), LOOK_AGAIN));
  }

  function wake(ms: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(nudge, ms);
  }

  function send(claim: Claim): void {
    const work = deliver(claim)
      .catch((err) =>
        log.error({ err }, "a delivery could not be marked; its lease runs out and it comes again"),
      )
      .finally(() => {
        sending.delete(work);
        metrics.sending.set(sending.size);
        nudge();
      });
    sending.add(work);
    metrics.sending.set(sending.size);
  }

  async function deliver(claim: Claim): Promise<void> {
    const name = channelOf(claim.address);
    try {
      const channel = channels.get(name);
      if (!channel) return;
      await store.delivered(claim, await channel.send(await deliveryOf(claim)));
      metrics.count({ name: "delivered", labels: { channel: name, lane: claim.message.lane } });
    } catch (error) {
      await failed(claim, name, error);
    }
  }

  async function deliveryOf({ address, message, nonce, retire }: Claim): Promise<Delivery> {
    const picture = message.picture === undefined ? undefined : pictures.get(message.picture);
    return {
      address,
      message,
      nonce,
      ...(picture && { picture }),
      ...(retire !== undefined && { retire }),
      ...(message.file === "export" && {
        file: {
          name: "rustpunt.json",
          bytes: Buffer.from(JSON.stringify((await store.exportPerson(address)) ?? {}, null, 2)),
        },
      }),
    };
  }

  async function failed(claim: Claim, name: string, error: unknown): Promise<void> {
    const { address, attempts } = claim;
    const count = (outcome: string) =>
      metrics.count({ name: "undelivered", labels: { channel: name, outcome } });
    if (error instanceof Gone) {
      count("gone");
      await store.dropAddress(address);
      await options.unreachable({ kind: "unreachable", address });
    } else if (error instanceof Later) {
      count("later");
      if (error.scope === "channel") resting.set(name, now() + error.afterMs);
      await store.postponeAddress(address, now() + error.afterMs);
    } else if (error instanceof Refused || attempts >= ATTEMPTS_MAX) {
      count("refused");
      log.error({ err: error, channel: name, attempts }, "a message was refused for good and is dropped");
      await store.drop(claim);
    } else {
      count("failed");
      const wait = Math.min(BACK_OFF_FIRST * 2 ** attempts, BACK_OFF_MAX);
      log.warn({ err: error, channel: name, attempts, waitMs: wait }, "a delivery failed; trying again");
      await store.postpone(claim, now() + wait);
    }
  }

  const idle = (): Promise<void> =>
    new Promise((resolve) => {
      if (stopped) return resolve();
      waiting.push(resolve);
      nudge();
    });

  return {
    start() {
      stopped = false;
      nudge();
    },
    nudge,
    awake(address) {
      store.awake(address, now()).then(nudge, (err) => log.error({ err }, "an address could not be woken"));
    },
    idle,
    async stop() {
      await idle();
      stopped = true;
      clearTimeout(timer);
    },
  };
}
