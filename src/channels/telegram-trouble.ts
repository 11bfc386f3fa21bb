/**
 * What Telegram's errors mean to the house, in sentences without the token.
 *
 * grammY's own errors hold the request's URL (with the token) and its payload (with people's words), so
 * none of them ever leaves this channel, not as a cause either: only a code and Telegram's description do.
 */
import { GrammyError, HttpError } from "grammy";
import { Gone, Later, Refused } from "./channel.ts";

/** Telegram's answer in short: its error code and description, or code 0 where there was no answer. */
export interface Trouble {
  readonly code: number;
  readonly description: string;
  /** Seconds that Telegram asks to wait. */
  readonly retryAfter?: number;
  /** The new id of a group that became a supergroup. */
  readonly movedTo?: number;
}

/** A call to Telegram that failed. */
export class CallFailed extends Error {
  override name = "CallFailed";
  readonly method: string;
  readonly trouble: Trouble;
  constructor(method: string, trouble: Trouble) {
    super(tell(method, trouble));
    this.method = method;
    this.trouble = trouble;
  }
}

/** Makes a call; whatever goes wrong on the way comes out as `CallFailed`, without token and payload. */
export async function attempt<T>(method: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof GrammyError || error instanceof HttpError)
      throw new CallFailed(method, troubleOf(error));
    throw error;
  }
}

function troubleOf(error: GrammyError | HttpError): Trouble {
  if (error instanceof HttpError) return { code: 0, description: networkCode(error.error) };
  const { retry_after, migrate_to_chat_id } = error.parameters;
  return {
    code: error.error_code,
    description: error.description,
    ...(retry_after === undefined ? {} : { retryAfter: retry_after }),
    ...(migrate_to_chat_id === undefined ? {} : { movedTo: migrate_to_chat_id }),
  };
}

/** "ECONNREFUSED" and the like; the message beside it may hold the URL. */
function networkCode(error: unknown): string {
  const inner = error as { code?: unknown; type?: unknown } | null;
  const code = inner?.code ?? inner?.type;
  return typeof code === "string" && /^[\w-]{1,40}$/.test(code) ? code : "no answer";
}

/** True where Telegram says at the start that there is no such bot; 404 is what a malformed token gets. */
export const isWrongToken = ({ code }: Trouble): boolean => code === 401 || code === 404;

const tell = (method: string, { code, description }: Trouble): string =>
  code === 0
    ? `Telegram could not be reached for ${method} (${description})`
    : `Telegram answered ${code} to ${method}: ${description}`;

const GONE = /chat not found|user is deactivated|bot was (blocked|kicked)|not a member|PEER_ID_INVALID/i;
const WRONG_FILE = /wrong (remote )?file|file reference|invalid file_id|FILE_REFERENCE/i;

/** True where a file id that was kept is of no use any more. */
export const isWrongFile = ({ code, description }: Trouble): boolean =>
  code === 400 && WRONG_FILE.test(description);

/** True where this very chat cannot be written to any more. */
export const isGone = ({ code, description }: Trouble): boolean =>
  code === 403 || (code === 400 && GONE.test(description));

/** The error that the outbox understands. */
export function outboxError({ message: sentence, trouble }: CallFailed, floodScope: Later["scope"]): Error {
  if (trouble.code === 429) return new Later(sentence, (trouble.retryAfter ?? 5) * 1000, floodScope);
  if (isGone(trouble)) return new Gone(sentence);
  if (trouble.code === 400 || trouble.code === 413) return new Refused(sentence);
  return new Error(sentence);
}
