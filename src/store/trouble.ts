/**
 * What a database's trouble is called, in one sentence with the remedy.
 *
 * Drivers put the address with its password, the statement and its parameters in what they throw. None
 * of that may reach a log, so everything thrown by a driver passes here and leaves as a sentence of ours.
 */
import { DrizzleQueryError } from "drizzle-orm";

/** The database cannot be reached now; the same call works once it is back. */
export class DatabaseAway extends Error {
  override name = "DatabaseAway";
}

/** A statement was refused; `code` is the SQLSTATE (23505 is a key that is already there). */
export class StatementRefused extends Error {
  override name = "StatementRefused";
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** How a database is named in a sentence: host, port and name, never user or password. Throws on a URL that is none. */
export function nameOf(url: string): string {
  let parsed: URL | undefined;
  try {
    parsed = new URL(url);
  } catch {}
  if (!parsed || !["postgres:", "postgresql:"].includes(parsed.protocol)) {
    throw new Error(
      "DATABASE_URL is not a Postgres URL: write it as postgres://user:password@host:5432/name",
    );
  }
  const host = parsed.hostname || parsed.searchParams.get("host") || "localhost";
  return `${host}:${parsed.port || 5432}${parsed.pathname}`;
}

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ENOENT",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
]);

// Shut down by the operator, crashed, still starting, too many connections.
const CLOSED = new Set(["57P01", "57P02", "57P03", "53300"]);

const AT_START: Readonly<Record<string, string>> = {
  "28P01": "refuses the user or the password: correct them in DATABASE_URL",
  "28000": "refuses this user: correct DATABASE_URL or the server's access rules",
  "3D000": "has no database of this name: create it, or correct DATABASE_URL",
  "42501": "does not let this user make tables: give it the right to create in this database",
};

/** The sentence for what a driver threw; `name` is that of `nameOf`, or the folder of PGlite. */
export function plainError(error: unknown, name: string, moment?: "start"): Error {
  if (error instanceof DrizzleQueryError) return plainError(error.cause, name, moment);
  const trouble = error as { code?: unknown; routine?: unknown; message?: unknown } | undefined;
  const code = typeof trouble?.code === "string" ? trouble.code : "";
  if (UNREACHABLE.has(code) || CLOSED.has(code)) {
    const remedy = moment === "start" ? "start it, or correct DATABASE_URL" : "work goes on once it is back";
    return new DatabaseAway(`The database ${name} cannot be reached (${code}): ${remedy}.`);
  }
  const known = moment && AT_START[code];
  if (known) return new Error(`The database ${name} ${known}.`);
  // A message of Postgres itself names tables and columns; values stand only in its detail, which is left out.
  if (/^[0-9A-Z]{5}$/.test(code)) {
    return new StatementRefused(
      `The database ${name} refused a statement (${code}: ${trouble?.message}).`,
      code,
    );
  }
  if (moment === "start" && !/:\d+\//.test(name)) {
    return new Error(
      `The embedded database in ${name} does not open (${trouble?.message}): restore it from a backup, or move it away to begin anew.`,
    );
  }
  return error instanceof Error ? error : new Error(`The database ${name} failed.`);
}
