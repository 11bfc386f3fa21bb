/** What somebody notes after each session: kept after a yes, else gone with the talk. */
import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { newConversation } from "../../src/dialogue/conversation.ts";
import type { Script } from "../../src/dialogue/script.ts";
import { turn } from "../../src/dialogue/turn.ts";
import { createTalk, type Talk } from "../support/talk.ts";

const { script } = contentOf();
const discord: Script = { ...script, withoutHealthData: new Set(["test"]) };

const noted = (talk: Talk) => talk.results.flatMap((r) => r.journal);
const stateOf = (talk: Talk) => JSON.stringify(talk.conversation().state);

function note(talk: Talk, score: string): void {
  talk.say("acupunctuur bijhouden");
  talk.tap("Ik ben geweest");
  talk.say(score);
  talk.tap("Ja");
}

function agree(talk: Talk): void {
  talk.command("privacy");
  talk.tap("Bewaar mijn sessies");
  talk.tap("Ja, bewaar het");
}

describe("a person who agreed that sessions are kept", () => {
  it("finds each note in the journal under the name of the talk, with its moment", () => {
    const talk = createTalk(script);
    agree(talk);
    note(talk, "7");
    expect(noted(talk)).toEqual([{ at: talk.now(), routine: "acupunctuurtraject", entry: { score: 7 } }]);
    expect(talk.conversation().person.sessions).toBe(0);
  });

  it("who withdraws that, keeps what was there and adds nothing", () => {
    const talk = createTalk(script);
    agree(talk);
    note(talk, "7");
    talk.command("privacy");
    talk.tap("Bewaar geen sessies meer");
    note(talk, "3");
    expect(noted(talk)).toHaveLength(1);
    talk.tap("Mijn sessies");
    expect(talk.results.at(-1)?.messages[0]?.text).toContain("- Sessie 2, 23 november: 3");
  });
});

describe("a person who agreed to nothing", () => {
  it("leaves no number behind when the talk is over, however it ends", () => {
    for (const leave of ["menu", "stop", "hoofdmassage", "privacy"]) {
      const talk = createTalk(script);
      note(talk, "7");
      expect(stateOf(talk)).toContain('"score":7');
      talk.say(leave);
      expect(stateOf(talk)).not.toContain('"score":7');
      expect(noted(talk)).toEqual([]);
    }
  });

  it("leaves none behind halfway either", () => {
    const talk = createTalk(script);
    talk.say("acupunctuur bijhouden");
    talk.tap("Ik ben geweest");
    talk.say("7");
    talk.say("stop");
    expect(stateOf(talk)).not.toContain("cijfer");
  });

  it("who comes back the next day finds it gone", () => {
    const talk = createTalk(script);
    note(talk, "7");
    talk.later(13 * 60 * 60_000);
    talk.tap("Mijn sessies");
    expect(stateOf(talk)).not.toContain('"score":7');
  });
});

describe("a person on a channel that keeps nothing about health", () => {
  it("is not shown there what another app keeps, and adds nothing to it", () => {
    const telegram = createTalk(script);
    agree(telegram);
    note(telegram, "7");
    const talk = createTalk(discord, telegram.now(), telegram.conversation());
    talk.say("acupunctuur bijhouden");
    const said = talk.results.flatMap((r) => r.messages.map((m) => m.text)).join("\n");
    expect(said).toContain("bewaar ik niets over je gezondheid");
    expect(said).not.toContain("Sessie 1");
    note(talk, "4");
    expect(noted(talk)).toEqual([]);
  });
});

describe("a turn", () => {
  const say = (text: string, journal?: readonly []) =>
    turn(
      script,
      { ...newConversation("test:1", 1), ...(journal && { journal }) },
      { kind: "update", address: "test:1", id: "1", act: { kind: "text", text }, place: "private" },
      2,
    );

  it("asks for what was kept only where it looks at it and does not have it", () => {
    expect(say("hoofdmassage").wants).toBeUndefined();
    expect(say("acupunctuur bijhouden").wants).toBe("journal");
    expect(say("acupunctuur bijhouden", []).wants).toBeUndefined();
  });
});
