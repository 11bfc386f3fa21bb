/**
 * Acknowledging at once, and saying how it ended.
 *
 * Discord gives an interaction three seconds, whatever our load, so it is acknowledged before anything else.
 * The answer itself leaves through the outbox as a message in the chat with this person: that carries a
 * nonce, so a repeat after a crash is not seen twice, which an interaction's own answer cannot promise. What
 * was acknowledged therefore waits here for the first message of its answer: in the private chat "is thinking"
 * then disappears, and in a server one line that only this person sees tells where the answer is, or why
 * it cannot be brought.
 */
import { InteractionResponseType, MessageFlags, type REST, Routes } from "discord.js";
import type { Handle, Happening } from "./discord-intake.ts";

/** The channel's own lines; nothing about health is in them. */
export interface DiscordTexts {
  /** In a server: the answer is in the private chat. */
  readonly answered: string;
  /** In a server: why no private message could be sent, and how to open them. */
  readonly closed: string;
  /** It went wrong on our side, please do it once more. */
  readonly failed: string;
  /** What stands in a select before something is picked, at most 150 characters. */
  readonly choose: string;
}

/** How it ended: a message was brought, cannot be brought, or nothing could be stored. */
export type Ending = "answered" | "closed" | "failed";

export interface Answers {
  /** Acknowledges an interaction, and keeps what must hear how it ends. */
  acknowledge(happening: Exclude<Happening, { kind: "typing" }>): void;
  /** Tells all that waits for this person; `channel` is the private chat to lead to. */
  end(user: string, ending: Ending, channel?: string): void;
  /** Resolves once everything that was begun has been told. */
  settled(): Promise<void>;
}

/** `rest` answers interactions; `patienceMs` is how long "is thinking" may stand before it is ended unanswered. */
export function createAnswers(
  rest: REST,
  application: () => string,
  texts: DiscordTexts,
  patienceMs: number,
  failed: (what: string, error: unknown) => void,
): Answers {
  type Tell = (ending: Ending, channel: string | undefined) => Promise<unknown>;
  const waiting = new Map<string, Set<Tell>>();
  const running = new Set<Promise<boolean>>();

  /** Never rejects: tells whether it worked. */
  const attempt = (what: string, work: Promise<unknown>): Promise<boolean> => {
    const done: Promise<boolean> = work
      .then(
        () => true,
        (error) => {
          failed(what, error);
          return false;
        },
      )
      .finally(() => running.delete(done));
    running.add(done);
    return done;
  };
  const line = (ending: Ending, channel: string | undefined) => {
    const link = ending === "answered" && channel ? `\n<https://discord.com/channels/@me/${channel}>` : "";
    return { content: texts[ending] + link, allowed_mentions: { parse: [] } };
  };
  const callback = ({ id, token }: Handle, type: InteractionResponseType, data?: object) =>
    rest.post(Routes.interactionCallback(id, token), {
      body: { type, ...(data ? { data } : {}) },
      auth: false,
    });
  const ephemeral = { flags: MessageFlags.Ephemeral };
  const original = ({ token }: Handle) => Routes.webhookMessage(application(), token);

  /** Begins the acknowledgement; what it returns tells the ending. */
  const begin = (happening: Exclude<Happening, { kind: "typing" }>): Tell => {
    if (happening.kind === "message") {
      const { alone, channel, message } = happening;
      const reply = { message_reference: { message_id: message, fail_if_not_exists: false } };
      return async (ending, lead) => {
        // In the private chat the answer speaks for itself.
        if (alone && ending !== "failed") return;
        const body = { ...line(ending, lead), ...(alone ? {} : reply) };
        await rest.post(Routes.channelMessages(channel), { body });
      };
    }
    const { kind, alone, handle } = happening;
    if (kind === "tap" && alone) {
      const acknowledged = attempt(
        "acknowledging a tap",
        callback(handle, InteractionResponseType.DeferredMessageUpdate),
      );
      return async (ending) => {
        if (ending !== "failed" || !(await acknowledged)) return;
        const body = { ...line(ending, undefined), ...ephemeral };
        await rest.post(Routes.webhook(application(), handle.token), { body, auth: false });
      };
    }
    const acknowledged = attempt(
      "acknowledging a command",
      callback(handle, InteractionResponseType.DeferredChannelMessageWithSource, ephemeral),
    );
    return async (ending, lead) => {
      // An interaction that could not be acknowledged in time takes no answer either.
      if (!(await acknowledged)) return;
      if (alone && ending === "answered") await rest.delete(original(handle), { auth: false });
      else await rest.patch(original(handle), { body: line(ending, lead), auth: false });
    };
  };

  const end: Answers["end"] = (user, ending, channel) => {
    const all = [...(waiting.get(user) ?? [])];
    waiting.get(user)?.clear();
    waiting.delete(user);
    for (const tell of all) attempt("telling how it ended", tell(ending, channel));
  };

  return {
    acknowledge: (happening) => {
      const { user } = happening;
      const tell = begin(happening);
      const all = waiting.get(user) ?? new Set();
      waiting.set(user, all.add(tell));
      setTimeout(() => {
        if (!all.delete(tell)) return;
        if (all.size === 0) waiting.delete(user);
        attempt("ending what stayed without an answer", tell("answered", undefined));
      }, patienceMs).unref();
    },
    end,
    settled: async () => {
      for (const user of [...waiting.keys()]) end(user, "answered");
      while (running.size > 0) await Promise.all(running);
    },
  };
}
