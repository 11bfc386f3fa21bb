/** The bot's own words raise no alarm: whoever types a button, a command or a question is not taken for ill. */
import { describe, expect, it } from "vitest";
import { contentOf } from "../src/content.ts";

const { script } = contentOf();
const stops = (text: string): string[] =>
  script.screen(text).flatMap(({ flag, mode }) => (mode === "note" ? [] : [`${mode} ${flag}: ${text}`]));

/** Buttons that name a sign are meant to be heard: a checklist's lines, and what stands in a talk about a flag. */
const flows = [...script.flows.values()].filter((f) => f.kind !== "safety");

describe("whoever types", () => {
  it("a button in words, or a word that stands for it, is heard as just that", () => {
    const said = flows.flatMap((flow) =>
      [...flow.nodes.values()].flatMap((node) =>
        node.choices.filter((c) => !c.flag).flatMap((c) => [c.label, ...c.words]),
      ),
    );
    expect(said.length).toBeGreaterThan(500);
    expect(said.flatMap(stops)).toEqual([]);
  });

  it("a command or the name of a routine is heard as just that", () => {
    const said = [
      ...script.bot.commands.flatMap((c) => c.words),
      ...flows.flatMap((f) => [f.title, ...f.words]),
    ];
    expect(said.flatMap(stops)).toEqual([]);
  });

  it("a question of the list is answered, not taken for a complaint", () => {
    const said = [...script.topics.values()].flatMap((t) => [t.question, t.label]);
    expect(said.flatMap(stops)).toEqual([]);
  });

  it("one small word is never an alarm", () => {
    const words =
      "ja nee ok oke hoi dag mezelf zelf kind droog olie klaar verder morgen straks later bedankt top fijn zacht links rechts voor achter samen alleen thuis werk moe druk stil warm koud goed slecht lekker rust pijn hoofd nek";
    expect(words.split(" ").flatMap(stops)).toEqual([]);
    const pairs = words.split(" ").flatMap((a) => ["voor", "met", "ik ben", "heel"].map((b) => `${b} ${a}`));
    expect(pairs.flatMap(stops)).toEqual([]);
  });
});
