/** What somebody tells in passing: it holds for half a day without a word, and goes without a word too. */
import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { alarmAt } from "../../src/dialogue/conversation.ts";
import type { Script } from "../../src/dialogue/script.ts";
import { createTalk, type Talk } from "../support/talk.ts";

const { script } = contentOf();
const discord: Script = { ...script, withoutHealthData: new Set(["test"]) };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const stateOf = (talk: Talk) => JSON.stringify(talk.conversation().state);

/** Somebody who has said hello. */
function begun(one: Script = script): Talk {
  const talk = createTalk(one);
  talk.command("start");
  return talk;
}

describe("a person who tells of a contraindication", () => {
  it("and never comes back, is remembered for half a day and no longer, without hearing of it", () => {
    const talk = begun();
    talk.say("ik ben zwanger");
    expect(talk.later(12 * HOUR - 1)).toEqual([]);
    expect(stateOf(talk)).toContain("zwanger");
    expect(talk.later(1)).toEqual([]);
    expect(stateOf(talk)).not.toContain("zwanger");
    expect(alarmAt(talk.conversation())).toBeUndefined();
  });

  it("on a button is forgotten too, with the button and the talk about it", () => {
    const talk = begun();
    talk.say("hoofdmassage");
    for (const label of ["Voor mezelf", "Nee, niets", "Ja, iets hiervan", "Bloedverdunners of trombose"])
      talk.tap(label);
    expect(stateOf(talk)).toContain("bloedverdunners");
    expect(talk.later(DAY)).toEqual([]);
    expect(stateOf(talk)).not.toContain("bloedverdunners");
  });

  it("and only hears reminders since, is not remembered by them", () => {
    const talk = begun();
    talk.say("herinner me elke dag om 21:00");
    talk.tap("Ja, dat klopt");
    talk.say("ik ben zwanger");
    expect(talk.later(2 * DAY)).toHaveLength(2);
    expect(stateOf(talk)).not.toContain("zwanger");
    talk.say("terug");
    expect(stateOf(talk)).not.toContain("zwanger");
  });

  it("and is gone, is forgotten at the same moment", () => {
    const talk = begun();
    talk.say("herinner me elke dag om 21:00");
    talk.tap("Ja, dat klopt");
    talk.say("ik ben zwanger");
    talk.input({ kind: "unreachable", address: "test:1" });
    expect(talk.later(3 * DAY)).toEqual([]);
    expect(stateOf(talk)).not.toContain("zwanger");
    expect(alarmAt(talk.conversation())).toBeUndefined();
    expect(talk.say("hallo")).toHaveLength(1);
  });

  it("and comes back after an outage of the bot, finds it gone", () => {
    const talk = begun();
    talk.say("ik ben zwanger");
    talk.away(DAY);
    talk.say("dank je");
    expect(stateOf(talk)).not.toContain("zwanger");
  });

  it("keeps it as long as the talk goes on", () => {
    const talk = begun();
    talk.say("ik ben zwanger");
    talk.later(11 * HOUR);
    talk.say("dank je");
    talk.later(11 * HOUR);
    expect(talk.conversation().state.flags).toContain("zwanger");
  });

  it("where nothing may be kept, leaves nothing behind once its talk is over", () => {
    const talk = begun(discord);
    talk.say("hoofdmassage");
    for (const label of ["Voor mezelf", "Nee, niets", "Ja, iets hiervan", "Bloedverdunners of trombose"])
      talk.tap(label);
    talk.say("stop");
    expect(stateOf(talk)).not.toContain("bloedverdunners");
  });
});

describe("a note that is not kept", () => {
  it("is gone half a day later, also of who never comes back", () => {
    const talk = begun();
    talk.say("acupunctuur bijhouden");
    talk.tap("Ik ben geweest");
    talk.say("7");
    expect(talk.later(DAY)).toEqual([]);
    expect(stateOf(talk)).not.toContain("cijfer");
  });
});

describe("a person who tells of what nobody else may read", () => {
  const hidden = (id: string): Script => {
    const flag = script.flags.get(id);
    if (!flag) throw new Error(`There is no flag "${id}".`);
    return { ...script, flags: new Map([...script.flags, [id, { ...flag, hidden: true }]]) };
  };
  const said = (talk: Talk) => talk.results.flatMap((r) => r.messages.map((m) => m.text)).join("\n");

  it("does not find it again in a later message, whatever they do", () => {
    for (const later of ["hallo", "terug", "verder", "opnieuw", "waar waren we", "hoofdmassage"]) {
      const talk = begun();
      talk.say("herinner me elke dag om 21:00");
      talk.tap("Ja, dat klopt");
      talk.say("mijn man slaat me");
      expect(said(talk)).toContain("Veilig Thuis");
      const first = talk.results.length;
      talk.later(2 * DAY);
      talk.say(later);
      const since = talk.results.slice(first).flatMap((r) => r.messages.map((m) => m.text));
      expect(since.join("\n")).not.toMatch(/Veilig Thuis|niet veilig|pijn|bang|Bel je huisarts/);
    }
  });

  it("is not led back into that talk once it is over", () => {
    const talk = begun();
    talk.say("mijn man slaat me");
    for (const label of ["Het is iets anders", "Nee"]) talk.tap(label);
    expect(talk.say("terug").map((m) => m.text)).toEqual([expect.stringContaining("Verder terug kan niet")]);
  });

  it("does not read its name where a step is left out", () => {
    const talk = begun(hidden("zwanger"));
    talk.say("tennisbal");
    for (const label of ["Verder", "Nee, niets", "Ja, iets hiervan", "Ik ben zwanger"]) talk.tap(label);
    for (const label of ["Nee, dat was alles", "Ja, dat kan", "Vijftien minuten"]) talk.tap(label);
    const [skipped] = talk.later(15 * 60_000);
    expect(skipped?.text).toBe("Deze stap sla ik over, omdat je zei: iets persoonlijks.");
  });
});

describe("a person who was asked about somebody else by an earlier version", () => {
  it("is asked and called for as somebody who tells of another", () => {
    const before = begun().conversation();
    const frames = [{ flow: "veilig-112", node: "bel", visit: 1, about: "samen~other" }];
    const talk = createTalk(script, undefined, { ...before, state: { ...before.state, frames } });
    const [said] = talk.say("hallo");
    expect(said?.text).toContain("Bel nu 112");
    expect(talk.conversation().state.frames).toMatchObject([{ about: "samen", who: "other" }]);
  });
});
