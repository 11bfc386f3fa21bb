import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { createSeal } from "../../src/store/seal.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { onEachEngine } from "../support/database.ts";
import { ANNA, BRAM, count, deliverAll, evening, find, leave, NOW, say, seal } from "../support/turns.ts";

onEachEngine((engine) => {
  let store: Store;
  beforeEach(() => {
    store = createStore(engine.database(), seal);
  });

  describe("what is stored", () => {
    it("shows nothing of what was said, remembered or scored to who reads the tables", async () => {
      await store.transact(ANNA, "1", NOW, (conversation) =>
        leave(
          {
            ...conversation,
            state: { ...conversation.state, slots: { naam: "geheimpje" } },
            reminders: [{ ...evening, progress: { done: 3, last: "2026-05-03", until: "geheimpje" } }],
          },
          { messages: [say("geheimpje")], journal: [{ at: NOW, routine: "geheimpje", entry: { voor: 7 } }] },
        ),
      );
      for (const table of ["persons", "conversations", "reminders", "journal", "outbox", "updates"]) {
        const rows = await engine
          .database()
          .query<{ row: string }>(`select t::text as row from ${table} t`, []);
        expect(rows.map((r) => r.row).join()).not.toContain("geheimpje");
      }
    });

    it("does not open at another address where somebody moved it", async () => {
      await store.transact(ANNA, "1", NOW, count);
      await store.transact(BRAM, "2", NOW, count);
      await engine
        .database()
        .query("update conversations set state = (select state from conversations where address = $1)", [
          ANNA,
        ]);
      await find(store, ANNA);
      await expect(find(store, BRAM)).rejects.toThrow(/conversations does not open/);
    });

    it("that was sealed with a lost key is an error that names DATA_KEY, and nothing is overwritten", async () => {
      await store.transact(ANNA, "1", NOW, count);
      const stranger = createStore(engine.database(), createSeal([randomBytes(32)]));
      await expect(stranger.transact(ANNA, "2", NOW, count)).rejects.toThrow(/DATA_KEY/);
      expect((await find(store, ANNA)).conversation.state.turn).toBe(1);
    });

    it("with other keys is noticed at the start, and not at the first question", async () => {
      await store.proveKeys();
      await store.transact(ANNA, "1", NOW, count);
      await store.proveKeys();
      await expect(createStore(engine.database(), createSeal([randomBytes(32)])).proveKeys()).rejects.toThrow(
        /DATA_KEY/,
      );
    });

    it("opens with the earlier key after a new one was put in front, and is written anew under the new one", async () => {
      const [old, fresh] = [randomBytes(32), randomBytes(32)];
      await createStore(engine.database(), createSeal([old])).transact(ANNA, "1", NOW, count);
      const rotated = createStore(engine.database(), createSeal([fresh, old]));
      await rotated.transact(ANNA, "2", NOW, count);
      expect(await deliverAll(rotated)).toEqual(["0", "1"]);
      const after = createStore(engine.database(), createSeal([fresh]));
      expect((await find(after, ANNA)).conversation.state.turn).toBe(2);
    });

    it("in a form that is not known begins afresh, and keeps the person and the reminders", async () => {
      await store.transact(ANNA, "1", NOW, (conversation) =>
        leave({
          ...conversation,
          person: { ...conversation.person, country: "BE" },
          reminders: [evening],
          state: { ...conversation.state, version: 99 as 1, slots: { naam: "Anna" } },
        }),
      );
      const afresh: string[] = [];
      const watching = createStore(engine.database(), seal, { afresh: (address) => afresh.push(address) });
      const { conversation } = await find(watching, ANNA);
      expect(afresh).toEqual([ANNA]);
      expect(conversation).toMatchObject({
        person: { country: "BE" },
        reminders: [evening],
        state: { version: 1, turn: 0, slots: {} },
      });
    });
  });
});
