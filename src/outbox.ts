/**
 * Delivers what was promised: in order at each address, replies before bulk, again until it arrived or is no
 * longer true.
 *
 * A claim is a lease, so a process that dies gives its messages back. A delivered message is deleted at once.
 * Between the platform's OK and that mark lies the only moment in which a message can come twice.
 */
import type { Channel, Delivery, Picture, Sent } from "./channels/channel.ts";
import { Gone, Later, Refused } from "./channels/channel.ts";
import { type Address, channelOf, type Unreachable } from "./dialogue/input.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Claim } from "./store/deliveries.ts";
import type { Store } from "./store/store.ts";
import { DatabaseAway } from "./store/trouble.ts";

/** Messages on their way at once. */
const SENDING_MAX = 48;
/** Longer than any channel may take over one message (ms). */
const LEASE = 45_000;
/** Of those at most so many of the bulk lane: a platform that is slow with bulk still has room for replies. */
const BULK_SENDING_MAX = 32;
/**
 * A channel takes about 30 messages a second in all; bulk leaves a third of that to replies. Five, and then none for
 * a quarter of a second: at most twenty in any second, however many processes there are.
 */
const BULK_HANDFUL = 5;
const BULK_PAUSE = 250;
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
  /** What is on its way, by its nonce: whoever hangs for longer than a lease is not sent a second time from here. */
  const sending = new Map<string, Claim>();
  /** When a whole channel was asked to wait, and until when (epoch ms). */
  const resting = new Map<string, { readonly from: number; readonly until: number }>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let lookedFor = false;
  let stopped = true;
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
        const open = [...channels.keys()].filter((name) => !restsUntil(name, at));
        const bulkSending = [...sending.values()].filter(({ message }) => message.lane === "bulk").length;
        const bulk = { most: Math.min(BULK_HANDFUL, BULK_SENDING_MAX - bulkSending), pauseMs: BULK_PAUSE };
        const claims = await store.claimDeliveries(at, room, LEASE, { channels: open, bulk });
        for (const claim of claims) if (!sending.has(claim.nonce)) send(claim);
        // A full claim may have left more behind; the rest of what an address waits for comes when a send ends.
        if (claims.length === room) lookedFor = true;
        else await setTimer(open, at);
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

  /** Until when this channel was asked to wait. A clock that was put back since then ends the wait. */
  function restsUntil(name: string, at: number): number | undefined {
    const rest = resting.get(name);
    return rest && rest.from <= at && at < rest.until ? rest.until : undefined;
  }

  /** Wakes when the next message may leave; what may leave already is given out elsewhere, or has no room. */
  async function setTimer(open: readonly string[], at: number): Promise<void> {
    const next = (await store.nextDeliveryAt(open)) ?? at + LOOK_AGAIN;
    const rests = [...channels.keys()].flatMap((name) => restsUntil(name, at) ?? []);
    const soonest = Math.min(next > at ? next : at + BULK_PAUSE, ...rests);
    wake(Math.min(Math.max(soonest - at, 20), LOOK_AGAIN));
  }

  function wake(ms: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(nudge, ms);
  }

  function send(claim: Claim): void {
    sending.set(claim.nonce, claim);
    metrics.sending.set(sending.size);
    void deliver(claim)
      .catch((err) =>
        log.error({ err }, "a delivery could not be marked; its lease runs out and it comes again"),
      )
      .finally(() => {
        sending.delete(claim.nonce);
        metrics.sending.set(sending.size);
        nudge();
      });
  }

  async function deliver(claim: Claim): Promise<void> {
    const name = channelOf(claim.address);
    const channel = channels.get(name);
    if (!channel) return;
    let sent: Sent;
    try {
      sent = await channel.send(await deliveryOf(claim));
    } catch (error) {
      return failed(claim, name, error);
    }
    await mark(claim, sent);
    metrics.count({ name: "delivered", labels: { channel: name, lane: claim.message.lane } });
  }

  /** That it arrived is known here alone: while the database is away, it is told again and again. */
  async function mark(claim: Claim, sent: Sent): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        return await store.delivered(claim, sent);
      } catch (err) {
        if (!(err instanceof DatabaseAway)) throw err;
        if (tries === 0) log.warn({ err }, "a message arrived and is marked once the database is back");
        await new Promise((resolve) => setTimeout(resolve, AFTER_TROUBLE));
      }
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
      const from = now();
      if (error.scope === "channel") resting.set(name, { from, until: from + error.afterMs });
      await store.postponeAddress(address, from + error.afterMs);
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
