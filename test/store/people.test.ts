import { beforeEach, describe, expect, it } from "vitest";
import type { Reminder } from "../../src/dialogue/reminder.ts";
import { CODE_MS, WRONG_CODES_MAX } from "../../src/store/people.ts";
import { createStore, type Store, UPDATES_KEPT_MS } from "../../src/store/store.ts";
import { onEachEngine } from "../support/database.ts";
import { ANNA, BRAM, count, evening, find, leave, NOW, say, seal } from "../support/turns.ts";

const DISCORD = "discord:77";

onEachEngine((engine) => {
  let store: Store;
  beforeEach(async () => {
    store = createStore(engine.database(), seal);
    await store.transact(ANNA, "1", NOW, (c) =>
      leave(
        {
          ...c,
          person: { ...c.person, consents: [{ purpose: "journal", at: NOW, text: "v1" }], sessions: 1 },
          reminders: [evening],
        },
        { messages: [say("hallo")], journal: [{ at: NOW, routine: "nek", entry: { voor: 7, na: 3 } }] },
      ),
    );
    await store.transact(DISCORD, "2", NOW, (c) =>
      leave(
        { ...c, person: { ...c.person, country: "BE" } },
        { journal: [{ at: NOW + 1, routine: "hoofd", entry: { voor: 5 } }] },
      ),
    );
  });

  describe("somebody who asks what is stored", () => {
    it("gets all of it, opened, and nothing of anybody else", async () => {
      await store.transact(BRAM, "3", NOW, count);
      expect(await store.exportPerson(ANNA)).toEqual({
        person: {
          country: null,
          zone: "Europe/Amsterdam",
          consents: [{ purpose: "journal", at: NOW, text: "v1" }],
          sessions: 1,
        },
        conversations: [
          {
            address: ANNA,
            state: expect.objectContaining({ version: 1, turn: 1 }),
            reminders: [{ ...evening, meantAt: null }],
            waiting: [say("hallo")],
          },
        ],
        journal: [{ at: NOW, routine: "nek", entry: { voor: 7, na: 3 } }],
      });
    });

    it("of whom nothing is stored gets nothing", async () => {
      expect(await store.exportPerson("telegram:999")).toBeUndefined();
    });
  });

  describe("somebody with two addresses", () => {
    it("becomes one person with both journals when they type the code of the other address", async () => {
      await store.createLinkCode(ANNA, "tulp-123", NOW);
      expect(await store.redeemLinkCode(DISCORD, "tulp-123", NOW + CODE_MS - 1)).toBe("linked");
      for (const address of [ANNA, DISCORD] as const) {
        expect((await find(store, address)).conversation.person).toEqual({
          country: "BE",
          zone: "Europe/Amsterdam",
          consents: [{ purpose: "journal", at: NOW, text: "v1" }],
          sessions: 1,
        });
        expect(await store.exportPerson(address)).toMatchObject({
          conversations: expect.arrayContaining([
            expect.objectContaining({ address: ANNA }),
            expect.objectContaining({ address: DISCORD }),
          ]),
          journal: [{ routine: "nek" }, { routine: "hoofd" }],
        });
      }
      expect(await engine.database().query("select id from persons", [])).toHaveLength(1);
    });

    it("sees and stops the reminders of both from either, and is reminded where each was set", async () => {
      await store.createLinkCode(ANNA, "tulp-123", NOW);
      await store.redeemLinkCode(DISCORD, "tulp-123", NOW);
      const here = (await find(store, ANNA)).conversation.reminders;
      const there = (await find(store, DISCORD)).conversation.reminders;
      expect(here).toEqual([evening]);
      expect(there).toEqual([{ ...evening, address: ANNA }]);
      await store.transact(DISCORD, "5", NOW, (c) =>
        leave({ ...c, reminders: [...c.reminders, { ...evening, flow: "nek" }] }),
      );
      expect((await find(store, ANNA)).conversation.reminders).toHaveLength(2);
      await store.transact(ANNA, "6", NOW, (c) => leave({ ...c, reminders: [] }));
      expect((await find(store, DISCORD)).conversation.reminders).toEqual([]);
    });

    it("gives another time to a reminder from either app, and it comes at that time, with how far they are", async () => {
      const progress = { done: 2, last: "2026-05-03", until: "2026-05-20" };
      const seven: Reminder = { ...evening, flow: "zeven-avonden", progress };
      await store.transact(ANNA, "10", NOW, (c) => leave({ ...c, reminders: [seven] }));
      await store.createLinkCode(ANNA, "roos-123", NOW);
      await store.redeemLinkCode(DISCORD, "roos-123", NOW);
      await store.transact(DISCORD, "11", NOW, (c) =>
        leave({
          ...c,
          reminders: c.reminders.map((r) => ({
            ...r,
            dueAt: NOW + 60_000,
            progress: { ...progress, done: 3 },
          })),
        }),
      );
      expect((await find(store, ANNA)).conversation.reminders).toEqual([
        { ...seven, dueAt: NOW + 60_000, progress: { ...progress, done: 3 } },
      ]);
      const [row] = await engine
        .database()
        .query<{ alarm_at: number }>("select alarm_at from conversations where address = $1", [ANNA]);
      expect(row?.alarm_at).toBe(NOW + 60_000);
      expect(await store.exportPerson(ANNA)).toMatchObject({
        conversations: expect.arrayContaining([
          expect.objectContaining({
            reminders: [
              expect.objectContaining({ flow: "zeven-avonden", progress: { ...progress, done: 3 } }),
            ],
          }),
        ]),
      });
    });

    it("keeps every session, and a consent that is taken back, when both apps are used in the same moment", async () => {
      await store.createLinkCode(ANNA, "tulp-123", NOW);
      await store.redeemLinkCode(DISCORD, "tulp-123", NOW);
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          store.transact(i % 2 ? ANNA : DISCORD, `s${i}`, NOW, (c) =>
            leave({
              ...c,
              person: { ...c.person, ...(i === 6 && { consents: [] }), sessions: c.person.sessions + 1 },
            }),
          ),
        ),
      );
      expect((await find(store, ANNA)).conversation.person).toMatchObject({ consents: [], sessions: 21 });
    });

    it("cannot use a code twice, nor after ten minutes, nor the code before the last", async () => {
      await store.createLinkCode(ANNA, "oud", NOW);
      await store.createLinkCode(ANNA, "nieuw", NOW);
      expect(await store.redeemLinkCode(DISCORD, "oud", NOW)).toBe("wrong");
      expect(await store.redeemLinkCode(DISCORD, "nieuw", NOW + CODE_MS)).toBe("wrong");
      expect(await store.redeemLinkCode(DISCORD, "nieuw", NOW)).toBe("linked");
      expect(await store.redeemLinkCode(DISCORD, "nieuw", NOW)).toBe("wrong");
      await store.createLinkCode(ANNA, "weer", NOW);
      expect(await store.redeemLinkCode(DISCORD, "weer", NOW)).toBe("same");
    });

    it("can separate them again; the journal stays where the other address is", async () => {
      await store.createLinkCode(ANNA, "tulp", NOW);
      await store.redeemLinkCode(DISCORD, "tulp", NOW);
      expect(await store.unlink(DISCORD)).toBe(true);
      expect(await store.unlink(DISCORD)).toBe(false);
      expect(await store.exportPerson(DISCORD)).toMatchObject({
        person: { country: "BE", consents: [] },
        journal: [],
      });
      expect(await store.exportPerson(ANNA)).toMatchObject({
        journal: [{ routine: "nek" }, { routine: "hoofd" }],
      });
    });

    it("whose two addresses show and type each other's code at once ends as one person", async () => {
      const other = createStore(await engine.another(), seal);
      await store.createLinkCode(ANNA, "a", NOW);
      await store.createLinkCode(DISCORD, "b", NOW);
      const answers = await Promise.allSettled([
        store.redeemLinkCode(DISCORD, "a", NOW),
        other.redeemLinkCode(ANNA, "b", NOW),
      ]);
      expect(answers).toContainEqual({ status: "fulfilled", value: "linked" });
      expect(await engine.database().query("select id from persons", [])).toHaveLength(1);
    });
  });

  it("somebody who tries codes at random is stopped, also for the right one, for ten minutes", async () => {
    await store.createLinkCode(ANNA, "tulp", NOW);
    for (let i = 0; i < WRONG_CODES_MAX; i++) {
      expect(await store.redeemLinkCode(DISCORD, `gok${i}`, NOW)).toBe("wrong");
    }
    expect(await store.redeemLinkCode(DISCORD, "tulp", NOW)).toBe("blocked");
    expect(await store.redeemLinkCode(DISCORD, "gok", NOW + CODE_MS)).toBe("wrong");
    await store.createLinkCode(ANNA, "roos", NOW + CODE_MS);
    expect(await store.redeemLinkCode(DISCORD, "roos", NOW + CODE_MS)).toBe("linked");
  });

  it("a question that somebody chose to send is kept, sealed, without who sent it", async () => {
    await store.transact(ANNA, "9", NOW, (c) => leave(c, { question: "mag dit in bad?" }));
    expect(await store.questionsSince(NOW)).toEqual([{ at: NOW, words: "mag dit in bad?" }]);
    expect(await store.questionsSince(NOW + 1)).toEqual([]);
    const rows = await engine.database().query("select * from questions", []);
    expect(JSON.stringify(rows)).not.toMatch(/bad|telegram/);
  });

  it("figures of operators add up per day, whoever adds them", async () => {
    const figure = { day: "2026-05-04", name: "faq_none", labels: { near: "x" }, times: 2 };
    await Promise.all([
      store.addFigures([figure]),
      store.addFigures([figure, { ...figure, day: "2026-05-05" }]),
    ]);
    expect(await store.figuresSince("2026-05-04")).toEqual([
      { ...figure, day: "2026-05-05" },
      { ...figure, times: 4 },
    ]);
  });

  it("a picture is uploaded once for each bot, until the platform lost it", async () => {
    expect(await store.uploadOf("telegram:9", "hash")).toBeUndefined();
    await store.rememberUpload("telegram:9", "hash", "file1");
    await store.rememberUpload("telegram:9", "hash", "file2");
    expect(await store.uploadOf("telegram:9", "hash")).toBe("file2");
    expect(await store.uploadOf("telegram:8", "hash")).toBeUndefined();
    await store.rememberUpload("telegram:9", "hash", undefined);
    expect(await store.uploadOf("telegram:9", "hash")).toBeUndefined();
  });

  it("ids of updates are forgotten after three days and not before", async () => {
    await store.housekeeping(NOW + UPDATES_KEPT_MS - 1);
    expect(await store.transact(ANNA, "1", NOW, count)).toBe("duplicate");
    await store.housekeeping(NOW + UPDATES_KEPT_MS);
    expect(await engine.database().query("select id from updates", [])).toEqual([]);
  });
});
