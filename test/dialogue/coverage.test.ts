/**
 * No moment, wording or button is left to be tried first by somebody in a massage: the written talks visit all
 * that authors wrote. What the house makes by itself (checklists, the buttons under a step, lists to choose
 * from) is tried here one by one, by what must come of it.
 */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { newConversation } from "../../src/dialogue/conversation.ts";
import type { Programme } from "../../src/dialogue/programme.ts";
import type { Reminder } from "../../src/dialogue/reminder.ts";
import type { Choice, Flow, Node } from "../../src/dialogue/script.ts";
import { HOUSE_FLOWS } from "../../src/dialogue/script.ts";
import { writeToken } from "../../src/dialogue/token.ts";
import { createTalk, type Talk } from "../support/talk.ts";
import { play, readTranscripts } from "../support/transcript.ts";
import { choiceKey, places, watch } from "../support/visits.ts";

const { script } = contentOf();
const flows = [...script.flows.values()];
const routines = flows.filter((f) => f.kind === "routine");
const START = Date.parse("2026-11-23T19:00:00Z");

/** A person who stands at this node. */
function talkAt(flow: Flow, node: Node): Talk {
  const fresh = newConversation("test:1", START);
  const timed = node.versions.some((v) => v.seconds !== undefined);
  const frame = { flow: flow.id, node: node.id, visit: 1, ...(timed && { wakeAt: START + 60_000 }) };
  const [wanted] = node.guard.when;
  const slots = { gegroet: true, ...(wanted && { [wanted.name]: wanted.value ?? true }) };
  return createTalk(script, START, {
    ...fresh,
    state: { ...fresh.state, turn: 1, slots, frames: [frame] },
  });
}

const tapAt = (flow: Flow, node: Node, choice: Choice): Talk => {
  const talk = talkAt(flow, node);
  talk.tapToken(
    choice.faq === undefined
      ? writeToken({ kind: "choice", visit: 1, flow: flow.id, node: node.id, choice: choice.id })
      : writeToken({ kind: "topic", id: choice.faq }),
  );
  return talk;
};
const placeOf = (talk: Talk) => talk.conversation().state.frames.at(-1);
const nodesOf = (flow: Flow): Node[] => [...flow.nodes.values()];

/** Buttons that the house puts under every step. */
const STEP = ["klaar", "pauze", "terug", "opnieuw", "stop"];
/** The nodes that a checklist is made of. */
const isList = (flow: Flow, node: Node): boolean =>
  flow.kind === "routine" && /^(nu|check)(-welke|-twijfel|-nog)?$/.test(node.id);
const isStep = (flow: Flow, node: Node): boolean =>
  flow.kind === "routine" && STEP.every((id) => node.choices.some((c) => c.id === id));
/** The question how tense somebody is. */
const isScore = (flow: Flow, node: Node): boolean =>
  flow.kind === "routine" && /^score-(voor|na)$/.test(node.id);
/** How far what was just done brings somebody in a programme. */
const isCount = (flow: Flow, node: Node): boolean => flow.kind === "routine" && node.id.endsWith("-telt");
/** Lists to choose from, made of what there is. */
const isBrowse = (flow: Flow): boolean => flow.file === "bot.yaml";

/** The house makes this place by itself. */
const isMade = (flow: Flow, node: Node, choice?: Choice): boolean =>
  isBrowse(flow) ||
  isList(flow, node) ||
  isScore(flow, node) ||
  isCount(flow, node) ||
  (choice !== undefined && isStep(flow, node) && STEP.includes(choice.id));

describe("a person who ticks a line of a checklist", () => {
  const lines = routines.flatMap((flow) =>
    nodesOf(flow)
      .filter((node) => isList(flow, node))
      .flatMap((node) =>
        node.choices.map((choice) => [choiceKey(flow, node, choice), flow, node, choice] as const),
      ),
  );
  it.each(lines)("%s comes where the flag says", (_, flow, node, choice) => {
    const talk = tapAt(flow, node, choice);
    const flag = choice.flag && script.flags.get(choice.flag.id);
    const place = placeOf(talk);
    if (!flag) expect(place?.flow).toBe(flow.id);
    else if (flag.level === "contraindication") {
      expect(talk.conversation().state.flags).toContain(flag.id);
      const closed = flag.closes.some((area) => flow.areas.includes(area));
      expect(place?.flow).toBe(closed ? HOUSE_FLOWS.closed : flow.id);
    } else expect(place?.flow).toBe(node.id.endsWith("-twijfel") ? HOUSE_FLOWS.ask : HOUSE_FLOWS[flag.level]);
  });
});

describe("a person at a step", () => {
  const steps = routines.flatMap((flow) =>
    nodesOf(flow)
      .filter((node) => isStep(flow, node))
      .map((node) => [`${flow.id} > ${node.id}`, flow, node] as const),
  );
  it.each(steps)("of %s can go on, wait, go back, do it again and stop", (_, flow, node) => {
    const press = (id: string): Talk => tapAt(flow, node, node.choices.find((c) => c.id === id) as Choice);
    expect(placeOf(press("klaar"))?.node).not.toBe(node.id);
    expect(placeOf(press("pauze"))?.flow).toBe(HOUSE_FLOWS.pause);
    expect(placeOf(press("terug"))?.flow).toBe(flow.id);
    const again = press("opnieuw");
    expect(placeOf(again)).toMatchObject({ flow: flow.id, node: node.id });
    expect(placeOf(again)?.wakeAt).toBeGreaterThan(again.now());
    expect(placeOf(press("stop"))).toBeUndefined();
  });
});

