/**
 * The methods of the fake Bot API and the world they act upon: chats, files, settings, updates that wait.
 */
import type { IncomingMessage } from "node:http";
import {
  ApiError,
  checkCommands,
  checkKeyboard,
  checkText,
  type Entity,
  type KeyboardButton,
} from "./fake-telegram-rules.ts";

/** A message that the bot sent, as the person sees it now. */
export interface SeenMessage {
  readonly id: number;
  readonly text: string;
  readonly entities: readonly Entity[];
  /** The file id of the picture. */
  readonly photo?: string;
  /** The file id of the moving picture. */
  readonly animation?: string;
  readonly document?: { readonly name: string; readonly text: string };
  keyboard: KeyboardButton[][];
}

/** All that a Bot API server remembers. */
export interface World {
  readonly chats: Map<number, SeenMessage[]>;
  readonly blocked: Set<number>;
  readonly queries: Map<string, "open" | "answered">;
  readonly files: Set<string>;
  readonly settings: Map<string, unknown>;
  updates: { update_id: number; [kind: string]: unknown }[];
  webhook: { url: string; secret: string } | undefined;
  /** Ends the poll that is held, with nothing new or because another one began. */
  poller: ((overtaken: boolean) => void) | undefined;
  nextMessage: number;
  /** Called when something changed outside a call. */
  changed(): void;
  /** Called when a webhook was set. */
  deliverAll(): void;
}

interface Attachment {
  readonly name: string;
  readonly text: string;
}

/** Files that came with a call, by the name under which a parameter points to them. */
export type Attached = Map<string, Attachment>;

export type Method = (payload: Record<string, unknown>, attached: Attached) => unknown;

export const ME = { id: 4242, is_bot: true, first_name: "Rustpunt", username: "RustpuntBot" };

/** A chat as Telegram describes it; groups have negative ids. */
export const chatOf = (id: number) => ({ id, type: id < 0 ? "supergroup" : "private" });

