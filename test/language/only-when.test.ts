import { describe, expect, it } from "vitest";
import { asksReminder, changesReminder, wishesReminder } from "../../src/language/commands.ts";
import { saysOnlyWhen } from "../../src/language/only-when.ts";

const today = { date: "2026-11-22", weekday: 7, time: "12:00" };

describe("somebody who says nothing but when", () => {
  it.each([
    "elke avond om half tien",
    "elke dag om half tien 's avonds",
    "maandag, woensdag en vrijdag 21:00",
    "twee keer per dag, 8 uur en 22 uur",
    "werkdagen tussen 9 en 17 elke 20 minuten",
    "morgen om acht uur",
    "om de dag om 20u30",
    "doe maar elke zondag om 10 uur",
    "over een kwartier",
    "over een uurtje",
    "straks om 9 uur",
    "25 november om 9 uur",
    "elke dag om middernacht",
    "elk half uur van 9 tot 5",
    "drie keer per week om 21 uur",
    "elken avond om half tien",
    "tot vrijdag elke dag om 9 uur",
  ])("means a reminder: %s", (text) => {
    expect(saysOnlyWhen(text, today)).toBe(true);
  });

  it.each([
    "elke avond om negen uur hoofdpijn",
    "ik sta elke dag om 7 uur op",
    "elke dag",
    "half tien",
    "morgen",
    "vandaag niet",
    "om 3 uur 's nachts wakker",
    "",
  ])("or says too much or too little for one: %s", (text) => {
    expect(saysOnlyWhen(text, today)).toBe(false);
  });
});

describe("somebody who speaks of a reminder", () => {
  it("asks for one, unless they have had enough of it", () => {
    expect(asksReminder("stuur me elke maandag een berichtje")).toBe(true);
    expect(asksReminder("mag ik een herinnering om 8 uur?")).toBe(true);
    expect(asksReminder("wat is een herinnering?")).toBe(false);
    expect(asksReminder("herinner me niet meer elke avond")).toBe(false);
    expect(asksReminder("zet de herinneringen uit")).toBe(false);
  });

  it("wishes for one, or only mentions one that came", () => {
    for (const text of [
      "zet een herinnering elke ochtend",
      "reminder om 8 uur",
      "kun je me om 9 uur herinneren",
    ])
      expect(wishesReminder(text)).toBe(true);
    for (const text of ["ik schrok van die herinnering om 7u", "alweer zo'n reminder om 6 uur"])
      expect(wishesReminder(text)).toBe(false);
  });

  it("wants another time for the one there is, or one more", () => {
    for (const text of [
      "verzet mijn herinnering naar 22 uur",
      "zet de herinnering op 22u",
      "wijzig reminder",
    ])
      expect(changesReminder(text)).toBe(true);
    for (const text of ["zet een herinnering op 22u", "herinner me om 22 uur"])
      expect(changesReminder(text)).toBe(false);
  });
});
