/**
 * An author who follows `flows/README.md`: its examples work as they stand, every fault it names can be made, and
 * each is reported with its file, line and remedy.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FLOWS, readContent } from "../../src/content.ts";
import { AREAS } from "../../src/dialogue/flag.ts";
import { HOUSE_CONDITIONS } from "../../src/dialogue/guard.ts";
import { ACTIONS, COMMANDS } from "../../src/dialogue/script.ts";
import { HOUSE_PLACEHOLDERS } from "../../src/dialogue/text.ts";
import { nodeForm, programmeForm, routineForm, talkForm } from "../../src/script/form.ts";

const readme = readFileSync(join(FLOWS, "README.md"), "utf8");
const examples = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

describe("an author", () => {
  let folder: string;
  beforeAll(() => {
    folder = join(mkdtempSync(join(tmpdir(), "flows-")), "flows");
    cpSync(FLOWS, folder, { recursive: true });
  });
  afterAll(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

  /** The rules that a talk of this text breaks, with the lines. */
  const faultsOf = (name: string, text: string): string[] => {
    const file = join(folder, name);
    writeFileSync(file, text);
    try {
      const { faults } = readContent(folder);
      for (const fault of faults) expect(fault.remedy).not.toBe("");
      return faults.filter((f) => f.file === name).map((f) => `${f.rule}:${f.line}`);
    } finally {
      rmSync(file);
    }
  };

  it("finds three examples in the README that work as they stand", () => {
    const named = (name: string): string => examples.find((text) => text.startsWith(name)) ?? "";
    const [talk, routine, programme] = [named("flow:"), named("routine:"), named("programme:")];
    expect(faultsOf("talks/dorst.yaml", talk)).toEqual([]);
    expect(faultsOf("routines/handen.yaml", routine)).toEqual([]);
    expect(faultsOf("programmes/vijf-ochtenden.yaml", programme)).toEqual([]);
  });

  const talk = (nodes: string): string => `flow: proef\ntitle: Proef\nnodes:\n${nodes}`;
  const step = (say: string, more = ""): string =>
    `routine: proef\ntitle: Proef\nminutes: 1\narea: [druk]\nseed: geen\nchecklist: {}\nsteps:\n  - id: een\n    title: Een\n    say: ${say}\n    picture: geen\n    seconds: 30\n${more}`;
  const programme = (line: string): string =>
    [
      ...[
        "programme: proef",
        "title: Proef",
        "routine: microstretch",
        "total: 3",
        "unit: keer",
        "seed: geen",
      ],
      ...["say: Een proef.", "times: { negen: elke avond om 21 uur }", "start: Goed.", "ping: [Nu.]"],
      ...["done: [Gedaan.]", "end: Klaar.", ""],
    ]
      .map((one) => (one.split(":")[0] === line.split(":")[0] ? line : one))
      .join("\n");
  const faults: readonly (readonly [rule: string, file: string, text: string])[] = [
    ["yaml:4", "talks/proef.yaml", "flow: proef\ntitle: Proef\nnodes: [\n"],
    ["form:3", "talks/proef.yaml", "flow: proef\ntitle: Proef\nnodes: []\n"],
    ["unknown-node:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    go: weg\n")],
    ["unknown-flow:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    open: weg\n")],
    ["unknown-word:4", "talks/proef.yaml", talk('  - id: een\n    say: "Hoi {wie}"\n')],
    ["unknown-word:4", "talks/proef.yaml", talk('  - id: een\n    say: "{gedaan} keer gedaan"\n')],
    ["unknown-word:4", "talks/proef.yaml", talk('  - id: een\n    say: "Dit is {titel}"\n')],
    ["unknown-condition:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    when: nooit-gezegd\n")],
    ["unknown-area:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    area: [staart]\n")],
    ["missing-picture:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    picture: weg\n")],
    ["says-nothing:4", "talks/proef.yaml", talk("  - id: een\n    choices: { ja: Ja }\n")],
    [
      "labels-alike:4",
      "talks/proef.yaml",
      talk("  - id: een\n    say: Hoi\n    choices: { ja: Ja, ook: ja! }\n"),
    ],
    ["no-way-out:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    seconds: 30\n")],
    ["dead-end:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    go: een\n")],
    [
      "unreachable:7",
      "talks/proef.yaml",
      talk("  - id: een\n    say: Hoi\n    go: einde\n  - id: twee\n    say: Dag\n"),
    ],
    ["duplicate-id:6", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n  - id: een\n    say: Dag\n")],
    [
      "unknown-flag:4",
      "talks/proef.yaml",
      talk("  - id: een\n    say: Hoi\n    choices: { ja: { label: Ja, flag: weg } }\n"),
    ],
    [
      "unknown-question:4",
      "talks/proef.yaml",
      talk("  - id: een\n    say: Hoi\n    choices: { ja: { label: Ja, faq: weg } }\n"),
    ],
    [
      "label-too-long:4",
      "talks/proef.yaml",
      talk(`  - id: een\n    say: Hoi\n    choices: { ja: ${"ja ".repeat(20)} }\n`),
    ],
    ["too-long:4", "talks/proef.yaml", talk(`  - id: een\n    say: ${"woord ".repeat(400)}\n`)],
    ["too-many-words:8", "routines/proef.yaml", step("druk ".repeat(61))],
    ["form:4", "programmes/proef.yaml", programme("total: nooit")],
    ["form:8", "programmes/proef.yaml", programme("times: {}")],
    ["never-done:3", "programmes/proef.yaml", programme("routine: weg")],
    ["never-done:3", "programmes/proef.yaml", programme("routine: menu")],
    ["unclear-time:8", "programmes/proef.yaml", programme("times: { ooit: morgen om 21 uur }")],
    ["unclear-time:8", "programmes/proef.yaml", programme("times: { vaak: zo vaak als het kan }")],
    ["unknown-word:10", "programmes/proef.yaml", programme("ping: ['Nummer {nummertje}']")],
    ["unknown-word:7", "programmes/proef.yaml", programme("say: 'Voor {wie}'")],
    [
      "checklist-short:8",
      "routines/proef.yaml",
      step("Druk.").replace("    say: Druk.\n    picture: geen\n    seconds: 30\n", "    call: adem-reset\n"),
    ],
  ];
  /** What is wrong with a routine of this text, in words. */
  const messageOf = (text: string): string[] => {
    const file = join(folder, "routines/proef.yaml");
    writeFileSync(file, text);
    try {
      return readContent(folder).faults.map(({ line, message }) => `${line} ${message}`);
    } finally {
      rmSync(file);
    }
  };

  describe("who lets people breathe", () => {
    const breathing = (breathe: string, more = ""): string =>
      step("Adem mee.").replace("    picture: geen\n    seconds: 30\n", `    breathe: ${breathe}\n${more}`);
    it("writes a rhythm, and gets its picture and its clock", () => {
      writeFileSync(
        join(folder, "routines/proef.yaml"),
        breathing(
          "{ in: 4, out: 6, rest: 1, rounds: 3 }",
          "    versions:\n      - { when: noten, seconds: 20 }\n",
        ),
      );
      const { content, faults } = readContent(folder);
      rmSync(join(folder, "routines/proef.yaml"));
      expect(faults).toEqual([]);
      const [other, plain] = content?.script.flows.get("proef")?.nodes.get("een")?.versions ?? [];
      expect(plain).toMatchObject({ picture: "adem-4-0-6-1", seconds: 33 });
      expect(other).toMatchObject({ picture: "adem-4-0-6-1", seconds: 20 });
      expect(content?.pictures.get("adem-4-0-6-1")?.alt).toContain("in 4, uit 6, rust 1");
    });

    it.each([
      ["{ in: 4, hold: 1, out: 6 }", "rounds", "how many breaths"],
      ["{ in: 4.5, out: 6, rounds: 5 }", "in", "whole seconds, 2 to 8"],
      ["{ in: 1, out: 6, rounds: 5 }", "in", "whole seconds, 2 to 8"],
      ["{ in: 4, hold: 9, out: 6, rounds: 5 }", "hold", "whole seconds, 0 to 4"],
      ["{ in: 4, hold: 1, out: 6, rounds: 30 }", "breathe", "at most 300 seconds"],
      ["{ in: 4, uit: 6, out: 6, rounds: 5 }", "breathe", "uit"],
    ])("reads what is wrong with %s", (breathe, part, why) => {
      const [message, ...more] = messageOf(breathing(breathe));
      expect(more).toEqual([]);
      expect(message).toMatch(/^11 steps > 0 > breathe/);
      expect(message).toContain(part);
      expect(message).toContain(why);
    });

    it("hears that what breathes has its own picture and clock, also in another wording", () => {
      const alone = /leave out `picture` and `seconds`/;
      const good = "{ in: 4, out: 6, rounds: 3 }";
      expect(messageOf(breathing(good, "    seconds: 30\n"))).toEqual([expect.stringMatching(alone)]);
      expect(messageOf(breathing(good, "    picture: adem-in\n"))).toEqual([expect.stringMatching(alone)]);
      const version = `    versions:\n      - { when: noten, seconds: 20, breathe: ${good} }\n`;
      expect(messageOf(breathing(good, version))).toEqual([expect.stringMatching(alone)]);
    });
  });

  describe("who counts along", () => {
    const counting = (count: string, more = "    picture: hoofd-nek\n"): string =>
      step("Tel mee.").replace("    picture: geen\n    seconds: 30\n", `    count: ${count}\n${more}`);

    it("writes how far and how fast, and gets the figure below the drawing and the clock", () => {
      writeFileSync(
        join(folder, "routines/proef.yaml"),
        counting(
          "{ to: 6, every: 5, hold: 3 }",
          "    picture: hoofd-nek\n    versions:\n      - { when: noten, picture: hoofd-rust, count: { to: 4, every: 3 } }\n",
        ),
      );
      const { content, faults } = readContent(folder);
      rmSync(join(folder, "routines/proef.yaml"));
      expect(faults).toEqual([]);
      const [other, plain] = content?.script.flows.get("proef")?.nodes.get("een")?.versions ?? [];
      expect(plain).toMatchObject({ picture: "tel-6-5-3-hoofd-nek", seconds: 38 });
      expect(other).toMatchObject({ picture: "tel-4-3-0-hoofd-rust", seconds: 20 });
      expect(content?.pictures.get("tel-6-5-3-hoofd-nek")?.alt).toMatch(
        /^Van achteren gezien .* telt tot 6\.$/,
      );
    });

    it.each([
      ["{ every: 4 }", "to", "whole number, 2 to 20"],
      ["{ to: 10, every: 1 }", "every", "whole number, 2 to 10"],
      ["{ to: 10, every: 10, hold: 9 }", "hold", "whole number, 0 to 8"],
      ["{ to: 10, every: 4, hold: 4 }", "count", "less is held than a count lasts"],
      ["{ to: 20, every: 10 }", "count", "at most 120 seconds"],
    ])("reads what is wrong with %s", (count, part, why) => {
      const [message, ...more] = messageOf(counting(count));
      expect(more).toEqual([]);
      expect(message).toMatch(/^11 steps > 0 > count/);
      expect(message).toContain(part);
      expect(message).toContain(why);
    });

    it("hears that what counts needs a drawing, and has its own clock", () => {
      const good = "{ to: 10, every: 4 }";
      const own = /what counts needs a `picture`/;
      expect(messageOf(counting(good, "    picture: geen\n"))).toEqual([expect.stringMatching(own)]);
      expect(messageOf(counting(good, "    picture: hoofd-nek\n    seconds: 30\n"))).toEqual([
        expect.stringMatching(own),
      ]);
      expect(messageOf(counting(good, "    picture: weg\n"))).toEqual([
        expect.stringMatching(/no picture "weg"/),
      ]);
    });
  });

  it("hears of a step that does not show how, and of a clock around the steps that does not", () => {
    const shows = /a step shows how it is done/;
    const bare = step("Druk.").replace("    picture: geen\n", "");
    expect(messageOf(bare)).toEqual([expect.stringMatching(shows)]);
    expect(messageOf(bare.replace("    seconds: 30\n", ""))).toEqual([expect.stringMatching(shows)]);
    const rest = "after:\n  - id: rust\n    say: Rust uit.\n    seconds: 20\n";
    expect(messageOf(step("Druk.", rest))).toContainEqual(expect.stringMatching(shows));
    expect(messageOf(step("Druk.", rest.replace("    seconds: 20\n", "")))).toEqual([]);
  });

  it.each(faults)("reads %s", (rule, file, text) => {
    expect(faultsOf(file, text)).toContain(rule);
  });

  const question = (more: string): string =>
    `domain: proef\ntitle: Proef\nseed: geen\ntopics:\n  - id: proef-een\n    question: Wat is een proef?\n    about: [cranio]\n    ask: [wat is een proef]\n    answer: Een proef.\n${more}`;

  it("is shown the question that offers a routine that is not there", () => {
    expect(faultsOf("faq/proef.yaml", question("    routine: weg\n"))).toEqual(["unknown-flow:5"]);
  });

  it("is shown the question that goes with one that is not there", () => {
    expect(faultsOf("faq/proef.yaml", question("    related: [weg]\n"))).toEqual(["faq:10"]);
  });

  it("finds every word that may be written in the README", () => {
    const fields = [nodeForm, talkForm, routineForm, programmeForm].flatMap((form) =>
      Object.keys(form.shape),
    );
    const words = [...fields, ...ACTIONS, ...COMMANDS, ...AREAS, ...HOUSE_CONDITIONS, ...HOUSE_PLACEHOLDERS];
    expect(words.filter((word) => !readme.includes(word))).toEqual([]);
  });

  it("finds every rule that is reported in the README", () => {
    const source = [
      "script/rules.ts",
      "script/reach.ts",
      "script/source.ts",
      "script/programme.ts",
      "script.ts",
      "cli/spelling.ts",
    ]
      .map((name) => readFileSync(new URL(`../../src/${name}`, import.meta.url), "utf8"))
      .join("\n");
    const rules = [
      ...source.matchAll(/(?:\bat\(|report\()\s*(?:[\w.]+,\s*)*"([a-z]+-[a-z-]+)"/g),
      ...source.matchAll(/rule: "([a-z-]+)"/g),
    ].map(([, rule = ""]) => rule);
    expect(rules.length).toBeGreaterThan(15);
    for (const rule of rules) expect(readme, rule).toContain(`\`${rule}\``);
  });
});
