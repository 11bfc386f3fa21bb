/** Turns and messages for tests of the store, and what they left behind. */
import { randomBytes } from "node:crypto";
import type { Conversation } from "../../src/dialogue/conversation.ts";
import type { Address } from "../../src/dialogue/input.ts";
import type { Message } from "../../src/dialogue/message.ts";
import type { Reminder } from "../../src/dialogue/reminder.ts";
import type { TurnResult } from "../../src/dialogue/result.ts";
import { createSeal } from "../../src/store/seal.ts";
import type { Store } from "../../src/store/store.ts";
import type { Step } from "../../src/store/turns.ts";

export const NOW = Date.UTC(2026, 4, 4, 12);
export const ANNA: Address = "telegram:1";
export const BRAM: Address = "telegram:2";
export const seal = createSeal([randomBytes(32)]);

/** A message, a reply unless told otherwise. */
export const say = (text: string, more: Partial<Message> = {}): Message => ({
  text,
  buttons: [],
  lane: "reply",
  ...more,
});

/** What a turn leaves that only counts itself, and `more`. */
export const leave = (conversation: Conversation, more: Partial<TurnResult> = {}): TurnResult => ({
  conversation: { ...conversation, state: { ...conversation.state, turn: conversation.state.turn + 1 } },
  messages: [],
  journal: [],
  hush: false,
  forget: false,
  counts: [],
  ...more,
});

/** Says how many turns there were before it. */
export const count: Step = (conversation) =>
  leave(conversation, { messages: [say(`${conversation.state.turn}`)] });

export const evening: Reminder = {
  id: "r1",
  flow: "nek",
  recurrence: { days: [1, 2], times: ["21:00"] },
  zone: "Europe/Amsterdam",
  dueAt: NOW + 9 * 3_600_000,
};

/** What is stored of somebody, as the next turn finds it. */
export async function find(
  store: Store,
  address: Address,
): Promise<{ conversation: Conversation; undelivered: number }> {
  let found: { conversation: Conversation; undelivered: number } | undefined;
  await store.transact(address, undefined, NOW, (conversation, undelivered) => {
    found = { conversation, undelivered };
    return undefined;
  });
  if (!found) throw new Error("no step was run");
  return found;
}

export const OUTBOX = { channels: ["telegram"], bulk: { most: 100, pauseMs: 0 } };

/** Delivers all that waits, one at a time; the texts in the order in which they left. */
export async function deliverAll(store: Store): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const claims = await store.claimDeliveries(NOW, 100, 1000, OUTBOX);
    if (claims.length === 0) return texts;
    for (const claim of claims) {
      texts.push(claim.message.text);
      await store.delivered(claim, {});
    }
  }
}
