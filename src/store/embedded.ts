/**
 * PGlite, and prepared statements on it. Loading it takes half a second and 50 MB: only who uses it does so.
 *
 * PGlite parses and plans a statement anew at each query and crosses into WebAssembly five times for it.
 * Over the wire protocol that it also offers, a statement is parsed once, and then bound and run in one
 * crossing: a turn costs less than half. PGlite is one connection, so everything waits its turn here:
 * a statement must not slip into the middle of somebody's transaction.
 */
import { PGlite, protocol } from "@electric-sql/pglite";
import type { MigrationConfig } from "drizzle-orm/migrator";
import { drizzle, type PgliteDatabase } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import * as schema from "./schema.ts";

/** A parameter of a prepared statement. */
type Value = string | number | boolean | null;

export interface Embedded {
  /** For queries built by drizzle, inside `alone`. */
  readonly db: PgliteDatabase<typeof schema>;
  /** Runs a statement, parsed the first time it is seen. */
  query<Row>(text: string, values: readonly Value[]): Promise<Row[]>;
  /** Has the connection to itself until `work` is done; `query` must not be called inside. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for what is running, and closes. */
  close(): Promise<void>;
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

const { serialize } = protocol;

const INT8 = 20;
const NUMBERS = new Set([INT8, 21, 23]);
const BOOL = 16;
const JSONS = new Set([114, 3802]);

const parserOf = (type: number): Column["parse"] => {
  if (NUMBERS.has(type)) return Number;
  if (type === BOOL) return (text) => text === "t";
  if (JSONS.has(type)) return (text) => JSON.parse(text);
  return (text) => text;
};

/** Opens PGlite in this folder (`memory://`: in memory), brings its tables up to date and applies these settings. */
export async function openEmbedded(
  dataDir: string,
  migrations: MigrationConfig,
  settings: Readonly<Record<string, string>>,
): Promise<Embedded> {
  const client = await PGlite.create({ dataDir });
  await migrate(drizzle(client), migrations);
  for (const [setting, value] of Object.entries(settings)) await client.exec(`set ${setting} = ${value}`);
  return createEmbedded(client);
}

function createEmbedded(client: PGlite): Embedded {
  const statements = new Map<string, { name: string; columns: Column[] }>();
  let last: Promise<unknown> = Promise.resolve();

  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };

  const send = async (...messages: Uint8Array[]) => {
    const { messages: answers } = await client.execProtocol(Buffer.concat([...messages, serialize.sync()]));
    return answers;
  };

  async function prepare(text: string) {
    const name = `s${statements.size}`;
    const columns: Column[] = [];
    for (const answer of await send(
      serialize.parse({ name, text }),
      serialize.describe({ type: "S", name }),
    )) {
      if (!("fields" in answer) || answer.name !== "rowDescription") continue;
      for (const field of answer.fields as { name: string; dataTypeID: number }[]) {
        columns.push({ name: field.name, parse: parserOf(field.dataTypeID) });
      }
    }
    const statement = { name, columns };
    statements.set(text, statement);
    return statement;
  }

  return {
    db: drizzle(client, { schema }),
    alone,
    close: () => alone(() => client.close()),
    query: <Row>(text: string, values: readonly Value[]) =>
      alone(async () => {
        const { name, columns } = statements.get(text) ?? (await prepare(text));
        const bound = values.map((value) => (value === null ? null : String(value)));
        const rows: Row[] = [];
        for (const answer of await send(
          serialize.bind({ statement: name, values: bound }),
          serialize.execute({}),
        )) {
          if (answer.name !== "dataRow") continue;
          const { fields } = answer as unknown as { fields: (string | null)[] };
          const row = columns.map(({ name, parse }, i) => {
            const field = fields[i] ?? null;
            return [name, field === null ? null : parse(field)];
          });
          rows.push(Object.fromEntries(row) as Row);
        }
        return rows;
      }),
  };
}
