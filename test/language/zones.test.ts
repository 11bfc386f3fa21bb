import { describe, expect, test } from "vitest";
import { isZone, readZone } from "../../src/language/zones.ts";

describe("where somebody lives", () => {
  test.each([
    ["ik woon in Lissabon", "Europe/Lisbon"],
    ["Curaçao", "America/Curacao"],
    ["ik zit nu in new york", "America/New_York"],
    ["Paramaribo", "America/Paramaribo"],
    ["'k weun in Gent", "Europe/Brussels"],
    ["in Namen", "Europe/Brussels"],
    ["den haag", "Europe/Amsterdam"],
    ["Antwerpen, België", "Europe/Brussels"],
    ["we zijn op Tenerife", "Atlantic/Canary"],
    ["Londen", "Europe/London"],
    ["Europe/Madrid", "Europe/Madrid"],
    ["europe/madrid", "Europe/Madrid"],
    ["Lord Howe", "Australia/Lord_Howe"],
  ])("“%s” is %s", (text, zone) => expect(readZone(text)).toBe(zone));

  test.each([
    "van Londen naar Parijs",
    "ik ben mijn namen vergeten",
    "Europe/Nergens",
    "mijn nek doet pijn",
    "",
  ])("“%s” is asked again", (text) => expect(readZone(text)).toBeUndefined());

  test("a zone of the tz database is known by its name, an offset is not a zone", () => {
    expect(["Europe/Amsterdam", "Asia/Calcutta", "UTC"].every(isZone)).toBe(true);
    expect(["+01:00", "Amsterdam", "Mars/Base", ""].some(isZone)).toBe(false);
  });
});
