import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandForms, suggestionsFor } from "../../src/channels/discord-commands.ts";
import { COMMANDS, type DiscordStage, discordStage } from "../support/discord-stage.ts";

let stage: DiscordStage;
beforeEach(async () => {
  stage = await discordStage();
});
afterEach(() => stage.close());

const written = () =>
  stage.discord.world.calls.filter(({ method, path }) => method === "PUT" && path.endsWith("/commands"));

describe("the slash commands", () => {
  it("stand in servers, in the chat with the bot and wherever a person brings it", () => {
    expect(stage.discord.commands().map(({ name }) => name)).toEqual(["menu", "massage", "vraag"]);
    for (const command of stage.discord.commands()) {
      expect(command.contexts).toEqual([0, 1, 2]);
      expect(command.integration_types).toEqual([0, 1]);
      expect(command.description_localizations).toMatchObject({
        "en-US": expect.any(String),
        nl: command.description,
      });
    }
    expect(stage.discord.commands()[1]?.options?.[0]).toMatchObject({
      name: "welke",
      required: false,
      choices: [
        { name: "Nek en schouders", value: "nek" },
        { name: "Handen", value: "handen" },
      ],
    });
    expect(stage.discord.commands()[2]?.options?.[0]).toMatchObject({ autocomplete: true, required: true });
  });

  it("are written once, and again only when they changed", async () => {
    expect(written()).toHaveLength(1);
    await stage.another().start(stage.door);
    expect(written()).toHaveLength(1);
    const [menu, ...others] = COMMANDS;
    const renamed = { name: "menu", description: { nl: "Wat kan ik?", en: "What can I do?" } };
    await stage.another({ commands: [...others, renamed] }).start(stage.door);
    expect(written()).toHaveLength(2);
    await stage.another({ commands: [renamed, ...others] }).start(stage.door);
    expect(written()).toHaveLength(2);
    expect(menu?.name).toBe("menu");
  });

  it("are no reason not to start: without them people can still write", async () => {
    stage.discord.world.moods.push({
      path: /\/commands$/,
      times: 1,
      answer: { status: 400, body: { code: 50035, message: "No" } },
    });
    await stage.another().start(stage.door);
    expect(stage.logged.join("\n")).toContain("could not be registered");
  });
});

describe("what is suggested", () => {
  const many = Array.from({ length: 30 }, (_, i) => ({ id: `r${i}`, title: `Routine ${i}` }));
  const option = { name: "welke", description: { nl: "Welke", en: "Which" }, required: false, choices: many };
  const commands = [{ name: "massage", description: { nl: "Begin", en: "Start" }, option }];

  it("is a search where there are more routines than Discord lists", () => {
    expect(commandForms(commands)[0]).toMatchObject({ options: [{ autocomplete: true }] });
    expect(suggestionsFor(commands, "massage", "")).toHaveLength(25);
    expect(suggestionsFor(commands, "massage", "routine 29")).toEqual([
      { label: "Routine 29", value: "r29" },
    ]);
  });

  it("is nothing for a command that takes no words", () => {
    expect(suggestionsFor(COMMANDS, "menu", "x")).toEqual([]);
    expect(suggestionsFor(COMMANDS, "unknown", "x")).toEqual([]);
  });
});
