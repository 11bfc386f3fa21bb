/**
 * What every channel promises, once for all of them: one list of cases, run on the real clients of each
 * platform against its fake.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Gone, Later, Refused } from "../../../src/channels/channel.ts";
import { gate } from "../../support/gate.ts";
import { onDiscord } from "./discord.ts";
import { choices, MOVING, type Mood, PICTURE, type Platform, to } from "./platform.ts";
import { onTelegram } from "./telegram.ts";
import { onWeb } from "./web.ts";

const PLATFORMS = [
  ["Telegram", onTelegram],
  ["Discord", onDiscord],
  ["the page on this machine", onWeb],
] as const;

const text = (words: string) => ({ kind: "text", text: words }) as const;
const oneSpace = (words: string) => words.replace(/\s+/g, " ").trim();

describe.each(PLATFORMS)("on %s", (_, begin) => {
  let platform: Platform;
  beforeEach(async () => {
    platform = await begin();
  });
  afterEach(() => platform.close());

  const acts = () => platform.crowd.updates.map(({ act }) => act);
  const say = (words: string, ...more: [Parameters<typeof to>[2]?, Parameters<typeof to>[3]?]) =>
    platform.channel.send(to(platform.address("anne"), words, ...more));
  const failureOf = (words: string) =>
    say(words).then(
      () => undefined,
      (error: unknown) => error,
    );
  /** Puts the platform in this mood, or says that it has none such. */
  const inMood = (mood: Mood): boolean => {
    platform.moods[mood]?.();
    return platform.moods[mood] !== undefined;
  };

  describe("what a person does", () => {
    it("arrives once, in their own words, privately and under their own address", async () => {
      platform.does("anne", text("Ik heb een stijve nek 🙁"));
      await platform.crowd.arrived(1);
      expect(platform.crowd.updates).toEqual([
        {
          kind: "update",
          address: platform.address("anne"),
          id: expect.stringMatching(/./),
          act: text("Ik heb een stijve nek 🙁"),
          place: "private",
        },
      ]);
      expect(platform.address("anne").startsWith(`${platform.channel.name}:`)).toBe(true);
    });

    it("arrives with the token of the choice that they tapped", async () => {
      await say("Zullen we?", { buttons: choices("Ja", "Nee") });
      const nee = platform.sees("anne")[0]?.choices.find(({ label }) => label === "Nee");
      platform.does("anne", { kind: "tap", token: nee?.token ?? "" });
      await platform.crowd.arrived(1);
      expect(acts()).toEqual([{ kind: "tap", token: "t2" }]);
    });

    it("arrives as a command, with the words behind it", async () => {
      platform.does("anne", { kind: "command", name: "vraag", rest: "hoe vaak mag dit?" });
      await platform.crowd.arrived(1);
      expect(acts()).toEqual([{ kind: "command", name: "vraag", rest: "hoe vaak mag dit?" }]);
    });

    it("arrives also where it has no words", async ({ skip }) => {
      skip(!platform.waves, "only words can be sent here");
      platform.waves?.("anne");
      await platform.crowd.arrived(1);
      expect(acts()).toEqual([{ kind: "other" }]);
    });

    it("keeps its id when the platform brings it twice, and shares it with nothing else", async ({
      skip,
    }) => {
      skip(!platform.repeats, "polled updates come twice only to the next process");
      platform.does("anne", text("een"));
      await platform.crowd.arrived(1);
      platform.repeats?.();
      platform.does("anne", text("twee"));
      await expect.poll(() => acts().at(-1)).toEqual(text("twee"));
      const idsOf = (words: string) => {
        const same = platform.crowd.updates.filter(({ act }) => act.kind === "text" && act.text === words);
        return [...new Set(same.map(({ id }) => id))];
      };
      expect(idsOf("een")).toHaveLength(1);
      expect(idsOf("twee")).toHaveLength(1);
      expect(idsOf("een")).not.toEqual(idsOf("twee"));
    });

    it("arrives after whatever strange things the platform brings, and those do not", async () => {
      platform.babbles();
      platform.does("anne", text("hoi"));
      await platform.crowd.arrived(1);
      expect(acts()).toEqual([text("hoi")]);
    });

    it("arrives in the order in which they did it, and waits for nobody else", async () => {
      const { opened, open } = gate();
      platform.crowd.atDoor = ({ act }) =>
        act.kind === "text" && act.text === "een" ? opened : Promise.resolve();
      for (const words of ["een", "twee", "drie"]) platform.does("anne", text(words));
      platform.does("bart", text("van Bart"));
      await platform.crowd.arrived(1);
      open();
      await platform.crowd.arrived(4);
      expect(acts()).toEqual(["van Bart", "een", "twee", "drie"].map(text));
    });

    it("is asked for again where the house could not store it, and then arrives once", async () => {
      let failures = 2;
      platform.crowd.atDoor = async () => {
        if (failures-- > 0) throw new Error("the database is away");
      };
      platform.does("anne", text("ik ben duizelig"));
      await platform.crowd.arrived(1);
      platform.does("anne", text("hoor je me?"));
      await platform.crowd.arrived(2);
      expect(acts()).toEqual([text("ik ben duizelig"), text("hoor je me?")]);
      expect(platform.crowd.logged()).not.toMatch(/duizelig/);
    });

    it("is stored before the channel has stopped", async () => {
      const { opened, open } = gate();
      const { opened: atDoor, open: arrive } = gate();
      platform.crowd.atDoor = () => {
        arrive();
        return opened;
      };
      platform.does("anne", text("nog net"));
      await atDoor;
      let stopped = false;
      const stopping = platform.channel.stop().then(() => {
        stopped = true;
      });
      // Only a stop that does not wait is over within this time; the right one is not, however slow we are.
      await Promise.race([stopping, new Promise((resolve) => setTimeout(resolve, 200))]);
      expect(stopped).toBe(false);
      open();
      await stopping;
      expect(acts()).toEqual([text("nog net")]);
    });
  });

  describe("what a person sees", () => {
    it("is a long text whole and in order, with the choices under its end", async () => {
      const paragraphs = Array.from(
        { length: 150 },
        (_, i) => `Alinea ${i}. ${"Adem rustig in en uit. ".repeat(4)}`,
      );
      const sent = await say(paragraphs.join("\n\n"), { buttons: choices("Klaar", "Stop") });
      const seen = platform.sees("anne");
      expect(oneSpace(seen.map((message) => message.text).join(" "))).toBe(oneSpace(paragraphs.join(" ")));
      expect(seen.map((message) => message.choices.length)).toEqual([...seen.slice(1).map(() => 0), 2]);
      expect(sent.buttons).toBeDefined();
    });

    it.each([1, 5, 7, 25, 30, 80])("is every choice in its order, also of %i", async (count) => {
      const labels = Array.from(
        { length: count },
        (_, i) => `Keuze ${String.fromCodePoint(65 + (i % 26))}${i}`,
      );
      await say("Wat wil je?", { buttons: choices(...labels) });
      const seen = platform.sees("anne");
      const offered = seen.flatMap((message) => message.choices.map(({ label }) => label));
      const told = seen.map((message) => message.text).join("\n");
      if (offered.length > 0) expect(offered).toEqual(labels);
      else expect([...told.matchAll(/Keuze \w+/g)].map(String)).toEqual(labels);
    });

    it("is the words themselves, also where they look like marks", async () => {
      await say("2 \\* 3 en een\\_woord\\_zo, [haken] en **vet** & <b> # niet");
      expect(platform.sees("anne")[0]?.text).toBe("2 * 3 en een_woord_zo, [haken] en vet & <b> # niet");
    });

    it("is a picture with its words, which says what it shows where the platform has room for that", async () => {
      await say("Zo doe je het.", { picture: "nek", buttons: choices("Klaar") }, { picture: PICTURE });
      const [message] = platform.sees("anne");
      expect(message?.text).toBe("Zo doe je het.");
      expect(message?.choices).toHaveLength(1);
      expect(message?.picture).toEqual(platform.showsAlt ? { alt: PICTURE.alt } : {});
    });

    it("is a picture that moves, where it moves", async () => {
      await say("Adem mee.", { picture: "adem", buttons: choices("Klaar") }, { picture: MOVING });
      const [message] = platform.sees("anne");
      expect(message?.text).toBe("Adem mee.");
      expect(message?.picture).toEqual({ ...(platform.showsAlt && { alt: MOVING.alt }), moves: true });
    });

    it("is the file that they asked for, and what is said of it", async () => {
      const file = { name: "rustpunt.json", bytes: new TextEncoder().encode("{}") };
      await say("Dit is alles wat ik van je bewaar.", { file: "export" }, { file });
      const seen = platform.sees("anne");
      expect(seen.map((message) => message.file).filter(Boolean)).toEqual(["rustpunt.json"]);
      expect(seen.map((message) => message.text).join("")).toBe("Dit is alles wat ik van je bewaar.");
    });

    it("is how long a step takes: a clock that runs, or else in words", async () => {
      const until = 1_795_300_000_000;
      await say("Cirkel rustig.", { countdown: { until, text: "Nog een minuut." } });
      const [message] = platform.sees("anne");
      if (platform.channel.capabilities.countdown) expect(message?.until).toBe(until);
      else expect(message?.text).toContain("Nog een minuut.");
    });

    it("is no choice of the past", async () => {
      const { buttons = "" } = await say("Stap een.", { buttons: choices("Klaar") });
      await say("Stap twee.", { buttons: choices("Klaar") }, { retire: buttons });
      expect(platform.sees("anne").map((message) => message.choices.length)).toEqual([0, 1]);
    });

    it("is theirs alone", async () => {
      await say("Alleen voor Anne.");
      expect(platform.sees("bart")).toEqual([]);
    });
  });

  describe("when the platform does not take a message", () => {
    it("a person who cannot be written to any more is gone", async ({ skip }) => {
      skip(!inMood("gone"), "nobody can close this chat to us");
      expect(await failureOf("Tijd voor je massage.")).toBeInstanceOf(Gone);
    });

    it("a wait that it asks for is told to the outbox, with how long it is", async () => {
      inMood("wait");
      const later = await failureOf("Tijd voor je massage.");
      expect(later).toBeInstanceOf(Later);
      expect((later as Later).afterMs).toBeGreaterThanOrEqual(30_000);
    });

    it("a message that it will never take is refused for good", async ({ skip }) => {
      skip(!inMood("refuse"), "this channel refuses nothing");
      expect(await failureOf("Tijd voor je massage.")).toBeInstanceOf(Refused);
    });

    it("its own trouble gives up nobody: tried again, the message is seen once", async ({ skip }) => {
      skip(!inMood("fail"), "there is no platform that can fail");
      const delivery = to(platform.address("anne"), "Tijd voor je massage.");
      const failure = await platform.channel.send(delivery).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(Error);
      expect(failure).not.toBeInstanceOf(Gone);
      expect(failure).not.toBeInstanceOf(Refused);
      await platform.channel.send(delivery);
      expect(platform.sees("anne").map((message) => message.text)).toEqual(["Tijd voor je massage."]);
    });

    it("nobody's words come into the log", async () => {
      for (const mood of ["refuse", "fail", "wait", "gone"] as const) {
        inMood(mood);
        await failureOf("je hebt koorts");
      }
      expect(platform.crowd.logged()).not.toMatch(/koorts/);
    });
  });
});
