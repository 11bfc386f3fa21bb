/** The whole bot on its own page, in Chromium: as somebody who was only told where to go. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { freePort } from "../support/database.ts";
import { dataFolder, type House, startHouse } from "../support/house.ts";

const MINUTE = 60_000;
const PATIENCE = { timeout: 60_000 };
let browser: Browser;
let data: ReturnType<typeof dataFolder>;
let house: House | undefined;
let page: Page;
let port: string;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  data = dataFolder();
  port = String(await freePort());
  house = await startHouse({ DATA_DIR: data.path, PORT: port });
  page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(house.url);
});
afterEach(async () => {
  await page.close();
  await house?.kill();
  data.remove();
});

const say = async (text: string): Promise<void> => {
  await page.getByRole("textbox").fill(text);
  await page.keyboard.press("Enter");
};
const tap = (label: string) => page.getByRole("button", { name: label, exact: true }).last().click(PATIENCE);
const sees = (text: string | RegExp) => page.getByText(text).last().waitFor(PATIENCE);
async function toTheFirstStep(): Promise<void> {
  await say("hoi");
  await sees("Ik ben een computerprogramma");
  for (const [label, words] of [
    ["Massage", "Welke massage"],
    ["Hoofdmassage", "Voor wie is de massage"],
    ["Voor mezelf", "Eerst even goed kijken"],
    ["Nee, niets", "Nog een paar dingen"],
    ["Nee, niets", "Doe je het droog"],
    ["Droog", "Zet je voeten op de grond"],
    ["Begin", "Stap 1"],
  ] as const) {
    await tap(label);
    await sees(words);
  }
}

describe("on the page", () => {
  it("somebody is greeted, led to a step with a picture and a clock, and finds it back after a reload", async () => {
    await toTheFirstStep();
    await page
      .getByRole("img", { name: /voorhoofd/ })
      .last()
      .waitFor(PATIENCE);
    await page
      .getByText(/^0:\d\d$/)
      .last()
      .waitFor(PATIENCE);
    await page.reload();
    await sees("Stap 1");
    await tap("Klaar");
    await sees("Stap 2");
  });

  it("a red flag in mid-massage stops everything, with the number first", async () => {
    await toTheFirstStep();
    await say("mijn mond hangt ineens scheef en mijn arm is slap");
    await sees(/Bel nu/);
    await tap("Ik bel nu");
    await sees("Goed dat je belt");
  });

  it("a kill in mid-massage and a long silence are one line, and the massage goes on", async () => {
    await toTheFirstStep();
    await house?.kill();
    house = await startHouse({ DATA_DIR: data.path, PORT: port }, 20 * MINUTE);
    await sees("Ik was even weg");
    await tap("Verder");
    await page.getByText("Stap 1").nth(1).waitFor(PATIENCE);
    expect(await page.getByText("Stap 2").count()).toBe(0);
  });
});
