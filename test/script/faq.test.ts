import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileFaq, faqFile } from "../../src/script/faq.ts";
import { readFaq } from "../faq/script.ts";

const faq = readFaq();
const topics = [...faq.topics.values()];

describe("somebody who reads an answer", () => {
  it("finds all questions of the five domains, in an order that an author chose", () => {
    expect(faq.domains.map(({ id, topics: own }) => [id, own.length])).toEqual([
      ["hoofdmassage", 13],
      ["gezichtsmassage", 17],
      ["nek-hoofdpijn", 17],
      ["deep-tissue", 8],
      ["craniosacraal", 11],
    ]);
  });

  it.each(topics.map(({ id, answer }) => [id, answer] as const))(
    "gets at most five short lines about %s",
    (_, answer) => {
      const lines = answer.split("\n");
      expect(lines.length).toBeLessThanOrEqual(5);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
    },
  );

  it("is promised nothing: no percentage, no cure, no proof, no brand, no figure that cannot be traced", () => {
    const said = topics.map(({ answer }) => answer).join("\n");
    expect(said).not.toMatch(
      /\d\s?%|procent|geneest|(?<!niet )bewezen|behandelt\b|garandeer|20 meter|twintig meter/i,
    );
    expect(said).not.toMatch(
      /vichy|roche|dermalogica|ordinary|skinceuticals|acusana|rustkamer|wellness lab/i,
    );
  });

  it("hears whom to ask first wherever they ask whether something is safe for them", () => {
    for (const { id, answer } of topics)
      if (
        /wanneer-niet|niet-geschikt|niet-voor-wie|risicos|kinderen|medicatie|bijwerkingen|na-ingreep|acne/.test(
          id,
        )
      )
        expect(answer, id).toMatch(/arts|huisarts|behandelaar/i);
  });

  it("is offered no massage right after hearing when it is not safe", () => {
    for (const id of ["hoofdmassage-wanneer-niet", "hoofdmassage-duizelig", "gezichtsmassage-na-ingreep"])
      expect(faq.topics.get(id)?.routine, id).toBeUndefined();
    expect(faq.topics.get("hoofdmassage-stappen")?.routine).toBe("hoofdmassage");
  });

  it("is only offered routines and talks that exist", () => {
    const there = ["routines", "talks"].flatMap((folder) =>
      readdirSync(new URL(`../../flows/${folder}/`, import.meta.url)).map((name) =>
        name.replace(".yaml", ""),
      ),
    );
    for (const { id, routine } of topics) if (routine !== undefined) expect(there, id).toContain(routine);
  });

  it("is spoken to as je, never as u", () => {
    for (const { id, answer, label } of topics) expect(`${answer} ${label}`, id).not.toMatch(/\b[Uu]w?\b/);
  });
});

describe("an author who makes a mistake", () => {
  const file = (more: object) =>
    faqFile.parse({
      domain: "d",
      title: "D",
      seed: "000",
      topics: [{ id: "a", question: "Wat is a?", about: ["s"], ask: ["a?"], answer: "A.", ...more }],
    });
  const lexicon = faqFile.parse({
    subjects: { s: ["s"] },
    aspects: {},
    words: {},
    outside: {},
    orders: ["^stop"],
    fillers: "de",
  });
  const faults = (...files: Parameters<typeof compileFaq>[0]) =>
    compileFaq(files).faults.map(({ message }) => message);

  it("hears nothing when all is well", () => {
    expect(faults(file({}), lexicon)).toEqual([]);
  });

  it("hears of a related question that is not there, with its place", () => {
    expect(compileFaq([file({ related: ["b"] }), lexicon]).faults).toEqual([
      { file: 0, path: ["topics", 0, "related"], message: '"a" goes with "b", which is not a topic' },
    ]);
  });

  it("hears of a subject and an aspect that the lexicon does not know", () => {
    expect(faults(file({ about: ["t", "u"] }), lexicon)).toEqual([
      '"a" is about "t", which is no subject of the lexicon',
      '"a" is about "u", which the lexicon does not know',
    ]);
  });

  it("hears of an id that is used twice", () => {
    expect(faults(file({}), file({ ask: ["b?"], question: "Wat is b?" }), lexicon)).toEqual([
      '"a" is there twice: give each its own id',
    ]);
  });

  it("hears of an answer that is too long", () => {
    expect(
      faqFile.safeParse({
        domain: "d",
        title: "D",
        seed: "0",
        topics: [{ id: "a", question: "Wat is a?", about: ["s"], ask: ["a"], answer: "1\n2\n3\n4\n5\n6" }],
      }).success,
    ).toBe(false);
  });
});
