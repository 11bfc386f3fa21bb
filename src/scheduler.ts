/**
 * Brings alarms to the door when they are due.
 *
 * A timer waits for the nearest alarm, so a step ends on the second; node-cron is the heartbeat beneath it, for
 * what the timer cannot know (an alarm set by a process that died) and for housekeeping. Either alone keeps
 * the house going. A claim is a lease: a process that dies with it gives the alarm back.
 */
import { type ScheduledTask, schedule } from "node-cron";
import type { Alarm } from "./dialogue/input.ts";
import type { Logger } from "./log.ts";
import type { Store } from "./store/store.ts";

/** Conversations claimed at once, and turned at once. */
const CLAIM = 200;
const TURNING = 32;
const LEASE = 15_000;
/** A timer never sleeps longer than this (ms): a clock that jumps is noticed. */
const LOOK_AGAIN = 30_000;
const AFTER_TROUBLE = 1_000;
const HEARTBEAT = "*/10 * * * * *";
const HOUSEKEEPING = "17 * * * *";
const EVERY_MINUTE = "* * * * *";

export interface Scheduler {
  start(): void;
  /** An alarm stands at this moment (epoch ms): the timer is set no later. */
  expect(at: number): void;
  /** Looks for due alarms now; resolves when those it found were handled. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  readonly store: Pick<Store, "claimAlarms" | "nextAlarmAt" | "housekeeping">;
  readonly receive: (alarm: Alarm) => Promise<void>;
  /** Done each minute, and once more at the stop: what was counted is stored. */
  readonly eachMinute: () => Promise<void>;
  readonly now: () => number;
  readonly log: Pick<Logger, "error">;
}

export function createScheduler({ store, receive, eachMinute, now, log }: SchedulerOptions): Scheduler {
  let tasks: ScheduledTask[] = [];
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let stopped = true;

  function expect(at: number): void {
    if (stopped || at >= timerAt) return;
    timerAt = at;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), Math.min(Math.max(at - now(), 0), LOOK_AGAIN));
  }

  /** One look at a time; whoever asks during one gets that one's end. */
  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function lookOnce(): Promise<void> {
    timerAt = Number.POSITIVE_INFINITY;
    clearTimeout(timer);
    let again = now() + LOOK_AGAIN;
    try {
      for (;;) {
        const due = await store.claimAlarms(now(), CLAIM, LEASE);
        if (due.length === 0) break;
        await inTurns(due, async (address) => {
          try {
            await receive({ kind: "alarm", address });
          } catch (err) {
            // Its lease runs out and it comes again.
            log.error({ err }, "an alarm could not be handled; it comes again");
          }
        });
      }
      again = Math.min(again, (await store.nextAlarmAt()) ?? again);
    } catch (err) {
      again = now() + AFTER_TROUBLE;
      log.error({ err }, "looking for due alarms failed; trying again");
    }
    expect(again);
  }

  /** What fails here comes again by itself. */
  const tried = (what: string, work: () => Promise<void>): Promise<void> =>
    work().catch((err) => log.error({ err }, `${what} failed; it comes again`));

  return {
    start() {
      stopped = false;
      tasks = [
        schedule(HEARTBEAT, () => void look(), { noOverlap: true }),
        schedule(HOUSEKEEPING, () => tried("housekeeping", () => store.housekeeping(now()))),
        schedule(EVERY_MINUTE, () => tried("storing the figures", eachMinute)),
      ];
      void look();
    },
    expect,
    look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.all(tasks.map((task) => task.destroy()));
      await looking;
      await tried("storing the figures", eachMinute);
    },
  };
}

/** Does `work` on each item, `TURNING` of them at once. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: Math.min(TURNING, items.length) }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
