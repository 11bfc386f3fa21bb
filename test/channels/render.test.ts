import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Capabilities } from "../../src/channels/channel.ts";
import { toDiscord, toPlain } from "../../src/channels/forms.ts";
import { type Block, parseMarkdown } from "../../src/channels/markdown.ts";
import { lengthOf, type Part, render } from "../../src/channels/render.ts";
import type { Button, Message } from "../../src/dialogue/message.ts";
import { anyText } from "../support/rendered.ts";

const PLACE: Capabilities = {
  form: "entities",
  textMax: 200,
  captionMax: 60,
  unit: "utf16",
  buttonsPerRow: 3,
  buttonRows: 2,
  labelMax: 20,
  rowWidth: 24,
  selectMax: 0,
  countdown: false,
};
const say = (text: string, more: Partial<Message> = {}): Message => ({
  text,
  buttons: [],
  lane: "reply",
  ...more,
});
const choices = (...labels: string[]): Button[] => labels.map((label, i) => ({ label, token: `t${i}` }));
const words = (parts: readonly Part[]): string[] => parts.map((part) => toPlain(part.blocks));
const labels = (part: Part | undefined): string[][] =>
  (part?.rows ?? []).map((row) => row.map(({ label }) => label));

describe("a message on a small platform", () => {
  it("comes whole where it fits", () => {
    const [part, ...more] = render(say("Hoi **jij**", { buttons: choices("Ja", "Nee") }), PLACE);
    expect(more).toEqual([]);
    expect(part && toPlain(part.blocks)).toBe("Hoi jij");
    expect(labels(part)).toEqual([["Ja", "Nee"]]);
  });

  it("is split between paragraphs, and its choices come with the last part", () => {
    const long = "Een zin die iets zegt over je nek. ".repeat(4).trim();
    const parts = render(say(`${long}\n\n${long}`, { buttons: choices("Klaar") }), PLACE);
    expect(words(parts)).toEqual([long, long]);
    expect(parts.map((part) => part.rows.length)).toEqual([0, 1]);
  });

  it("is split between sentences where one paragraph is too long", () => {
    const parts = render(say("Adem rustig in en uit door je neus. ".repeat(9)), PLACE);
    expect(parts.length).toBeGreaterThan(1);
    for (const text of words(parts)) expect(text).toMatch(/^Adem.*neus\.$/);
  });

  it("never breaks an emoji", () => {
    const family = "👩‍👩‍👧";
    const parts = render(say(family.repeat(100)), PLACE);
    expect(words(parts).join("")).toBe(family.repeat(100));
    for (const text of words(parts)) expect(text.length % family.length).toBe(0);
  });

  it("shows a picture with the first words, and the choices last", () => {
    const parts = render(
      say("Leg je handen op je kruin.\n\nMaak kleine rondjes met je vingers.", {
        picture: "kruin",
        buttons: choices("Klaar"),
      }),
      PLACE,
    );
    expect(words(parts)).toEqual(["Leg je handen op je kruin.", "Maak kleine rondjes met je vingers."]);
    expect(parts.map(({ picture, rows }) => [picture, rows.length])).toEqual([
      [true, 0],
      [false, 1],
    ]);
  });

  it("shows a picture also without words", () => {
    expect(render(say("", { picture: "kruin" }), PLACE)).toEqual([
      { blocks: [], rows: [], options: [], picture: true },
    ]);
  });

  it("says nothing where there is nothing to say", () => {
    expect(render(say("  \n "), PLACE)).toEqual([]);
  });

  it("says how long to go where the platform cannot count, and leaves it to one that can", () => {
    const message = say("Masseer.", { countdown: { until: 90_000, text: "Nog *anderhalve* minuut." } });
    expect(words(render(message, PLACE))).toEqual(["Masseer.\n\nNog anderhalve minuut."]);
    const discord = render(message, { ...PLACE, form: "discord", countdown: true });
    expect(discord.map((part) => toDiscord(part.blocks))).toEqual(["Masseer.\n\n⏳ <t:90:R>"]);
  });

  it("puts as many choices in a row as show whole", () => {
    const [part] = render(
      say("?", { buttons: choices("Klaar", "Pauze", "Stop", "Nog een keer graag") }),
      PLACE,
    );
    expect(labels(part)).toEqual([["Klaar", "Pauze", "Stop"], ["Nog een keer graag"]]);
  });

  it("fills rows evenly where they run out", () => {
    const [part] = render(
      say("?", { buttons: choices("een lange keuze", "twee lange keuze", "drie lange keuze", "vier") }),
      PLACE,
    );
    expect(labels(part)).toEqual([
      ["een lange keuze", "twee lange keuze"],
      ["drie lange keuze", "vier"],
    ]);
  });

  it("offers a select where there are more choices than buttons", () => {
    const buttons = choices(..."abcdefgh");
    const [part] = render(say("Kies", { buttons }), { ...PLACE, selectMax: 25 });
    expect(part?.rows).toEqual([]);
    expect(part?.options).toEqual(buttons);
  });

  it("numbers the choices where there is no room for them at all", () => {
    const parts = render(say("Kies:", { buttons: choices(..."abcdefgh") }), PLACE);
    expect(words(parts)).toEqual(["Kies:\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h"]);
    expect(parts[0]?.rows).toEqual([]);
  });

  it("numbers choices that are too long for a button and keeps the buttons, by number", () => {
    const [part] = render(
      say("Kies:", { buttons: choices("Ja", "Nee, want dit is een heel lang antwoord") }),
      PLACE,
    );
    expect(part && toPlain(part.blocks)).toBe("Kies:\n1. Ja\n2. Nee, want dit is een heel lang antwoord");
    expect(part?.rows.flat()).toEqual([
      { token: "t0", label: "1" },
      { token: "t1", label: "2" },
    ]);
  });

  it("survives a thousandfold repeat and five thousand emoji without a pause to notice", () => {
    const platform = { ...PLACE, textMax: 4096, captionMax: 1024 };
    const began = performance.now();
    expect(words(render(say("🧘🏽".repeat(5000)), platform)).join("")).toBe("🧘🏽".repeat(5000));
    expect(render(say("*[_`".repeat(1000)), platform).length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

const platforms: fc.Arbitrary<Capabilities> = fc.record({
  form: fc.constantFrom("entities", "discord", "html"),
  textMax: fc.integer({ min: 40, max: 300 }),
  captionMax: fc.integer({ min: 30, max: 100 }),
  unit: fc.constantFrom("utf16", "codepoints"),
  buttonsPerRow: fc.integer({ min: 1, max: 8 }),
  buttonRows: fc.integer({ min: 1, max: 5 }),
  labelMax: fc.integer({ min: 3, max: 40 }),
  rowWidth: fc.integer({ min: 5, max: 60 }),
  selectMax: fc.constantFrom(0, 10, 25),
  countdown: fc.boolean(),
});
const messages: fc.Arbitrary<Message> = fc.record(
  {
    text: fc.array(anyText, { maxLength: 8 }).map((texts) => texts.join(" ")),
    buttons: fc.array(fc.string({ maxLength: 45 }), { maxLength: 30 }).map((all) => choices(...all)),
    lane: fc.constant("reply" as const),
    picture: fc.constant("plaatje"),
    countdown: fc.record({ until: fc.nat(), text: anyText }),
  },
  { requiredKeys: ["text", "buttons", "lane"] },
);
const letters = (blocks: readonly Block[]): string =>
  blocks
    .flatMap(({ spans }) => spans.map(({ text }) => text))
    .join("")
    .replace(/\s+/gu, "");

describe("any message on any platform", () => {
  it("exceeds no limit, loses no word and no choice, and keeps its order", () => {
    fc.assert(
      fc.property(messages, platforms, (message, platform) => {
        const parts = render(message, platform);
        parts.forEach((part, i) => {
          const max = part.picture ? platform.captionMax : platform.textMax;
          expect(lengthOf(part.blocks, platform)).toBeLessThanOrEqual(max);
          expect(part.picture).toBe(message.picture !== undefined && i === 0);
          if (!part.picture) expect(part.blocks.length).toBeGreaterThan(0);
          if (i < parts.length - 1) expect([...part.rows, ...part.options]).toEqual([]);
          expect(part.rows.length).toBeLessThanOrEqual(platform.buttonRows);
          for (const row of part.rows) expect(row.length).toBeLessThanOrEqual(platform.buttonsPerRow);
          for (const { label } of part.rows.flat())
            expect(label.length).toBeLessThanOrEqual(platform.labelMax);
          for (const { label } of [...part.rows.flat(), ...part.options]) expect(label.trim()).not.toBe("");
          expect(part.options.length).toBeLessThanOrEqual(platform.selectMax);
        });

        const said = letters(parts.flatMap((part) => part.blocks));
        const meant =
          letters(parseMarkdown(message.text)) + letters(parseMarkdown(message.countdown?.text ?? ""));
        const list = message.buttons.map(({ label }) => label.replace(/\s+/gu, "")).join("");
        const last = parts.at(-1);
        const offered = [...(last?.rows.flat() ?? []), ...(last?.options ?? [])];
        if (offered.length > 0)
          expect(offered.map(({ token }) => token)).toEqual(message.buttons.map(({ token }) => token));
        const readable = message.buttons.every(({ label }, i) => offered[i]?.label === label);
        expect(said).toBe(readable && said === meant ? meant : meant + list);
      }),
      { numRuns: 300 },
    );
  });

  it("styles every part of a split text as the whole was styled", () => {
    const parts = render(say(`**${"Rustig aan. ".repeat(40).trim()}**`), PLACE);
    for (const part of parts)
      for (const block of part.blocks) for (const span of block.spans) expect(span.bold).toBe(true);
  });
});
