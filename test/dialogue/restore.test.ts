/**
 * An author edits while people stand in a talk: at every moment of every talk, what was there is gone, has another
 * name, or the whole talk is gone. Whoever was there gets a kind answer and can go on.
 */
import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { type Conversation, newConversation } from "../../src/dialogue/conversation.ts";
import type { Act } from "../../src/dialogue/input.ts";
import type { Flow, Go, Node, Script } from "../../src/dialogue/script.ts";
import { HOUSE_FLOWS } from "../../src/dialogue/script.ts";
import { writeToken } from "../../src/dialogue/token.ts";
import { createTalk, type Talk } from "../support/talk.ts";

const { script } = contentOf();
const START = Date.parse("2026-11-23T19:00:00Z");
const house = new Set<string>(Object.values(HOUSE_FLOWS));
const moments = [...script.flows.values()].flatMap((flow) =>
  [...flow.nodes.values()]
    .filter((n) => n.choices.length > 0 || n.expects || n.versions.some((v) => v.seconds !== undefined))
    .map((node) => ({ name: `${flow.id} > ${node.id}`, flow, node })),
);
const flag = [...script.flags.values()].find((f) => f.level === "emergency")?.id ?? "";

/** What somebody may do at such a moment. */
const acts = (flow: Flow, node: Node): Act[] => [
  { kind: "text", text: "hallo" },
  { kind: "text", text: "ja" },
  { kind: "text", text: "terug" },
  { kind: "text", text: "opnieuw" },
  { kind: "text", text: "hoe vaak moet je een hoofdmassage doen?" },
  {
    kind: "tap",
    token: writeToken({
      kind: "choice",
      visit: 1,
      flow: flow.id,
      node: node.id,
      choice: node.choices[0]?.id ?? "x",
    }),
  },
  { kind: "command", name: "menu", rest: "" },
  { kind: "other" },
];

const withFlows = (flows: Map<string, Flow>): Script => ({ ...script, flows });
const nextOf = (flow: Flow, gone: string): string => [...flow.nodes.keys()].find((id) => id !== gone) ?? "";

/** The script without this node; whatever led there leads to another. */
function withoutNode({ flow, node }: { flow: Flow; node: Node }): Script {
  const nodes = new Map(flow.nodes);
  nodes.delete(node.id);
  const start = flow.start === node.id ? nextOf(flow, node.id) : flow.start;
  return withFlows(new Map(script.flows).set(flow.id, { ...flow, start, nodes }));
}

function withoutFlow(flow: Flow): Script {
  const flows = new Map(script.flows);
  flows.delete(flow.id);
  return withFlows(flows);
}

/** The script in which this node has another name, and what led there leads there still. */
function renamed({ flow, node }: { flow: Flow; node: Node }): Script {
  const nameOf = (id: string): string => (id === node.id ? "anders" : id);
  const follow = (go: Go): Go => (go.kind === "node" ? { ...go, node: nameOf(go.node) } : go);
  const nodes = [...flow.nodes.values()].map((n) => ({
    ...n,
    id: nameOf(n.id),
    next: follow(n.next),
    choices: n.choices.map((c) => ({ ...c, go: follow(c.go) })),
  }));
  const edited = { ...flow, start: nameOf(flow.start), nodes: new Map(nodes.map((n) => [n.id, n])) };
  return {
    ...withFlows(new Map(script.flows).set(flow.id, edited)),
    moved: new Map([[`${flow.id}/${node.id}`, `${flow.id}/anders`]]),
  };
}

/** Somebody who stands there, with a moment before it, under what an author made of the script. */
function standing(now: Script, { flow, node }: { flow: Flow; node: Node }): Talk {
  const fresh = newConversation("test:1", START);
  const timed = node.versions.some((v) => v.seconds !== undefined);
  const about = house.has(flow.id) && { about: flag };
  const before = { flow: flow.id, node: flow.start, visit: 1, ...about };
  // These come on top of a step.
  const beneath =
    flow.id === HOUSE_FLOWS.pause || flow.id === HOUSE_FLOWS.away
      ? [{ flow: "hoofdmassage", node: "voorhoofd", visit: 1, remaining: 10_000 }]
      : [];
  const begun: Conversation = {
    ...fresh,
    state: {
      ...fresh.state,
      turn: 1,
      slots: { gegroet: true },
      frames: [...beneath, { ...before, node: node.id, ...(timed && { wakeAt: START + 60_000 }) }],
      back: [{ frames: [before], slots: { gegroet: true }, flags: [] }],
    },
  };
  return createTalk(now, START, JSON.parse(JSON.stringify(begun)) as Conversation);
}

/** Every message has words, and where somebody is now exists and can be left. */
function kind(talk: Talk, now: Script, where: string): void {
  const messages = talk.results.flatMap((r) => r.messages);
  expect(messages.length, where).toBeGreaterThan(0);
  for (const message of messages) expect(message.text + (message.file ?? "")).not.toBe("");
  const frame = talk.conversation().state.frames.at(-1);
  if (frame) expect(now.flows.get(frame.flow)?.nodes.has(frame.node)).toBe(true);
}

/** How many messages this act gets there in the script as it was: "Toch niet" may end without a word. */
const saidBefore = (moment: (typeof moments)[number], act: Act): number =>
  standing(script, moment).act(act).length;

function tryAll(
  now: Script,
  moment: (typeof moments)[number],
  says: "something" | "as before" = "something",
): void {
  for (const act of acts(moment.flow, moment.node)) {
    const talk = standing(now, moment);
    talk.act(act);
    if (says === "as before" && saidBefore(moment, act) === 0) continue;
    kind(talk, now, `${moment.name}: ${JSON.stringify(act)}`);
  }
  if (moment.node.versions.some((v) => v.seconds !== undefined)) {
    const talk = standing(now, moment);
    talk.later(60_000);
    kind(talk, now, moment.name);
  }
}

describe("a person in a talk that was edited meanwhile", () => {
  it("is brought to a place that exists where the moment is gone", () => {
    for (const moment of moments) if (moment.flow.nodes.size > 1) tryAll(withoutNode(moment), moment);
  });

  it("is brought to the menu where the whole talk is gone", () => {
    for (const moment of moments) if (!house.has(moment.flow.id)) tryAll(withoutFlow(moment.flow), moment);
  });

  it("goes on without a word about it where the moment has another name", () => {
    for (const moment of moments) {
      const now = renamed(moment);
      tryAll(now, moment, "as before");
      const said = (to: Script): string[] => {
        const talk = standing(to, moment);
        talk.act(acts(moment.flow, moment.node)[5] as Act);
        return talk.results.flatMap((r) => r.messages.map((m) => m.text));
      };
      expect(said(now), moment.name).toEqual(said(script));
    }
  });

  it("gets the menu from a reminder of a routine that is gone", () => {
    const talk = createTalk(script, START);
    talk.say("herinner me elke dag om 21:00");
    talk.tap("Ja, dat klopt");
    const [reminder] = talk.conversation().reminders;
    const now = withoutFlow(script.flows.get(reminder?.flow ?? "") as Flow);
    const later = createTalk(now, talk.now(), talk.conversation());
    later.later(3 * 3_600_000);
    later.tap("Begin nu");
    expect(later.conversation().state.frames.at(-1)?.flow).toBe(HOUSE_FLOWS.menu);
  });
});
