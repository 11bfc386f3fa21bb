/** The page as a person meets it, in headless Chromium. Waiting is for what is seen, never for a while. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Picture } from "../../src/channels/channel.ts";
import { contentOf } from "../../src/content.ts";
import type { Update } from "../../src/dialogue/input.ts";
import { openBrowser } from "../support/browser.ts";
import { newMemory, openTalk, type Said, type Talk, type TalkOptions, texts } from "../support/web-talk.ts";

const NOW = Date.parse("2026-11-20T21:00:00+01:00");
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const pictures = new Map<string, Picture>([
  ["nek", { png: PNG, alt: "Duimen onder de schedelrand", hash: "1e55" }],
]);
const choices = (...labels: string[]) => labels.map((label) => ({ label, token: label.toLowerCase() }));

let browser: Browser;
const open: { contexts: BrowserContext[]; talks: Talk[] } = { contexts: [], talks: [] };
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await Promise.all(open.contexts.splice(0).map((context) => context.close()));
  await Promise.all(open.talks.splice(0).map((talk) => talk.stop()));
});

/** A small talk that answers everything the page can do. */
function answer({ act }: Update): Said[] {
  if (act.kind === "command" && act.name === "start") {
    return [{ text: "Welkom." }, { text: "Wat wil je?", buttons: choices("Massage", "Vraag") }];
  }
  if (act.kind === "command") return [{ text: `Opdracht ${act.name} met ${act.rest || "niets"}.` }];
  if (act.kind === "tap" && act.token === "massage") {
    return [
      {
        text: "**Stap 1.** Leg je duimen op je nek.",
        picture: "nek",
        countdown: { until: NOW + 90_000, text: "Nog 1 minuut 30" },
        buttons: choices("Klaar", "Pauze"),
      },
    ];
  }
  if (act.kind === "tap") return [{ text: `Je koos ${act.token}.`, buttons: choices("Verder", "Stop") }];
  if (act.kind === "text" && act.text === "export") return [{ text: "Hier is alles.", file: "export" }];
  return act.kind === "text" ? [{ text: `Antwoord op ${act.text.slice(0, 20)}.` }] : [];
}

async function talkWith(options: Partial<TalkOptions> = {}): Promise<Talk> {
  const talk = await openTalk({ answer, pictures, ...options });
  open.talks.push(talk);
  return talk;
}

async function newBrowser(options: Parameters<Browser["newContext"]>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: "nl-NL",
    viewport: { width: 390, height: 844 },
    ...options,
  });
  open.contexts.push(context);
  return context;
}

async function visit(talk: Talk, context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await newBrowser())).newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(talk.url);
  return page;
}

const choice = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const input = (page: Page) => page.getByRole("textbox");
const bubbles = (page: Page) => page.locator(".bubble > .words, .bubble > p").allInnerTexts();
const focused = (page: Page) => page.locator("*:focus");
/** What the door got, without ids. */
const acts = (talk: Talk) => talk.memory.updates.map((update) => update.act);

it("greets whoever opens the page, once", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").waitFor();
  expect(await bubbles(page)).toEqual(["Welkom.", "Wat wil je?"]);
  await page.reload();
  await choice(page, "Massage").waitFor();
  await input(page).fill("hoi");
  await input(page).press("Enter");
  await page.getByText("Antwoord op hoi.").waitFor();
  expect(acts(talk)).toEqual([
    { kind: "command", name: "start", rest: "" },
    { kind: "text", text: "hoi" },
  ]);
});

it("leads on a tap: the choice becomes the person's own words, and the old choices go", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").click();
  await choice(page, "Klaar").waitFor();
  expect(await page.locator(".me p").allInnerTexts()).toEqual(["Massage"]);
  expect(await choice(page, "Vraag").count()).toBe(0);
  const picture = page.getByRole("img", { name: "Duimen onder de schedelrand" });
  await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBe(1);
});

it("breathes with whoever asks to, and stands still for whoever wants less motion", async () => {
  const adem = contentOf().pictures.get("adem-4-1-6");
  if (!adem?.gif) throw new Error("the flower is not there");
  await adem.gif();
  const breathing = (): Said[] => [{ text: "Adem mee.", picture: "adem", buttons: choices("Klaar") }];
  const talk = await talkWith({ answer: breathing, pictures: new Map([["adem", adem]]) });
  const page = await visit(talk);
  const flower = page.getByRole("img", { name: adem.alt });
  const shown = () => flower.evaluate((image) => image.currentSrc);
  await expect.poll(() => flower.evaluate((image) => image.naturalWidth)).toBe(400);
  expect(await shown()).toMatch(/\.gif$/);
  // The browser's own decoder: how many frames there are, and how long they take together (ms).
  const film = await page.evaluate(`(async () => {
    const { body } = await fetch("${await shown()}");
    const decoder = new ImageDecoder({ data: body, type: "image/gif" });
    await decoder.completed;
    const { frameCount, repetitionCount } = decoder.tracks.selectedTrack;
    let ms = 0;
    for (let frameIndex = 0; frameIndex < frameCount; frameIndex += 1)
      ms += (await decoder.decode({ frameIndex })).image.duration / 1000;
    return { ms, endless: repetitionCount === Infinity };
  })()`);
  expect(film).toEqual({ ms: 11_000, endless: true });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await expect.poll(shown).toMatch(/\.png$/);
});

