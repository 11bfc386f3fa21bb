/**
 * The slash commands: data handed in, Discord's form of it, and registering it only when it changed.
 *
 * Discord counts how often commands are made and shows a changed list late, so a start first reads the list
 * that stands there and writes only where ours differs.
 */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  makeURLSearchParams,
  type REST,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from "discord.js";

/** A description of at most 100 characters, in Dutch for everybody and in English for who uses Discord so. */
export interface Described {
  readonly nl: string;
  readonly en: string;
}

/** A suggestion while somebody types; both at most 100 characters, or it is left out. */
export interface Suggestion {
  readonly label: string;
  readonly value: string;
}

/** A slash command with at most one option, whose value becomes the command's `rest`. */
export interface SlashCommand {
  readonly name: string;
  readonly description: Described;
  readonly option?: {
    readonly name: string;
    readonly description: Described;
    readonly required: boolean;
    /** All that can be picked. */
    readonly choices?: readonly { readonly id: string; readonly title: string }[];
    /** What fits the words typed so far, best first; anything else may still be sent. */
    readonly suggest?: (text: string) => readonly Suggestion[];
  };
}

/** Discord shows no more than this many choices or suggestions. */
const CHOICES_MAX = 25;
const LENGTH_MAX = 100;

/** What to suggest while somebody types in this command's option. */
export function suggestionsFor(commands: readonly SlashCommand[], name: string, text: string): Suggestion[] {
  const option = commands.find((command) => command.name === name)?.option;
  const typed = text.trim().toLowerCase();
  const found =
    option?.suggest?.(text) ??
    (option?.choices ?? [])
      .filter(({ title }) => title.toLowerCase().includes(typed))
      .map(({ id, title }) => ({ label: title, value: id }));
  const fits = (words: string) => words.length > 0 && words.length <= LENGTH_MAX;
  return found.filter(({ label, value }) => fits(label) && fits(value)).slice(0, CHOICES_MAX);
}

const localised = ({ nl, en }: Described) => ({
  description: nl,
  description_localizations: { nl, "en-US": en },
});

function optionForm({ name, description, required, choices, suggest }: NonNullable<SlashCommand["option"]>) {
  const form = {
    type: ApplicationCommandOptionType.String as const,
    name,
    ...localised(description),
    required,
  };
  if (suggest || (choices && choices.length > CHOICES_MAX)) return { ...form, autocomplete: true as const };
  return choices ? { ...form, choices: choices.map(({ id, title }) => ({ name: title, value: id })) } : form;
}

/** The commands in Discord's form: in servers, in the chat with the bot and, installed by a person, anywhere. */
export function commandForms(commands: readonly SlashCommand[]): RESTPutAPIApplicationCommandsJSONBody {
  return commands.map(({ name, description, option }) => ({
    type: ApplicationCommandType.ChatInput,
    name,
    ...localised(description),
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
    ...(option ? { options: [optionForm(option)] } : {}),
  }));
}

/** Writes the commands if what Discord has differs; tells whether it did. */
export async function registerCommands(
  rest: REST,
  application: string,
  commands: readonly SlashCommand[],
): Promise<boolean> {
  const wanted = commandForms(commands);
  const route = Routes.applicationCommands(application);
  const there = await rest.get(route, { query: makeURLSearchParams({ with_localizations: true }) });
  if (comparable(there) === comparable(wanted)) return false;
  await rest.put(route, { body: wanted });
  return true;
}

/** Only what we say of a command, in one order: Discord adds ids, versions and defaults of its own. */
function comparable(commands: unknown): string {
  // biome-ignore lint/suspicious/noExplicitAny: whatever Discord answers is compared field by field.
  const kept = (one: any): unknown => ({
    name: one.name,
    type: one.type,
    description: one.description,
    localizations: Object.entries(one.description_localizations ?? {}).sort(),
    contexts: one.contexts ?? null,
    integrations: one.integration_types ?? null,
    required: one.required ?? false,
    autocomplete: one.autocomplete ?? false,
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    choices: (one.choices ?? []).map((choice: any) => [choice.name, choice.value]),
    options: (one.options ?? []).map(kept),
  });
  const list = Array.isArray(commands) ? commands.map(kept) : [];
  return JSON.stringify(list.map((one) => JSON.stringify(one)).sort());
}
