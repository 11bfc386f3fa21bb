/**
 * The routes of a fake Discord's REST that this bot uses, as functions of its world, with their refusals.
 *
 * It keeps what people would see (`world.messages`), so a test asks what is on the screen and not which
 * requests were made.
 */
import {
  type Command,
  invalidForm,
  type Posted,
  type Refusal,
  refusal,
  refuseCommands,
  refuseMessage,
} from "./fake-discord-limits.ts";
import type { FakeFile, FakeMessage, World } from "./fake-discord-world.ts";

export interface Request {
  readonly params: string[];
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly files: { name: string; bytes: Uint8Array }[];
}

export type Answer = { status: number; body?: unknown };
const ok = (body: unknown): Answer => ({ status: 200, body });
const none: Answer = { status: 204 };
const EPHEMERAL = 1 << 6;
const FIRST_ANSWER_MS = 3_000;

const shown = (message: FakeMessage) => ({
  id: message.id,
  channel_id: message.channel,
  content: message.content,
  components: message.components,
  type: 0,
  attachments: message.files.map((file, index) => ({ id: String(index), filename: file.name })),
});

/** The routes, as functions of the world. */
export function routes(
  world: World,
): [string, RegExp, (request: Request) => Answer | Refusal, open?: boolean][] {
  const add = (message: FakeMessage) => {
    world.messages.push(message);
    return message;
  };
  const attach = (posted: Posted, files: Request["files"]): FakeFile[] =>
    files.map((file, index) => {
      const described = posted.attachments?.find((attachment) => Number(attachment.id) === index);
      return {
        ...file,
        ...(described?.description === undefined ? {} : { description: described.description }),
      };
    });
  const edit = (message: FakeMessage | undefined, posted: Posted, files: Request["files"]) => {
    if (message === undefined || !world.messages.includes(message))
      return refusal(404, 10008, "Unknown Message");
    const wrong = refuseMessage(posted, files.length, false);
    if (wrong) return wrong;
    if (posted.content !== undefined) message.content = posted.content;
    if (posted.components !== undefined) message.components = posted.components;
    if (files.length > 0) message.files = attach(posted, files);
    message.thinking = false;
    return ok(shown(message));
  };
  const remove = (message: FakeMessage | undefined) => {
    const index = message === undefined ? -1 : world.messages.indexOf(message);
    if (index < 0) return refusal(404, 10008, "Unknown Message");
    world.messages.splice(index, 1);
    return none;
  };
  const post = (channel: string, posted: Posted, files: Request["files"], onlyFor?: string) => {
    const wrong = refuseMessage(posted, files.length, true);
    if (wrong) return wrong;
    const reply = posted.message_reference?.message_id;
    return add({
      id: world.id(),
      channel,
      content: posted.content?.trim() ?? "",
      components: posted.components ?? [],
      files: attach(posted, files),
      ...(onlyFor === undefined ? {} : { onlyFor }),
      ...(reply === undefined ? {} : { replyTo: reply }),
    });
  };
  const original = (token: string) => world.interactions.get(token)?.message;

  return [
    [
      "GET",
      /^\/gateway\/bot$/,
      () =>
        ok({
          url: world.gatewayUrl(),
          shards: world.shards,
          session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 16 },
        }),
    ],
    ["GET", /^\/users\/@me$/, () => ok({ id: world.botId, username: "Rustpunt", bot: true })],
    [
      "GET",
      /^\/applications\/(\d+)\/commands$/,
      ({ query }) =>
        // Without this question the real one leaves all localisations out.
        ok(
          query.get("with_localizations") === "true"
            ? world.commands
            : world.commands.map(({ description_localizations: _, ...command }) => command),
        ),
    ],
    [
      "PUT",
      /^\/applications\/(\d+)\/commands$/,
      ({ body }) => {
        const commands = body as unknown as Command[];
        const wrong = refuseCommands(commands);
        if (wrong) return wrong;
        // The real one answers with ids and defaults of its own, which a comparison must see through.
        const kept = commands.map((command) => ({
          ...command,
          id: world.id(),
          version: world.id(),
          type: command.type ?? 1,
          application_id: world.botId,
          name_localizations: command.name_localizations ?? null,
          description_localizations: command.description_localizations ?? null,
          default_member_permissions: null,
          nsfw: false,
          dm_permission: true,
        }));
        world.commands.splice(0, world.commands.length, ...kept);
        return ok(kept);
      },
    ],
    [
      "POST",
      /^\/users\/@me\/channels$/,
      ({ body }) => {
        const user = String(body.recipient_id);
        if (!/^\d{5,20}$/.test(user))
          return invalidForm("recipient_id", "NUMBER_TYPE_COERCE", "Not a snowflake.");
        return ok({ id: world.dmChannel(user), type: 1, recipients: [{ id: user }] });
      },
    ],
    [
      "POST",
      /^\/channels\/(\d+)\/messages$/,
      ({ params: [channel = ""], body, files }) => {
        const posted = body as Posted;
        if (!world.knows(channel)) return refusal(404, 10003, "Unknown Channel");
        const user = world.recipient(channel);
        const closed = user === undefined ? undefined : world.closed.get(user);
        if (closed !== undefined) return refusal(403, closed, "Cannot send messages to this user");
        const nonce = posted.nonce === undefined ? undefined : `${channel}/${posted.nonce}`;
        const before = posted.enforce_nonce && nonce !== undefined ? world.nonces.get(nonce) : undefined;
        if (before !== undefined) return ok(shown(before));
        const message = post(channel, posted, files);
        if ("status" in message) return message;
        if (nonce !== undefined) world.nonces.set(nonce, message);
        return ok(shown(message));
      },
    ],
    [
      "PATCH",
      /^\/channels\/(\d+)\/messages\/(\d+)$/,
      ({ params: [channel, id], body, files }) =>
        edit(
          world.messages.find((m) => m.channel === channel && m.id === id && !m.onlyFor),
          body as Posted,
          files,
        ),
    ],
    [
      "DELETE",
      /^\/channels\/(\d+)\/messages\/(\d+)$/,
      ({ params: [channel, id] }) =>
        remove(world.messages.find((m) => m.channel === channel && m.id === id && !m.onlyFor)),
    ],
    ["POST", /^\/channels\/(\d+)\/typing$/, () => none],
    [
      "POST",
      /^\/interactions\/(\d+)\/([^/]+)\/callback$/,
      ({ params: [id, token = ""], body }) => {
        const interaction = world.interactions.get(token);
        const afterMs = Date.now() - (interaction?.at ?? 0);
        if (interaction === undefined || interaction.id !== id || afterMs > FIRST_ANSWER_MS) {
          return refusal(404, 10062, "Unknown interaction");
        }
        if (interaction.answered) return refusal(400, 40060, "Interaction has already been acknowledged.");
        const data = (body.data ?? {}) as Posted & { choices?: { name: string; value: string }[] };
        const type = Number(body.type);
        if ((data.choices?.length ?? 0) > 25)
          return invalidForm("choices", "BASE_TYPE_MAX_LENGTH", "25 at most.");
        if (data.choices?.some(({ name, value }) => name.length > 100 || value.length > 100 || name === "")) {
          return invalidForm("choices", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
        }
        const onlyFor = ((data.flags ?? 0) & EPHEMERAL) === 0 ? undefined : interaction.user;
        if (type === 4) {
          const message = post(interaction.channel, data, [], onlyFor);
          if ("status" in message) return message;
          interaction.message = message;
        } else if (type === 5) {
          interaction.message = add({
            id: world.id(),
            channel: interaction.channel,
            content: "",
            components: [],
            files: [],
            thinking: true,
            ...(onlyFor === undefined ? {} : { onlyFor }),
          });
        } else if (![6, 7, 8].includes(type))
          return invalidForm("type", "BASE_TYPE_CHOICES", "Unknown type.");
        interaction.answered = { type, afterMs, ...(data.choices ? { choices: data.choices } : {}) };
        return none;
      },
      true,
    ],
    [
      "PATCH",
      /^\/webhooks\/\d+\/([^/]+)\/messages\/@original$/,
      ({ params: [token = ""], body, files }) => edit(original(token), body as Posted, files),
      true,
    ],
    [
      "DELETE",
      /^\/webhooks\/\d+\/([^/]+)\/messages\/@original$/,
      ({ params: [token = ""] }) => remove(original(token)),
      true,
    ],
    [
      "POST",
      /^\/webhooks\/\d+\/([^/]+)$/,
      ({ params: [token = ""], body, files }) => {
        const interaction = world.interactions.get(token);
        if (interaction?.answered === undefined) return refusal(404, 10015, "Unknown Webhook");
        const posted = body as Posted;
        const onlyFor = ((posted.flags ?? 0) & EPHEMERAL) === 0 ? undefined : interaction.user;
        const message = post(interaction.channel, posted, files, onlyFor);
        return "status" in message ? message : ok(shown(message));
      },
      true,
    ],
  ];
}
