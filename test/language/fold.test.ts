import { describe, expect, it } from "vitest";
import { fold, near, slipsFor, sound, tokenize } from "../../src/language/fold.ts";

const words = (text: string) => tokenize(text).map((token) => token.word);

describe("what somebody types is made comparable", () => {
  it("does not matter in capitals, with accents or stretched out", () => {
    expect(fold("HÉÉÉL zeer, dooood­moe")).toBe("heel zeer, doodmoe");
    expect(fold("neeee zooo")).toBe("nee zo");
  });

  it("reads a digit between letters as the letter that it looks like", () => {
    expect(fold("z3lfmoord d00d 38,5")).toBe("zelfmoord dood 38,5");
  });

  it("understands Flemish and chat spelling of small words", () => {
    expect(words("'k heb mijnen arm nie gevoeld, 't is ne pijn")).toEqual(
      "ik heb mijn arm niet gevoeld het is een pijn".split(" "),
    );
  });

  it("keeps decimal numbers and clock times whole", () => {
    expect(words("38,5 graden om 21:30")).toEqual(["38,5", "graden", "om", "21:30"]);
  });

  it("knows where a sentence and a clause end", () => {
    const tokens = tokenize("geen koorts, wel moe. En nu?");
    expect(tokens.map((t) => [t.word, t.sentence, t.clause])).toEqual([
      ["geen", 0, 0],
      ["koorts", 0, 0],
      ["wel", 0, 1],
      ["moe", 0, 1],
      ["en", 1, 2],
      ["nu", 1, 2],
    ]);
    expect(tokens[1]?.after).toBe(",");
  });

  it("hears the same word in ij and ei, d and t, one and two letters", () => {
    for (const [a, b] of [
      ["hoofdpijn", "hoofdpein"],
      ["mishandelt", "mishandeld"],
      ["stijve", "steive"],
      ["anafylaxie", "anafijlaxie"],
      ["koppijn", "kopijn"],
    ] as const)
      expect(sound(a)).toBe(sound(b));
    expect(sound("been")).not.toBe(sound("ben"));
  });

  it("forgives a slip, but not in a short word", () => {
    expect(near("hoofdpijn", "hoodfpijn", slipsFor(9))).toBe(true);
    expect(near("trombose", "thrombose", slipsFor(8))).toBe(true);
    expect(near("haar", "naar", slipsFor(4))).toBe(false);
    expect(near("beroerte", "beroepen", 1)).toBe(false);
  });
});
