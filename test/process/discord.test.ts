/** The whole bot against a strict Discord on loopback, through kills, restarts and Discord's own moods. */
import { Temporal } from "temporal-polyfill";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeDiscord, fakeDiscord, labelsOf, tokensOf } from "../support/fake-discord.ts";
import { dataFolder, type House, startHouse } from "../support/house.ts";

const ANNE = "80351110224678912";
const MINUTE = 60_000;
const MESSAGES = /^\/channels\/\d+\/messages$/;
let discord: FakeDiscord;
let house: House | undefined;
let data: ReturnType<typeof dataFolder>;

beforeEach(async () => {
  discord = await fakeDiscord();
  data = dataFolder();
});
afterEach(async () => {
  await house?.kill();
  house = undefined;
  await discord.close();
  data.remove();
});

async function start(aheadMs = 0): Promise<void> {
  house = await startHouse(
    { DATA_DIR: data.path, DISCORD_TOKEN: discord.world.token, DISCORD_API_ROOT: discord.root },
    aheadMs,
  );
}

/** Everything that was said to her so far, oldest first. */
const said = () => discord.dm(ANNE).filter(({ thinking }) => !thinking);
const timesSaid = (words: string) => said().filter(({ content }) => content.includes(words)).length;

/** The newest message, as soon as it holds these words. */
const hears = (words: string) =>
  discord.until(`"${words}" as the newest message`, () => {
    const newest = said().at(-1);
    return newest?.content.includes(words) && newest;
  });

/** How long until a little after eight in the evening in Amsterdam, in ms. */
function untilEvening(): number {
  const now = Temporal.Now.zonedDateTimeISO("Europe/Amsterdam");
  const evening = now.withPlainTime("20:00:10");
  const next = Temporal.ZonedDateTime.compare(evening, now) > 0 ? evening : evening.add({ days: 1 });
  return next.epochMilliseconds - now.epochMilliseconds;
}

/** Taps the choice with this label on the newest message that has it; gives its token. */
function taps(label: string): string {
  for (const message of said().reverse()) {
    const at = labelsOf(message).indexOf(label);
    const token = tokensOf(message)[at];
    if (token === undefined) continue;
    discord.taps(ANNE, token, message);
    return token;
  }
  throw new Error(`No choice "${label}": ${JSON.stringify(labelsOf(said().at(-1)))}`);
}

/** Leads her from `/massage` in the private chat to the first step, past whatever is asked before it. */
async function toTheFirstStep(): Promise<void> {
  discord.slash(ANNE, "massage", { routine: "hoofdmassage" });
  const easiest = ["Voor mezelf", "Nee, niets", "Droog", "Begin"];
  for (let seen = ""; timesSaid("Stap 1") === 0; ) {
    const newest = await discord.until("a question before the first step", () => {
      const message = said().at(-1);
      return message && message.id !== seen && labelsOf(message).length > 0 && message;
    });
    seen = newest.id;
    const label = easiest.find((one) => labelsOf(newest).includes(one));
    if (label !== undefined) taps(label);
  }
}