it("does the work of a double click once", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").dblclick();
  await choice(page, "Klaar").waitFor();
  await input(page).fill("dubbel");
  await page.locator("#send").dblclick();
  await page.getByText("Antwoord op dubbel.").waitFor();
  expect(acts(talk).slice(1)).toEqual([
    { kind: "tap", token: "massage" },
    { kind: "text", text: "dubbel" },
  ]);
});

it("does nothing when the second half of a double click lands on the next choices", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").click();
  await choice(page, "Klaar").hover();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await input(page).fill("rustig");
  await input(page).press("Enter");
  await page.getByText("Antwoord op rustig.").waitFor();
  expect(acts(talk).filter((act) => act.kind === "tap")).toEqual([{ kind: "tap", token: "massage" }]);
});

it("counts a step down by the server's clock, says once that the time is up, and stops at the next message", async () => {
  const talk = await talkWith({ now: () => NOW });
  const context = await newBrowser();
  const page = await context.newPage();
  // This machine's clock is three hours off, and stands still unless the test moves it.
  await page.clock.install({ time: NOW - 3 * 3_600_000 });
  await page.goto(talk.url);
  await choice(page, "Massage").waitFor();
  await page.clock.pauseAt(NOW - 2 * 3_600_000);
  await choice(page, "Massage").click();
  await page.getByText("Nog 1 minuut 30").waitFor();
  const clock = page.getByRole("timer");
  await clock.getByText("1:30").waitFor();
  await page.clock.runFor(25_000);
  expect(await clock.locator("b").textContent()).toBe("1:05");
  expect(await clock.locator("span").textContent()).toBe(texts.while_counting);
  expect(await page.locator("#announcer").textContent()).toBe("");
  await page.clock.runFor(65_000);
  expect(await clock.locator("b").textContent()).toBe("0:00");
  await page.clock.runFor(1_000);
  expect(await page.locator("#announcer").textContent()).toBe(texts.time_is_up);
  talk.say({ text: "En nu de schouders.", buttons: choices("Klaar") });
  await page.getByText("En nu de schouders.").waitFor();
  expect(await clock.count()).toBe(0);
});

it("stops the clock as soon as the person pauses", async () => {
  const talk = await talkWith({ now: () => NOW });
  const page = await visit(talk);
  await choice(page, "Massage").click();
  await page.getByRole("timer").waitFor();
  await choice(page, "Pauze").click();
  expect(await page.getByRole("timer").count()).toBe(0);
  await page.getByText("Je koos pauze.").waitFor();
});

it("keeps the talk, its choices and its clock after a reload", async () => {
  const talk = await talkWith({ now: () => NOW });
  const page = await visit(talk);
  await choice(page, "Massage").click();
  await page.getByRole("timer").waitFor();
  const before = await bubbles(page);
  await page.reload();
  await page.getByRole("timer").waitFor();
  expect(await bubbles(page)).toEqual(before);
  await choice(page, "Klaar").click();
  await page.getByText("Je koos klaar.").waitFor();
  expect(await choice(page, "Pauze").count()).toBe(0);
});

it("comes back by itself after a restart, and nothing is lost or doubled", async () => {
  const memory = newMemory();
  const first = await talkWith({ memory });
  const page = await visit(first);
  await choice(page, "Massage").waitFor();
  await first.stop();
  await page.getByText(texts.connection_lost).waitFor();
  await input(page).fill("onderweg");
  await input(page).press("Enter");
  await page.locator(".me.waiting").getByText(texts.waiting).waitFor();
  // The same message as before the crash is promised again: it was never marked as delivered.
  const [address = "web:nobody"] = memory.promised.keys();
  memory.promised
    .get(address as "web:x")
    ?.push({ nonce: "n2", said: { text: "Wat wil je?", buttons: choices("Massage") } });
  await talkWith({ memory, port: first.port });
  await page.getByText("Antwoord op onderweg.").waitFor();
  expect(await page.getByText(texts.connection_lost).count()).toBe(0);
  expect(await bubbles(page)).toEqual(["Welkom.", "Wat wil je?", "onderweg", "Antwoord op onderweg."]);
  expect(await page.locator(".waiting").count()).toBe(0);
  expect(memory.updates).toHaveLength(2);
});

it("sends an act again under the same id until it is stored, also after a reload", async () => {
  let away = true;
  const talk = await talkWith({
    atDoor: async () => {
      if (away) throw new Error("the database is away");
    },
  });
  const page = await visit(talk);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/chat/update")) asked.push(JSON.parse(request.postData() ?? "{}").id);
  });
  await page.getByText(texts.connection_lost).waitFor();
  await page.reload();
  away = false;
  await choice(page, "Massage").waitFor();
  expect(new Set(asked).size).toBe(1);
  expect(talk.memory.updates).toHaveLength(1);
});

