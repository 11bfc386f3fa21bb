/**
 * One message on its way to one Telegram chat.
 *
 * Words leave as plain text with entities, which nothing a person typed can break. A picture is uploaded
 * once and sent by its file id from then on. A message of several parts remembers, under its nonce, which
 * parts are said, so that a second attempt goes on where the first one ended.
 */
import { type Api, InputFile } from "grammy";
import { chatOf } from "../dialogue/input.ts";
import type { Capabilities, Delivery, Picture, Sent } from "./channel.ts";
import { toEntities } from "./forms.ts";
import { type Part, render } from "./render.ts";
import { attempt, CallFailed, isGone, isWrongFile, outboxError, type Trouble } from "./telegram-trouble.ts";

/** Telegram's limits. It counts code points; UTF-16 units are never fewer, so counting those is safe. */
export const TELEGRAM: Capabilities = {
  form: "entities",
  textMax: 4096,
  captionMax: 1024,
  unit: "utf16",
  // A keyboard may weigh about 10 kB: sixty buttons with the longest label and token stay below it.
  buttonsPerRow: 4,
  buttonRows: 15,
  labelMax: 40,
  rowWidth: 30,
  selectMax: 0,
  countdown: false,
};

/** File ids of pictures that Telegram has already, by a key of the bot and the picture's bytes. */
export interface Uploads {
  get(key: string): Promise<string | undefined> | string | undefined;
  set(key: string, fileId: string): Promise<void> | void;
}

export interface Sender {
  /** As `Channel.send`. */
  send(delivery: Delivery): Promise<Sent>;
  /** Takes the buttons of a message away, once; whether that works is of no weight. */
  clear(chat: number, message: number): Promise<void>;
}

/** How many half-said messages and cleared keyboards are remembered. */
const REMEMBERED = 1_000;

export function createSender(api: Api, botId: string, uploads: Uploads): Sender {
  const said = new Map<string, number>();
  const cleared = new Map<string, true>();
  let flood: { chat: number; until: number } | undefined;

  async function sendPart(chat: number, part: Part, picture: Picture | undefined): Promise<number> {
    const { text, entities } = toEntities(part.blocks);
    const keyboard = part.rows.map((row) =>
      row.map(({ label, token }) => ({ text: label, callback_data: token })),
    );
    const markup = keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {};
    const sendText = (styled: boolean): Promise<number> =>
      attempt("sendMessage", async () => {
        const other = {
          ...markup,
          ...(styled ? { entities } : {}),
          link_preview_options: { is_disabled: true },
        };
        return (await api.sendMessage(chat, text, other)).message_id;
      });
    try {
      if (picture && part.picture)
        return await sendPicture(chat, picture, { ...markup, caption: text, caption_entities: entities });
      return await sendText(true);
    } catch (error) {
      // What is wrong with the styles or the picture is ours to mend; the words are for the person.
      if (!(error instanceof CallFailed) || !isMendable(error.trouble) || text === "") throw error;
      return await sendText(false);
    }
  }

  async function sendPicture(chat: number, picture: Picture, other: object): Promise<number> {
    const key = `${botId}:${picture.hash}`;
    const show = picture.gif
      ? async (file: string | InputFile) => {
          const sent = await attempt("sendAnimation", () => api.sendAnimation(chat, file, other));
          return { message: sent.message_id, fileId: sent.animation?.file_id };
        }
      : async (file: string | InputFile) => {
          const sent = await attempt("sendPhoto", () => api.sendPhoto(chat, file, other));
          return { message: sent.message_id, fileId: sent.photo.at(-1)?.file_id };
        };
    const known = await uploads.get(key);
    if (known !== undefined) {
      try {
        return (await show(known)).message;
      } catch (error) {
        if (!(error instanceof CallFailed) || !isWrongFile(error.trouble)) throw error;
      }
    }
    const bytes = await (picture.gif?.() ?? picture.png);
    const { message, fileId } = await show(new InputFile(bytes, nameOf(picture)));
    if (fileId !== undefined) await uploads.set(key, fileId);
    return message;
  }

  async function sendAll(chat: number, delivery: Delivery): Promise<Sent> {
    const { message, picture, file, nonce } = delivery;
    const parts = render(message, TELEGRAM);
    const steps: (() => Promise<number>)[] = parts.map((part) => () => sendPart(chat, part, picture));
    if (file) {
      const document = (): InputFile => new InputFile(file.bytes, file.name);
      steps.unshift(
        async () => (await attempt("sendDocument", () => api.sendDocument(chat, document()))).message_id,
      );
    }
    let last = 0;
    for (const [i, step] of steps.entries()) {
      if (i < (said.get(nonce) ?? 0)) continue;
      last = await step();
      if (i < steps.length - 1) remember(said, nonce, i + 1);
    }
    said.delete(nonce);
    return (parts.at(-1)?.rows.length ?? 0) > 0 ? { buttons: String(last) } : {};
  }

  /** A second chat that is told to wait while a first one still must: the whole bot is too fast. */
  function floodScope(chat: number, { retryAfter = 5 }: Trouble): "address" | "channel" {
    const now = performance.now();
    const others = flood !== undefined && flood.chat !== chat && flood.until > now;
    flood = { chat, until: now + retryAfter * 1000 };
    return others ? "channel" : "address";
  }

  const clear = async (chat: number, message: number): Promise<void> => {
    const key = `${chat}:${message}`;
    if (cleared.has(key)) return;
    remember(cleared, key, true);
    await attempt("editMessageReplyMarkup", () => api.editMessageReplyMarkup(chat, message)).catch(
      (error) => {
        // "Not modified" and "not found" are as good as done; anything else may work another time.
        if (!(error instanceof CallFailed) || error.trouble.code !== 400) cleared.delete(key);
      },
    );
  };

  return {
    clear,
    async send(delivery) {
      const chat = Number(chatOf(delivery.address));
      try {
        const sent = await sendAll(chat, delivery).catch((error: unknown) => {
          // A group that became a supergroup is written to under its new id.
          const movedTo = error instanceof CallFailed ? error.trouble.movedTo : undefined;
          if (movedTo === undefined) throw error;
          return sendAll(movedTo, delivery);
        });
        if (delivery.retire !== undefined) await clear(chat, Number(delivery.retire));
        return sent;
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        const scope = error.trouble.code === 429 ? floodScope(chat, error.trouble) : "address";
        throw outboxError(error, scope);
      }
    },
  };
}

const nameOf = ({ hash, gif }: Picture): string => `${hash}.${gif ? "gif" : "png"}`;

const isMendable = (trouble: Trouble): boolean =>
  trouble.code === 400 && !isGone(trouble) && trouble.movedTo === undefined;

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value);
  if (map.size <= REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
