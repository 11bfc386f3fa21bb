/**
 * A person and the bot in one conversation, without a store or a channel, under a clock that is handed in.
 * Time passes as in the house: every alarm on the way is handled at its own moment.
 */
import { alarmAt, type Conversation, newConversation } from "../../src/dialogue/conversation.ts";
import type { Act, Input } from "../../src/dialogue/input.ts";
import type { Button, Message } from "../../src/dialogue/message.ts";
import type { TurnResult } from "../../src/dialogue/result.ts";
import type { Script } from "../../src/dialogue/script.ts";
import { turn } from "../../src/dialogue/turn.ts";

const ADDRESS = "test:1";

export interface Talk {
  /** The moment it is (epoch ms). */
  now(): number;
  conversation(): Conversation;
  /** The person types this. */
  say(text: string): readonly Message[];
  /** The person gives a slash command. */
  command(name: string, rest?: string): readonly Message[];
  /** The person taps the newest button that reads so. */
  tap(label: string): readonly Message[];
  /** The person taps a button that was kept. */
  tapToken(token: string): readonly Message[];
  /** Anything else. */
  act(act: Act): readonly Message[];
  /** Time passes; what the bot says meanwhile. */
  later(ms: number): readonly Message[];
  /** The bot was down: time passes and only then its alarms are looked at. */
  away(ms: number): readonly Message[];
  input(input: Input, undelivered?: number): TurnResult;
  /** The buttons of the newest message that has any. */
  buttons(): readonly Button[];
  /** All results so far, for who counts. */
  readonly results: TurnResult[];
}

export function createTalk(
  script: Script,
  start = Date.parse("2026-11-23T19:00:00Z"),
  begun?: Conversation,
): Talk {
  let now = start;
  let conversation = begun ?? newConversation(ADDRESS, now);
  let shown: readonly Button[] = [];
  let updates = 0;
  const results: TurnResult[] = [];

  function input(one: Input, undelivered = 0): TurnResult {
    const result = turn(script, { journal: [], ...conversation }, one, now, undelivered);
    // The store deletes everything that it knew: whoever comes back is new.
    const journal = [...(conversation.journal ?? []), ...result.journal];
    conversation = result.forget ? newConversation(ADDRESS, now) : { ...result.conversation, journal };
    results.push(result);
    for (const message of result.messages) if (message.buttons.length > 0) shown = message.buttons;
    return result;
  }
  const act = (done: Act): readonly Message[] => {
    updates += 1;
    now += 1;
    return input({ kind: "update", address: ADDRESS, id: String(updates), act: done, place: "private" })
      .messages;
  };
  const alarm = () => input({ kind: "alarm", address: ADDRESS }).messages;

  return {
    results,
    input,
    act,
    now: () => now,
    conversation: () => conversation,
    say: (text) => act({ kind: "text", text }),
    command: (name, rest = "") => act({ kind: "command", name, rest }),
    tapToken: (token) => act({ kind: "tap", token }),
    tap(label) {
      const button = shown.find((b) => b.label === label);
      if (!button)
        throw new Error(`There is no button "${label}" now, only: ${shown.map((b) => b.label).join(", ")}.`);
      return act({ kind: "tap", token: button.token });
    },
    later(ms) {
      const until = now + ms;
      const said: Message[] = [];
      for (let at = alarmAt(conversation); at !== undefined && at <= until; at = alarmAt(conversation)) {
        now = at;
        said.push(...alarm());
      }
      now = until;
      return said;
    },
    away(ms) {
      now += ms;
      const at = alarmAt(conversation);
      return at !== undefined && at <= now ? alarm() : [];
    },
    buttons: () => shown,
  };
}