it("can be used with the keyboard alone", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").waitFor();
  await input(page).focus();
  await page.keyboard.type("een");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("twee");
  await page.keyboard.press("Enter");
  await page.getByText("Antwoord op een").waitFor();
  expect(acts(talk)[1]).toEqual({ kind: "text", text: "een\ntwee" });
  // Back from the input over the menu to the choices.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  expect(await focused(page).textContent()).toBe("Vraag");
  await page.keyboard.press("Enter");
  await choice(page, "Verder").waitFor();
  // The choice is gone; the next Tab leads to what came after it.
  await page.keyboard.press("Tab");
  expect(await focused(page).textContent()).toBe("Verder");
});

it("has the commands behind a menu, and understands them when they are written", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").waitFor();
  await page.getByRole("button", { name: texts.menu }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  expect(await focused(page).getAttribute("id")).toBe("menu-button");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Opdracht hulp met niets.").waitFor();
  expect(await page.locator(".me p").last().textContent()).toBe("Wat kan ik doen?");
  await input(page).fill("/Massage kort");
  await input(page).press("Enter");
  await page.getByText("Opdracht massage met kort.").waitFor();
});

it("holds 5,000 characters without a space, keeps the end in sight, and lets the person scroll up", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").waitFor();
  await input(page).fill("😀".repeat(500) + "lang".repeat(1_000));
  await input(page).press("Enter");
  await page.getByText("Antwoord op 😀").waitFor();
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  expect(await page.locator("#scroller").evaluate((s) => s.scrollWidth <= s.clientWidth)).toBe(true);
  const fromEnd = () =>
    page.locator("#scroller").evaluate((s) => Math.round(s.scrollHeight - s.scrollTop - s.clientHeight));
  expect(await fromEnd()).toBeLessThan(2);
  await page.locator("#scroller").evaluate((s) => s.scrollTo(0, 0));
  talk.say({ text: "Een herinnering." });
  await page.getByRole("button", { name: texts.to_newest }).click();
  expect(await fromEnd()).toBeLessThan(2);
});

it("shows what an author or a person wrote as words, never as code", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").waitFor();
  await input(page).fill("<img src=x onerror=alert(1)>");
  await input(page).press("Enter");
  await page.getByText("Antwoord op <img src=x onerror=").waitFor();
  talk.say({ text: "<script>alert(1)</script> [klik](javascript:alert(1))" });
  await page.getByText("<script>").waitFor();
  expect(await page.locator("#log script, #log a, #log img").count()).toBe(0);
});

it("tells every tab of this browser the same talk", async () => {
  const talk = await talkWith();
  const context = await newBrowser();
  const one = await visit(talk, context);
  await choice(one, "Massage").waitFor();
  const two = await visit(talk, context);
  await choice(two, "Massage").click();
  await choice(one, "Klaar").waitFor();
  await choice(two, "Klaar").waitFor();
  expect(await bubbles(one)).toEqual(await bubbles(two));
  expect(await choice(one, "Vraag").count()).toBe(0);
  expect(talk.memory.updates).toHaveLength(2);
});

it("greets once when two tabs open together", async () => {
  const talk = await talkWith();
  const context = await newBrowser();
  const pages = await Promise.all([visit(talk, context), visit(talk, context)]);
  for (const page of pages) await choice(page, "Massage").waitFor();
  expect(talk.memory.updates).toHaveLength(1);
});

it("gives a file to keep", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await input(page).fill("export");
  await input(page).press("Enter");
  const link = page.getByRole("link", { name: texts.save_file.replace("{name}", "rustpunt.json") });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("rustpunt.json");
  await page.reload();
  await page.getByText(texts.file_gone).waitFor();
});

it("empties the screen when asked, and nothing comes back after a reload", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").waitFor();
  await page.getByRole("button", { name: texts.menu }).click();
  await page.getByRole("button", { name: texts.empty_screen }).click();
  await page.getByText(texts.emptied).waitFor();
  await page.reload();
  await page.getByText(texts.emptied).waitFor();
  expect(await page.locator(".bubble").count()).toBe(0);
  expect(talk.memory.updates).toHaveLength(1);
});

it("is read out as a log, with a name on everything that can be pressed", async () => {
  const talk = await talkWith();
  const page = await visit(talk);
  await choice(page, "Massage").click();
  await choice(page, "Klaar").waitFor();
  const tree = await page.locator("body").ariaSnapshot();
  expect(tree).toContain(`log "${texts.conversation}"`);
  expect(tree).toContain('img "Duimen onder de schedelrand"');
  expect(tree).toContain(`group "${texts.choices}"`);
  expect(tree).toContain(`textbox "${texts.write_here}"`);
  expect(tree).not.toMatch(/button(?! ")/);
  // What a finger must hit is large enough, also while it still moves into place.
  const sizes = await page
    .locator("button:visible, textarea")
    .evaluateAll((parts) => parts.flatMap((part) => [part.offsetHeight, part.offsetWidth]));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
  expect(await page.locator("#log").getAttribute("aria-live")).toBe("polite");
});
