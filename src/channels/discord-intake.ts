/**
 * What Discord delivers, read as what a person did. Pure: a payload in, an act out, or nothing.
 *
 * Payloads are read in their raw form, each field checked: what is malformed, from a bot, or of a kind we do
 * not know is nothing. One conversation is one person, so every act is private: what is done in a server is
 * answered in the chat with the bot, where nobody reads along.
 */
import { InteractionContextType, InteractionType, MessageType } from "discord.js";
import { z } from "zod";
import type { Act, Update } from "../dialogue/input.ts";

/** An interaction's id and the token with which it is answered (never logged). */
export interface Handle {
  readonly id: string;
  readonly token: string;
}

/** What happened, and where it can be answered. `alone`: in the chat with the bot. */
export type Happening =
  | {
      readonly kind: "command" | "tap";
      readonly user: string;
      readonly channel: string | undefined;
      readonly alone: boolean;
      readonly update: Update;
      readonly handle: Handle;
    }
  | {
      readonly kind: "message";
      readonly user: string;
      readonly channel: string;
      readonly alone: boolean;
      readonly update: Update;
      readonly message: string;
    }
  | { readonly kind: "typing"; readonly command: string; readonly text: string; readonly handle: Handle };

const snowflake = z.string().regex(/^\d{5,20}$/);
const someone = z.object({ id: snowflake, bot: z.boolean().optional() });
const interactionForm = z.object({
  id: snowflake,
  token: z.string().min(1),
  type: z.number(),
  channel_id: snowflake.optional(),
  context: z.number().nullish(),
  guild_id: snowflake.optional(),
  user: someone.optional(),
  member: z.object({ user: someone }).optional(),
  data: z.object({
    name: z.string().optional(),
    options: z
      .array(
        z.object({
          value: z.union([z.string(), z.number(), z.boolean()]).optional(),
          focused: z.boolean().optional(),
        }),
      )
      .optional(),
    custom_id: z.string().optional(),
    values: z.array(z.string()).optional(),
  }),
});
const messageForm = z.object({
  id: snowflake,
  type: z.number(),
  channel_id: snowflake,
  guild_id: snowflake.optional(),
  webhook_id: snowflake.optional(),
  author: someone,
  content: z.string(),
  mentions: z.array(z.object({ id: snowflake })).default([]),
});

const updateOf = (user: string, id: string, act: Act): Update => ({
  kind: "update",
  address: `discord:${user}`,
  id,
  act,
  place: "private",
});

/** Reads an `INTERACTION_CREATE`. */
export function readInteraction(payload: unknown): Happening | undefined {
  const form = interactionForm.safeParse(payload);
  if (!form.success) return undefined;
  const { id, token, type, data, context, guild_id, channel_id } = form.data;
  const user = (form.data.member?.user ?? form.data.user)?.id;
  if (user === undefined) return undefined;
  const handle = { id, token };
  const alone =
    context === undefined || context === null
      ? guild_id === undefined
      : context === InteractionContextType.BotDM;
  const place = { user, channel: channel_id, alone, handle };
  if (type === InteractionType.ApplicationCommand && data.name !== undefined) {
    const rest = String(data.options?.[0]?.value ?? "").trim();
    return {
      kind: "command",
      ...place,
      update: updateOf(user, id, { kind: "command", name: data.name, rest }),
    };
  }
  if (type === InteractionType.MessageComponent) {
    const chosen = data.values?.[0] ?? data.custom_id;
    if (chosen === undefined) return undefined;
    return { kind: "tap", ...place, update: updateOf(user, id, { kind: "tap", token: chosen }) };
  }
  if (type === InteractionType.ApplicationCommandAutocomplete && data.name !== undefined) {
    const focused = data.options?.find((option) => option.focused);
    return { kind: "typing", command: data.name, text: String(focused?.value ?? ""), handle };
  }
  return undefined;
}

/** Reads a `MESSAGE_CREATE`; in a server only what mentions the bot, whose own id is `self`. */
export function readMessage(payload: unknown, self: string): Happening | undefined {
  const form = messageForm.safeParse(payload);
  if (!form.success) return undefined;
  const { id, type, author, content, channel_id, guild_id, mentions, webhook_id } = form.data;
  if (author.bot || author.id === self || webhook_id !== undefined) return undefined;
  if (type !== MessageType.Default && type !== MessageType.Reply) return undefined;
  const alone = guild_id === undefined;
  if (!alone && !mentions.some((mention) => mention.id === self)) return undefined;
  const text = content.replaceAll(`<@${self}>`, " ").replaceAll(`<@!${self}>`, " ").trim();
  const act = actOf(text, alone);
  return {
    kind: "message",
    user: author.id,
    channel: channel_id,
    alone,
    message: id,
    update: updateOf(author.id, id, act),
  };
}

/** Words; a command that was typed as words; or, without any words, a sticker or a bare mention. */
function actOf(text: string, alone: boolean): Act {
  const [, name, rest = ""] = /^\/(\w{1,32})(?:\s+([\s\S]*))?$/.exec(text) ?? [];
  if (name !== undefined) return { kind: "command", name: name.toLowerCase(), rest: rest.trim() };
  if (text !== "") return { kind: "text", text };
  return alone ? { kind: "other" } : { kind: "command", name: "menu", rest: "" };
}
