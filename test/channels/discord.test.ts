import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Gone } from "../../src/channels/channel.ts";
import { choices, type DiscordStage, discordStage, PERSON, say, TEXTS } from "../support/discord-stage.ts";
import { labelsOf } from "../support/fake-discord.ts";
import { gate } from "../support/gate.ts";

let stage: DiscordStage;
beforeEach(async () => {
  stage = await discordStage();
});
afterEach(() => stage.close());

const shown = () => stage.discord.dm(PERSON).map((message) => (message.thinking ? "..." : message.content));
const acts = () => stage.updates.map((update) => update.act);
describe("a person in the chat with the bot", () => {
  it("is heard, and gets the answer with choices that they can tap", async () => {
    const id = stage.discord.says(PERSON, "Ik heb stijve schouders");
    await stage.arrived(1);
    expect(stage.updates).toEqual([
      {
        kind: "update",
        address: `discord:${PERSON}`,
        id,
        act: { kind: "text", text: "Ik heb stijve schouders" },
        place: "private",
      },
    ]);
    const sent = await stage.channel.send(say("Zullen we?", { buttons: choices("Ja", "Nee") }));
    const [message] = stage.discord.dm(PERSON);
    expect(labelsOf(message)).toEqual(["Ja", "Nee"]);
    expect(sent).toEqual({ buttons: message?.id });
    const tap = stage.discord.taps(PERSON, "t2");
    await stage.arrived(2);
    expect(stage.updates[1]).toMatchObject({ id: tap.id, act: { kind: "tap", token: "t2" } });
    await stage.discord.until("the tap to be acknowledged", () => tap.answered);
    expect(tap.answered?.type).toBe(6);
    expect(shown()).toEqual(["Zullen we?"]);
  });

  it("sees 'is thinking' after a command, and then the answer in its place", async () => {
    stage.discord.slash(PERSON, "massage", { welke: "nek" });
    await stage.discord.until("is thinking", () => shown().includes("..."));
    await stage.arrived(1);
    expect(acts()).toEqual([{ kind: "command", name: "massage", rest: "nek" }]);
    await stage.channel.send(say("We beginnen met je nek."));
    await stage.discord.until("only the answer", () => shown().length === 1);
    expect(shown()).toEqual(["We beginnen met je nek."]);
  });

  it("does not see 'is thinking' for ever where there is nothing to say", async () => {
    const quick = stage.another({ thinkingMs: 1 });
    await stage.channel.stop();
    await quick.start(stage.door);
    const { answered } = stage.discord.slash(PERSON, "stop");
    expect(answered).toBeUndefined();
    await stage.discord.until("an acknowledgement", () =>
      stage.discord.world.calls.some(({ path }) => path.endsWith("/callback")),
    );
    await stage.discord.until(
      "an empty chat",
      () => stage.discord.world.calls.some(({ method }) => method === "DELETE") && shown().length === 0,
    );
  });

  it("is suggested questions while typing one", async () => {
    const suggested = await stage.discord.types(PERSON, "vraag", "vraag", "nek");
    expect(suggested).toEqual([{ name: "Over nek", value: "nek" }]);
    expect(stage.updates).toEqual([]);
  });

  it("is acknowledged within three seconds, also when fifty come at once and the house is stuck", async () => {
    const { opened, open } = gate();
    stage.atDoor = () => opened;
    const people = Array.from({ length: 50 }, (_, i) => String(BigInt(PERSON) + BigInt(i)));
    const all = people.map((person) => stage.discord.slash(person, "menu"));
    // Later than three seconds, the fake refuses it as Discord does.
    await stage.discord
      .until("all to be acknowledged", () => all.every(({ answered }) => answered))
      .finally(open);
    await stage.arrived(50);
  });

  it("is handled in the order in which they did things", async () => {
    const { opened, open } = gate();
    stage.atDoor = (update) =>
      update.act.kind === "text" && update.act.text === "een" ? opened : Promise.resolve();
    for (const text of ["een", "twee", "drie"]) stage.discord.says(PERSON, text);
    stage.discord.says("80351110224678999", "iemand anders");
    await stage.arrived(1);
    open();
    await stage.arrived(4);
    expect(acts().map((act) => act.kind === "text" && act.text)).toEqual([
      "iemand anders",
      "een",
      "twee",
      "drie",
    ]);
  });

  it("is heard although the house failed twice", async () => {
    let failures = 2;
    stage.atDoor = async () => {
      if (failures-- > 0) throw new Error("the database is away");
    };
    stage.discord.says(PERSON, "hoi");
    await stage.arrived(1);
    expect(acts()).toEqual([{ kind: "text", text: "hoi" }]);
  });

  it("is told so when the house keeps failing, and their words are in no log", async () => {
    stage.atDoor = async () => {
      throw new Error("the database is away");
    };
    stage.discord.says(PERSON, "ik voel me duizelig");
    await stage.discord.until("the words that it went wrong", () => shown().includes(TEXTS.failed));
    stage.discord.slash(PERSON, "vraag", { vraag: "duizelig" });
    await stage.discord.until(
      "the same after a command",
      () => shown().filter((text) => text === TEXTS.failed).length === 2,
    );
    expect(stage.logged.join("\n")).not.toMatch(/duizelig/);
  });
});

