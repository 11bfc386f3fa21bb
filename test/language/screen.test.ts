import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCases, scoreSafety } from "../../src/cli/eval-safety.ts";
import { loadSafety } from "../../src/cli/load-safety.ts";
import { createScreen } from "../../src/language/screen.ts";
import { checkExample } from "../../src/script/flag.ts";

const safety = loadSafety("flows");
const { screen } = safety;
const first = (text: string) => screen(text)[0];
const cases = (file: string) => readCases(readFileSync(`test/safety/${file}.jsonl`, "utf8"));

describe("what stands around a sign", () => {
  it("is heard after the end of a denial", () => {
    expect(first("geen koorts, maar mijn mond hangt scheef")).toMatchObject({
      level: "emergency",
      mode: "stop",
    });
    expect(first("geen koorts, stijve nek of braken")).toBeUndefined();
  });

  it("hears a denial that is the sign itself", () => {
    for (const text of [
      "geen gevoel in mijn arm",
      "ik kan niet meer praten",
      "ik krijg geen lucht",
      "ze is niet wakker te krijgen",
    ])
      expect(first(text), text).toMatchObject({ level: "emergency", mode: "stop" });
  });

  it("is not talked down by the person or by a relative", () => {
    const worried = first("drukkende pijn op mijn borst");
    expect(
      first("drukkende pijn op mijn borst maar mijn man zegt dat het stress is, zal wel meevallen"),
    ).toEqual(worried);
  });

  it("knows that it is about somebody else, now", () => {
    expect(first("mijn man praat ineens wartaal")).toMatchObject({
      level: "emergency",
      mode: "stop",
      who: "other",
    });
    expect(first("ik praat ineens wartaal")).toMatchObject({ who: "self" });
    // Of what one does to another, it is about whom it is done to.
    expect(first("mijn man slaat me")).toMatchObject({ flag: "geweld", who: "self" });
    expect(first("hij knijpt mijn keel dicht")).toMatchObject({
      flag: "geweld",
      level: "emergency",
      who: "self",
    });
    expect(first("mijn vader slaat mijn zusje")).toMatchObject({ flag: "geweld", who: "other" });
    expect(first("mijn oma had in 2015 een beroerte")).toBeUndefined();
  });

  it("turns a stop that is supposed into one question", () => {
    expect(first("wat als ik ineens een scheve mond krijg")).toMatchObject({
      level: "emergency",
      mode: "ask",
    });
  });

  it("does not cry wolf at sayings", () => {
    for (const text of [
      "ik ben doodmoe",
      "ik lach me dood",
      "ik schrok me een hartaanval",
      "mijn hoofd ontploft van de mails",
    ])
      expect(first(text), text).toBeUndefined();
  });

  it("does not read one real word as another", () => {
    expect(first("ik voel me een beetje beroerd")).toBeUndefined();
    expect(first("het moet nog slagen")).toBeUndefined();
  });

  it("reads context as the rules do by themselves", () => {
    const rules = createScreen(safety.rules);
    for (const text of [
      "ik adem prima, geen pijn, zin om te starten",
      "ons poes moet morgen geopereerd worden",
      "ik bedoelde niet dat ik dood wil",
      "ik val bijna flauw van de honger",
      "mijn oom kreeg in 1987 een beroerte, daarom doe ik nu zelf aan ontspanning",
    ])
      expect(rules(text), text).toEqual([]);
    for (const text of [
      "zat een film te kijken en toen kon ik ineens niet meer praten",
      "mijn linkervoet sleept sinds vanmiddag",
      "ik hoop dat ik morgen niet meer wakker word",
    ])
      expect(rules(text)[0]?.level, text).toMatch(/emergency|crisis/);
    expect(rules("ik ben bewustelsoos geweest")[0]?.mode).toBe("stop");
  });

  it("puts the most serious sign first", () => {
    const levels = screen("ik slik bloedverdunners en mijn mond hangt scheef").map(
      (finding) => finding.level,
    );
    expect(levels).toEqual(["emergency", "contraindication"]);
  });

  it("tells an author which concept is missing", () => {
    const flag = {
      flag: "x",
      level: "urgent",
      sure: [],
      ask: [],
      note: [],
      not: [],
      notAsk: [],
      lasting: false,
      undergone: false,
      raise: undefined,
    } as const;
    expect(() => createScreen({ concepts: {}, flags: [{ ...flag, stop: ["<nergens>"] }] })).toThrow(
      "<nergens>",
    );
  });
});

