/**
 * What Telegram shows of the bot before a word is said: its commands and its description.
 *
 * They are set only where they differ from what Telegram has, because each start would else be five calls
 * that change nothing. Without them everything works, so a failure here is noted and no more.
 */
import type { Api } from "grammy";
import type { Log } from "./channel.ts";
import { attempt } from "./telegram-trouble.ts";

/** A command in the menu: name of `a-z 0-9 _`, description of at most 256 characters. */
export interface BotCommand {
  readonly name: string;
  readonly description: string;
}

/** Texts in the empty chat (at most 512 characters) and on the bot's page (at most 120). */
export interface Profile {
  readonly description?: string;
  readonly shortDescription?: string;
}

/** Sets commands (for everyone, and for Dutch clients) and descriptions where they changed. Never throws. */
export async function announce(
  api: Api,
  commands: readonly BotCommand[],
  { description, shortDescription }: Profile = {},
  log: Log,
  stopping: AbortSignal,
): Promise<void> {
  // grammY names the type of another package; any signal serves.
  const signal = stopping as never;
  const wanted = commands.map(({ name, description }) => ({ command: name, description }));
  try {
    for (const language of [{}, { language_code: "nl" }] as const) {
      const shown = await attempt("getMyCommands", () => api.getMyCommands(language, signal));
      const same = JSON.stringify(shown.map(pick)) === JSON.stringify(wanted);
      if (!same) await attempt("setMyCommands", () => api.setMyCommands(wanted, language, signal));
    }
    if (description !== undefined) {
      const shown = await attempt("getMyDescription", () => api.getMyDescription({}, signal));
      if (shown.description !== description)
        await attempt("setMyDescription", () => api.setMyDescription(description, {}, signal));
    }
    if (shortDescription !== undefined) {
      const shown = await attempt("getMyShortDescription", () => api.getMyShortDescription({}, signal));
      if (shown.short_description !== shortDescription)
        await attempt("setMyShortDescription", () => api.setMyShortDescription(shortDescription, {}, signal));
    }
  } catch (error) {
    if (stopping.aborted) return;
    log.warn(
      { reason: error instanceof Error ? error.message : "unknown" },
      "telegram commands not registered",
    );
  }
}

const pick = ({ command, description }: { command: string; description: string }) => ({
  command,
  description,
});
