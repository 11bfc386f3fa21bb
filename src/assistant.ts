/**
 * The one door: whatever comes in, an update, an alarm, a person who is gone, becomes one turn in the store.
 *
 * `receive` resolves once everything is stored, and only then may a platform be told that it was handled.
 * Afterwards outbox and scheduler are nudged: what the turn promised leaves at once.
 */
import type { Conversation } from "./dialogue/conversation.ts";
import { alarmAt } from "./dialogue/conversation.ts";
import type { Input } from "./dialogue/input.ts";
import type { TurnResult } from "./dialogue/result.ts";
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
  readonly store: Pick<Store, "transact">;
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
      log.error({ err, input: input.kind, flow: frame?.flow, node: frame?.node }, "a turn failed and was parked");
      return parked(script, conversation, at);
    }
  }

  return {
    async receive(input) {
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
    },
  };
}
