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
import { nodeForm, routineForm, talkForm } from "../../src/script/form.ts";

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

  it("finds two examples in the README that work as they stand", () => {
    const [talk = "", routine = ""] = examples;
    expect(faultsOf("talks/dorst.yaml", talk)).toEqual([]);
    expect(faultsOf("routines/handen.yaml", routine)).toEqual([]);
  });

  const talk = (nodes: string): string => `flow: proef\ntitle: Proef\nnodes:\n${nodes}`;
  const step = (say: string, more = ""): string =>
    `routine: proef\ntitle: Proef\nminutes: 1\narea: [druk]\nseed: geen\nchecklist: {}\nsteps:\n  - id: een\n    title: Een\n    say: ${say}\n    seconds: 30\n${more}`;
  const faults: readonly (readonly [rule: string, file: string, text: string])[] = [
    ["yaml:4", "talks/proef.yaml", "flow: proef\ntitle: Proef\nnodes: [\n"],
    ["form:3", "talks/proef.yaml", "flow: proef\ntitle: Proef\nnodes: []\n"],
    ["unknown-node:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    go: weg\n")],
    ["unknown-flow:4", "talks/proef.yaml", talk("  - id: een\n    say: Hoi\n    open: weg\n")],
    ["unknown-word:4", "talks/proef.yaml", talk('  - id: een\n    say: "Hoi {wie}"\n')],
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
    [
      "checklist-short:8",
      "routines/proef.yaml",
      step("Druk.").replace("    say: Druk.\n    seconds: 30\n", "    call: adem-reset\n"),
    ],
  ];
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
    const fields = [nodeForm, talkForm, routineForm].flatMap((form) => Object.keys(form.shape));
    const words = [...fields, ...ACTIONS, ...COMMANDS, ...AREAS, ...HOUSE_CONDITIONS, ...HOUSE_PLACEHOLDERS];
    expect(words.filter((word) => !readme.includes(word))).toEqual([]);
  });

  it("finds every rule that is reported in the README", () => {
    const source = ["script/rules.ts", "script/reach.ts", "script/source.ts", "script.ts", "cli/spelling.ts"]
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
