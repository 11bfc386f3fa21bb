/** The timer and the heartbeat, each alone, under a clock that is put forward and back; the store is of cardboard. */
import { type ScheduledTask, schedule } from "node-cron";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Address } from "../src/dialogue/input.ts";
import { createScheduler, type Scheduler } from "../src/scheduler.ts";

vi.mock("node-cron", () => ({ schedule: vi.fn() }));

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 23, 19);
const ANNA: Address = "telegram:1";

/** What node-cron was asked to do every so often; nothing of it happens unless a test does it. */
let asked: (() => unknown)[];
let alarms: Map<Address, number>;
let rung: Address[];
let said: string[];
let putBack: number[];
let away: boolean;
let jumped: number;
let scheduler: Scheduler;
const now = () => Date.now() + jumped;

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  [asked, alarms, rung, said, putBack] = [[], new Map(), [], [], []];
  [away, jumped] = [false, 0];
  vi.mocked(schedule).mockImplementation((_when, work) => {
    asked.push(work as () => unknown);
    return { destroy: async () => {} } as unknown as ScheduledTask;
  });
  scheduler = createScheduler({
    store: {
      async claimAlarms(at, limit, leaseMs) {
        if (away) throw new Error("away");
        const due = [...alarms].filter(([, moment]) => moment <= at).slice(0, limit);
        for (const [address] of due) alarms.set(address, at + leaseMs);
        return due.map(([address]) => address);
      },
      nextAlarmAt: async () => [...alarms.values()].sort((a, b) => a - b)[0],
      clockPutBack: async (at) => void putBack.push(at),
      housekeeping: async () => {},
    },
    receive: async ({ address }) => {
      rung.push(address);
      alarms.delete(address);
    },
    eachMinute: async () => {},
    now,
    steady: () => performance.now(),
    log: {
      warn: (_fields: object, event: string) => void said.push(event),
      error: (_fields: object, event: string) => void said.push(event),
    } as never,
  });
});
afterEach(async () => {
  await scheduler.stop();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it("a step ends at its moment though the heartbeat is never heard, and the log says that it is silent", async () => {
  scheduler.start();
  await pass(0);
  alarms.set(ANNA, START + 20_000);
  scheduler.expect(START + 20_000);
  await pass(19_999);
  expect(rung).toEqual([]);
  await pass(1);
  expect(rung).toEqual([ANNA]);
  expect(said).toEqual([]);
  await pass(120_000);
  expect(said).toEqual([expect.stringContaining("heartbeat is silent")]);
});

it("an alarm that a dead process set is found without the heartbeat within half a minute", async () => {
  scheduler.start();
  await pass(0);
  alarms.set(ANNA, START + 1_000);
  await pass(30_000);
  expect(rung).toEqual([ANNA]);
});

it("an alarm that no timer knows of is found by the next heartbeat", async () => {
  scheduler.start();
  await pass(0);
  alarms.set(ANNA, START + 1_000);
  await pass(10_000);
  expect(rung).toEqual([]);
  asked[0]?.();
  await pass(0);
  expect(rung).toEqual([ANNA]);
});

it("while the database is away the log says so each second, and what was due is brought once it is back", async () => {
  alarms.set(ANNA, START);
  away = true;
  scheduler.start();
  await pass(3_000);
  expect(said.length).toBeGreaterThanOrEqual(3);
  expect(new Set(said)).toEqual(new Set(["looking for due alarms failed; trying again"]));
  away = false;
  await pass(1_000);
  expect(rung).toEqual([ANNA]);
});

it("a clock that is put forward by an hour brings what is due by then, once, and the log says so", async () => {
  scheduler.start();
  await pass(0);
  alarms.set(ANNA, START + HOUR / 2);
  scheduler.expect(START + HOUR / 2);
  jumped = HOUR;
  await pass(30_000);
  expect(rung).toEqual([ANNA]);
  expect(said).toEqual([expect.stringContaining("the clock was put forward")]);
  expect(putBack).toEqual([]);
});

it("a clock that is put back by an hour brings nothing a second time, and nothing before its new moment", async () => {
  alarms.set(ANNA, START);
  scheduler.start();
  await pass(0);
  expect(rung).toEqual([ANNA]);
  alarms.set(ANNA, START + 10_000);
  scheduler.expect(START + 10_000);
  jumped = -HOUR;
  await pass(60_000);
  expect(rung).toEqual([ANNA]);
  expect(said).toContainEqual(expect.stringContaining("the clock was put back"));
  expect(putBack).toHaveLength(1);
  await pass(HOUR);
  expect(rung).toEqual([ANNA, ANNA]);
  expect(putBack).toHaveLength(1);
});
