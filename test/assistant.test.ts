/** The inner house, door to outbox, on both databases: with a channel of cardboard and a clock that is handed in. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Assistant, createAssistant } from "../src/assistant.ts";
import { type Channel, type Delivery, Gone, Later, Refused } from "../src/channels/channel.ts";
import { contentOf } from "../src/content.ts";
import type { Act, Address } from "../src/dialogue/input.ts";
import { createMetrics } from "../src/metrics.ts";
import { createOutbox, type Outbox } from "../src/outbox.ts";
import { createScheduler, type Scheduler } from "../src/scheduler.ts";
import { createStore, type Store } from "../src/store/store.ts";
import { type Engine, onEachEngine } from "./support/database.ts";
import { seal } from "./support/turns.ts";

const { script, pictures } = contentOf();
const ANNA: Address = "cardboard:1";
const START = Date.parse("2026-11-23T19:00:00Z");
const quiet = { info() {}, warn() {}, error() {} } as never;

onEachEngine((engine) => {
  describe("the inner house", () => suite(engine));
});

function suite(engine: Engine): void {
  let now: number;
  let said: Delivery[];
  /** Taken one by one by the next deliveries: what the platform answers instead of OK. */
  let troubles: (Error | undefined)[];
  let store: Store;
  let outbox: Outbox;
  let scheduler: Scheduler;
  let assistant: Assistant;
  let heard: (() => void)[];
  let number: number;

  const channel: Channel = {
    name: "cardboard",
    capabilities: {} as never,
    start: async () => {},
    stop: async () => {},
    async send(delivery) {
      const trouble = troubles.shift();
      if (trouble) throw trouble;
      said.push(delivery);
      for (const listen of heard.splice(0)) listen();
      return delivery.message.buttons.length > 0 ? { buttons: delivery.nonce } : {};
    },
  };

  /** Everything but the database is made anew, as after a restart. */
  function open(dying?: keyof Store): void {
    const metrics = createMetrics();
    store = createStore(engine.database(), seal);
    if (dying) store = mortal(store, dying);
    assistant = createAssistant({
      script,
      store,
      now: () => now,
      newCode: () => "ABCD2345",
      log: quiet,
      metrics,
      promised: () => outbox.nudge(),
      alarmSet: () => {},
    });
    outbox = createOutbox({
      store,
      channels: new Map([[channel.name, channel]]),
      pictures,
      unreachable: assistant.receive,
      now: () => now,
      log: quiet,
      metrics,
    });
    scheduler = createScheduler({
      store,
      eachMinute: async () => {},
      receive: assistant.receive,
      now: () => now,
      steady: () => now,
      log: quiet,
    });
    outbox.start();
  }
  const close = async () => {
    await outbox.stop();
    await scheduler.stop();
  };

  beforeEach(() => {
    now = START;
    said = [];
    troubles = [];
    heard = [];
    number = 0;
    open();
  });
  afterEach(close);

  const receive = (act: Act, id = String(++number)) =>
    assistant.receive({ kind: "update", address: ANNA, id, act, place: "private" });
  const type = (text: string) => receive({ kind: "text", text });
  /** Resolves once the newest delivery holds these words. */
  const hears = (words: string): Promise<Delivery> =>
    new Promise((resolve) => {
      const look = (): void => {
        const newest = said.at(-1);
        if (newest?.message.text.includes(words)) resolve(newest);
        else heard.push(look);
      };
      look();
    });
  const tap = (label: string) => {
    const button = said
      .findLast((d) => d.message.buttons.length > 0)
      ?.message.buttons.find((b) => b.label === label);
    if (!button) throw new Error(`No button ${label} at: ${said.at(-1)?.message.text}`);
    return receive({ kind: "tap", token: button.token });
  };
  async function toTheFirstStep(): Promise<void> {
    await type("hoofdmassage");
    await hears("Voor wie");
    for (const [label, words] of [
      ["Voor mezelf", "Eerst even"],
      ["Nee, niets", "Nog een paar"],
      ["Nee, niets", "droog"],
      ["Droog", "voeten"],
      ["Begin", "Stap 1"],
    ] as const) {
      await tap(label);
      await hears(words);
    }
  }

  it("answers, with a picture and a countdown, and takes the buttons of the message before away", async () => {
    await toTheFirstStep();
    const step = said.at(-1);
    expect(step?.picture?.alt).toContain("voorhoofd");
    expect(step?.message.countdown?.until).toBe(now + 30_000);
    expect(step?.retire).toBe(said.at(-2)?.nonce);
  });

  it("ends a step at its moment and not before, whoever looks", async () => {
    await toTheFirstStep();
    now += 29_999;
    await scheduler.look();
    expect(said.at(-1)?.message.text).toContain("Stap 1");
    now += 1;
    await Promise.all([scheduler.look(), scheduler.look()]);
    await hears("Stap 2");
    expect(said.filter((d) => d.message.text.includes("Stap 2"))).toHaveLength(1);
  });

  it("handles an update that comes twice once, also at the same time", async () => {
    await toTheFirstStep();
    const before = said.length;
    const klaar: Act = { kind: "text", text: "klaar" };
    await Promise.all([receive(klaar, "x"), receive(klaar, "x"), receive(klaar, "x")]);
    await hears("Stap 2");
    await outbox.idle();
    expect(said).toHaveLength(before + 1);
  });

  it("says nothing of the steps before a red flag that were not delivered yet", async () => {
    await toTheFirstStep();
    troubles = [new Later("wait", 5_000)];
    await type("klaar");
    await outbox.idle();
    await type("ik krijg geen lucht meer en mijn borst drukt");
    now += 6_000;
    outbox.nudge();
    await hears("Bel nu");
    await outbox.idle();
    expect(said.some((d) => d.message.text.includes("Stap 2"))).toBe(false);
  });

  it("parks the massage with one line when the last step could not be delivered in time", async () => {
    await toTheFirstStep();
    troubles = [new Error("the platform is down")];
    await type("klaar");
    await outbox.idle();
    now += 45_000;
    await scheduler.look();
    await outbox.idle();
    expect(said.at(-1)?.message.text).toContain("Ik was even weg");
    expect(said.at(-2)?.message.text).toContain("Stap 1");
  });

  it("stops talking to somebody who is gone, and begins again when they come back", async () => {
    await toTheFirstStep();
    troubles = [new Gone("blocked")];
    await type("klaar");
    await outbox.idle();
    const before = said.length;
    now += 3_600_000;
    await scheduler.look();
    await outbox.idle();
    expect(said).toHaveLength(before);
    expect(await store.nextAlarmAt()).toBeUndefined();
    await type("menu");
    await hears("Waar heb je zin in");
  });

  it("drops a message that the platform will never take, and goes on with the next", async () => {
    troubles = [new Refused("too odd")];
    await type("hoi");
    await type("menu");
    await hears("Waar heb je zin in");
  });

  it("wakes nobody twice and forgets nothing when it dies at any point", async () => {
    // Each of these processes dies at another point between the door and the platform's OK.
    const points: (keyof Store)[] = ["transact", "claimDeliveries", "delivered", "nextDeliveryAt"];
    const steps = ["Stap 2", "Stap 3", "Stap 4", "Stap 5"];
    await toTheFirstStep();
    for (const [i, point] of points.entries()) {
      await close();
      open(point);
      const klaar: Act = { kind: "text", text: "klaar" };
      await receive(klaar, `step-${i}`).catch(() => {});
      await close();
      // The platform got no OK and brings the update again; a new process takes over what the dead one leased.
      open();
      await store.releaseLeases(now);
      await receive(klaar, `step-${i}`);
      await outbox.idle();
      expect(said.at(-1)?.message.text).toContain(steps[i]);
    }
    for (const words of steps) {
      const times = said.filter((d) => d.message.text.includes(words)).length;
      // Only between the platform's OK and our mark can a message come twice: the third dies there, the fourth may.
      const [least, most] = words === "Stap 4" ? [2, 2] : words === "Stap 5" ? [1, 2] : [1, 1];
      expect(times, words).toBeGreaterThanOrEqual(least);
      expect(times, words).toBeLessThanOrEqual(most);
    }
  });

  it("forgets everything about a person who asks for it", async () => {
    await toTheFirstStep();
    await type("/x");
    await receive({ kind: "command", name: "wis", rest: "" });
    await hears("Zal ik alles wissen");
    await tap("Ja, wis alles");
    await hears("Alles is gewist");
    await outbox.idle();
    const kept = (await store.exportPerson(ANNA)) as
      | { reminders?: unknown[]; journal?: unknown[] }
      | undefined;
    expect(kept?.reminders ?? []).toEqual([]);
    expect(kept?.journal ?? []).toEqual([]);
  });

  it("hands over all that is kept, as a file", async () => {
    await type("herinner me elke dag om 21:30");
    await hears("Klopt dat");
    await tap("Ja, dat klopt");
    await hears("Ik stuur je een bericht");
    await receive({ kind: "command", name: "export", rest: "" });
    const delivery = await new Promise<Delivery>((resolve) => {
      const look = (): void => {
        const file = said.find((d) => d.file);
        if (file) resolve(file);
        else heard.push(look);
      };
      look();
    });
    expect(Buffer.from(delivery.file?.bytes ?? []).toString()).toContain("21:30");
  });

  it("remembers what somebody let it note, also after a restart, hands it over, and forgets it at their word", async () => {
    await type("acupunctuur bijhouden");
    await hears("een cijfer");
    for (const [label, words] of [
      ["Bewaar mijn sessies", "Zal ik bewaren"],
      ["Ja, bewaar het", "Er staat nog niets"],
      ["Ik ben geweest", "sessie 1"],
      ["Veel (8)", "Klopt dat"],
      ["Ja", "staat erbij"],
    ] as const) {
      await tap(label);
      await hears(words);
    }
    await close();
    open();
    await type("acupunctuur bijhouden");
    await hears("- Sessie 1, ");
    expect(await store.exportPerson(ANNA)).toMatchObject({
      journal: [{ at: now, routine: "acupunctuurtraject", entry: { score: 8 } }],
    });
    await type("wis alles");
    await hears("Dit kan niet terug");
    await tap("Ja, wis alles");
    await hears("Alles is gewist");
    await type("acupunctuur bijhouden");
    await hears("na dit gesprek ben ik het kwijt");
  });

  it("joins two apps of one person by a code that works once", async () => {
    const command = (address: Address, name: string, rest = "") =>
      assistant.receive({
        kind: "update",
        address,
        id: String(++number),
        act: { kind: "command", name, rest },
        place: "private",
      });
    const other: Address = "cardboard:2";
    await command(ANNA, "koppel");
    await hears("twee apps");
    await tap("Geef me een code");
    await hears("ABCD2345");
    await command(other, "koppel", "abcd-2345");
    await hears("Gelukt");
    await command(other, "koppel", "abcd-2345");
    await hears("klopt niet");
    await command(other, "ontkoppel");
    await hears("losmaken");
    await tap("Nee, laat zo");
    await outbox.idle();
  });

  it("keeps no word that a person typed", async () => {
    const secret = "mijn buurvrouw heet Xanthippe Quaadgras";
    await type(secret);
    await hears("Ik ben");
    await outbox.idle();
    const rows: unknown[] = [];
    for (const table of ["persons", "conversations", "reminders", "journal", "outbox", "updates"])
      rows.push(...(await engine.database().query(`select * from ${table}`, [])));
    expect(JSON.stringify(rows)).not.toContain("Xanthippe");
    expect(JSON.stringify(await store.exportPerson(ANNA))).not.toContain("Xanthippe");
  });
}

/** A store in a process that is killed when it comes to this point: from then on nothing of it happens. */
function mortal(store: Store, point: keyof Store): Store {
  let dead = false;
  return Object.fromEntries(
    Object.entries(store).map(([name, work]) => [
      name,
      async (...args: never[]) => {
        dead ||= name === point;
        if (dead) throw new Error("killed");
        return (work as (...a: never[]) => Promise<unknown>)(...args);
      },
    ]),
  ) as unknown as Store;
}
