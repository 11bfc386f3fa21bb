/**
 * What the real Discord refuses in a message, a form or a list of commands.
 *
 * A fake that takes everything proves nothing: these are the documented limits, answered in the documented
 * form (code 50035 with a tree of errors), so a channel that oversteps one fails in a test and not at night.
 */

export interface Refusal {
  readonly status: number;
  readonly body: { code: number; message: string; errors?: unknown };
}

export const refusal = (status: number, code: number, message: string, errors?: unknown): Refusal => ({
  status,
  body: { code, message, ...(errors === undefined ? {} : { errors }) },
});

export const invalidForm = (path: string, code: string, message: string): Refusal =>
  refusal(400, 50035, "Invalid Form Body", { [path]: { _errors: [{ code, message }] } });

/** The parts of a message that a bot may post. */
export interface Posted {
  content?: string;
  components?: Row[];
  nonce?: string;
  enforce_nonce?: boolean;
  flags?: number;
  allowed_mentions?: { parse?: string[] };
  attachments?: { id: number | string; filename?: string; description?: string }[];
  message_reference?: { message_id: string };
}

export interface Row {
  type: number;
  components: Component[];
}

export interface Component {
  type: number;
  custom_id?: string;
  label?: string;
  style?: number;
  disabled?: boolean;
  placeholder?: string;
  options?: { label: string; value: string; description?: string }[];
}

const ACTION_ROW = 1;
const BUTTON = 2;
const SELECT = 3;
const characters = (text: string): number => [...text].length;
const between = (text: unknown, min: number, max: number): boolean =>
  typeof text === "string" && characters(text) >= min && characters(text) <= max;

/** Why Discord would refuse this message, if it would. `fresh`: a new message may not be empty. */
export function refuseMessage(posted: Posted, files: number, fresh: boolean): Refusal | undefined {
  const content = posted.content ?? "";
  if (typeof content !== "string") return invalidForm("content", "STRING_TYPE_CONVERT", "Not a string.");
  if (characters(content) > 2000) {
    return invalidForm("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.");
  }
  if (fresh && content.trim() === "" && files === 0 && !posted.components?.length) {
    return refusal(400, 50006, "Cannot send an empty message");
  }
  if (posted.nonce !== undefined && !between(posted.nonce, 1, 25)) {
    return invalidForm("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.");
  }
  if (posted.enforce_nonce && posted.nonce === undefined) {
    return invalidForm("nonce", "BASE_TYPE_REQUIRED", "This field is required");
  }
  for (const attachment of posted.attachments ?? []) {
    if (attachment.description !== undefined && !between(attachment.description, 0, 1024)) {
      return invalidForm("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 1024 or fewer in length.");
    }
    if (Number(attachment.id) >= files) {
      return invalidForm("attachments", "ATTACHMENT_NOT_FOUND", "No such file in this request.");
    }
  }
  return refuseComponents(posted.components ?? []);
}

function refuseComponents(rows: Row[]): Refusal | undefined {
  const wrong = (message: string) => invalidForm("components", "COMPONENT_INVALID", message);
  if (rows.length > 5) return wrong("Must be 5 or fewer in length.");
  const ids = rows.flatMap((row) => row.components.map((component) => component.custom_id));
  if (new Set(ids).size !== ids.length) return wrong("Component custom id cannot be duplicated");
  for (const row of rows) {
    if (row.type !== ACTION_ROW) return wrong("Only action rows at the top level.");
    const kinds = new Set(row.components.map((component) => component.type));
    if (row.components.length === 0 || row.components.length > 5) return wrong("1 to 5 components in a row.");
    if (kinds.has(SELECT) && row.components.length > 1) return wrong("A select fills its row.");
    for (const component of row.components) {
      if (!between(component.custom_id, 1, 100)) return wrong("custom_id must be 1 to 100 in length.");
      if (component.type === BUTTON) {
        if (!between(component.label, 1, 80)) return wrong("label must be 1 to 80 in length.");
        if (![1, 2, 3, 4].includes(component.style ?? 0)) return wrong("style must be 1 to 4.");
      } else if (component.type === SELECT) {
        const options = component.options ?? [];
        if (options.length < 1 || options.length > 25) return wrong("1 to 25 options in a select.");
        if (options.some((option) => !between(option.label, 1, 100) || !between(option.value, 1, 100))) {
          return wrong("option label and value must be 1 to 100 in length.");
        }
        if (new Set(options.map((option) => option.value)).size !== options.length) {
          return wrong("The specified option value is already used");
        }
        if (component.placeholder !== undefined && !between(component.placeholder, 0, 150)) {
          return wrong("placeholder must be 150 or fewer in length.");
        }
      } else return wrong(`unknown component type ${component.type}`);
    }
  }
  return undefined;
}

/** A slash command as it is registered. */
export interface Command {
  id?: string;
  version?: string;
  name: string;
  type?: number;
  description: string;
  description_localizations?: Record<string, string> | null;
  name_localizations?: Record<string, string> | null;
  contexts?: number[];
  integration_types?: number[];
  options?: CommandOption[];
}

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  description_localizations?: Record<string, string> | null;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string }[];
}

const COMMAND_NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;
/** The locales Discord knows; `nl-NL` and `en` are not among them. */
const LOCALES = new Set("id da de en-GB en-US es-ES fr hr it lt hu nl no pl pt-BR ro fi sv-SE tr".split(" "));

/** Why Discord would refuse this list of commands, if it would. */
export function refuseCommands(commands: Command[]): Refusal | undefined {
  const wrong = (message: string) => invalidForm("commands", "APPLICATION_COMMANDS_INVALID", message);
  if (commands.length > 100) return wrong("Must be 100 or fewer.");
  if (new Set(commands.map((command) => command.name)).size !== commands.length)
    return wrong("Duplicate name.");
  for (const command of commands) {
    for (const named of [command, ...(command.options ?? [])]) {
      if (!COMMAND_NAME.test(named.name) || named.name !== named.name.toLowerCase())
        return wrong("Bad name.");
      if (!between(named.description, 1, 100)) return wrong("description must be 1 to 100 in length.");
      for (const [locale, text] of Object.entries(named.description_localizations ?? {})) {
        if (!LOCALES.has(locale)) return wrong(`Unknown locale ${locale}.`);
        if (!between(text, 1, 100)) return wrong("description must be 1 to 100 in length.");
      }
    }
    for (const option of command.options ?? []) {
      const choices = option.choices ?? [];
      if (choices.length > 25) return wrong("25 choices at most.");
      if (choices.length > 0 && option.autocomplete)
        return wrong("choices and autocomplete exclude each other.");
      if (choices.some((choice) => !between(choice.name, 1, 100) || !between(choice.value, 1, 100))) {
        return wrong("choice name and value must be 1 to 100 in length.");
      }
    }
  }
  return undefined;
}
