/**
 * What the real Bot API refuses, as far as this bot could meet it: limits of text, entities, keyboards and
 * commands, in Telegram's own words. Sources: core.telegram.org/bots/api and the open-source server.
 */

/** A call that Telegram refuses. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: Record<string, number>;
  constructor(code: number, description: string, parameters: Record<string, number> = {}) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
}

export interface KeyboardButton {
  readonly text: string;
  readonly callback_data?: string;
}

const refuse = (description: string): never => {
  throw new ApiError(400, `Bad Request: ${description}`);
};

const inSurrogatePair = (text: string, at: number): boolean =>
  /[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "");

/** Checks a text or a caption with its entities. */
export function checkText(text: unknown, entities: unknown, max: number, what: "message" | "caption"): void {
  if (text === undefined || text === "") {
    if (what === "message") refuse("message text is empty");
    return;
  }
  if (typeof text !== "string") throw new ApiError(400, "Bad Request: text must be a string");
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text))
    refuse("strings must be encoded in UTF-8");
  if (what === "message" && text.trim() === "") refuse("text must be non-empty");
  if ([...text.trim()].length > max)
    refuse(what === "message" ? "message is too long" : "message caption is too long");
  if (entities === undefined) return;
  if (!Array.isArray(entities)) refuse("can't parse entities: expected an Array");
  for (const { type, offset, length, url } of entities as Entity[]) {
    const end = offset + length;
    const inside = Number.isInteger(offset) && offset >= 0 && length > 0 && end <= text.length;
    if (!inside) refuse("entity beginning or ending is out of the text");
    if (inSurrogatePair(text, offset) || inSurrogatePair(text, end))
      refuse("entity begins or ends in the middle of a UTF-16 symbol");
    if (!["bold", "italic", "text_link"].includes(type)) refuse(`unknown entity type "${type}"`);
    if (type === "text_link" && !/^https?:\/\//.test(url ?? "")) refuse("text_link needs a URL");
  }
}

/** Checks an inline keyboard and gives its rows. */
export function checkKeyboard(markup: unknown): KeyboardButton[][] {
  if (markup === undefined) return [];
  const rows = (markup as { inline_keyboard?: KeyboardButton[][] }).inline_keyboard;
  if (!Array.isArray(rows)) throw new ApiError(400, "Bad Request: object expected as reply markup");
  for (const { text, callback_data } of rows.flat()) {
    if (!text?.trim()) refuse("inline keyboard button text is empty");
    if (callback_data === undefined) refuse("Text buttons are unallowed in the inline keyboard");
    const bytes = Buffer.byteLength(callback_data ?? "");
    if (bytes < 1 || bytes > 64) refuse("BUTTON_DATA_INVALID");
  }
  if (rows.some((row) => row.length > 8)) refuse("too many buttons in a row");
  if (rows.flat().length > 100 || JSON.stringify(rows).length > 10_000) refuse("reply markup is too long");
  return rows;
}

/** Checks the list of setMyCommands. */
export function checkCommands(commands: unknown): void {
  if (!Array.isArray(commands) || commands.length > 100) refuse("BOT_COMMANDS_TOO_MUCH");
  for (const { command, description } of commands as { command: string; description: string }[]) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) refuse("BOT_COMMAND_INVALID");
    if (!description || [...description].length > 256) refuse("BOT_COMMAND_DESCRIPTION_INVALID");
  }
}
