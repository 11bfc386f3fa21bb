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

/** So many streams each claim and turn: the last turns of one claim and the next claim overlap. */
const STREAMS = 2;
/** Conversations that a stream claims at once, and turns at once. */
const CLAIM = 100;
const TURNING = 16;
const LEASE = 15_000;
/** A timer never sleeps longer than this (ms): a clock that jumps is noticed. */
const LOOK_AGAIN = 30_000;
const AFTER_TROUBLE = 1_000;
/** A clock that moved by more than this (ms) besides the time that passed was put forward or back. */
const MOVED = 5_000;
/** So long without a heartbeat (ms), and the log says that the timer is alone. */
const SILENT = 60_000;
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
  readonly store: Pick<Store, "claimAlarms" | "nextAlarmAt" | "clockPutBack" | "housekeeping">;
  readonly receive: (alarm: Alarm) => Promise<void>;
  /** Done each minute, and once more at the stop: what was counted is stored. */
  readonly eachMinute: () => Promise<void>;
  readonly now: () => number;
  /** Time that passed (ms), whatever becomes of the clock. */
  readonly steady: () => number;
  readonly log: Pick<Logger, "error" | "warn">;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, receive, eachMinute, now, steady, log } = options;
  let tasks: ScheduledTask[] = [];
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let stopped = true;
  /** The clock at the look before this one, and the last heartbeat, in time that passed. */
  let seen: { readonly at: number; readonly steady: number } | undefined;
  let beatAt = steady();
  let silent = false;

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
      await watchClock();
      await Promise.all(Array.from({ length: STREAMS }, drain));
      again = Math.min(again, (await store.nextAlarmAt()) ?? again);
    } catch (err) {
      again = now() + AFTER_TROUBLE;
      log.error({ err }, "looking for due alarms failed; trying again");
    }
    expect(again);
  }

  /** Claims and turns until nothing is due. */
  async function drain(): Promise<void> {
    for (;;) {
      const due = await store.claimAlarms(now(), CLAIM, LEASE);
      if (due.length === 0) return;
      await inTurns(due, async (address) => {
        try {
          await receive({ kind: "alarm", address });
        } catch (err) {
          // Its lease runs out and it comes again.
          log.error({ err }, "an alarm could not be handled; it comes again");
        }
      });
    }
  }

  /** Notices a clock that was put forward or back, and a heartbeat that is not heard any more. */
  async function watchClock(): Promise<void> {
    const [at, passed] = [now(), steady()];
    const movedMs = seen ? at - seen.at - (passed - seen.steady) : 0;
    if (Math.abs(movedMs) > MOVED) {
      log.warn(
        { movedMs },
        `the clock was put ${movedMs > 0 ? "forward" : "back"}; what is due goes by the new time`,
      );
    }
    if (movedMs < -MOVED) await store.clockPutBack(at);
    seen = { at, steady: passed };
    if (passed - beatAt > SILENT && !silent) {
      silent = true;
      log.warn(
        { silentMs: passed - beatAt },
        "the heartbeat is silent; the timer goes on alone, without housekeeping",
      );
    }
  }

  function beat(): void {
    beatAt = steady();
    silent = false;
    void look();
  }

  /** What fails here comes again by itself. */
  const tried = (what: string, work: () => Promise<void>): Promise<void> =>
    work().catch((err) => log.error({ err }, `${what} failed; it comes again`));

  return {
    start() {
      stopped = false;
      beatAt = steady();
      tasks = [
        schedule(HEARTBEAT, beat, { noOverlap: true }),
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