describe("a person in a server", () => {
  it("alone sees one line that leads to the private chat, where the answer is", async () => {
    stage.discord.slash(PERSON, "vraag", { vraag: "helpt massage bij hoofdpijn?" }, "server");
    await stage.arrived(1);
    expect(stage.updates[0]).toMatchObject({ address: `discord:${PERSON}`, place: "private" });
    await stage.channel.send(say("Beperkt onderzoek zegt: soms."));
    const line = await stage.discord.until("the line", () =>
      stage.discord.inServer().find(({ thinking }) => !thinking),
    );
    expect(line.onlyFor).toBe(PERSON);
    expect(line.content).toBe(
      `${TEXTS.answered}\n<https://discord.com/channels/@me/${stage.discord.world.dmChannel(PERSON)}>`,
    );
    expect(stage.discord.inServer()).toHaveLength(1);
    expect(shown()).toEqual(["Beperkt onderzoek zegt: soms."]);
  });

  it("is answered in the private chat too where they brought the bot along themselves", async () => {
    const { channel } = stage.discord.slash(PERSON, "menu", {}, "elsewhere");
    await stage.arrived(1);
    await stage.channel.send(say("Dit kan ik."));
    const elsewhere = () => stage.discord.world.messages.filter((message) => message.channel === channel);
    await stage.discord.until("the line", () => elsewhere().some(({ thinking }) => !thinking));
    expect(elsewhere().map(({ onlyFor }) => onlyFor)).toEqual([PERSON]);
    expect(shown()).toEqual(["Dit kan ik."]);
  });

  it("who mentions the bot is heard, and nothing of it is repeated there", async () => {
    const mention = stage.discord.mentions(PERSON, "mijn hoofd bonst");
    await stage.arrived(1);
    expect(acts()).toEqual([{ kind: "text", text: "mijn hoofd bonst" }]);
    await stage.channel.send(say("Hoe lang al?"));
    const [line] = await stage.discord.until(
      "the line",
      () => stage.discord.inServer().length > 0 && stage.discord.inServer(),
    );
    expect(line?.content).toContain(TEXTS.answered);
    expect(line?.replyTo).toBe(mention);
    expect(shown()).toEqual(["Hoe lang al?"]);
  });

  it("who closed their private messages reads why nothing comes and how to open them", async () => {
    stage.discord.world.closed.set(PERSON, 50007);
    await expect(stage.channel.send(say("Tijd voor je massage."))).rejects.toThrow(Gone);
    stage.discord.slash(PERSON, "menu", {}, "server");
    await stage.arrived(1);
    await expect(stage.channel.send(say("Dit kan ik."))).rejects.toThrow(Gone);
    const line = await stage.discord.until("the line", () =>
      stage.discord.inServer().find(({ thinking }) => !thinking),
    );
    expect(line).toMatchObject({ content: TEXTS.closed, onlyFor: PERSON });
    stage.discord.world.closed.clear();
    stage.discord.slash(PERSON, "menu", {}, "server");
    await stage.arrived(2);
    await stage.channel.send(say("Dit kan ik."));
    await stage.discord.until("the other line", () =>
      stage.discord.inServer().some(({ content }) => content.startsWith(TEXTS.answered)),
    );
  });
});

describe("at the end", () => {
  it("nothing is half handled, and what is promised can still be sent", async () => {
    const { opened, open } = gate();
    stage.atDoor = () => opened;
    const interaction = stage.discord.slash(PERSON, "menu");
    await stage.discord.until("an acknowledgement", () => interaction.answered);
    let stopped = false;
    const stopping = stage.channel.stop().then(() => {
      stopped = true;
    });
    await stage.channel.send(say("Dit kan ik."));
    expect(stopped).toBe(false);
    open();
    await stopping;
    expect(acts()).toEqual([{ kind: "command", name: "menu", rest: "" }]);
    expect(shown()).toEqual(["Dit kan ik."]);
    expect(stage.discord.gateway.ready()).toBe(0);
    await stage.channel.send(say("Tot later."));
    expect(shown()).toEqual(["Dit kan ik.", "Tot later."]);
  });
});
