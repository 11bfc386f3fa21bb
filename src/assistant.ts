/**
 * The one door: whatever comes in, an update, an alarm, a person who is gone, becomes one turn in the store.
 *
 * `receive` resolves once everything is stored, and only then may a platform be told that it was handled.
 * Afterwards outbox and scheduler are nudged: what the turn promised leaves at once.
 */
import type { Conversation } from "./dialogue/conversation.ts";
import { alarmAt } from "./dialogue/conversation.ts";
import type { Address, Input, Linked } from "./dialogue/input.ts";
import type { LinkWish, TurnResult } from "./dialogue/result.ts";
import type { Script } from "./dialogue/script.ts";
import { parked, turn } from "./dialogue/turn.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Store } from "./store/store.ts";

export interface Assistant {
  /** Handles one input; rejects when it could not be stored, and then nothing of it is. */
  receive(input: Input): Promise<void>;
}

export interface AssistantOptions {
  readonly script: Script;
  readonly store: Pick<Store, "transact" | "createLinkCode" | "redeemLinkCode" | "unlink">;
  /** A code that nobody can guess, four letters and four figures. */
  readonly newCode: () => string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: Pick<Logger, "error">;
  readonly metrics: Pick<Metrics, "count" | "turns" | "lateness">;
  /** There is something to deliver. */
  readonly promised: () => void;
  /** The conversation that was just stored has its alarm at this moment. */
  readonly alarmSet: (at: number) => void;
}

export function createAssistant(options: AssistantOptions): Assistant {
  const { script, store, now, log, metrics } = options;

  /** A turn that fails is our fault: the person is told kindly, and the talk is not stuck on it. */
  function think(conversation: Conversation, input: Input, at: number, undelivered: number): TurnResult {
    try {
      return turn(script, conversation, input, at, undelivered);
    } catch (err) {
      const frame = conversation.state.frames.at(-1);
      log.error(
        { err, input: input.kind, flow: frame?.flow, node: frame?.node },
        "a turn failed and was parked",
      );
      return parked(script, conversation, at);
    }
  }

  /** Does what a turn asked about this address and its person; the outcome is an input of its own. */
  async function link(address: Address, wish: LinkWish): Promise<void> {
    const done = async (): Promise<Omit<Linked, "kind" | "address">> => {
      switch (wish.kind) {
        case "code": {
          const code = options.newCode();
          await store.createLinkCode(address, code, now());
          return { outcome: "code", code };
        }
        case "redeem":
          return { outcome: await store.redeemLinkCode(address, wish.code, now()) };
        case "unlink":
          return { outcome: (await store.unlink(address)) ? "unlinked" : "alone" };
      }
    };
    const outcome = await done().catch((err): { outcome: "failed" } => {
      log.error({ err }, "joining two addresses failed; the person is told");
      return { outcome: "failed" };
    });
    await receive({ kind: "linked", address, ...outcome });
  }

  return { receive };

  async function receive(input: Input): Promise<void> {
    const began = now();
    let result: TurnResult | undefined;
    const outcome = await store.transact(
      input.address,
      input.kind === "update" ? input.id : undefined,
      began,
      (conversation, undelivered) => {
        const alarm = alarmAt(conversation);
        // Somebody else was faster with this alarm: there is nothing to do.
        if (input.kind === "alarm" && (alarm === undefined || alarm > began)) return undefined;
        if (input.kind === "alarm" && alarm !== undefined) metrics.lateness.observe((began - alarm) / 1000);
        result = think(conversation, input, began, undelivered);
        return result;
      },
    );
    metrics.turns.observe({ kind: input.kind }, (now() - began) / 1000);
    metrics.count({ name: "inputs", labels: { kind: input.kind, outcome } });
    if (outcome !== "done" || !result) return;
    for (const count of result.counts) metrics.count(count);
    if (result.messages.length > 0) options.promised();
    const alarm = alarmAt(result.conversation);
    if (alarm !== undefined) options.alarmSet(alarm);
    if (result.link) await link(input.address, result.link);
  }
}
