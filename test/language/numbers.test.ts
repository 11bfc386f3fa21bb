import { describe, expect, test } from "vitest";
import { readNumber } from "../../src/language/numbers.ts";

const SCORE = { min: 0, max: 10 };

describe("a score from 0 to 10", () => {
  test.each([
    ["een 6", 6],
    ["6/10", 6],
    ["zes", 6],
    ["zesje", 6],
    ["een zesje", 6],
    ["'n 5je", 5],
    ["pijnscore 4/10", 4],
    ["8 op 10", 8],
    ["acht op tien", 8],
    ["8 van de 10", 8],
    ["acht op een schaal van 10", 8],
    ["op een schaal van 0 tot 10 een 6", 6],
    ["10/10", 10],
    ["🔟", 10],
    ["6️⃣", 6],
    ["nul", 0],
    ["geen pijn", 0],
    ["helemaal geen pijn meer", 0],
    ["één", 1],
    ["een dikke 7", 7],
    ["ik zou zeggen zes", 6],
    ["7, denk ik", 7],
    ["6 of zo", 6],
    ["'k geef het nen 8", 8],
    ["zeuven", 7],
    ["7,0", 7],
    ["6!", 6],
    ["zet maar op 10", 10],
  ])("“%s” is %d", (text, value) => expect(readNumber(text, SCORE)).toBe(value));

  test.each([
    "tussen 6 en 7",
    "6 of 7",
    "6-7",
    "6 à 7",
    "was 8 nu 4",
    "meer dan 6",
    "minder dan vijf",
    "niet 6",
    "11",
    "-3",
    "7,5",
    "zes en een half",
    "3 dagen",
    "2 keer",
    "een beetje",
    "geen idee",
    "twintig",
    "hallo",
    "",
  ])("“%s” is asked again", (text) => expect(readNumber(text, SCORE)).toBeUndefined());

  test("halves count where they are allowed", () => {
    const halves = { ...SCORE, step: 0.5 };
    expect(
      ["7,5", "7.5", "zes en een half", "6½", "6 en half", "anderhalf"].map((t) => readNumber(t, halves)),
    ).toEqual([7.5, 7.5, 6.5, 6.5, 6.5, 1.5]);
    expect(readNumber("7,3", halves)).toBeUndefined();
  });
});
