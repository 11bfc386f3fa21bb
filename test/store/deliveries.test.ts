import { beforeEach, describe, expect, it } from "vitest";
import type { Address } from "../../src/dialogue/input.ts";
import type { Message } from "../../src/dialogue/message.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { onEachEngine } from "../support/database.ts";
import { ANNA, BRAM, deliverAll, leave, NOW, OUTBOX, say, seal } from "../support/turns.ts";

const LEASE = 1000;
const BUTTON = { buttons: [{ label: "Ja", token: "t" }] };

onEachEngine((engine) => {
  let store: Store;
  let expired = 0;
  let unreadable = 0;
  let update = 0;
  beforeEach(() => {
    expired = 0;
    unreadable = 0;
    store = createStore(engine.database(), seal, {
      expired: (n) => (expired += n),
      unreadable: () => (unreadable += 1),
    });
  });

  const promise = (address: Address, ...messages: Message[]) =>
    store.transact(address, `${++update}`, NOW, (conversation) => leave(conversation, { messages }));
  const claim = async (at = NOW, limit = 100, options = OUTBOX) =>
    (await store.claimDeliveries(at, limit, LEASE, options)).map((c) => c.message.text);

  describe("messages to one person", () => {
    it("leave one at a time and in the order in which they were said", async () => {
      await promise(ANNA, say("een"), say("twee"), say("drie"));
      await promise(BRAM, say("dag"));
      await promise(ANNA, say("vier"));
      expect(await claim()).toEqual(["een", "dag"]);
      expect(await claim()).toEqual([]);
      await engine.database().query("update outbox set leased = false, not_before = $1", [NOW]);
      expect(await deliverAll(store)).toEqual(["een", "dag", "twee", "drie", "vier"]);
      expect(await store.nextDeliveryAt(OUTBOX.channels)).toBeUndefined();
    });

    it("wait behind one that was put off, while others go on", async () => {
      await promise(ANNA, say("een"), say("twee"));
      await promise(BRAM, say("dag"));
      const [een] = await store.claimDeliveries(NOW, 1, LEASE, OUTBOX);
      if (!een) throw new Error("nothing to deliver");
      await store.postpone(een, NOW + 5000);
      expect(await claim()).toEqual(["dag"]);
      expect(await store.nextDeliveryAt(OUTBOX.channels)).toBe(NOW + LEASE);
      const again = await store.claimDeliveries(NOW + 5000, 9, LEASE, OUTBOX);
      expect(again.find((c) => c.address === ANNA)).toMatchObject({
        id: een.id,
        attempts: 1,
        nonce: een.nonce,
      });
    });

    it("come back when who took them died before it marked them", async () => {
      await promise(ANNA, say("een"), say("twee"));
      expect(await claim(NOW)).toEqual(["een"]);
      expect(await claim(NOW + LEASE - 1)).toEqual([]);
      expect(await store.nextDeliveryAt(OUTBOX.channels)).toBe(NOW + LEASE);
      expect(await claim(NOW + LEASE)).toEqual(["een"]);
    });

    it("come back at once when the only process begins again", async () => {
      await promise(ANNA, say("een"));
      expect(await claim()).toEqual(["een"]);
      await store.releaseLeases(NOW + 1);
      expect(await claim(NOW + 1)).toEqual(["een"]);
    });

    it("are left alone as long as the platform asked", async () => {
      await promise(ANNA, say("een"), say("twee"));
      expect(await claim()).toEqual(["een"]);
      await store.postponeAddress(ANNA, NOW + 700);
      expect(await claim(NOW + 699)).toEqual([]);
      expect(await store.claimDeliveries(NOW + 700, 9, LEASE, OUTBOX)).toMatchObject([{ attempts: 0 }]);
    });

    it("leave at once when the page that could not be reached is opened, but not those that are on their way", async () => {
      await promise(ANNA, say("een"), say("twee"));
      const [een] = await store.claimDeliveries(NOW, 1, LEASE, OUTBOX);
      if (!een) throw new Error("nothing to deliver");
      await store.awake(ANNA, NOW);
      expect(await claim()).toEqual([]);
      await store.postpone(een, NOW + 60_000);
      await store.awake(ANNA, NOW + 1);
      expect(await claim(NOW + 1)).toEqual(["een"]);
    });

    it("are dropped one by one where refused, and all together where nobody is there any more", async () => {
      await promise(ANNA, say("een"), say("twee"), say("drie"));
      await promise(BRAM, say("dag"));
      const [een] = await store.claimDeliveries(NOW, 1, LEASE, OUTBOX);
      if (!een) throw new Error("nothing to deliver");
      await store.drop(een);
      expect(await claim()).toEqual(["twee", "dag"]);
      await store.dropAddress(ANNA);
      await engine.database().query("update outbox set leased = false, not_before = $1", [NOW]);
      expect(await deliverAll(store)).toEqual(["dag"]);
    });

    it("take away the buttons that were shown before, only where they bring new ones", async () => {
      await promise(ANNA, say("kies", BUTTON), say("even dit"), say("en nu", BUTTON));
      for (const [retire, buttons] of [
        [undefined, "m1"],
        [undefined, undefined],
        ["m1", "m3"],
      ]) {
        const [next] = await store.claimDeliveries(NOW, 9, LEASE, OUTBOX);
        expect(next?.retire).toBe(retire);
        if (next) await store.delivered(next, buttons === undefined ? {} : { buttons });
      }
      await promise(ANNA, say("later", BUTTON));
      expect(await store.claimDeliveries(NOW, 9, LEASE, OUTBOX)).toMatchObject([{ retire: "m3" }]);
    });

    it("leave alone the buttons of what took their place while they were on their way", async () => {
      await promise(ANNA, say("kies", BUTTON));
      const [old] = await store.claimDeliveries(NOW, 9, LEASE, OUTBOX);
      await store.dropAddress(ANNA);
      await promise(ANNA, say("bel nu", BUTTON));
      const [next] = await store.claimDeliveries(NOW, 9, LEASE, OUTBOX);
      if (next) await store.delivered(next, { buttons: "nieuw" });
      if (old) await store.delivered(old, { buttons: "oud" });
      await promise(ANNA, say("later", BUTTON));
      expect(await store.claimDeliveries(NOW, 9, LEASE, OUTBOX)).toMatchObject([{ retire: "nieuw" }]);
    });

    it("that cannot be opened wait, and hold up nobody", async () => {
      await promise(ANNA, say("voor Anna"));
      await promise(BRAM, say("voor Bram"));
      await engine.database().query("update outbox set message = 'kapot' where address = $1", [ANNA]);
      expect(await claim(NOW)).toEqual(["voor Bram"]);
      expect(unreadable).toBe(1);
      const [{ waiting } = { waiting: 0 }] = await engine
        .database()
        .query<{ waiting: number }>("select count(*)::int as waiting from outbox where address = $1", [ANNA]);
      expect(waiting).toBe(1);
    });

    it("are left out and counted once they are no longer true, and hold up nobody", async () => {
      await promise(ANNA, say("nog 10 tellen", { expiresAt: NOW + 10 }), say("klaar"));
      expect(await claim(NOW + 10)).toEqual(["klaar"]);
      expect(expired).toBe(1);
    });

    it("are not taken from under who is delivering them when they expire on the way", async () => {
      await promise(ANNA, say("nog 10 tellen", { expiresAt: NOW + 10 }), say("klaar"));
      expect(await claim(NOW)).toEqual(["nog 10 tellen"]);
      await store.housekeeping(NOW + 20);
      expect(await claim(NOW + 20)).toEqual([]);
      await store.housekeeping(NOW + LEASE);
      expect(expired).toBe(1);
      expect(await claim(NOW + LEASE)).toEqual(["klaar"]);
    });
  });

  describe("a flood of reminders", () => {
    const bulk = (text: string) => say(text, { lane: "bulk" });

    it("lets replies go first, and is itself given out in measured portions", async () => {
      for (let i = 0; i < 5; i++) await promise(`telegram:b${i}`, bulk(`herinnering ${i}`));
      await promise(ANNA, say("antwoord"));
      expect(await claim(NOW, 100, { channels: ["telegram"], bulk: { most: 2, pauseMs: 0 } })).toEqual([
        "antwoord",
        "herinnering 0",
        "herinnering 1",
      ]);
      expect(await claim(NOW, 2, { channels: ["telegram"], bulk: { most: 9, pauseMs: 0 } })).toEqual([
        "herinnering 2",
        "herinnering 3",
      ]);
      expect(await claim(NOW, 9, { channels: ["telegram"], bulk: { most: 0, pauseMs: 0 } })).toEqual([]);
      expect(await store.nextDeliveryAt(["telegram"])).toBe(NOW);
    });

    it("does not hold up the reply to somebody whose own reminder still waits: both leave, in order", async () => {
      await promise(ANNA, bulk("herinnering"));
      await promise(ANNA, bulk("nog een"), say("antwoord"));
      const left: string[] = [];
      for (let i = 0; i < 3; i++) {
        for (const c of await store.claimDeliveries(NOW, 9, LEASE, {
          channels: ["telegram"],
          bulk: { most: 0, pauseMs: 0 },
        })) {
          left.push(c.message.text);
          await store.delivered(c, {});
        }
      }
      expect(left).toEqual(["herinnering", "nog een", "antwoord"]);
    });
  });

  describe("the budget of bulk", () => {
    const HANDFUL = { channels: ["telegram"], bulk: { most: 5, pauseMs: 250 } };
    const bulk = (i: number) => promise(`telegram:b${i}`, say(`herinnering ${i}`, { lane: "bulk" }));

    it("is one for all processes: never more than twenty in any second, and all of them arrive", async () => {
      const processes = [store, createStore(await engine.another(), seal)];
      for (let i = 0; i < 60; i++) await bulk(i);
      const taken: { at: number; text: string }[] = [];
      for (let at = NOW; at < NOW + 4_000; at += 35) {
        const all = await Promise.all(processes.map((one) => one.claimDeliveries(at, 48, 60_000, HANDFUL)));
        for (const claim of all.flat()) taken.push({ at, text: claim.message.text });
      }
      expect(new Set(taken.map(({ text }) => text)).size).toBe(60);
      expect(taken).toHaveLength(60);
      for (const { at } of taken) {
        const within = taken.filter((one) => one.at >= at && one.at < at + 1_000).length;
        expect(within).toBeLessThanOrEqual(20);
      }
      // Nor much less: at most half of it is lost to looking every 35 ms.
      expect((taken.at(-1)?.at ?? 0) - NOW).toBeLessThan(3_500);
    });

    it("holds up no reply: not while it is spent, nor while another process is giving it out", async () => {
      const other = await engine.another();
      for (let i = 0; i < 10; i++) await bulk(i);
      expect(await claim(NOW, 48, HANDFUL)).toHaveLength(5);
      await promise(ANNA, say("antwoord"));
      expect(await claim(NOW + 1, 48, HANDFUL)).toEqual(["antwoord"]);
      if (engine.name === "PGlite") return;
      await promise(BRAM, say("nog een antwoord"));
      await other.using((db) =>
        db.transaction(async (tx) => {
          await tx.execute("select * from budgets for update");
          expect(await claim(NOW + 900, 48, HANDFUL)).toEqual(["nog een antwoord"]);
        }),
      );
      expect(await claim(NOW + 900, 48, HANDFUL)).toHaveLength(5);
    });

    it("is not lost with a process that dies: the others go on with all of it, and what it took comes back", async () => {
      const other = createStore(await engine.another(), seal);
      for (let i = 0; i < 10; i++) await bulk(i);
      const died = await claim(NOW, 48, HANDFUL);
      const left: string[] = [];
      for (let at = NOW + 250; at <= NOW + 1_250; at += 250) {
        for (const c of await other.claimDeliveries(at, 48, 60_000, HANDFUL)) left.push(c.message.text);
      }
      expect(left).toHaveLength(10);
      expect(left.slice(5).toSorted()).toEqual(died.toSorted());
    });

    it("says when it is whole again, and that nothing waits when nothing does", async () => {
      for (let i = 0; i < 6; i++) await bulk(i);
      for (const c of await store.claimDeliveries(NOW, 48, LEASE, HANDFUL)) await store.delivered(c, {});
      expect(await store.nextDeliveryAt(["telegram"])).toBe(NOW + 250);
      await promise(ANNA, say("antwoord"));
      expect(await store.nextDeliveryAt(["telegram"])).toBe(0);
      for (const c of await store.claimDeliveries(NOW + 250, 48, LEASE, HANDFUL))
        await store.delivered(c, {});
      expect(await store.nextDeliveryAt(["telegram"])).toBeUndefined();
    });

    it("is each channel's own", async () => {
      for (let i = 0; i < 6; i++) {
        await bulk(i);
        await promise(`discord:b${i}`, say(`op Discord ${i}`, { lane: "bulk" }));
      }
      const both = { ...HANDFUL, channels: ["telegram", "discord"] };
      expect(await claim(NOW, 48, both)).toHaveLength(10);
      expect(await claim(NOW + 249, 48, both)).toEqual([]);
      expect(await claim(NOW + 250, 48, both)).toHaveLength(2);
    });

    it("is whole when the clock was put back by an hour since it was spent", async () => {
      for (let i = 0; i < 10; i++) await bulk(i);
      expect(await claim(NOW, 48, HANDFUL)).toHaveLength(5);
      expect(await claim(NOW - 3_600_000, 48, HANDFUL)).toHaveLength(5);
    });
  });

  it("a channel that is down keeps its messages while the others go on", async () => {
    await promise("discord:1", say("voor Discord"));
    await promise(ANNA, say("voor Telegram"));
    expect(await claim()).toEqual(["voor Telegram"]);
    expect(await store.nextDeliveryAt(["discord"])).toBe(0);
    expect(await claim(NOW, 9, { channels: ["discord", "web"], bulk: { most: 9, pauseMs: 0 } })).toEqual([
      "voor Discord",
    ]);
    expect(await claim(NOW + LEASE, 9, { channels: [], bulk: { most: 9, pauseMs: 0 } })).toEqual([]);
  });

  describe("when the clock is put back by an hour", () => {
    const EARLIER = NOW - 3_600_000;

    it("what was promised just before leaves at once", async () => {
      await promise(ANNA, say("een"));
      expect(await claim(EARLIER)).toEqual(["een"]);
    });

    it("what was on its way or put off comes back after a lease, not after the hour", async () => {
      await promise(ANNA, say("een"));
      await promise(BRAM, say("dag"));
      const [een] = await store.claimDeliveries(NOW, 9, LEASE, OUTBOX);
      if (een) await store.postpone(een, NOW + 60_000);
      await store.clockPutBack(EARLIER);
      expect(await claim(EARLIER)).toEqual([]);
      expect((await claim(EARLIER + 60_000)).toSorted()).toEqual(["dag", "een"]);
    });

    it("and a wait of some minutes stays as it was where the clock did not move that far", async () => {
      await promise(ANNA, say("een"));
      await store.postponeAddress(ANNA, NOW + 300_000);
      await store.clockPutBack(NOW);
      expect(await claim(NOW + 299_999)).toEqual([]);
      expect(await claim(NOW + 300_000)).toEqual(["een"]);
    });
  });

  it("two processes share out all that waits, and nothing leaves twice", async () => {
    const other = createStore(await engine.another(), seal);
    for (let i = 0; i < 30; i++) await promise(`telegram:${i}`, say(`${i}a`), say(`${i}b`));
    const left: string[] = [];
    const work = async (mine: Store) => {
      for (let empty = 0; empty < 3; ) {
        const claims = await mine.claimDeliveries(NOW, 4, LEASE, OUTBOX);
        if (claims.length === 0) empty++;
        for (const c of claims) {
          left.push(c.message.text);
          await mine.delivered(c, {});
        }
      }
    };
    await Promise.all([work(store), work(other), work(store)]);
    left.push(...(await deliverAll(store)));
    expect(left.toSorted()).toEqual(
      Array.from({ length: 30 }, (_, i) => [`${i}a`, `${i}b`])
        .flat()
        .toSorted(),
    );
    for (let i = 0; i < 30; i++) expect(left.indexOf(`${i}a`)).toBeLessThan(left.indexOf(`${i}b`));
  });
});
