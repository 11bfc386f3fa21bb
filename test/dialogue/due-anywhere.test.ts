/**
 * The next due moment beside an independent reckoning, in every zone and mostly near the nights when clocks change.
 *
 * The oracle shares nothing with the code: luxon tells the offset at a moment, and the oracle walks day by day and
 * tries every offset around, which is slow and plain.
 */
import { IANAZone } from "luxon";
import { expect, test } from "vitest";
import { nextDue } from "../../src/dialogue/due.ts";
import type { Recurrence } from "../../src/language/recurrence.ts";

const CASES = 100_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEP = 20 * DAY;

/** A seeded generator (mulberry32), so that a failure comes again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = seeded(20261122);
const below = (n: number): number => Math.floor(random() * n);
const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;

/** A zone as luxon tells it: the moments at which its clock is changed, and the offset from each on, in ms. */
interface Zone {
  readonly name: string;
  readonly changes: readonly number[];
  readonly offsets: readonly number[];
}

const FIRST = Date.UTC(2004, 0, 1);
const LAST = Date.UTC(2042, 0, 1);

/** Looked up once, to the minute, in steps shorter than the shortest summer time (Ramadan in Morocco). */
function zoneOf(name: string): Zone {
  const zone = IANAZone.create(name);
  const changes = [FIRST];
  const offsets = [zone.offset(FIRST) * MINUTE];
  for (let at = FIRST; at < LAST; at += STEP) {
    const [before, after] = [offsets.at(-1), zone.offset(at + STEP) * MINUTE];
    if (before === after) continue;
    let [low, high] = [at, at + STEP];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (zone.offset(middle) * MINUTE === before) low = middle;
      else high = middle;
    }
    changes.push(high);
    offsets.push(after);
  }
  return { name, changes, offsets };
}

function offsetAt({ changes, offsets }: Zone, moment: number): number {
  const next = changes.findIndex((change) => change > moment);
  return offsets.at(next < 0 ? -1 : Math.max(0, next - 1)) as number;
}

const isoOf = (reading: number): string => new Date(reading).toISOString();
const dateOf = (reading: number): string => isoOf(reading).slice(0, 10);

/** The first moment with this clock reading; where there is none, as if the clock had not yet been changed. */
function oracleMoment(zone: Zone, reading: number): number {
  const tried = [-26, -14, 0, 14, 26].map((hours) => reading - offsetAt(zone, reading + hours * HOUR));
  const real = tried.filter((moment) => moment + offsetAt(zone, moment) === reading);
  return real.length > 0 ? Math.min(...real) : reading - offsetAt(zone, reading - 26 * HOUR);
}

function oracle(recurrence: Recurrence, zone: Zone, after: number): number | undefined {
  const { days, times, on, from, until, everyDays = 1 } = recurrence;
  let best: number | undefined;
  const today = Date.parse(dateOf(after + offsetAt(zone, after)));
  const first = Math.max(today, Date.parse(on ?? from ?? "1900-01-01")) - 2 * DAY;
  const last = on ?? until ?? "9999-12-31";
  for (let day = first; day < first + 400 * DAY && (best === undefined || day < best + 3 * DAY); day += DAY) {
    const date = dateOf(day);
    if (date > last) break;
    const counted = (day - Date.parse(from ?? "1970-01-01")) / DAY;
    const speaks =
      on === undefined
        ? days.includes(new Date(day).getUTCDay() || 7) &&
          (from === undefined || date >= from) &&
          (until === undefined || date <= until) &&
          ((counted % everyDays) + everyDays) % everyDays === 0
        : date === on;
    if (!speaks) continue;
    for (const time of times) {
      const moment = oracleMoment(zone, Date.parse(`${date}T${time}Z`));
      if (moment > after && (best === undefined || moment < best)) best = moment;
    }
  }
  return best;
}

const clock = (minutes: number): string => isoOf((((minutes % 1440) + 1440) % 1440) * MINUTE).slice(11, 16);

function someRecurrence(around: number): Recurrence {
  // Half of the times lie within two hours of the reading at which something strange may happen.
  const near = Math.floor((around % DAY) / MINUTE);
  const time = () => clock(random() < 0.5 ? near + below(240) - 120 : below(1440));
  const times = [...new Set(Array.from({ length: 1 + below(3) }, time))].sort();
  const days = [1, 2, 3, 4, 5, 6, 7].filter(() => random() < pick([0.3, 0.8, 1]));
  const date = () => dateOf(around + (below(30) - 15) * DAY);
  const recurrence: Recurrence = { days: days.length > 0 ? days : [1 + below(7)], times };
  const kind = random();
  if (kind < 0.1) return { ...recurrence, on: date() };
  if (kind < 0.2) return { ...recurrence, from: date(), everyDays: 2 + below(14) };
  if (kind < 0.3) return { ...recurrence, from: date(), until: date() };
  if (kind < 0.35) return { ...recurrence, until: date() };
  return recurrence;
}

test("in any zone, near any change of the clock, the next moment is the one another library finds", () => {
  const zones = Intl.supportedValuesOf("timeZone").map(zoneOf);
  const wrong: unknown[] = [];
  for (let n = 0; n < CASES && wrong.length < 5; n++) {
    const zone = pick(zones);
    const changed = zone.changes.slice(1);
    const strange = changed.length > 0 && random() < 0.75;
    const change = strange ? pick(changed) : Date.UTC(2005 + below(35), below(12), 1 + below(31), below(24));
    const spread = pick([3 * 60, 2 * 1440]);
    const after = change + (below(2 * spread) - spread) * MINUTE + pick([0, 0, 1, 29_999]);
    const recurrence = someRecurrence(change + offsetAt(zone, change));
    const [ours, theirs] = [nextDue(recurrence, zone.name, after), oracle(recurrence, zone, after)];
    if (ours !== theirs)
      wrong.push({
        n,
        zone: zone.name,
        after: isoOf(after),
        recurrence,
        ours: ours && isoOf(ours),
        theirs: theirs && isoOf(theirs),
      });
  }
  expect(wrong).toEqual([]);
}, 120_000);
