import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFaqLines, scoreFaq } from "../../src/cli/eval-faq.ts";
import { createFaqMatcher, type FaqMatch } from "../../src/language/faq.ts";
import { readFaq } from "../faq/script.ts";

const { source } = readFaq();
const match = createFaqMatcher(source);
const lines = (name: string) =>
  readFaqLines(readFileSync(new URL(`../faq/${name}.jsonl`, import.meta.url), "utf8"));
const answer = (found: FaqMatch) => (found.kind === "answer" ? found.id : found.kind);

describe("somebody who asks a question", () => {
  const asked: readonly (readonly [string, string])[] = [
    ["hoe vaak moet ik mijn hoofd masseren?", "hoofdmassage-hoe-vaak"],
    ["hoe dikwijls masseert ge best uwen kop", "hoofdmassage-hoe-vaak"],
    ["hofdmasage oli nodig", "hoofdmassage-olie"],
    ["doen akupunctuur naaldn pein", "acupunctuur-pijn"],
    ["slaapt ge beter van cranio?", "cranio-slaap"],
    ["20-20-20", "nek-scherm-20-20-20"],
  ];
  it.each(asked)("who writes %j hears about %s", (text, id) => {
    expect(answer(match(text))).toBe(id);
  });

  it("is answered about teeth when teeth are meant, and about pain when they are gritted", () => {
    expect(answer(match("moet je bij deep tissue op je tanden bijten?"))).toBe("deep-tissue-pijn");
    expect(answer(match("helpt deep tissue bij een zere tand?"))).not.toBe("deep-tissue-pijn");
  });

  it("is heard when the story before the question begins like an order", () => {
    for (const text of [
      "Volgende week ga ik naar cranio. Moet ik mijn kleren uitdoen?",
      "klaar met deep tissue, wat nu",
    ])
      expect(match(text).kind).toBe("answer");
    expect(match("volgende").kind).not.toBe("answer");
    expect(match("klaar").kind).not.toBe("answer");
  });

  it("is not told about a knee by a question that knows of bowels", () => {
    expect(match("helpt cranio bij mijn darmen?").kind).not.toBe("elsewhere");
    expect(answer(match("helpt cranio bij mijn knie?"))).not.toBe("cranio-voor-wie");
  });

  it("is answered in the same way each time", () => {
    expect(match("helpt warmte bij een stijve nek?")).toEqual(match("helpt warmte bij een stijve nek?"));
  });

  it("is offered two or three questions when it is not clear which one is meant", () => {
    const found = match("cranio of acupunctuur bij stress");
    expect(["suggest", "answer"]).toContain(found.kind);
    if (found.kind === "suggest") expect(found.near.length).toBeGreaterThanOrEqual(2);
  });

  it("can write anything at all without harm", () => {
    for (const text of [
      "",
      " ",
      "?",
      "!!!",
      "a",
      "1",
      "ß".repeat(300),
      "hoofdmassage ".repeat(300),
      "+ ^ # =",
    ])
      expect(["answer", "suggest", "chat", "elsewhere", "none"]).toContain(match(text).kind);
    expect(match("").kind).toBe("none");
  });
});

describe("somebody who asks on", () => {
  it("is understood from the question before", () => {
    expect(answer(match("en hoeveel keer per week?", "hoofdmassage-stappen"))).toBe("hoofdmassage-hoe-vaak");
    expect(answer(match("doet dat pijn?", "acupunctuur-hoe-werkt"))).toBe("acupunctuur-pijn");
    expect(answer(match("doet dat pijn?", "deep-tissue-wat-is"))).toBe("deep-tissue-pijn");
  });

  it("is understood about the wider subject of the question before", () => {
    expect(answer(match("en wordt dat vergoed?", "acupunctuur-balance-method"))).toBe(
      "acupunctuur-vergoeding",
    );
  });

  it("is not chatting when they ask on with small words", () => {
    expect(match("en wanneer beter niet?", "cranio-wat-is").kind).not.toBe("chat");
  });

  it("gets no guess when nothing is understood, whatever was asked before", () => {
    expect(match("blubber de blub", "hoofdmassage-hoe-vaak").kind).toBe("none");
  });

  it("is not held to the question before when they name another subject", () => {
    expect(answer(match("en hoe vaak gezichtsmassage?", "hoofdmassage-stappen"))).toBe(
      "gezichtsmassage-hoe-vaak",
    );
  });

  it("is not understood from a question before that no longer exists", () => {
    expect(match("en hoeveel keer per week?", "bestaat-niet").kind).not.toBe("answer");
  });
});

