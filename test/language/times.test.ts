import { describe, expect, test } from "vitest";
import { nextDue } from "../../src/dialogue/due.ts";
import { sayRecurrence } from "../../src/language/recurrence.ts";
import { readRecurrence, readTime, sayDuration, sayTime } from "../../src/language/times.ts";

describe("a time as people say it", () => {
  test.each([
    ["21u", "21:00"],
    ["21u30", "21:30"],
    ["21 u 30", "21:30"],
    ["21.30 uur", "21:30"],
    ["21:30", "21:30"],
    ["2130", "21:30"],
    ["21 uur 30", "21:30"],
    ["09:30", "09:30"],
    ["om 8 uur 's avonds", "20:00"],
    ["negen uur 's ochtends", "09:00"],
    ["9 uur s'avonds", "21:00"],
    ["'s avonds om 9", "21:00"],
    ["zeven uur smorgens", "07:00"],
    ["vijf voor half acht 's morgens", "07:25"],
    ["vroeg in de morgen om 7", "07:00"],
    ["7 uur in de morgen", "07:00"],
    ["tien over negen 's avonds", "21:10"],
    ["half een 's nachts", "00:30"],
    ["half een 's middags", "12:30"],
    ["4 uur in de namiddag", "16:00"],
    ["12 uur 's middags", "12:00"],
    ["12u15", "12:15"],
    ["middernacht", "00:00"],
    ["24 uur", "00:00"],
    ["10 pm", "22:00"],
    ["9 am", "09:00"],
  ])("“%s” leaves no doubt: %s", (text, time) => expect(readTime(text)).toEqual({ time }));

  test.each([
    ["half tien", "21:30", "09:30"],
    ["halftien", "21:30", "09:30"],
    ["kwart over acht", "20:15", "08:15"],
    ["kwart na 8", "20:15", "08:15"],
    ["tien voor half negen", "20:20", "08:20"],
    ["20 na 9", "21:20", "09:20"],
    ["acht uur dertig", "20:30", "08:30"],
    ["9u", "21:00", "09:00"],
    ["om 9", "21:00", "09:00"],
    ["negen", "21:00", "09:00"],
    ["tegen den tienen", "22:00", "10:00"],
    ["rond negenen", "21:00", "09:00"],
    ["half twaalf", "23:30", "11:30"],
    ["3 uur", "15:00", "03:00"],
    ["12 uur", "12:00", "00:00"],
    ["9:30", "09:30", "21:30"],
    ["9u30", "09:30", "21:30"],
  ])("“%s” is likelier %s, but may be %s", (text, time, alternative) =>
    expect(readTime(text)).toEqual({ time, alternative }),
  );

  test.each([
    "nu",
    "straks",
    "over 2 uur",
    "8 uur lang",
    "elke 2 uur",
    "8 uur en 10 uur",
    "om 9 of 10 uur",
    "3 keer",
    "25 uur",
    "een uurtje of wat",
    "mijn dochter van 7",
    "voor 4 personen",
    "hallo",
    "",
  ])("“%s” is no time", (text) => expect(readTime(text)).toBeUndefined());
});

/** A Sunday afternoon. */
const TODAY = { date: "2026-11-22", weekday: 7, time: "15:00" };

/** What would be read back: the rhythm, its other reading after a bar, what is missing in brackets. */
function readBack(text: string, today = TODAY): string | undefined {
  const read = readRecurrence(text, today);
  if (!read) return undefined;
  const other = read.alternative ? ` | ${sayRecurrence(read.alternative)}` : "";
  return `${sayRecurrence(read.recurrence)}${other}${read.missing ? ` [${read.missing}]` : ""}`;
}

