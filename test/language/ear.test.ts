import { describe, expect, it } from "vitest";
import { loadSafety } from "../../src/cli/load-safety.ts";
import { createEar, type EarWeights, type Impression, LEARNED, raisedByEar } from "../../src/language/ear.ts";
import { PLACES, signsOf } from "../../src/language/ear-signs.ts";
import { tokenize } from "../../src/language/fold.ts";
import type { Finding, ReadMessage } from "../../src/language/judge.ts";
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
  weights: Buffer.alloc(PLACES * LEARNED.length).toString("base64"),
  thresholds: {
    emergency: { ask: 0.4, stop: 0.8 },
    crisis: { ask: 0.4, stop: 0.8 },
    urgent: { ask: 0.4, stop: 0.8 },
  },
  note: 0.4,
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
    expect(hears([0, 0, 0, -3])).toMatchObject({ mode: "ask" });
    expect(hears([0, 0, 0, 9])).toMatchObject({ level: "emergency", mode: "stop" });
    expect(hears([9, 0, 0, 0])).toEqual({ level: "contraindication", mode: "note" });
    expect(hears([-9, -9, -9, -9])).toBeUndefined();
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
      past: () => longAgo,
      supposed: () => 0,
      who: () => "self",
    } as unknown as ReadMessage["context"],
  });
  const sure: Impression = { level: "emergency", mode: "stop" };
  const unsure: Impression = { level: "emergency", mode: "ask" };
  const note: Impression = { level: "contraindication", mode: "note" };
  const suspicions = { emergency: "vermoeden", contraindication: "let-op" };
  const found = (level: Finding["level"], mode: Finding["mode"]): Finding => ({
    flag: "hart",
    level,
    mode,
    who: "self",
  });
  const raise = (findings: readonly Finding[], heard: Impression, longAgo: 0 | 1 = 0) =>
    raisedByEar(findings, heard, suspicions, message(longAgo));

  it("adds a suspicion where the rules are silent", () => {
    expect(raise([], sure)).toEqual([{ flag: "vermoeden", level: "emergency", mode: "stop", who: "self" }]);
    expect(raise([found("contraindication", "note")], unsure)).toHaveLength(2);
  });

  it("notes what a massage should mind only where nothing else was found", () => {
    expect(raise([], note)).toEqual([{ flag: "let-op", ...note, who: "self" }]);
    expect(raise([found("urgent", "ask")], note)).toEqual([found("urgent", "ask")]);
  });

  it("makes a stop of the same question, and leaves another question beside a doubt", () => {
    expect(raise([found("emergency", "ask")], sure)).toEqual([found("emergency", "stop")]);
    expect(raise([found("crisis", "ask")], unsure)).toEqual([found("crisis", "ask")]);
  });

  it("only asks about what is long past", () => {
    expect(raise([], sure, 1)).toMatchObject([{ mode: "ask" }]);
    expect(raise([found("emergency", "ask")], sure, 1)).toEqual([found("emergency", "ask")]);
  });

  it("does not ask again where somebody answers no, but stops where it is sure", () => {
    const answer = message(0, "nee ik ben alleen wat moe");
    expect(raisedByEar([], unsure, suspicions, answer)).toEqual([]);
    expect(raisedByEar([], sure, suspicions, answer)).toHaveLength(1);
  });

  it("raises nothing where there is no flag for it", () => {
    expect(raisedByEar([], sure, {}, message(0))).toEqual([]);
  });
});

describe("the ear that has learned", () => {
  it("never takes away or softens what a rule found", () => {
    const texts = rules.flags.flatMap(({ stop, ask, note }) => [...stop, ...ask, ...note]);
    for (const text of texts) {
      const heard = screen(text);
      for (const own of rulesAlone(text)) {
        const kept = heard.find(({ flag, level }) => flag === own.flag && level === own.level);
        expect(order.indexOf(kept?.mode ?? ""), text).toBeGreaterThanOrEqual(order.indexOf(own.mode));
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