describe("every flag", () => {
  it("does with its own examples what its author says", () => {
    expect(safety.examples.flatMap((example) => checkExample(screen, example) ?? [])).toEqual([]);
  });

  it("hears every phrase of the reference, and stops at none of the look-alikes", () => {
    const score = scoreSafety(screen, cases("phrases"));
    expect(score.misses.filter((miss) => miss.startsWith("MISS") && !miss.includes("  none ->"))).toEqual([]);
    expect(score.falseStops.hit).toBe(0);
  });
});

describe("messages that nobody wrote a rule for", () => {
  const share = ({ hit, of }: { hit: number; of: number }) => hit / of;
  it.each(["dev", "dev-2", "held-out", "sealed", "sealed-2"])(
    "are heard, and everyday talk is left alone (%s)",
    (file) => {
      const score = scoreSafety(screen, cases(file));
      const serious = (of: typeof score.heard) => ({
        hit: of.emergency.hit + of.crisis.hit,
        of: of.emergency.of + of.crisis.of,
      });
      expect(share(serious(score.heard))).toBeGreaterThanOrEqual(0.98);
      expect(share(serious(score.stopped))).toBeGreaterThanOrEqual(0.92);
      expect(share(score.heard.urgent)).toBeGreaterThanOrEqual(0.95);
      expect(share(score.heard.contraindication)).toBeGreaterThanOrEqual(0.92);
      expect(share(score.falseStops)).toBeLessThanOrEqual(0.03);
      expect(share(score.falseAsks)).toBeLessThanOrEqual(0.08);
    },
  );
});

describe("whatever somebody sends", () => {
  const lay = safety.rules.flags
    .flatMap((f) => [...f.stop, ...f.ask])
    .join(" ")
    .split(/[^a-z]+/);
  const piece = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      ...lay,
      "niet",
      "geen",
      "mijn",
      "ik",
      ".",
      ",",
      "?",
      "\n",
      "((((",
      "aaaa",
      "😂",
      "é",
      "'k",
    ),
  );
  const noise = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(" "));

  /** The time (ms) that this process has worked; what others do on the machine does not count. */
  const busy = () => process.cpuUsage().user / 1_000;

  it("gets an answer for each of 100,000 strings", () => {
    const texts = fc.sample(noise, { numRuns: 2_000, seed: 4 });
    const began = busy();
    // Each sample is also cut, doubled and turned, so that 2,000 samples make 100,000 strings.
    for (const [i, text] of texts.entries())
      for (let k = 0; k < 50; k++) {
        const cut = text.slice(k % 7, Math.max(8, 50 - k));
        if (
          !Array.isArray(
            screen(k % 2 ? cut : `${cut} ${(texts[(i + k) % texts.length] as string).slice(0, 12)}`),
          )
        )
          throw new Error("no list");
      }
    expect((busy() - began) / 100_000).toBeLessThan(2);
  }, 120_000);

  it("costs no more than its length asks, however nested", () => {
    const repeats = [
      "niet ",
      "mijn hoofd ",
      "geen pijn, ",
      "a",
      "((",
      "ik wil niet meer kan niet ",
      "hofdpin ",
      "ik. ",
      lay.slice(0, 200).join(" "),
    ];
    const time = (text: string) => {
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 5; i++) {
        const from = busy();
        screen(text);
        best = Math.min(best, busy() - from);
      }
      return best;
    };
    for (const repeat of repeats) {
      const long = repeat.repeat(5_000).slice(0, 5_000);
      const half = time(long.slice(0, 2_500));
      const whole = time(long);
      expect(whole, repeat).toBeLessThan(Math.max(5 * half, 50));
    }
  });
});
