/**
 * What a Telegram update means to the house: a pure reading of what arrives at the border.
 *
 * Only the fields used here are described, loosely, because Telegram adds fields every month. The rules:
 * words, also under a picture, are text; what is forwarded is not the person's own words; a sticker or a
 * voice message is `other`; edits, posts of bots and notices of the chat are ignored. In a group the bot is
 * spoken to by a command, by its name, by a reply to it or by a tap; all else there is not meant for it.
 */
import { z } from "zod";
import type { Act, Address, Update } from "../dialogue/input.ts";

/** Who this bot is and which commands it has told Telegram. */
export interface Me {
  readonly id: number;
  readonly username: string;
  readonly commands: readonly string[];
}

/** A message of the bot whose buttons were used. */
export interface Tapped {
  /** The id by which the tap is answered. */
  readonly query: string;
  readonly chat: number;
  readonly message: number;
}

/** What an update is. `gone` is a chat that blocked or removed the bot. */
export type Reading =
  | { readonly kind: "update"; readonly chat: number; readonly update: Update; readonly tapped?: Tapped }
  | { readonly kind: "gone"; readonly chat: number; readonly address: Address }
  | { readonly kind: "ignored"; readonly why: string };

const Chat = z.looseObject({ id: z.int(), type: z.string() });
const User = z.looseObject({ id: z.int(), is_bot: z.boolean().optional() });
const Entity = z.looseObject({
  type: z.string(),
  offset: z.int().nonnegative(),
  length: z.int().positive(),
  user: User.optional(),
});
const Message = z.looseObject({
  message_id: z.int(),
  chat: Chat,
  from: User.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(Entity).optional(),
  caption_entities: z.array(Entity).optional(),
  reply_to_message: z.looseObject({ from: User.optional() }).optional(),
  migrate_to_chat_id: z.int().optional(),
  forward_origin: z.unknown().optional(),
  forward_date: z.unknown().optional(),
});
const Incoming = z.looseObject({
  update_id: z.int(),
  message: Message.optional(),
  callback_query: z
    .looseObject({
      id: z.string(),
      from: User,
      data: z.string().optional(),
      message: z.looseObject({ message_id: z.int(), chat: Chat }).optional(),
    })
    .optional(),
  my_chat_member: z
    .looseObject({ chat: Chat, new_chat_member: z.looseObject({ status: z.string() }) })
    .optional(),
});
type Message = z.infer<typeof Message>;

/** The kinds of update that are asked of Telegram; all others would only be thrown away. */
export const ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"] as const;

/** What a person can send beside words; every other message without words is a notice of the chat. */
const CONTENT = [
  "sticker voice photo video video_note animation audio document location venue contact poll dice story",
  "checklist game paid_media forward_origin",
]
  .join(" ")
  .split(" ");

/** The address of a Telegram chat. */
export const telegramAddress = (chat: number): Address => `telegram:${chat}`;

/** Reads one update; anything malformed is ignored with a reason that holds none of its words. */
export function readUpdate(raw: unknown, me: Me): Reading {
  const parsed = Incoming.safeParse(raw);
  if (!parsed.success) return { kind: "ignored", why: "malformed" };
  const { update_id, message, callback_query, my_chat_member } = parsed.data;
  const id = String(update_id);
  if (my_chat_member) {
    const { chat, new_chat_member } = my_chat_member;
    const gone = new_chat_member.status === "kicked" || new_chat_member.status === "left";
    return gone
      ? { kind: "gone", chat: chat.id, address: telegramAddress(chat.id) }
      : { kind: "ignored", why: "member" };
  }
  if (callback_query) {
    const { id: query, data, message: on } = callback_query;
    if (data === undefined || !on) return { kind: "ignored", why: "tap without data or message" };
    const update = updateOf(id, on.chat, { kind: "tap", token: data });
    return {
      kind: "update",
      chat: on.chat.id,
      update,
      tapped: { query, chat: on.chat.id, message: on.message_id },
    };
  }
  return message ? readMessage(id, message, me) : { kind: "ignored", why: "kind" };
}

function readMessage(id: string, message: Message, me: Me): Reading {
  const { chat, from, migrate_to_chat_id } = message;
  // A group that became a supergroup lives on under another id; nothing can be said to the old one.
  if (migrate_to_chat_id !== undefined)
    return { kind: "gone", chat: chat.id, address: telegramAddress(chat.id) };
  if (!from || from.is_bot) return { kind: "ignored", why: "not a person" };
  const act = actOf(message, me);
  if (!act) return { kind: "ignored", why: chat.type === "private" ? "notice" : "not addressed" };
  return { kind: "update", chat: chat.id, update: updateOf(id, chat, act) };
}

const updateOf = (id: string, chat: z.infer<typeof Chat>, act: Act): Update => ({
  kind: "update",
  address: telegramAddress(chat.id),
  id,
  act,
  place: chat.type === "private" ? "private" : "group",
});

/** What the person did, or nothing where it was not meant for this bot. */
function actOf(message: Message, me: Me): Act | undefined {
  const written = message.text ?? message.caption ?? "";
  const forwarded = message.forward_origin !== undefined || message.forward_date !== undefined;
  const isPrivate = message.chat.type === "private";
  const command = forwarded ? undefined : commandOf(written);
  if (command) {
    const { to, ...act } = command;
    const toMe = to?.toLowerCase() === me.username.toLowerCase();
    if (isPrivate ? to === undefined || toMe : toMe || (to === undefined && me.commands.includes(act.name)))
      return act;
  }
  const named = mentionsOf(message, me);
  if (!isPrivate && named.length === 0 && message.reply_to_message?.from?.id !== me.id) return undefined;
  const words = without(written, named).trim();
  if (words !== "" && !forwarded) return { kind: "text", text: words };
  const isContent = written !== "" || CONTENT.some((key) => message[key] !== undefined);
  return isContent || message.text !== undefined ? { kind: "other" } : undefined;
}

function commandOf(text: string): (Extract<Act, { kind: "command" }> & { to?: string }) | undefined {
  const found = /^\/([a-z0-9_]{1,32})(?:@([a-z0-9_]+))?(?:\s+([\s\S]*))?$/i.exec(text);
  if (!found?.[1]) return undefined;
  const [, name, to, rest = ""] = found;
  return {
    kind: "command",
    name: name.toLowerCase(),
    rest: rest.trim(),
    ...(to === undefined ? {} : { to }),
  };
}

/** Where the bot is called by its name, from first to last. */
function mentionsOf(message: Message, me: Me): { offset: number; length: number }[] {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  return entities.filter(({ type, offset, length, user }) => {
    if (type === "text_mention") return user?.id === me.id;
    return (
      type === "mention" &&
      text.slice(offset, offset + length).toLowerCase() === `@${me.username.toLowerCase()}`
    );
  });
}

function without(text: string, places: readonly { offset: number; length: number }[]): string {
  return places.reduceRight(
    (rest, { offset, length }) => rest.slice(0, offset) + rest.slice(offset + length),
    text,
  );
}
