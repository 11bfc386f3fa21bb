/**
 * One JSON line an event, on standard output.
 *
 * Nothing a person wrote is ever handed to it, and no error object of a platform's client either: those can
 * hold a URL with a token in it. Errors are logged by name, message and our own stack.
 */
import { type Logger, pino } from "pino";

export type { Logger } from "pino";

/** A log at this level ("info", "debug" ...). */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: plain },
  });

/** An error as plain fields; its cause by name and message only. */
export function plain(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack: stack?.split("\n").slice(1, 6).join("\n"),
    ...(cause instanceof Error && { cause: `${cause.name}: ${cause.message}` }),
  };
}
