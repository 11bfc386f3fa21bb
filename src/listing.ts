/** The commands as each platform lists them, made from the script. */

import type { SlashCommand } from "./channels/discord-commands.ts";
import type { BotCommand } from "./channels/telegram-announce.ts";
import type { Script } from "./dialogue/script.ts";

/** Suggestions while somebody types a question. */
const SUGGESTIONS = 10;

/** Name and Dutch description, in the author's order. */
export const listedCommands = (script: Script): BotCommand[] =>
  script.bot.commands.filter((c) => c.listed).map(({ name, description }) => ({ name, description }));

/** The same for Discord, where a massage can be picked and a question typed with suggestions. */
export function discordCommands(script: Script): SlashCommand[] {
  const { massage, vraag } = script.bot.discord;
  const routines = [...script.flows.values()].filter((f) => f.kind === "routine");
  return script.bot.commands
    .filter((c) => c.listed)
    .map(({ name, description, english }): SlashCommand => {
      const command = { name, description: { nl: description, en: english } };
      if (name === "massage")
        return {
          ...command,
          option: {
            name: massage.name,
            description: { nl: massage.description, en: massage.english },
            required: false,
            choices: routines.map(({ id, title }) => ({ id, title })),
          },
        };
      if (name === "vraag")
        return {
          ...command,
          option: {
            name: vraag.name,
            description: { nl: vraag.description, en: vraag.english },
            required: false,
            suggest: (text) => suggest(script, text),
          },
        };
      return command;
    });
}

/** Questions near these words, best first. */
function suggest(script: Script, text: string): { label: string; value: string }[] {
  const match = text.trim() === "" ? undefined : script.match(text);
  const ids = match
    ? [
        ...("id" in match && match.kind === "answer" ? [match.id] : []),
        ...("near" in match ? match.near : []),
      ]
    : script.domains.flatMap((d) => d.topics.slice(0, 2).map((t) => t.id));
  return [...new Set(ids)].slice(0, SUGGESTIONS).flatMap((id) => {
    const topic = script.topics.get(id);
    return topic ? [{ label: topic.question, value: topic.question }] : [];
  });
}