describe("somebody who asks nothing that is known here", () => {
  it.each(["hoi", "dankjewel!", "wie ben jij?", "ben je een mens?", "👍", "ok top"])(
    "gets small talk for %j",
    (text) => {
      expect(match(text).kind).toBe("chat");
    },
  );

  it("gets an answer, not small talk, when a greeting comes before the question", () => {
    expect(answer(match("hoi, helpt warmte bij een stijve nek?"))).toBe("nek-warmte");
  });

  it.each([
    "start de gezichtsmassage",
    "begin maar met de ademoefening",
    "pauze",
    "herinner me iedere ochtend om 8:15",
    "pijnscore 7/10",
    "volgende oefening",
  ])("is not answered when %j is an order", (text) => {
    expect(["none", "chat"]).toContain(match(text).kind);
  });

  it("is sent to the pharmacy or the doctor with a question about medicines", () => {
    expect(match("hoeveel ibuprofen mag je op een dag")).toEqual({ kind: "elsewhere", id: "medicijnen" });
  });

  it("is sent on with a question about an animal, another part of the body, or the weather", () => {
    expect(match("mijn hond is ziek")).toEqual({ kind: "elsewhere", id: "dieren" });
    expect(match("ik heb last van mijn knie")).toEqual({ kind: "elsewhere", id: "ander-lichaamsdeel" });
    expect(match("gaat het vandaag regenen")).toEqual({ kind: "elsewhere", id: "iets-anders" });
  });
});

describe.each(["heldout", "blind-test"])("people whose messages nobody tuned to (%s)", (file) => {
  const report = scoreFaq(match, lines(file));

  it("are answered right at once in four of five questions", () => {
    expect(report.recall1.share).toBeGreaterThanOrEqual(0.8);
  });

  it("are answered, or find their question among three, nine times in ten", () => {
    expect(report.recall3.share).toBeGreaterThanOrEqual(0.93);
  });

  it("hardly ever get an answer to what they did not ask", () => {
    expect(report.falseAnswers.share).toBeLessThanOrEqual(0.03);
    expect(report.wrong.share).toBeLessThanOrEqual(0.03);
    expect(report.falseSuggestions.share).toBeLessThanOrEqual(0.25);
  });

  it("are never answered when they chat or give an order", () => {
    for (const { kind, answerable, first } of report.byKind)
      if (!answerable && (kind === "chitchat" || kind === "command")) expect(first.hits).toBe(0);
  });
});

describe("a topic that is added tomorrow", () => {
  it("is found as well as those of today, without learning again", () => {
    const grown = createFaqMatcher({
      ...source,
      lexicon: {
        ...source.lexicon,
        subjects: { ...source.lexicon.subjects, handmassage: ["handmassage", "handen + masseren"] },
      },
      topics: [
        ...source.topics,
        {
          id: "handmassage-hoe-vaak",
          about: ["handmassage", "hoe-vaak", "hoe-lang"],
          asks: [
            "Hoe vaak en hoe lang doe je een handmassage?",
            "hoe vaak mijn handen masseren",
            "handmassage elke dag",
          ],
        },
      ],
    });
    expect(answer(grown("hoe dikwijls masseert ge best uw handen"))).toBe("handmassage-hoe-vaak");
    expect(answer(grown("hoe dikwijls masseert ge best uw gezicht"))).toBe("gezichtsmassage-hoe-vaak");
  });
});
