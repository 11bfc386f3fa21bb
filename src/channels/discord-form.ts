/** A rendered part in Discord's own form: content, rows of buttons or a select, and files with their alt text. */
import { createHash } from "node:crypto";
import { ButtonStyle, ComponentType, type RawFile, type RESTPostAPIChannelMessageJSONBody } from "discord.js";
import type { Capabilities, Delivery, Picture } from "./channel.ts";
import { toDiscord } from "./forms.ts";
import { type Part, render } from "./render.ts";

/** Discord's limits; more than five choices become a select, which suits a thumb better than rows of buttons. */
export const DISCORD: Capabilities = {
  form: "discord",
  textMax: 2000,
  captionMax: 2000,
  unit: "utf16",
  buttonsPerRow: 5,
  buttonRows: 1,
  labelMax: 80,
  rowWidth: 80,
  selectMax: 25,
  countdown: true,
};

const ALT_MAX = 1024;
const NONCE_MAX = 25;

/** One message as Discord wants it posted. */
export interface Form {
  readonly body: RESTPostAPIChannelMessageJSONBody;
  readonly files: RawFile[];
}

/** The forms of a delivery, in order; `choose` stands in a select before something is picked. */
export async function formsOf(delivery: Delivery, choose: string): Promise<Form[]> {
  const parts = render(delivery.message, DISCORD);
  const pictures = delivery.picture ? [await pictureFile(delivery.picture)] : [];
  const bare: Part = { blocks: [], rows: [], options: [], picture: false };
  const needed = parts.length === 0 && delivery.file ? [bare] : parts;
  return needed.map((part, index) => {
    const last = index === needed.length - 1;
    const attached = [
      ...(part.picture ? pictures : []),
      ...(last && delivery.file
        ? [{ name: delivery.file.name, data: delivery.file.bytes, alt: undefined }]
        : []),
    ];
    const components = componentsOf(part, choose);
    return {
      body: {
        content: toDiscord(part.blocks),
        ...(components.length > 0 ? { components } : {}),
        nonce: nonceOf(delivery.nonce, index),
        enforce_nonce: true,
        allowed_mentions: { parse: [] },
        attachments: attached.map(({ name, alt }, id) => ({
          id,
          filename: name,
          ...(alt === undefined ? {} : { description: alt.slice(0, ALT_MAX) }),
        })),
      },
      files: attached.map(({ name, data }) => ({ name, data: Buffer.from(data) })),
    };
  });
}

const pictureFile = async (picture: Picture) => ({
  name: `${picture.hash.slice(0, 16)}.${picture.gif ? "gif" : "png"}`,
  data: await (picture.gif?.() ?? picture.png),
  alt: picture.alt,
});

function componentsOf(
  part: Part,
  choose: string,
): NonNullable<RESTPostAPIChannelMessageJSONBody["components"]> {
  if (part.options.length > 0) {
    const options = part.options.map(({ label, token }) => ({ label, value: token }));
    const select = {
      type: ComponentType.StringSelect as const,
      custom_id: "choose",
      options,
      ...(choose === "" ? {} : { placeholder: choose }),
    };
    return [{ type: ComponentType.ActionRow, components: [select] }];
  }
  return part.rows.map((row) => ({
    type: ComponentType.ActionRow,
    components: row.map(({ label, token }) => ({
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      label,
      custom_id: token,
    })),
  }));
}

/** Each part has a nonce of its own that is the same at every attempt, by which Discord knows a repeat. */
function nonceOf(nonce: string, part: number): string {
  if (part === 0 && nonce.length <= NONCE_MAX) return nonce;
  return createHash("sha256").update(`${nonce}/${part}`).digest("base64url").slice(0, NONCE_MAX);
}
