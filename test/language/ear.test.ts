import { describe, expect, it } from "vitest";
import { loadSafety } from "../../src/cli/load-safety.ts";
import {
  besideEar,
  createEar,
  type EarWeights,
  type Impression,
  LEARNED,
  listen,
} from "../../src/language/ear.ts";
import { PLACES, signsOf } from "../../src/language/ear-signs.ts";
import { tokenize } from "../../src/language/fold.ts";
import type { Finding, ReadMessage, RuleFinding } from "../../src/language/judge.ts";
import { createScreen } from "../../src/language/screen.ts";

const { rules, screen } = loadSafety("flows");
const rulesAlone = createScreen(rules);
const order = ["note", "ask", "stop"];

/** A message as the ear takes it, without concepts. */
const said = (text: string, denied: readonly number[] = []) => ({
  tokens: tokenize(text),
  denied: (at: number) => denied.includes(at),
  concepts: [],
});

/** An ear without weights: it finds the same chance in every message. */
const flat = (bias: readonly number[]): EarWeights => ({
  bias,
  step: 1,
  weights: new Int8Array(PLACES * LEARNED.length),
  thresholds: {
    emergency: { ask: 0.4, stop: 0.8 },
    crisis: { ask: 0.4, stop: 0.8 },
    urgent: { ask: 0.4, stop: 0.8 },
  },
  note: 0.4,
  witness: { stop: 0.3, ask: 0.6 },
});

describe("what somebody says", () => {
  it("gives the same signs each time, all with a number that there is", () => {
    const text = "mijn linkerarm voelt als een zandzak, sinds het eten";
    const { places, strengths } = signsOf(said(text));
    expect(signsOf(said(text))).toEqual({ places, strengths });
    expect(places.every((place) => Number.isInteger(place) && place >= 0 && place < PLACES)).toBe(true);
    expect(strengths.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1);
  });

  it("is another sign when it is denied", () => {
    const plain = new Set(signsOf(said("koorts")).places);
    const denied = signsOf(said("koorts", [0])).places;
    expect(denied.filter((place) => plain.has(place)).length).toBeLessThan(denied.length / 2);
  });

  it("is read only so far, so that a long story costs no more", () => {
    const words = (n: number) => signsOf(said("mijn hoofd doet pijn ".repeat(n))).places.length;
    expect(words(2_000)).toBe(words(200));
  });
});

describe("how sure the ear is", () => {
  const hears = (bias: readonly number[], text = "er is iets met mij") => createEar(flat(bias))(said(text));

  it("decides between silence, a note, a question and a stop", () => {
    expect(hears([0, 0, 0, -3])?.alone).toMatchObject({ mode: "ask" });
    expect(hears([0, 0, 0, 9])?.alone).toMatchObject({ level: "emergency", mode: "stop" });
    expect(hears([9, 0, 0, 0])?.alone).toEqual({ level: "contraindication", mode: "note" });
    expect(hears([-9, -9, -9, -9])?.alone).toBeUndefined();
  });

  it("decides whether it backs what a rule heard", () => {
    expect(hears([0, 0, 0, 9])?.backs).toEqual({ stop: true, ask: true });
    expect(hears([0, 0, 0, 0.3])?.backs).toEqual({ stop: true, ask: true });
    expect(hears([-9, -9, -9, 0])?.backs).toEqual({ stop: true, ask: false });
    expect(hears([-9, -9, -9, -9])?.backs).toEqual({ stop: false, ask: false });
  });

  it("backs whatever a rule heard in a page, where one alarm drowns", () => {
    expect(hears([-9, -9, -9, -9], "er is iets met mij ".repeat(40))?.backs.stop).toBe(true);
  });

  it("counts for nothing with a few words, which are a button or an answer", () => {
    expect(hears([0, 0, 0, 9], "nee niets meer")).toBeUndefined();
  });
});

