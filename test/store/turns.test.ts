import { beforeEach, describe, expect, it } from "vitest";
import type { Reminder } from "../../src/dialogue/reminder.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import type { Step } from "../../src/store/turns.ts";
import { onEachEngine } from "../support/database.ts";
import { ANNA, BRAM, count, deliverAll, evening, find, leave, NOW, say, seal } from "../support/turns.ts";

onEachEngine((engine) => {
  let store: Store;
  beforeEach(() => {
    store = createStore(engine.database(), seal);
  });

  describe("a turn", () => {
    it("finds somebody who is new without state, reminders or messages", async () => {
      const { conversation, undelivered } = await find(store, ANNA);
      expect(conversation.state.turn).toBe(0);
      expect(conversation.person.zone).toBe("Europe/Amsterdam");
      expect(undelivered).toBe(0);
    });

    it("finds again all that the turn before left", async () => {
      const consents = [{ purpose: "journal", at: NOW, text: "v1" }];
      await store.transact(ANNA, "1", NOW, (conversation) =>
        leave(
          {
            ...conversation,
            person: { country: "BE", zone: "Europe/Brussels", consents, sessions: 2 },
            reminders: [evening, { ...evening, id: "r2", meantAt: NOW }],
            state: { ...conversation.state, slots: { naam: "Anna 🌷", tijd: { uur: 21 } } },
          },
          { messages: [say("een"), say("twee")], journal: [{ at: NOW, routine: "nek", entry: { voor: 7 } }] },
        ),
      );
      const { conversation, undelivered } = await find(store, ANNA);
      expect(conversation.person).toEqual({ country: "BE", zone: "Europe/Brussels", consents, sessions: 2 });
      expect(conversation.reminders).toEqual([evening, { ...evening, id: "r2", meantAt: NOW }]);
      expect(conversation.state.slots).toEqual({ naam: "Anna 🌷", tijd: { uur: 21 } });
      expect(undelivered).toBe(2);
      expect(await store.exportPerson(ANNA)).toMatchObject({
        journal: [{ at: NOW, routine: "nek", entry: { voor: 7 } }],
      });
    });

    it("that looks at what was kept is thought out again with it, and only that is stored", async () => {
      const noted = (at: number, score: number) => ({ at, routine: "naald", entry: { score } });
      for (const [id, score] of [8, 5].entries())
        await store.transact(ANNA, `${id}`, NOW, (c) => leave(c, { journal: [noted(NOW + id, score)] }));
      await store.transact(BRAM, "b", NOW, (c) => leave(c, { journal: [noted(NOW, 1)] }));

      const looks: Step = (conversation) => {
        const { journal } = conversation;
        if (!journal) return { ...leave(conversation, { messages: [say("?")] }), wants: "journal" };
        return leave(conversation, { messages: journal.map(({ entry }) => say(`${entry.score}`)) });
      };
      await store.transact(ANNA, "9", NOW, looks);
      expect((await find(store, ANNA)).conversation.state.turn).toBe(3);
      expect(await store.exportPerson(ANNA)).toMatchObject({
        conversations: [{ waiting: [say("8"), say("5")] }],
        journal: [noted(NOW, 8), noted(NOW + 1, 5)],
      });
    });

    it("changes, moves and cancels reminders as the turn says, and the alarm with them", async () => {
      const withReminders =
        (reminders: Reminder[]): Step =>
        (conversation) =>
          leave({ ...conversation, reminders });
      await store.transact(
        ANNA,
        "1",
        NOW,
        withReminders([evening, { ...evening, id: "r2", dueAt: NOW + 5 }]),
      );
      expect(await store.nextAlarmAt()).toBe(NOW + 5);
      const later = { ...evening, dueAt: NOW + 90_000, recurrence: { days: [7], times: ["08:00"] } };
      await store.transact(ANNA, "2", NOW, withReminders([later]));
      expect((await find(store, ANNA)).conversation.reminders).toEqual([later]);
      expect(await store.nextAlarmAt()).toBe(NOW + 90_000);
      await store.transact(ANNA, "3", NOW, withReminders([]));
      expect(await store.nextAlarmAt()).toBeUndefined();
    });

    it("that leaves nothing still keeps the update from coming twice", async () => {
      expect(await store.transact(ANNA, "1", NOW, () => undefined)).toBe("nothing");
      expect(await store.transact(ANNA, "1", NOW, count)).toBe("duplicate");
      expect(await store.exportPerson(ANNA)).toBeUndefined();
    });

    it("that fails leaves nothing at all, so the update can come again", async () => {
      await expect(
        store.transact(ANNA, "1", NOW, () => {
          throw new Error("boem");
        }),
      ).rejects.toThrow("boem");
      expect(await store.transact(ANNA, "1", NOW, count)).toBe("done");
      expect((await find(store, ANNA)).conversation.state.turn).toBe(1);
    });
  });

  describe("hush", () => {
    it("takes back what was promised to this address, and only the new words are said", async () => {
      await store.transact(ANNA, "1", NOW, (c) => leave(c, { messages: [say("duw maar"), say("en door")] }));
      await store.transact(BRAM, "2", NOW, (c) => leave(c, { messages: [say("dag Bram")] }));
      await store.transact(ANNA, "3", NOW, (c) => leave(c, { hush: true, messages: [say("stop, bel 112")] }));
      expect((await deliverAll(store)).toSorted()).toEqual(["dag Bram", "stop, bel 112"]);
    });
  });

  describe("forgetting", () => {
    it("removes everything about a person, at all of their addresses, but the last words", async () => {
      await fillTwoAddresses();
      await store.transact(ANNA, "9", NOW, (c) => leave(c, { forget: true, messages: [say("gewist")] }));
      expect(await store.exportPerson(ANNA)).toBeUndefined();
      expect(await store.exportPerson("discord:9")).toBeUndefined();
      for (const table of ["persons", "conversations", "reminders", "journal", "link_codes"]) {
        const rows = await engine.database().query(`select * from ${table}`, []);
        expect([table, rows.length]).toEqual([
          table,
          table === "persons" || table === "conversations" ? 1 : 0,
        ]);
      }
      expect(await deliverAll(store)).toEqual(["gewist"]);
      expect(await store.exportPerson(BRAM)).toBeDefined();
    });

    it("of somebody of whom nothing is stored only says so", async () => {
      await store.transact(ANNA, "9", NOW, (c) => leave(c, { forget: true, messages: [say("gewist")] }));
      expect(await store.exportPerson(ANNA)).toBeUndefined();
      expect(await deliverAll(store)).toEqual(["gewist"]);
    });

    async function fillTwoAddresses(): Promise<void> {
      const full: Step = (conversation) =>
        leave(
          { ...conversation, reminders: [evening] },
          { messages: [say("hallo")], journal: [{ at: NOW, routine: "nek", entry: { na: 3 } }] },
        );
      await store.transact(BRAM, "0", NOW, (c) => leave(c));
      await store.transact(ANNA, "1", NOW, full);
      await store.transact("discord:9", "2", NOW, full);
      await store.createLinkCode(ANNA, "tulp", NOW);
      expect(await store.redeemLinkCode("discord:9", "tulp", NOW)).toBe("linked");
      await store.createLinkCode(ANNA, "roos", NOW);
    }
  });
});