describe("on Discord", { timeout: 180_000 }, () => {
  it("somebody is led from a command in a server through a massage in the private chat", async () => {
    await start();
    discord.slash(ANNE, "massage", {}, "server");
    await discord.until("the private message", () => said().length > 0);
    const line = await discord.until("the line in the server", () =>
      discord.inServer().find(({ thinking }) => !thinking),
    );
    expect(line.onlyFor).toBe(ANNE);
    expect(line.content).toContain("privébericht");
    await toTheFirstStep();
    const first = await hears("Stap 1");
    expect(first.files[0]?.description).toMatch(/\w+ \w+/);
    expect(first.content).toMatch(/<t:\d+:R>/);
    taps("Klaar");
    await hears("Stap 2");
    // Old choices are gone, and nothing but the one line stands in the server.
    await discord.until(
      "one message with choices",
      () => said().filter((message) => labelsOf(message).length > 0).length === 1,
    );
    expect(discord.inServer()).toHaveLength(1);
  });

  it("a kill in mid-massage costs nothing: no step is seen twice, and after a while away there is one line", async () => {
    await start();
    await toTheFirstStep();
    const calls = discord.world.calls.length;
    taps("Klaar");
    // The answer has left the house, which does not know it yet: only the nonce tells Discord of the repeat.
    await discord.until("the answer to leave", () =>
      discord.world.calls.slice(calls).some(({ path }) => MESSAGES.test(path)),
    );
    await house?.kill();
    await start();
    await hears("Stap 2");
    await house?.kill();
    await start(5 * MINUTE);
    await discord.until("one line after a while away", () => said().at(-1)?.content.includes("even weg"));
    taps("Verder");
    await hears("Stap 2");
    expect(timesSaid("Stap 1")).toBe(1);
    expect(timesSaid("Stap 2")).toBe(2);
  });

  it("a reminder comes in the private chat at the time that was asked for", async () => {
    await start();
    discord.slash(ANNE, "herinnering", {}, "server");
    await hears("Wanneer zal ik je herinneren");
    taps("Elke dag 20.00 uur");
    await hears("Klopt dat?");
    taps("Ja, dat klopt");
    await discord.until("a promise", () => timesSaid("Ik stuur je een bericht") > 0);
    await house?.kill();
    const before = said().length;
    await start(untilEvening());
    await discord.until("the reminder", () => said().length > before);
    expect(labelsOf(said().at(-1))).not.toEqual([]);
  });

  it("a button of the past is answered kindly, with the step where they are", async () => {
    await start();
    await toTheFirstStep();
    const before = said().at(-1);
    const old = taps("Klaar");
    await hears("Stap 2");
    taps("Klaar");
    await hears("Stap 3");
    const count = said().length;
    discord.taps(ANNE, old, before);
    await discord.until("a kind answer", () => said().length > count);
    await discord.until("choices to go on", () => labelsOf(said().at(-1)).includes("Klaar"));
    expect(timesSaid("Stap 4")).toBe(0);
  });

  it("questions are suggested while typing, and the answer comes in the private chat", async () => {
    await start();
    const [first] = await discord.types(ANNE, "vraag", "vraag", "hoe vaak mag ik masseren");
    expect(first?.name).toMatch(/\?$/);
    discord.slash(ANNE, "vraag", { vraag: first?.value ?? "" }, "server");
    await discord.until("the answer", () => said().some(({ content }) => content.length > 80));
  });

  it("words that are a sign of danger are answered at once, wherever they are written, and only in private", async () => {
    await start();
    discord.mentions(ANNE, "ik heb pijn op mijn borst en mijn linkerarm tintelt");
    await discord.until("112", () => timesSaid("112") > 0);
    await discord.until("the line", () => discord.inServer().length === 1);
    expect(discord.inServer()[0]?.content).not.toMatch(/112|pijn|borst/);
  });

  it("who closed their private chat reads so in the server, and is welcome back", async () => {
    await start();
    discord.world.closed.set(ANNE, 50007);
    for (let i = 1; i <= 2; i += 1) {
      discord.slash(ANNE, "menu", {}, "server");
      await discord.until(
        "why nothing comes",
        () => discord.inServer().filter(({ content }) => content.includes("geen privébericht")).length === i,
      );
    }
    discord.world.closed.clear();
    discord.slash(ANNE, "menu", {}, "server");
    await discord.until("the menu", () => said().length > 0);
  });

  it("a wait, a lost answer and a broken connection in between are not noticed", async () => {
    await start();
    await toTheFirstStep();
    discord.limits(MESSAGES, 0.2);
    taps("Klaar");
    await hears("Stap 2");
    discord.loses(MESSAGES);
    taps("Klaar");
    await hears("Stap 3");
    discord.gateway.drop();
    await discord.until("a resumed session", () => discord.gateway.resumes.length > 0);
    taps("Klaar");
    await hears("Stap 4");
    for (const words of ["Stap 2", "Stap 3", "Stap 4"]) expect(timesSaid(words)).toBe(1);
    expect(discord.gateway.identifies).toHaveLength(1);
  });

  it("a stop in the middle of a talk is calm", async () => {
    await start();
    await toTheFirstStep();
    taps("Klaar");
    await hears("Stap 2");
    expect(await house?.stop()).toBe(0);
    expect(discord.gateway.ready()).toBe(0);
    expect(house?.output()).not.toContain(discord.world.token);
  });
});