describe("what the ear makes of the findings", () => {
  const message = (longAgo: 0 | 1, text = "er is iets met mij"): ReadMessage => ({
    tokens: tokenize(text),
    matches: { concept: () => [], begins: () => false, pattern: () => [] },
    context: {
      deniedBy: () => [],
      past: () => longAgo,
      supposed: () => 0,
      who: () => "self",
    } as unknown as ReadMessage["context"],
  });
  const silent: Impression = { alone: undefined, backs: { stop: false, ask: false } };
  const backing: Impression = { alone: undefined, backs: { stop: true, ask: true } };
  const sure: Impression = { ...backing, alone: { level: "emergency", mode: "stop" } };
  const unsure: Impression = { ...silent, alone: { level: "emergency", mode: "ask" } };
  const note: Impression = { ...silent, alone: { level: "contraindication", mode: "note" } };
  const suspicions = { emergency: "vermoeden", contraindication: "let-op" };
  const found = (level: Finding["level"], mode: Finding["mode"], certain = false): RuleFinding => ({
    flag: "hart",
    level,
    mode,
    who: "self",
    sure: certain,
    sentence: 0,
  });
  const raise = (findings: readonly RuleFinding[], heard: Impression, longAgo: 0 | 1 = 0) =>
    besideEar(findings, heard, suspicions, message(longAgo));

  it("adds a suspicion where the rules are silent", () => {
    expect(raise([], sure)).toEqual([{ flag: "vermoeden", level: "emergency", mode: "stop", who: "self" }]);
    expect(raise([found("contraindication", "note")], unsure)).toHaveLength(2);
    expect(raise([found("urgent", "ask")], sure)).toHaveLength(1);
  });

  it("notes what a massage should mind only where nothing else was found", () => {
    expect(raise([], note)).toMatchObject([{ flag: "let-op", level: "contraindication", mode: "note" }]);
    expect(raise([found("urgent", "ask")], note)).toEqual([found("urgent", "ask")]);
  });

  it("stops where a rule and the ear agree, and asks where only the rule hears it", () => {
    expect(raise([found("emergency", "stop")], backing)).toMatchObject([{ mode: "stop" }]);
    expect(raise([found("emergency", "stop")], silent)).toMatchObject([{ level: "emergency", mode: "ask" }]);
    expect(raise([found("emergency", "stop", true)], silent)).toMatchObject([{ mode: "stop" }]);
    expect(raise([found("crisis", "ask")], backing)).toMatchObject([{ level: "crisis", mode: "stop" }]);
    expect(raise([found("crisis", "ask")], silent)).toMatchObject([{ mode: "ask" }]);
    expect(raise([found("contraindication", "note")], silent)).toMatchObject([{ mode: "note" }]);
    expect(besideEar([found("emergency", "stop")], undefined, suspicions, message(0))).toMatchObject([
      { mode: "stop" },
    ]);
  });

  it("leaves a sentence of few words to the rules", () => {
    const text = "ik word mishandeld. morgen om acht uur graag een herinnering";
    expect(besideEar([found("urgent", "stop")], silent, suspicions, message(0, text))).toMatchObject([
      { mode: "stop" },
    ]);
  });

  it("listens to each stretch of a message, so that nothing drowns in what is harmless", () => {
    const text =
      "ik zit lekker op de bank met thee na mijn werk. er is iets met mij aan de hand. tot morgen dan maar weer";
    const ear = ({ tokens }: { readonly tokens: readonly unknown[] }) =>
      tokens.length === 8 ? sure : silent;
    expect(listen(ear, message(0, text), [])).toEqual({ ...sure, backs: { stop: true, ask: false } });
    expect(listen(() => silent, message(0, text), [])).toEqual(silent);
    expect(listen(() => undefined, message(0, text), [])).toBeUndefined();
  });

  it("only asks about what is long past", () => {
    expect(raise([], sure, 1)).toMatchObject([{ mode: "ask" }]);
    expect(raise([found("emergency", "ask")], sure, 1)).toMatchObject([{ mode: "ask" }]);
  });

  it("does not ask again where somebody answers no, but stops where it is sure", () => {
    const answer = message(0, "nee ik ben alleen wat moe");
    expect(besideEar([], unsure, suspicions, answer)).toEqual([]);
    expect(besideEar([], sure, suspicions, answer)).toHaveLength(1);
  });

  it("raises nothing where there is no flag for it", () => {
    expect(besideEar([], sure, {}, message(0))).toEqual([]);
  });
});

describe("the ear that has learned", () => {
  it("never takes away what a rule found, nor its level, and never makes silence of a stop", () => {
    const texts = rules.flags.flatMap(({ stop, ask, note }) => [...stop, ...ask, ...note]);
    for (const text of texts) {
      const heard = screen(text);
      for (const own of rulesAlone(text)) {
        const kept = heard.find(({ flag, level }) => flag === own.flag && level === own.level);
        const least = own.mode === "stop" ? "ask" : own.mode;
        expect(order.indexOf(kept?.mode ?? ""), text).toBeGreaterThanOrEqual(order.indexOf(least));
      }
    }
  });

  it("says nothing of a usual day", () => {
    for (const text of [
      "mijn schouders zitten vast na een dag achter de laptop",
      "welke oefening helpt om beter in slaap te vallen",
      "morgen om acht uur graag een herinnering voor de hoofdmassage",
    ])
      expect(screen(text), text).toEqual([]);
  });
});
