import { describe, expect, test } from "vitest";
import { matchLabel, readYesNo } from "../../src/language/answers.ts";

const lines = (text: string): string[] => text.split("|").map((line) => line.trim());

describe("whoever says yes is heard", () => {
  test.each(
    lines(`ja|Ja!|ja hoor|jazeker|jaaaa|jep|doe maar|graag|ja graag|oké|ok|prima|is goed|'t is goed|dat klopt|inderdaad|zeker|
      zeker en vast|👍|👍🏽|✅|ja 👍|ja ja|yes|tuurlijk|ja, doe maar|ja een beetje|ja soms|jawel|k|j|ik denk het wel|wel ja|jaat|
      bwa ja|ja zenne|da klopt|ja da klopt|ja, al twee dagen|graag!|ja dank je|goed|doe da maar|ja, dat heb ik|
      ja ik heb een pacemaker|ja ik ben zwanger|awel ja|amai ja|ja gij|vaneigens|tis goed|ja da's goed|kom maar op`),
  )("%s", (text) => expect(readYesNo(text)).toBe("yes"));
});

describe("whoever says no is heard", () => {
  test.each(
    lines(`nee|neen|nee joh|neenee|nope|liever niet|nee dank je|👎|❌|nie|neeeee|nee hoor|nee, ik heb geen koorts|
      nee geen van beide|niet dat ik weet|bijlange nie|absoluut niet|helemaal niet|laat maar|hoeft niet|nee nie|nu niet|
      nee bedankt|nee hoor alles goed|n|nee, nergens last van|nee ik heb daar geen last van|geen zin|ik denk het niet|
      zeker nie|neeje|toch niet|nee 😊|nooit|nee niks|nee liever niet vandaag|neen merci|nee dat heb ik niet|neen zenne|
      nee gelukkig niet|nee, helemaal niet|'t moet nie|doe maar nie`),
  )("%s", (text) => expect(readYesNo(text)).toBe("no"));
});

describe("whoever does not know is not pushed to yes or no", () => {
  test.each(
    lines(`weet ik niet|geen idee|'k weet het nie|mss|misschien|weet niet|kweetni|kweenie|ik zou het niet weten|ja misschien|
      twijfel|🤷|soms|een beetje|hangt ervan af|ja en nee|niet zeker|kweet het nie|tja|geen flauw idee|nee weet ik niet|
      dat weet ik eigenlijk niet|weet nie zeker|'t zou kunnen|wss wel|nou ja|niet echt`),
  )("%s", (text) => expect(readYesNo(text)).toBe("unsure"));
});

describe("what is no plain answer is asked again", () => {
  test.each(
    lines(`nee, ik heb wel koorts|nee maar wel hoofdpijn|ja maar niet erg|ja nee|nee ja|hallo|ik heb hoofdpijn|
      nee alleen wat druk|ja?|ja hoe dan?|wat bedoel je|nee niet normaal, ik heb zo'n hoofdpijn|bedankt|niet goed|😀|
      ja, ik wil stoppen|nee ik kan niet meer|nee, ik voel me niet goed|jaar|ik|een|👍👎|nee soms|nee behalve in mijn nek|3|
      nee ik heb hoofdpijn|nee ik kan mijn arm niet bewegen|nee, wel koorts|nee, geen koorts, pijn op de borst|`),
  )("%s", (text) => expect(readYesNo(text)).toBeUndefined());
});

const choices = (text: string) => lines(text).map((label) => ({ label }));
const OIL = choices("Met olie|Droog");
const MENU = choices("Massage|Vraag|Herinnering|Hulp");
const PING = choices("Begin nu|Over een kwartier|Vandaag niet|Stop herinneringen");

describe("a choice in the person's own words", () => {
  test.each([
    ["2", OIL, "Droog"],
    ["de tweede", OIL, "Droog"],
    ["optie 2", OIL, "Droog"],
    ["de laatste", OIL, "Droog"],
    ["nummer 1 graag", OIL, "Met olie"],
    ["olie", OIL, "Met olie"],
    ["doe maar met olie", OIL, "Met olie"],
    ["met oile", OIL, "Met olie"],
    ["zonder olie graag", choices("Met olie|Zonder olie"), "Zonder olie"],
    ["zonder", choices("Met olie|Zonder olie"), "Zonder olie"],
    ["hoofd", choices("Hoofd|Hoofd en nek"), "Hoofd"],
    ["hoofd en nek graag", choices("Hoofd|Hoofd en nek"), "Hoofd en nek"],
    ["nek", choices("Hoofd|Hoofd en nek"), "Hoofd en nek"],
    ["voor mezelf", choices("Voor mezelf|Voor mijn kind"), "Voor mezelf"],
    ["mijn kind", choices("Voor mezelf|Voor mijn kind"), "Voor mijn kind"],
    ["masage", MENU, "Massage"],
    ["herinering", MENU, "Herinnering"],
    ["herin", MENU, "Herinnering"],
    ["ik heb een vraag", MENU, "Vraag"],
    ["begin maar", PING, "Begin nu"],
    ["kwartiertje", PING, "Over een kwartier"],
    ["vandaag nie", PING, "Vandaag niet"],
    ["7", choices("3 dagen|7 dagen"), "7 dagen"],
    ["zeven", choices("3 dagen|7 dagen"), "7 dagen"],
    ["optie 2", choices("3 dagen|7 dagen"), "7 dagen"],
    ["jazeker", choices("Ja|Nee"), "Ja"],
    ["liever niet", choices("Ja, graag|Nee, nu niet"), "Nee, nu niet"],
    ["geen idee", choices("Ja|Nee|Weet ik niet"), "Weet ik niet"],
    ["👍", choices("👍|👎"), "👍"],
  ])("“%s” is understood", (text, labels, meant) => {
    expect(labels[matchLabel(text, labels) ?? -1]?.label).toBe(meant);
  });

  test.each([
    ["olie", choices("Met olie|Zonder olie")],
    ["niet de nek", choices("Hoofd|Nek")],
    ["2", choices("3 dagen|7 dagen")],
    ["5", OIL],
    ["wat is massage eigenlijk?", MENU],
    ["nee, wel koorts", choices("Ja|Nee")],
    ["nee nog niet", choices("Ja|Nee")],
    ["voor mijn dochter", choices("Voor mezelf|Voor mijn kind")],
    ["pannenkoek", MENU],
    ["", MENU],
  ])("“%s” fits none or more than one", (text, labels) => {
    expect(matchLabel(text, labels)).toBeUndefined();
  });

  test("words that an author gave count as the label does", () => {
    const labels = [{ label: "Klaar", words: ["volgende", "verder"] }, { label: "Pauze" }];
    expect(matchLabel("volgende", labels)).toBe(0);
    expect(matchLabel("even verder", labels)).toBe(0);
  });
});

test("thousand-fold repeats and odd signs are read in a moment and never throw", () => {
  for (const text of ["ja ".repeat(5000), "\u202e".repeat(500), "👍".repeat(5000), "nee,".repeat(1000)]) {
    readYesNo(text);
    matchLabel(text, MENU);
  }
});

test("what throws something away is never chosen by fewer words than its own", () => {
  const labels = [
    { label: "Vandaag niet", words: ["nee"] },
    { label: "Stop alles", words: ["niet meer"], final: true },
  ];
  expect(matchLabel("even niet", labels)).toBe(0);
  expect(matchLabel("meer", labels)).toBeUndefined();
  expect(matchLabel("nu niet meer", labels)).toBe(1);
});