describe("a person who agreed that sessions are kept", () => {
  const scores = routines.flatMap((flow) =>
    nodesOf(flow)
      .filter((node) => isScore(flow, node))
      .flatMap((node) =>
        node.choices.map((choice) => [choiceKey(flow, node, choice), flow, node, choice] as const),
      ),
  );
  it.each(scores)("can answer %s", (_, flow, node, choice) => {
    const talk = tapAt(flow, node, choice);
    const slot = talk.conversation().state.slots[node.id];
    expect(slot).toBe(choice.answer === undefined ? "" : Number(choice.answer));
    expect(placeOf(talk)?.node).not.toBe(node.id);
  });

  it("gives a number before and after, and both are kept with the session", () => {
    const talk = createTalk(script, START);
    talk.command("privacy");
    for (const label of ["Bewaar mijn sessies", "Ja, bewaar het"]) talk.tap(label);
    talk.say("microstretch");
    for (const label of ["Verder", "Nee, niets", "Nee, niets"]) talk.tap(label);
    talk.say("een 7");
    for (const label of ["Begin", "Klaar", "Klaar", "Klaar", "Klaar", "Klaar"]) talk.tap(label);
    talk.tap("Rustig (2)");
    const journal = talk.results.flatMap((r) => r.journal);
    expect(journal).toEqual([
      { at: talk.now(), routine: "microstretch", entry: { "score-voor": 7, "score-na": 2 } },
    ]);
  });
});

describe("a person in a programme", () => {
  const ends = routines.flatMap((flow) =>
    nodesOf(flow)
      .filter((node) => node.do.some(({ name }) => name === "journal"))
      .map((node) => [`${flow.id} > ${node.id}`, flow, node] as const),
  );
  it.each(ends)("hears after %s how far they are", (_, flow, node) => {
    const seven = script.flows.get("zeven-avonden") as Flow;
    const programme = { ...(seven.programme as Programme), routine: flow.id };
    const flows = new Map([...script.flows, [seven.id, { ...seven, programme }]]);
    const fresh = newConversation("test:1", START);
    const reminder: Reminder = {
      id: "r1",
      flow: seven.id,
      recurrence: programme.rhythm,
      zone: "Europe/Amsterdam",
      dueAt: START + 3_600_000,
      progress: { done: 2, until: "2026-12-31" },
    };
    const talk = createTalk({ ...script, flows }, START, {
      ...fresh,
      reminders: [reminder],
      state: {
        ...fresh.state,
        slots: { gegroet: true },
        frames: [{ flow: flow.id, node: node.id, visit: 1 }],
      },
    });
    const texts = talk.say("opnieuw").map((m) => m.text);
    expect(texts).toContainEqual(expect.stringContaining("3 van 7 dagen"));
    expect(talk.conversation().reminders[0]?.progress).toMatchObject({ done: 3, last: "2026-11-23" });
  });
});

describe("a person who looks through a list", () => {
  const choices = flows
    .filter(isBrowse)
    .flatMap((flow) =>
      nodesOf(flow).flatMap((node) =>
        node.choices.map((choice) => [choiceKey(flow, node, choice), flow, node, choice] as const),
      ),
    );
  it.each(choices)("finds %s", (_, flow, node, choice) => {
    const talk = tapAt(flow, node, choice);
    const [first] = talk.results.at(-1)?.messages ?? [];
    expect(first?.text).toBeTruthy();
    if (choice.go.kind === "open") expect(placeOf(talk)?.flow).toBe(choice.go.flow);
    if (choice.faq !== undefined) expect(first?.text).toBe(script.topics.get(choice.faq)?.answer);
  });
});

describe("the written talks", () => {
  it("visit every moment, every wording and every choice that an author wrote", () => {
    const folder = new URL("../transcripts/", import.meta.url).pathname;
    const visited = watch(contentOf().script);
    for (const name of readdirSync(folder).filter((n) => n.endsWith(".yaml")))
      for (const transcript of readTranscripts(folder + name)) play(visited.script, transcript);
    const made = new Set<string>();
    for (const flow of flows)
      for (const node of flow.nodes.values()) {
        const one = { ...flow, nodes: new Map([[node.id, node]]) };
        if (isMade(flow, node))
          for (const place of places({ ...script, flows: new Map([[flow.id, one]]) })) made.add(place);
        for (const choice of node.choices)
          if (isMade(flow, node, choice)) made.add(choiceKey(flow, node, choice));
      }
    const missing = places(script).filter((place) => !made.has(place) && !visited.seen.has(place));
    expect(missing, `No talk in test/transcripts visits:\n${missing.join("\n")}`).toEqual([]);
  });
});