describe("a rhythm as people say it is read back", () => {
  test.each([
    ["elke avond om half tien", "elke dag om 21.30 uur"],
    ["herinner me elke dag 21:30", "elke dag om 21.30 uur"],
    ["maandag, woensdag en vrijdag 21:00", "op maandag, woensdag en vrijdag om 21.00 uur"],
    ["twee keer per dag, 8 uur en 22 uur", "elke dag om 8.00 en 22.00 uur"],
    ["twee keer per dag om 8 uur", "elke dag om 8.00 en 20.00 uur"],
    ["3x per dag om 9, 13 en 21 uur", "elke dag om 9.00, 13.00 en 21.00 uur"],
    ["elke ochtend en avond om 8 uur", "elke dag om 8.00 en 20.00 uur"],
    ["8u 's morgens en 10u 's avonds op werkdagen", "op werkdagen om 8.00 en 22.00 uur"],
    ["werkdagen tussen 9 en 17 elke 20 minuten", "op werkdagen elke 20 minuten van 9.00 tot 17.00 uur"],
    [
      "van maandag tot vrijdag elke 20 minuten van 9 tot 5",
      "op werkdagen elke 20 minuten van 9.00 tot 17.00 uur",
    ],
    ["elk uur tussen 9u en 17u door de week", "op werkdagen elk uur van 9.00 tot 17.00 uur"],
    ["elk halfuur van 8u30 tot 12u op weekdagen", "op werkdagen elk half uur van 8.30 tot 12.00 uur"],
    ["alle dagen om half tien 's avonds", "elke dag om 21.30 uur"],
    ["elken avond tegen negenen", "elke dag om 21.00 uur"],
    ["iederen dag om 9u 's avonds", "elke dag om 21.00 uur"],
    ["7 op 7 om 21u", "elke dag om 21.00 uur"],
    ["maandagavond 8 uur", "elke maandag om 20.00 uur"],
    ["elke maandag- en donderdagavond om 8 uur", "op maandag en donderdag om 20.00 uur"],
    ["ma/wo/vr 21u", "op maandag, woensdag en vrijdag om 21.00 uur"],
    ["ma t/m vr 21u", "op werkdagen om 21.00 uur"],
    ["van maandag tot en met vrijdag om 12u30", "op werkdagen om 12.30 uur"],
    ["ieder weekend 20:00", "in het weekend om 20.00 uur"],
    ["zaterdagmorgen om 10 uur", "elke zaterdag om 10.00 uur"],
    ["elke dag behalve in het weekend om 21u", "op werkdagen om 21.00 uur"],
    ["door de week tegen 21u, in 't weekend niet", "op werkdagen om 21.00 uur"],
    ["dinsag 20u", "elke dinsdag om 20.00 uur"],
    ["om de dag om 21u", "om de dag om 21.00 uur, vanaf 22 november"],
    ["om den anderen dag om 20u", "om de dag om 20.00 uur, vanaf 22 november"],
    ["elke 3 dagen om 14u", "om de 3 dagen om 14.00 uur, vanaf 23 november"],
    ["om de week op maandag om 20u", "om de 2 weken op maandag om 20.00 uur, vanaf 23 november"],
    ["7 dagen lang elke avond 21:30", "elke dag om 21.30 uur, van 22 november tot en met 28 november"],
    ["de komende zeven dagen om 14u", "elke dag om 14.00 uur, van 23 november tot en met 29 november"],
    ["vanaf morgen elke avond om 9 uur", "elke dag om 21.00 uur, vanaf 23 november"],
    ["tot 1 december elke dag om 21u", "elke dag om 21.00 uur, tot en met 1 december"],
    ["vanavond om 9 uur", "op zondag 22 november om 21.00 uur"],
    ["deze avond om 9u", "op zondag 22 november om 21.00 uur"],
    ["vannacht om 2 uur", "op maandag 23 november om 2.00 uur"],
    ["morgenavond half negen", "op maandag 23 november om 20.30 uur"],
    ["morgenvroeg om 7u", "op maandag 23 november om 7.00 uur"],
    ["overmorgen 20:00", "op dinsdag 24 november om 20.00 uur"],
    ["komende dinsdag om 20 uur", "op dinsdag 24 november om 20.00 uur"],
    ["volgende week maandag om 20u", "op maandag 23 november om 20.00 uur"],
    ["3 december om 20 uur", "op donderdag 3 december om 20.00 uur"],
    ["over 3 dagen om 21u", "op woensdag 25 november om 21.00 uur"],
    ["over een kwartier", "op zondag 22 november om 15.15 uur"],
    ["over 10 uur", "op maandag 23 november om 1.00 uur"],
    ["stuur me elke avond om kwart voor tien een berichtje", "elke dag om 21.45 uur"],
    ["kunde mij alle dagen om 21u een seintje geven", "elke dag om 21.00 uur"],
  ])("“%s”: %s", (text, said) => expect(readBack(text)).toBe(said));

  test.each([
    [
      "ma wo vr 9u",
      "op maandag, woensdag en vrijdag om 21.00 uur | op maandag, woensdag en vrijdag om 9.00 uur",
    ],
    ["door de week om 8 uur", "op werkdagen om 20.00 uur | op werkdagen om 8.00 uur"],
    ["morgen om acht uur", "op maandag 23 november om 8.00 uur | op maandag 23 november om 20.00 uur"],
    ["elke dag 9", "elke dag om 21.00 uur | elke dag om 9.00 uur"],
  ])("“%s” can be meant in two ways: %s", (text, said) => expect(readBack(text)).toBe(said));

  test.each([
    ["in het weekend", "in het weekend om 21.00 uur [time]"],
    ["elken avond", "elke dag om 21.00 uur [time]"],
    ["elke ochtend", "elke dag om 8.00 uur [time]"],
    ["liefst 's avonds", "elke dag om 21.00 uur [time]"],
    ["voor het slapengaan", "elke dag om 21.00 uur [time]"],
    ["twee keer per dag", "elke dag om 9.00 en 21.00 uur [time]"],
    ["elke 2 uur op werkdagen", "op werkdagen elke 2 uur van 9.00 tot 17.00 uur [time]"],
    ["elke dag om 9 of 10 uur", "elke dag om 21.00 uur [time]"],
    ["drie keer per week", "op maandag, woensdag en vrijdag om 21.00 uur [days]"],
    ["2 à 4 keer per week om 20u", "op maandag, woensdag en vrijdag om 20.00 uur [days]"],
    [
      "drie keer per week om 20u, drie weken lang",
      "op maandag, woensdag en vrijdag om 20.00 uur, van 22 november tot en met 12 december [days]",
    ],
    ["21:30", "elke dag om 21.30 uur [days]"],
    ["om de 20 minuten van 9 tot 17", "op werkdagen elke 20 minuten van 9.00 tot 17.00 uur [days]"],
  ])("“%s” misses something, so a proposal is made: %s", (text, said) => expect(readBack(text)).toBe(said));

  test.each([
    "hallo",
    "ik heb zin in een massage",
    "nooit",
    "straks",
    "ik heb al drie dagen hoofdpijn",
    "twee keer per maand",
    "door de week om 8 uur 's avonds en in het weekend om 10 uur",
    "graag",
    "",
  ])("“%s” is no rhythm, or more than one", (text) => expect(readBack(text)).toBeUndefined());

  test("today at a time that has passed is asked again, and the other reading is taken where it is still ahead", () => {
    expect(readBack("vandaag om 14:00")).toBe("op zondag 22 november om 14.00 uur [time]");
    expect(readBack("vandaag om 9:30")).toContain("om 21.30 uur");
  });

  test("seven evenings asked for after tonight's time begin tomorrow", () => {
    expect(readBack("zeven avonden om 21:30", { ...TODAY, time: "22:00" })).toBe(
      "elke dag om 21.30 uur, van 23 november tot en met 29 november",
    );
  });

  test("whatever is understood becomes due", () => {
    const now = Date.UTC(2026, 10, 22, 14);
    for (const text of [
      "elke avond om half tien",
      "ma wo vr 9u",
      "om de dag",
      "om de week op maandag om 20u",
    ]) {
      const read = readRecurrence(text, TODAY);
      expect(read && nextDue(read.recurrence, "Europe/Amsterdam", now)).toBeGreaterThan(now);
    }
  });

  test("a book of nonsense is read in a moment and never throws", () => {
    for (const text of [
      "elke ".repeat(4000),
      "9:9:9:9".repeat(900),
      "half ".repeat(3000),
      "ma ".repeat(3000),
      ":::",
    ])
      readRecurrence(text, TODAY);
  });
});

describe("how times are said", () => {
  test("a time has a point and no leading zero", () => {
    expect(["21:30", "09:05", "00:00"].map(sayTime)).toEqual(["21.30 uur", "9.05 uur", "0.00 uur"]);
  });

  test("a duration is said as people say it", () => {
    expect([45, 60, 90, 120, 80, 1, 0, 3600, 5400].map((seconds) => sayDuration(seconds * 1000))).toEqual([
      "45 seconden",
      "1 minuut",
      "anderhalve minuut",
      "2 minuten",
      "1 minuut en 20 seconden",
      "1 seconde",
      "0 seconden",
      "1 uur",
      "1 uur en 30 minuten",
    ]);
  });
});
