import { beforeEach, describe, expect, it } from "vitest";
import { createStore, type Store } from "../../src/store/store.ts";
import type { Step } from "../../src/store/turns.ts";
import { onEachEngine } from "../support/database.ts";
import { ANNA, evening, leave, NOW, seal } from "../support/turns.ts";

onEachEngine((engine) => {
  let store: Store;
  beforeEach(() => {
    store = createStore(engine.database(), seal);
  });

  describe("alarms", () => {
    const due =
      (dueAt: number): Step =>
      (conversation) =>
        leave({ ...conversation, reminders: [{ ...evening, dueAt }] });

    it("are given out once, earliest first, and not before their time", async () => {
      await store.transact("telegram:3", "1", NOW, due(NOW + 3));
      await store.transact("telegram:1", "2", NOW, due(NOW + 1));
      await store.transact("telegram:2", "3", NOW, due(NOW + 2));
      expect(await store.claimAlarms(NOW, 10, 1000)).toEqual([]);
      expect(await store.claimAlarms(NOW + 3, 2, 1000)).toEqual(["telegram:1", "telegram:2"]);
      expect(await store.claimAlarms(NOW + 3, 2, 1000)).toEqual(["telegram:3"]);
      expect(await store.claimAlarms(NOW + 3, 2, 1000)).toEqual([]);
    });

    it("come back when who took them died before the turn", async () => {
      await store.transact(ANNA, "1", NOW, due(NOW + 1));
      expect(await store.claimAlarms(NOW + 1, 10, 1000)).toEqual([ANNA]);
      expect(await store.nextAlarmAt()).toBe(NOW + 1001);
      expect(await store.claimAlarms(NOW + 1000, 10, 1000)).toEqual([]);
      expect(await store.claimAlarms(NOW + 1001, 10, 1000)).toEqual([ANNA]);
    });

    it("that turn out not to be due are put back where they belong", async () => {
      await store.transact(ANNA, "1", NOW, due(NOW + 5000));
      await engine.database().query("update conversations set alarm_at = $1", [NOW + 1]);
      expect(await store.claimAlarms(NOW + 1, 10, 1000)).toEqual([ANNA]);
      expect(await store.transact(ANNA, undefined, NOW + 1, () => undefined)).toBe("nothing");
      expect(await store.nextAlarmAt()).toBe(NOW + 5000);
    });

    it("are shared out among processes without one taken twice", async () => {
      const other = createStore(await engine.another(), seal);
      const addresses = Array.from({ length: 40 }, (_, i) => `telegram:${i}` as const);
      await Promise.all(addresses.map((address, i) => store.transact(address, `${i}`, NOW, due(NOW + 1))));
      const taken = await Promise.all(
        Array.from({ length: 10 }, (_, i) => (i % 2 ? store : other).claimAlarms(NOW + 1, 5, 1000)),
      );
      taken.push(await store.claimAlarms(NOW + 1, 40, 1000));
      expect(taken.flat().toSorted()).toEqual(addresses.toSorted());
    });
  });
});
