/** What is done once counts once, and what may be done again may be done again. */
import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { newConversation } from "../../src/dialogue/conversation.ts";
import type { Reminder } from "../../src/dialogue/reminder.ts";
import { createTalk, type Talk } from "../support/talk.ts";

const { script } = contentOf();
const HOUR = 3_600_000;
const START = Date.parse("2026-11-23T12:00:00Z");

function agree(talk: Talk): void {
  talk.command("privacy");
  for (const label of ["Bewaar mijn sessies", "Ja, bewaar het"]) talk.tap(label);
}

/** Somebody who has a programme that counts each time, and is at its third. */
function inWorkday(): Talk {
  const fresh = newConversation("test:1", START);
  const reminder: Reminder = {
    id: "r1",
    flow: "werkdag",
    recurrence: { days: [1, 2, 3, 4, 5], times: ["09:00", "17:00"] },
    zone: "Europe/Amsterdam",
    dueAt: START + 4 * HOUR,
    progress: { done: 2, until: "2026-12-31" },
  };
  return createTalk(script, START, {
    ...fresh,
    reminders: [reminder],
    state: { ...fresh.state, slots: { gegroet: true } },
  });
}

describe("a person who goes back after the end of a routine", () => {
  const end = (talk: Talk): void => {
    talk.say("schermpauze");
    for (const label of ["Begin", "Klaar", "Klaar", "Dat zit goed"]) talk.tap(label);
  };

  it("has done it once, however often", () => {
    const talk = createTalk(script, START);
    agree(talk);
    end(talk);
    for (let i = 0; i < 2; i++) {
      talk.say("terug");
      talk.say("dat zit goed");
    }
    expect(talk.results.flatMap((r) => r.journal)).toHaveLength(1);
    expect(talk.conversation().person.sessions).toBe(1);
  });

  it("is counted once in a programme that counts each time", () => {
    const talk = inWorkday();
    end(talk);
    talk.say("terug");
    talk.say("dat zit goed");
    expect(talk.conversation().reminders[0]?.progress?.done).toBe(3);
  });
});

describe("a button that keeps working", () => {
  it("is not a double tap an hour later", () => {
    const talk = createTalk(script, START);
    talk.say("menu");
    const token = talk.buttons()[0]?.token ?? "";
    const [first] = talk.tapToken(token);
    expect(first).toBeDefined();
    expect(talk.tapToken(token)).toEqual([]);
    talk.later(HOUR);
    expect(talk.tapToken(token)[0]?.text).toBe(first?.text);
  });

  it("answers also who taps what is not there any more", () => {
    const talk = createTalk(script, START);
    agree(talk);
    talk.command("privacy");
    const token = talk.buttons().find((b) => b.label === "Bewaar geen sessies meer")?.token ?? "";
    expect(talk.tapToken(token)).toHaveLength(1);
    talk.later(HOUR);
    expect(talk.tapToken(token)).toHaveLength(1);
  });
});

describe("the end of a programme that nobody was waiting for", () => {
  it("goes behind replies, and is not said when it is late", () => {
    const talk = inWorkday();
    const [reminder] = talk.conversation().reminders;
    const over = { ...(reminder as Reminder), progress: { done: 2, until: "2026-11-01" } };
    const late = createTalk(script, START, { ...talk.conversation(), reminders: [over] });
    const [said] = late.later(5 * HOUR);
    expect(said).toMatchObject({ lane: "bulk", expiresAt: expect.any(Number) });
    expect(late.say("dank je")[0]?.lane).toBe("reply");
  });
});

describe("the scores of a programme", () => {
  it("outlive the end of one whose name begins alike", () => {
    const sums = { before: 7, after: 3, times: 1 };
    const talk = inWorkday();
    const { state, reminders } = talk.conversation();
    const slots = { ...state.slots, "scores-werkdag": sums, "scores-werkdag-lang": sums };
    const over = { ...(reminders[0] as Reminder), progress: { done: 2, until: "2026-11-01" } };
    const late = createTalk(script, START, {
      ...talk.conversation(),
      reminders: [over],
      state: { ...state, slots },
    });
    late.later(5 * HOUR);
    expect(late.conversation().state.slots).not.toHaveProperty("scores-werkdag");
    expect(late.conversation().state.slots).toHaveProperty("scores-werkdag-lang");
  });
});
