/**
 * A programme over days and weeks: whatever somebody does or misses, in any zone and across both clock changes, a day
 * counts once, nothing is lost, and it comes to an end.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { alarmAt, type Conversation, newConversation } from "../../src/dialogue/conversation.ts";
import { localToday } from "../../src/dialogue/due.ts";
import type { Reminder } from "../../src/dialogue/reminder.ts";
import type { Flow } from "../../src/dialogue/script.ts";
import { createTalk, type Talk } from "../support/talk.ts";

const { script } = contentOf();
const programmes = [...script.flows.values()].filter((flow) => flow.programme);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse("2026-11-23T12:00:00Z");

const place = (flow: string, node: string) => [{ flow, node, visit: 1 }];
/** The moment at which this routine counts as done. */
const doneAt = (routine: string): string =>
  [...(script.flows.get(routine)?.nodes.values() ?? [])].find((n) => n.do.some((a) => a.name === "journal"))
    ?.id ?? "";

/** The same conversation, standing at the end of this routine. */
const atTheEnd = (conversation: Conversation, routine: string): Conversation => ({
  ...conversation,
  state: { ...conversation.state, frames: place(routine, doneAt(routine)), back: [] },
});

/** Somebody who finishes the routine of this programme, now, and what they hear. */
function finish(talk: Talk, programme: Flow): { talk: Talk; said: string } {
  const routine = programme.programme?.routine ?? "";
  const next = createTalk(script, talk.now(), atTheEnd(talk.conversation(), routine));
  return {
    said: next
      .say("opnieuw")
      .map((m) => m.text)
      .join("\n"),
    talk: next,
  };
}

/** Somebody who has just begun this programme in this zone, at its usual time. */
function begin(programme: Flow, zone: string, start: number): Talk {
  const fresh = newConversation("test:1", start);
  const talk = createTalk(script, start, {
    ...fresh,
    person: { ...fresh.person, zone },
    state: { ...fresh.state, slots: { gegroet: true } },
  });
  talk.say(programme.words[0] ?? "");
  talk.tap(talk.buttons()[0]?.label ?? "");
  talk.tap("Ja, dat klopt");
  return talk;
}

const progressOf = (talk: Talk): Reminder["progress"] => talk.conversation().reminders[0]?.progress;

describe("a person in a programme", () => {
  it("counts what they did and never more than once a day, wherever they live, until it is kindly over", () => {
    const someDay = fc.array(fc.constantFrom("ping", "early", "twice", "missed", "not today"), {
      minLength: 1,
      maxLength: 20,
    });
    const zone = fc.constantFrom(
      "Europe/Amsterdam",
      "America/Sao_Paulo",
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "Africa/Casablanca",
      "Asia/Kathmandu",
    );
    const start = fc
      .tuple(fc.constantFrom("2026-03-20", "2026-10-18", "2026-12-27", "2028-02-20"), fc.nat(23))
      .map(([day, hour]) => Date.parse(`${day}T00:00Z`) + hour * HOUR + 7 * MINUTE);
    fc.assert(
      fc.property(fc.constantFrom(...programmes), zone, start, someDay, (flow, zone, start, days) => {
        const { total, everyTime } = flow.programme ?? { total: 0, everyTime: false };
        let talk = begin(flow, zone, start);
        const counted = new Map<string, number>();
        let times = 0;
        let ended = "";
        const done = (): void => {
          if (!progressOf(talk)) return;
          const today = localToday(zone, talk.now()).date;
          const { talk: next, said } = finish(talk, flow);
          talk = next;
          if (everyTime || !counted.has(today)) times += 1;
          counted.set(today, (counted.get(today) ?? 0) + 1);
          if (!progressOf(talk)) ended = said;
        };
        for (let i = 0; i < 200 && progressOf(talk); i++) {
          const what = days[i % days.length];
          if (what === "early") done();
          if (what === "twice") for (let n = 0; n < 2; n++) done();
          const alarm = alarmAt(talk.conversation());
          if (alarm === undefined || !progressOf(talk)) break;
          const said = talk.later(alarm - talk.now()).map((m) => m.text);
          if (!progressOf(talk)) ended = said.join("\n");
          if (what === "ping") done();
          if (what === "not today" && talk.buttons().some((b) => b.label === "Vandaag niet"))
            talk.tap("Vandaag niet");
        }
        expect(progressOf(talk)).toBeUndefined();
        expect(ended).toContain(
          times >= total ? `${total} van ${total}` : times > 0 ? `${times} van ` : "niet van",
        );
        expect(alarmAt(talk.conversation())).toBeUndefined();
      }),
      { numRuns: 300, seed: 20261122 },
    );
  });

  it("hears the same whether the massage was done here or in the linked app", () => {
    const programme = script.flows.get("zeven-avonden") as Flow;
    const there = begin(programme, "Europe/Amsterdam", START);
    const shared = there.conversation().reminders.map((r): Reminder => ({ ...r, address: "other:2" }));
    const here = createTalk(script, START + HOUR, {
      ...newConversation("test:1", START),
      reminders: shared,
    });
    expect(alarmAt(here.conversation())).toBeUndefined();
    const { talk, said } = finish(here, programme);
    expect(said).toContain("1 van 7 dagen");
    const [counted] = talk.conversation().reminders;
    expect(counted).toMatchObject({ address: "other:2", progress: { done: 1, last: "2026-11-23" } });
    expect(talk.say("hoe ver ben ik")[0]?.text).toContain("Zeven avonden: 1 van 7 dagen");
    expect(talk.say("zeven avonden")[0]?.text).toContain("loopt al");

    // The ping of that evening stays away in the app where it would have spoken.
    const { address: _address, ...back } = counted as Reminder;
    const again = createTalk(script, START + 2 * HOUR, { ...there.conversation(), reminders: [back] });
    expect(again.later(DAY - 2 * HOUR)).toEqual([]);
    expect(again.later(DAY)[0]?.text).toContain("vond 2 van 7");
  });

  it("that an author took away, is not pinged into nothing for ever", () => {
    const talk = begin(script.flows.get("zeven-avonden") as Flow, "Europe/Amsterdam", START);
    const flows = new Map([...script.flows].filter(([id]) => id !== "zeven-avonden"));
    const later = createTalk({ ...script, flows }, START, talk.conversation());
    later.later(60 * DAY);
    expect(later.conversation().reminders).toEqual([]);
    expect(later.results.flatMap((r) => r.messages).every((m) => m.text !== "")).toBe(true);
  });

  it("that was begun long ago gets more time with another rhythm, and loses nothing", () => {
    const talk = begin(script.flows.get("zeven-avonden") as Flow, "Europe/Amsterdam", START);
    const { talk: one } = finish(talk, script.flows.get("zeven-avonden") as Flow);
    const until = progressOf(one)?.until ?? "";
    one.say("verander mijn herinnering naar elke maandag om 21 uur");
    one.tap("Ja, dat klopt");
    expect(progressOf(one)).toMatchObject({ done: 1, last: "2026-11-23" });
    expect((progressOf(one)?.until ?? "") > until).toBe(true);
  });
});
