import { beforeEach, describe, expect, it } from "vitest";
import { createStore, type Store } from "../../src/store/store.ts";
import { onEachEngine } from "../support/database.ts";
import { ANNA, BRAM, count, deliverAll, evening, find, leave, NOW, seal } from "../support/turns.ts";

onEachEngine((engine) => {
  let store: Store;
  let conflicts = 0;
  beforeEach(() => {
    conflicts = 0;
    store = createStore(engine.database(), seal, { conflict: () => conflicts++ });
  });

  describe("the same update", () => {
    it("is handled once when it comes twice", async () => {
      expect(await store.transact(ANNA, "7", NOW, count)).toBe("done");
      expect(await store.transact(ANNA, "7", NOW, count)).toBe("duplicate");
      expect(await find(store, ANNA)).toMatchObject({ conversation: { state: { turn: 1 } }, undelivered: 1 });
    });

    it("is handled once when it comes twenty times at once at two processes, also from somebody new", async () => {
      const other = createStore(await engine.another(), seal);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).transact(ANNA, "7", NOW, count)),
      );
      expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
      expect(await find(store, ANNA)).toMatchObject({ conversation: { state: { turn: 1 } }, undelivered: 1 });
    });

    it("is another one on another channel", async () => {
      expect(await store.transact(ANNA, "7", NOW, count)).toBe("done");
      expect(await store.transact("discord:1", "7", NOW, count)).toBe("done");
    });

    it("that claims to come from another address leaves no half turn there", async () => {
      const other = createStore(await engine.another(), seal);
      const answers = await Promise.all([
        store.transact(ANNA, "7", NOW, count),
        other.transact(BRAM, "7", NOW, count),
      ]);
      expect(answers.toSorted()).toEqual(["done", "duplicate"]);
      const turns = await Promise.all([find(store, ANNA), find(store, BRAM)]);
      expect(turns.map((t) => t.conversation.state.turn).toSorted()).toEqual([0, 1]);
      expect(turns.map((t) => t.undelivered).toSorted()).toEqual([0, 1]);
    });
  });

  describe("many updates of one person at once", () => {
    it("are all handled, each on what the one before left, in the order in which they came", async () => {
      const order: string[] = [];
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          store.transact(ANNA, `${i}`, NOW, (conversation) => {
            order.push(`${i}`);
            return count(conversation, 0);
          }),
        ),
      );
      expect(order).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
      expect(await deliverAll(store)).toEqual(order);
      expect(conflicts).toBe(0);
    });

    it("are all handled when two processes share them, without a number said twice", async () => {
      const other = createStore(await engine.another(), seal);
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).transact(ANNA, `${i}`, NOW, count)),
      );
      expect((await find(store, ANNA)).conversation.state.turn).toBe(20);
      expect(await deliverAll(store)).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
    });

    it("go on one by one where one of them fails", async () => {
      const first = store.transact(ANNA, "1", NOW, () => {
        throw new Error("boem");
      });
      const second = store.transact(ANNA, "2", NOW, count);
      await expect(first).rejects.toThrow("boem");
      expect(await second).toBe("done");
    });
  });

  describe("somebody who was overtaken", () => {
    it("thinks again on the newer state, and the conflict is counted", async () => {
      const other = createStore(await engine.another(), seal);
      await store.transact(ANNA, "1", NOW, count);
      let overtaking: Promise<unknown> | undefined;
      const seen: number[] = [];
      // The step is synchronous: the other process gets in between by the revision it leaves before ours is written.
      const database = engine.database();
      const slow = createStore(
        {
          ...database,
          async query(text, parameters) {
            if (text.includes("saved as")) overtaking ??= other.transact(ANNA, "2", NOW, count);
            await overtaking;
            return database.query(text, parameters);
          },
        },
        seal,
        { conflict: () => conflicts++ },
      );
      await slow.transact(ANNA, "3", NOW, (conversation) => {
        seen.push(conversation.state.turn);
        return count(conversation, 0);
      });
      expect(seen).toEqual([1, 2]);
      expect(conflicts).toBe(1);
      expect(await deliverAll(store)).toEqual(["0", "1", "2"]);
    });

    it("does not bring back to life who was forgotten in the meantime", async () => {
      await store.transact(ANNA, "1", NOW, (conversation) =>
        leave({ ...conversation, reminders: [evening] }),
      );
      const other = createStore(await engine.another(), seal);
      const database = engine.database();
      let forgetting: Promise<unknown> | undefined;
      const slow = createStore(
        {
          ...database,
          async query(text, parameters) {
            if (text.includes("saved as"))
              forgetting ??= other.transact(ANNA, "2", NOW, (conversation) =>
                leave(conversation, { forget: true }),
              );
            await forgetting;
            return database.query(text, parameters);
          },
        },
        seal,
      );
      await slow.transact(ANNA, "3", NOW, (conversation) =>
        leave(conversation, { journal: [{ at: NOW, routine: "nek", entry: {} }] }),
      );
      expect((await find(store, ANNA)).conversation).toMatchObject({ reminders: [], state: { turn: 1 } });
    });
  });
});
