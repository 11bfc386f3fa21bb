/**
 * What operators read: figures added up per day, and the questions that people chose to send. Neither can be
 * traced to anybody: there is no address in either.
 */
import type { Count } from "../dialogue/result.ts";
import type { Database } from "./database.ts";
import { questionPlace, type Seal } from "./seal.ts";

/** How often something happened on one day. */
export interface Figure extends Count {
  /** YYYY-MM-DD in UTC. */
  readonly day: string;
  readonly times: number;
}

/** A question as it was sent. */
export interface SentQuestion {
  /** Epoch ms. */
  readonly at: number;
  readonly words: string;
}

export interface Figures {
  /** Adds to what is stored of these days. */
  addFigures(figures: readonly Figure[]): Promise<void>;
  /** All figures from this day (YYYY-MM-DD) on, the latest day first. */
  figuresSince(day: string): Promise<Figure[]>;
  /** The questions sent from this moment (epoch ms) on, oldest first. */
  questionsSince(at: number): Promise<SentQuestion[]>;
}

// In one order, so that processes that add at the same moment wait for each other and never in a ring.
const ADD = `
  insert into figures (day, name, labels, times)
  select f.day, f.name, f.labels, f.times
  from jsonb_to_recordset($1::jsonb) as f(day text, name text, labels text, times bigint)
  order by f.day, f.name, f.labels
  on conflict (day, name, labels) do update set times = figures.times + excluded.times`;

const SINCE =
  "select day, name, labels, times from figures where day >= $1 order by day desc, name, times desc";

const QUESTIONS = "select id::text, at, words from questions where at >= $1 order by at";

export function createFigures(database: Database, seal: Seal): Figures {
  return {
    async addFigures(figures) {
      if (figures.length === 0) return;
      const rows = figures.map(({ day, name, labels, times }) => ({
        day,
        name,
        labels: JSON.stringify(labels),
        times,
      }));
      await database.query(ADD, [JSON.stringify(rows)]);
    },
    async figuresSince(day) {
      const rows = await database.query<{ day: string; name: string; labels: string; times: number }>(SINCE, [
        day,
      ]);
      return rows.map((row) => ({ ...row, labels: JSON.parse(row.labels) as Count["labels"] }));
    },
    async questionsSince(at) {
      const rows = await database.query<{ id: string; at: number; words: string }>(QUESTIONS, [at]);
      return rows.map(({ id, at, words }) => ({ at, words: seal.open(words, questionPlace(id)) }));
    },
  };
}
