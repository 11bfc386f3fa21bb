/** Gateway payloads in the form that Discord's own were recorded in, with the fields we do not read as well. */
import type { FakeInteraction, FakeMessage } from "./fake-discord-world.ts";

/** Where a person stands: in the chat with the bot, in a server, or in a chat with somebody else. */
export type Place = "dm" | "server" | "elsewhere";

export const SERVER = "81384788765712384";

const botOf = (id: string) => ({ id, username: "Rustpunt", discriminator: "0", bot: true, avatar: null });

const personOf = (id: string) => ({
  id,
  username: `person${id.slice(-4)}`,
  global_name: "Iemand",
  discriminator: "0",
  avatar: null,
  public_flags: 0,
});

export const memberOf = (user: string) => ({
  user: personOf(user),
  roles: [],
  joined_at: "2024-01-02T03:04:05.000000+00:00",
  deaf: false,
  mute: false,
  flags: 0,
  permissions: "2147483647",
});

export const readyPayload = (botId: string) => ({
  user: { ...botOf(botId), verified: true, mfa_enabled: false, email: null, flags: 0 },
  guilds: [{ id: SERVER, unavailable: true }],
  application: { id: botId, flags: 0 },
  user_settings: {},
  private_channels: [],
});

export const messagePayload = (id: string, user: string, channel: string, text: string) => ({
  id,
  type: 0,
  channel_id: channel,
  author: personOf(user),
  content: text,
  timestamp: "2026-11-22T08:00:00.000000+00:00",
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [] as unknown[],
  mention_roles: [],
  attachments: [],
  embeds: [],
  pinned: false,
  flags: 0,
  components: [] as unknown[],
});

const CHANNEL_TYPES = { dm: 1, server: 0, elsewhere: 3 };
const CONTEXTS = { dm: 1, server: 0, elsewhere: 2 };

export function interactionPayload(
  botId: string,
  { id, token, user, channel }: FakeInteraction,
  place: Place,
  type: number,
  data: unknown,
  message?: FakeMessage,
) {
  const who =
    place === "server"
      ? { guild_id: SERVER, guild_locale: "nl", member: memberOf(user) }
      : { user: personOf(user) };
  const on = message && {
    ...messagePayload(message.id, botId, channel, message.content),
    author: botOf(botId),
    components: message.components,
  };
  return {
    id,
    application_id: botId,
    type,
    token,
    version: 1,
    channel_id: channel,
    channel: { id: channel, type: CHANNEL_TYPES[place] },
    context: CONTEXTS[place],
    ...who,
    locale: "nl",
    app_permissions: "562949953601536",
    entitlements: [],
    authorizing_integration_owners: { "0": place === "server" ? SERVER : "0" },
    attachment_size_limit: 10_485_760,
    data,
    ...(on ? { message: on } : {}),
  };
}
