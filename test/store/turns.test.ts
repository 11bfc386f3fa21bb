import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "../../src/dialogue/conversation.ts";
import type { Address } from "../../src/dialogue/input.ts";
import type { Message } from "../../src/dialogue/message.ts";
import type { Reminder } from "../../src/dialogue/reminder.ts";
import type { TurnResult } from "../../src/dialogue/result.ts";
import { createSeal } from "../../src/store/seal.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import type { Step } from "../../src/store/turns.ts";
import { onEachEngine } from "../support/database.ts";

const NOW = Date.UTC(2026, 4, 4, 12);
const ANNA: Address = "telegram:1";
const BRAM: Address = "telegram:2";
const seal = createSeal([randomBytes(32)]);

const say = (text: string, more: Partial<Message> = {}): Message => ({
  text,
  buttons: [],
  lane: "reply",
  ...more,
});

const leave = (conversation: Conversation, more: Partial<TurnResult> = {}): TurnResult => ({
  conversation: { ...conversation, state: { ...conversation.state, turn: conversation.state.turn + 1 } },
  messages: [],
  journal: [],
  hush: false,
  forget: false,
  counts: [],
  ...more,
});

const count: Step = (conversation) => leave(conversation, { messages: [say(`${conversation.state.turn}`)] });

const evening: Reminder = {
  id: "r1",
  flow: "nek",
  recurrence: { days: [1, 2], times: ["21:00"] },
  zone: "Europe/Amsterdam",
  dueAt: NOW + 9 * 3_600_000,
};

/** What is stored of somebody, as the next turn finds it. */
async function find(
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

const OUTBOX = { channels: ["telegram"], bulk: 100 };

/** Delivers all that waits, one at a time; the texts in the order in which they left. */
async function deliverAll(store: Store): Promise<string[]> {
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

onEachEngine((engine) => {
  let store: Store;
  let conflicts = 0;
  beforeEach(() => {
    conflicts = 0;
    store = createStore(engine.database(), seal, { conflict: () => conflicts++ });
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
            person: { country: "BE", zone: "Europe/Brussels", consents },
            reminders: [evening, { ...evening, id: "r2", meantAt: NOW }],
            state: { ...conversation.state, slots: { naam: "Anna 🌷", tijd: { uur: 21 } } },
          },
          { messages: [say("een"), say("twee")], journal: [{ at: NOW, routine: "nek", entry: { voor: 7 } }] },
        ),
      );
      const { conversation, undelivered } = await find(store, ANNA);
      expect(conversation.person).toEqual({ country: "BE", zone: "Europe/Brussels", consents });
      expect(conversation.reminders).toEqual([evening, { ...evening, id: "r2", meantAt: NOW }]);
      expect(conversation.state.slots).toEqual({ naam: "Anna 🌷", tijd: { uur: 21 } });
      expect(undelivered).toBe(2);
      expect(await store.exportPerson(ANNA)).toMatchObject({
        journal: [{ at: NOW, routine: "nek", entry: { voor: 7 } }],
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
      const other = createStore(await engine.another(), seal, { conflict: () => conflicts++ });
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).transact(ANNA, `${i}`, NOW, count)),
      );
      expect((await find(store, ANNA)).conversation.state.turn).toBe(20);
      expect(await deliverAll(store)).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
      expect(conflicts).toBeGreaterThan(0);
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

  describe("what is stored", () => {
    it("shows nothing of what was said, remembered or scored to who reads the tables", async () => {
      await store.transact(ANNA, "1", NOW, (conversation) =>
        leave(
          { ...conversation, state: { ...conversation.state, slots: { naam: "geheimpje" } } },
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
