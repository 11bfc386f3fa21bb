import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DiscordStage, discordStage, PERSON, say } from "../support/discord-stage.ts";

let stage: DiscordStage;
beforeEach(async () => {
  stage = await discordStage();
});
afterEach(() => stage.close());

const texts = () => stage.updates.map(({ act }) => act.kind === "text" && act.text);

describe("when the connection to Discord breaks", () => {
  it("a person is heard once, also with what they wrote in the gap", async () => {
    const { gateway } = stage.discord;
    stage.discord.says(PERSON, "voor");
    await stage.arrived(1);
    gateway.drop();
    stage.discord.says(PERSON, "tijdens");
    await stage.discord.until("a resumed session", () => gateway.resumes.length === 1);
    stage.discord.says(PERSON, "na");
    await stage.arrived(3);
    expect(texts()).toEqual(["voor", "tijdens", "na"]);
    expect(gateway.identifies).toHaveLength(1);
  });

  it("it is taken up again when Discord asks for that", async () => {
    stage.discord.gateway.askToReconnect();
    await stage.discord.until("a resumed session", () => stage.discord.gateway.resumes.length === 1);
    stage.discord.says(PERSON, "hoi");
    await stage.arrived(1);
    expect(texts()).toEqual(["hoi"]);
  });

  it("it is made anew when Discord forgot it", async () => {
    stage.discord.gateway.forget();
    await stage.discord.until("a new session", () => stage.discord.gateway.identifies.length === 2);
    stage.discord.says(PERSON, "hoi");
    await stage.arrived(1);
    expect(texts()).toEqual(["hoi"]);
  });

  it.each([
    [4004, "the token was revoked", /DISCORD_TOKEN.*Reset Token/],
    [4014, "an intent is not allowed any more", /intents.*Developer Portal/],
    [4011, "there are too many servers for one shard", /shards/],
  ])("the house is told the remedy when it is for good (%i: %s)", async (code, _, remedy) => {
    stage.discord.gateway.expel(code);
    await stage.discord.until("the end", () => stage.fatal.length > 0);
    expect(stage.fatal[0]?.message).toMatch(remedy);
  });
});

describe("at the start", () => {
  it("a wrong token gives one sentence that names the remedy and not the token", async () => {
    const wrong = stage.another({ token: "not-the-token" });
    await expect(wrong.start(stage.door)).rejects.toThrow(/DISCORD_TOKEN.*Developer Portal/);
    expect(stage.logged.join("\n")).not.toContain("not-the-token");
  });

  it("only intents are asked for that need nobody's approval", () => {
    const privileged = (1 << 1) | (1 << 8) | (1 << 15);
    for (const { intents } of stage.discord.gateway.identifies) expect(intents & privileged).toBe(0);
  });

  it("Discord is asked how many shards there should be, and each is opened", async () => {
    stage.discord.world.shards = 2;
    const many = stage.another();
    await many.start(stage.door);
    const shards = stage.discord.gateway.identifies.slice(1).map(({ shard }) => shard);
    expect(shards).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it("a Discord that is away holds up nothing else, and is tried again until it is there", async () => {
    const away = { status: 503, body: { code: 0, message: "upstream connect error" } };
    stage.discord.world.moods.push({ path: /^\/gateway\/bot$/, times: 4, answer: away });
    await stage.another().start(stage.door);
    expect(stage.discord.gateway.identifies).toHaveLength(1);
    await stage.discord.until("the connection", () => stage.discord.gateway.identifies.length === 2);
    expect(stage.logged.filter((line) => line.includes("not reached yet"))).toHaveLength(2);
  });

  it("a stop ends the trying", async () => {
    const away = { status: 503, body: { code: 0, message: "upstream connect error" } };
    stage.discord.world.moods.push({ path: /^\/gateway\/bot$/, times: 99, answer: away });
    const patient = stage.another({ retryMs: 60_000 });
    await patient.start(stage.door);
    await patient.stop();
    expect(stage.discord.gateway.identifies).toHaveLength(1);
  });
});

describe("what Discord may one day send", () => {
  it("is passed over, and the next person is heard", async () => {
    const odd = [
      null,
      "text",
      [],
      {},
      { id: "1" },
      { type: 2 },
      { id: "81384788765712384", type: 2, token: "t" },
    ];
    for (const data of odd) {
      stage.discord.sends("INTERACTION_CREATE", data);
      stage.discord.sends("MESSAGE_CREATE", data);
      stage.discord.sends("SOMETHING_NEW", data);
      stage.discord.sends("GUILD_CREATE", data);
    }
    stage.discord.says(PERSON, "hoi");
    await stage.arrived(1);
    expect(texts()).toEqual(["hoi"]);
    await stage.channel.send(say("Dag!"));
  });
});