/** The methods by name; they throw `ApiError` where Telegram would refuse. */
export function createMethods(world: World): Record<string, Method> {
  async function getUpdates(offset: number, timeout: number, limit: number): Promise<unknown> {
    if (world.webhook)
      throw new ApiError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook",
      );
    world.updates = world.updates.filter(({ update_id }) => update_id >= offset);
    world.changed();
    world.poller?.(true);
    if (world.updates.length === 0 && timeout > 0) {
      const overtaken = await new Promise<boolean>((resolve) => {
        world.poller = resolve;
        setTimeout(() => resolve(false), timeout * 1000).unref();
      });
      if (overtaken) throw new ApiError(409, "Conflict: terminated by other getUpdates request");
      world.poller = undefined;
    }
    return world.updates.slice(0, limit);
  }

  const writableChat = (payload: Record<string, unknown>): number => {
    const chat = Number(payload.chat_id);
    if (!world.chats.has(chat)) throw new ApiError(400, "Bad Request: chat not found");
    if (world.blocked.has(chat)) throw new ApiError(403, "Forbidden: bot was blocked by the user");
    return chat;
  };

  function post(chat: number, message: Omit<SeenMessage, "id">) {
    const id = world.nextMessage++;
    world.chats.get(chat)?.push({ id, ...message });
    return { message_id: id, date: Math.floor(Date.now() / 1000), chat: chatOf(chat), from: ME };
  }

  const fileOf = (value: unknown, attached: Attached): Attachment | undefined =>
    attached.get(/^attach:\/\/(.+)$/.exec(String(value))?.[1] ?? "");

  /** A picture that is uploaded or known, of this kind only, with its caption. */
  function pictured(kind: "photo" | "animation", payload: Record<string, unknown>, attached: Attached) {
    const chat = writableChat(payload);
    checkText(payload.caption, payload.caption_entities, 1024, "caption");
    const keyboard = checkKeyboard(payload.reply_markup);
    const file = fileOf(payload[kind], attached);
    const id = file ? `${kind}-${world.files.size + 1}` : String(payload[kind]);
    if (file) world.files.add(id);
    if (!world.files.has(id) || !id.startsWith(kind))
      throw new ApiError(400, "Bad Request: wrong remote file identifier specified: Wrong padding length");
    const entities = (payload.caption_entities ?? []) as Entity[];
    return { chat, caption: { text: String(payload.caption ?? ""), entities, keyboard }, id };
  }

  return {
    getMe: () => ME,
    getUpdates: ({ offset, timeout, limit }) =>
      getUpdates(Number(offset ?? 0), Number(timeout ?? 0), Number(limit ?? 100)),
    setWebhook({ url, secret_token }) {
      const { protocol, hostname } = new URL(String(url));
      if (protocol !== "https:" && hostname !== "127.0.0.1")
        throw new ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
      world.webhook = { url: String(url), secret: String(secret_token) };
      world.deliverAll();
      return true;
    },
    deleteWebhook() {
      world.webhook = undefined;
      return true;
    },
    sendMessage(payload) {
      const chat = writableChat(payload);
      checkText(payload.text, payload.entities, 4096, "message");
      const keyboard = checkKeyboard(payload.reply_markup);
      return post(chat, {
        text: String(payload.text),
        entities: (payload.entities ?? []) as Entity[],
        keyboard,
      });
    },
    sendPhoto(payload, attached) {
      const { chat, caption, id } = pictured("photo", payload, attached);
      const sent = post(chat, { ...caption, photo: id });
      return { ...sent, photo: [{ file_id: `${id}-small` }, { file_id: id }] };
    },
    sendAnimation(payload, attached) {
      const { chat, caption, id } = pictured("animation", payload, attached);
      const sent = post(chat, { ...caption, animation: id });
      return { ...sent, animation: { file_id: id }, document: { file_id: id } };
    },
    sendDocument(payload, attached) {
      const chat = writableChat(payload);
      const file = fileOf(payload.document, attached);
      if (!file) throw new ApiError(400, "Bad Request: wrong remote file identifier specified");
      return post(chat, {
        text: "",
        entities: [],
        keyboard: checkKeyboard(payload.reply_markup),
        document: file,
      });
    },
    editMessageReplyMarkup(payload) {
      const message = world.chats.get(writableChat(payload))?.find(({ id }) => id === payload.message_id);
      if (!message) throw new ApiError(400, "Bad Request: message to edit not found");
      const keyboard = checkKeyboard(payload.reply_markup);
      if (JSON.stringify(keyboard) === JSON.stringify(message.keyboard))
        throw new ApiError(400, "Bad Request: message is not modified");
      message.keyboard = keyboard;
      return true;
    },
    answerCallbackQuery({ callback_query_id }) {
      const id = String(callback_query_id);
      if (world.queries.get(id) !== "open")
        throw new ApiError(
          400,
          "Bad Request: query is too old and response timeout expired or query ID is invalid",
        );
      world.queries.set(id, "answered");
      return true;
    },
    sendChatAction: (payload) => writableChat(payload) !== 0,
    getMyCommands: ({ language_code = "" }) => world.settings.get(`commands ${language_code}`) ?? [],
    setMyCommands({ commands, language_code = "" }) {
      checkCommands(commands);
      world.settings.set(`commands ${language_code}`, commands);
      return true;
    },
    getMyDescription: () => ({ description: world.settings.get("description") ?? "" }),
    setMyDescription: ({ description }) => world.settings.set("description", description) && true,
    getMyShortDescription: () => ({ short_description: world.settings.get("short") ?? "" }),
    setMyShortDescription: ({ short_description }) => world.settings.set("short", short_description) && true,
  };
}

/** The payload of a call, of JSON or of a form with files. */
export async function readPayload(
  request: IncomingMessage,
): Promise<{ payload: Record<string, unknown>; files: Attached }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const files: Attached = new Map();
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(request.headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) return { payload: body.length > 0 ? JSON.parse(body.toString()) : {}, files };
  const payload: Record<string, unknown> = {};
  // Latin-1 keeps every byte, so the parts can be cut out of a string.
  for (const part of body.toString("latin1").split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf("\r\n\r\n");
    const [, name = ""] = /[; ]name="([^"]*)"/.exec(part.slice(0, end)) ?? [];
    const [, filename] = /filename="?([^"\r\n]+)/.exec(part.slice(0, end)) ?? [];
    const content = Buffer.from(part.slice(end + 4, -2), "latin1");
    if (filename !== undefined) files.set(name, { name: filename, text: content.toString() });
    else
      payload[name] =
        name === "caption" || !/^[[{]/.test(`${content}`) ? `${content}` : JSON.parse(`${content}`);
  }
  return { payload, files };
}
