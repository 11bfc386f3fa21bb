import { describe, expect, it } from "vitest";
import { readAge } from "../../src/language/ages.ts";

describe("how old a child is", () => {
  it.each([
    ["3", 3],
    ["mijn dochter van 3", 3],
    ["ze is drie jaar", 3],
    ["mijn zoontje van 4jr", 4],
    ["anderhalf", 1],
    ["anderhalve maand", 0],
    ["een half jaar", 0],
    ["zes en een half jaar", 6],
    ["2,5", 2],
    ["7 maanden", 0],
    ["18 maanden oud", 1],
    ["bijna 6", 5],
    ["nog geen 6 jaar", 5],
    ["een jaar of 8", 8],
    ["een 3-jarige", 3],
    ["4 en 7", 4],
    ["twaalf", 12],
  ])("%s", (text, age) => expect(readAge(text)).toBe(age));

  it.each([
    "mijn zoon",
    "jonger dan 8",
    "tussen 4 en 8",
    "5 minuten",
    "een half uur",
    "2 kinderen",
    "een kind",
  ])("is not told by %s", (text) => expect(readAge(text)).toBeUndefined());
});
