/**
 * People who do anything at all: thousands of talks in which somebody taps, types, waits, comes back, is gone, or
 * forges a button, while the bot is restarted and its messages stay unsent. Whatever they do, what must always
 * hold holds after every turn.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { contentOf } from "../../src/content.ts";
import { alarmAt, type Conversation } from "../../src/dialogue/conversation.ts";
import { agreedSlot } from "../../src/dialogue/guard.ts";
import type { Act } from "../../src/dialogue/input.ts";
import type { Message } from "../../src/dialogue/message.ts";
import type { TurnResult } from "../../src/dialogue/result.ts";
import type { Flow, Node, Script } from "../../src/dialogue/script.ts";
import { HOUSE_FLOWS } from "../../src/dialogue/script.ts";
import { readToken, TOKEN_MAX, writeToken } from "../../src/dialogue/token.ts";
import { checklistOf } from "../../src/script/routine.ts";
import { LIMITS } from "../../src/script/rules.ts";
import { createTalk, type Talk } from "../support/talk.ts";

const WALKS = 10_000;
const SEED = 20261122;
const STATE_MAX = 16_000;
const MESSAGES_MAX = 8;
/** Discord's rows of buttons, and the characters on one; a label with a time filled in may pass an author's limit. */
const BUTTONS_MAX = 25;
const LABEL_MAX = 80;
const HOUR = 3_600_000;

/** The same answer for the same words: walks say a few things very often. */
function remembered<R>(read: (text: string, context?: string) => R): (text: string, context?: string) => R {
  const known = new Map<string, R>();
  return (text, context) => {
    const key = `${context ?? ""}|${text}`;
    if (!known.has(key)) known.set(key, read(text, context));
    return known.get(key) as R;
  };
}
const content = contentOf().script;
const script: Script = {
  ...content,
  screen: remembered(content.screen),
  match: remembered(content.match),
  readCommand: remembered(content.readCommand),
};
const routines = [...script.flows.values()].filter((f) => f.kind === "routine");
const programmes = [...script.flows.values()].filter((f) => f.programme);

const TEXTS = [
  ...[
    "ja",
    "nee",
    "nee hoor",
    "weet ik niet",
    "klaar",
    "volgende",
    "ok",
    "verder",
    "3",
    "zeven",
    "om half negen",
  ],
  ...[
    "stop",
    "pauze",
    "terug",
    "opnieuw",
    "menu",
    "help",
    "wis",
    "privacy",
    "export",
    "hoe lang nog",
    "begin",
    "dank je",
    "herinnering",
  ],
  ...[
    "elke dag om half tien 's avonds",
    "herinner me maandag en donderdag om 20 uur",
    "ik woon in Lissabon",
    "morgen om 7 uur",
    "verzet mijn herinnering naar 22 uur",
    "hoe ver ben ik",
    "zeven avonden",
    "elke dag",
  ],
  ...[
    "",
    " ",
    "🙂",
    "👍👍👍",
    "...",
    "\n\n",
    "asdf qwer",
    "{bel} {naam} **x** [y](z)",
    "x".repeat(5_000),
    "nek ".repeat(1_250),
  ],
  ...[
    "hoe vaak moet je een hoofdmassage doen?",
    "en hoe lang dan?",
    "wat kost een acupuncturist",
    "werkt gua sha?",
  ],
  ...[
    "ik krijg ineens geen lucht meer en het drukt op mijn borst",
    "ik wil niet meer leven",
    "plots de ergste hoofdpijn ooit",
  ],
  ...[
    "mijn mond hangt scheef",
    "mijn man praat ineens wartaal",
    "mijn kuit is dik, rood en warm",
    "doodmoe vandaag",
  ],
  ...[
    "ik heb een pacemaker",
    "ik slik bloedverdunners",
    "ik ben zwanger",
    "ik ben allergisch voor noten",
    "ik heb epilepsie",
  ],
  ...[
    "ik had vorige week botox",
    "ik heb koorts",
    "mijn baby van drie maanden",
    "ik heb reuma",
    "ik rij nu auto",
  ],
  ...routines.flatMap((f) => [`start ${f.words[0] ?? f.title}`, f.title]),
];
const FORGED = [
  ...[
    "",
    "x",
    ".",
    "...",
    "1.a.b.c",
    "?",
    ">",
    "?nergens",
    ">nergens",
    ">menu",
    ">wens",
    "z".repeat(200),
    "zz.menu.kies.massage",
  ],
  ...[...script.flows.values()].flatMap((flow) => [
    `>${flow.id}`,
    ...[...flow.nodes.values()].flatMap((node) =>
      node.choices
        .slice(0, 2)
        .map((c) => writeToken({ kind: "choice", visit: 1, flow: flow.id, node: node.id, choice: c.id })),
    ),
  ]),
];

/** One thing that happens; numbers choose among what there is at that moment. */
type Step =
  | {
      readonly do: "tap" | "old" | "forge" | "say" | "command";
      readonly which: number;
      readonly twice: boolean;
    }
  | { readonly do: "later" | "away"; readonly ms: number }
  | { readonly do: "restart" | "other" | "group" | "gone" | "undelivered" };

const which = fc.nat(100_000);
const twice = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const time = fc.oneof(
  fc.integer({ min: 1, max: 90_000 }),
  fc.integer({ min: 60_000, max: 40 * 60_000 }),
  fc.constantFrom(HOUR, 3 * HOUR, 13 * HOUR, 30 * HOUR, 8 * 24 * HOUR),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant("tap" as const), which, twice }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("say" as const), which, twice }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("old" as const, "forge", "command"), which, twice }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("later" as const), ms: time }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("away" as const), ms: time }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom("restart" as const, "other", "group", "gone", "undelivered"),
    }),
  },
);
/** Where a walk begins: nowhere, at the start of a routine, at its first step, or with a programme that runs. */
const beginning = fc.record({ at: fc.constantFrom("nowhere", "start", "step", "programme"), routine: which });
type Beginning = { readonly at: string; readonly routine: number };

const isStep = (node: Node | undefined): boolean => node?.choices.some((c) => c.command === "pause") ?? false;
const atStep = (talk: Talk): boolean => {
  const frame = talk.conversation().state.frames.at(-1);
  return isStep(flowAt(frame)?.nodes.get(frame?.node ?? ""));
};
const isList = (node: string): boolean => /^(nu|check)(-|$)/.test(node);
const copy = (conversation: Conversation): Conversation => JSON.parse(JSON.stringify(conversation));
const flowAt = (frame: { flow: string } | undefined): Flow | undefined =>
  frame && script.flows.get(frame.flow);

/** Looks at every turn of one talk. */
function createWatch() {
  /** Routines whose checklist was shown since the last safety stop. */
  const checked = new Set<string>();
  /** Contraindications told in words. */
  let told = new Set<string>();

  return function look(result: TurnResult, now: number, before: Conversation, words: boolean): void {
    const { conversation, messages } = result;
    const { state } = conversation;

    const alarm = alarmAt(conversation);
    if (alarm !== undefined && alarm <= now) throw new Error("The alarm is not later than now.");
    if (messages.length > MESSAGES_MAX) throw new Error(`${messages.length} messages in one turn.`);
    for (const message of messages) fits(message);

    const stored = JSON.stringify(state);
    if (stored.length > STATE_MAX) throw new Error(`The state has ${stored.length} characters.`);
    if (!isDeepStrictEqual(copy(conversation), conversation)) throw new Error("The store would change it.");

    if (result.counts.some((c) => c.name === "walk_parked")) throw new Error("The walk was parked.");
    const stop = result.counts.find(
      ({ name, labels }) =>
        name === "safety" && labels.mode === "stop" && labels.level !== "contraindication",
    );
    if (stop) {
      checked.clear();
      const { flag = "", level = "" } = stop.labels;
      const call = Object.values(script.bot.calls[flag] ?? script.bot.calls[level] ?? {});
      if (!messages.some((m) => call.some((who) => m.text.includes(who))))
        throw new Error(`"${flag}" stops and says nobody to call.`);
    }
    for (const frame of state.frames) {
      const flow = flowAt(frame);
      if (flow?.kind !== "routine") continue;
      const node = flow.nodes.get(frame.node);
      if (isList(frame.node)) checked.add(flow.id);
      // One that is part of another was asked about there.
      const asked = checklistOf(flow).length === 0 || state.frames.some((f) => checked.has(f.flow));
      if (isStep(node) && !asked) throw new Error(`${flow.id} runs without its checklist.`);
    }
    openStep(state);
    countsRight(conversation);

    const seen = before.state.seenAt;
    const at = Math.max(state.seenAt, now || (alarmAt(before) ?? 0));
    if (result.forget || at - seen >= 12 * HOUR) told = new Set();
    if (at - state.seenAt >= 12 * HOUR && (state.flags.length > 0 || state.back.some((m) => m.flags?.length)))
      throw new Error("What was told in passing outlives half a day.");
    if (before.state.frames.at(-1)?.flow === HOUSE_FLOWS.closed) told = new Set(state.flags);
    for (const flag of told)
      if (!state.flags.includes(flag)) throw new Error(`"${flag}" was told and is forgotten.`);
    if (words) for (const flag of state.flags) if (!before.state.flags.includes(flag)) told.add(flag);
  };
}

/** The step where the person is, is none that a flag closes or skips. */
function openStep(state: Conversation["state"]): void {
  const frame = state.frames.at(-1);
  const flow = flowAt(frame);
  if (flow?.kind !== "routine" || !frame) return;
  const areas = flow.nodes.get(frame.node)?.areas ?? [];
  for (const id of state.flags) {
    const flag = script.flags.get(id);
    if (!state.slots[agreedSlot(id)] && flag?.closes.some((a) => flow.areas.includes(a)))
      throw new Error(`${flow.id} > ${frame.node}: "${id}" closes it.`);
    if (flag?.skips.some((a) => areas.includes(a)))
      throw new Error(`${flow.id} > ${frame.node}: "${id}" skips it.`);
  }
}

/** A programme runs once, and is over when all of it is done. */
function countsRight({ reminders }: Conversation): void {
  const running = reminders.filter((r) => r.progress !== undefined);
  if (new Set(running.map((r) => r.flow)).size < running.length) throw new Error("A programme runs twice.");
  for (const { flow, progress, dueAt } of running) {
    const total = script.flows.get(flow)?.programme?.total ?? 0;
    if ((progress?.done ?? 0) >= total) throw new Error(`${flow} goes on when all is done.`);
    if (dueAt === undefined) throw new Error(`${flow} runs and never comes again.`);
  }
}

/** Every platform can carry it. */
function fits(message: Message): void {
  const max = message.picture === undefined ? LIMITS.text : LIMITS.caption;
  if (message.text.length > max) throw new Error(`A message of ${message.text.length} characters.`);
  if (message.text.trim() === "" && message.file === undefined) throw new Error("A message without words.");
  if (/\{[a-z-]+\}/.test(message.text)) throw new Error(`Not filled in: ${message.text}`);
  if (message.buttons.length > BUTTONS_MAX) throw new Error(`${message.buttons.length} buttons.`);
  for (const { label, token } of message.buttons) {
    if (label.trim() === "" || label.length > LABEL_MAX) throw new Error(`The button "${label}".`);
    if (Buffer.byteLength(token) > TOKEN_MAX) throw new Error(`The token ${token}.`);
  }
}

/** Whether the menu can be reached from here by at most two moves. */
function reachesMenu(conversation: Conversation, now: number, shown: readonly string[]): boolean {
  const atMenu = (talk: Talk): boolean => talk.conversation().state.frames.at(-1)?.flow === HOUSE_FLOWS.menu;
  const fork = (): Talk => createTalk(script, now, copy(conversation));
  const direct = fork();
  direct.say("menu");
  if (atMenu(direct)) return true;
  return shown.some((token) => {
    const talk = fork();
    talk.tapToken(token);
    talk.say("menu");
    return atMenu(talk);
  });
}

/** Plays the steps; throws where something that must hold does not. */
function walk(steps: readonly Step[], from: Beginning, been: Set<string>): void {
  let talk = createTalk(script);
  const look = createWatch();
  const tokens: string[] = [];
  let shown: string[] = [];

  const observed = (words: boolean, run: () => void): void => {
    const before = talk.conversation();
    const first = talk.results.length;
    run();
    let previous = before;
    for (const result of talk.results.slice(first)) {
      for (const frame of result.conversation.state.frames)
        been.add(isStep(flowAt(frame)?.nodes.get(frame.node)) ? "a step" : frame.flow);
      look(result, result === talk.results.at(-1) ? talk.now() : 0, previous, words);
      previous = result.conversation;
      for (const message of result.messages) {
        if (message.buttons.length > 0) shown = message.buttons.map((b) => b.token);
        tokens.push(...message.buttons.map((b) => b.token));
      }
    }
  };
  const act = (done: Act, words = false): void => {
    observed(words, () => talk.act(done));
    if (done.kind !== "tap" && talk.results.at(-1)?.messages.length === 0)
      throw new Error(`No answer to ${JSON.stringify(done).slice(0, 80)}.`);
  };
  const tap = (token: string, again: boolean): void => {
    act({ kind: "tap", token });
    if (!again || !readToken(token) || talk.results.at(-1)?.forget) return;
    const alarm = alarmAt(talk.conversation());
    if (alarm !== undefined && alarm <= talk.now() + 1) return;
    const { frames, slots, flags } = talk.conversation().state;
    act({ kind: "tap", token });
    const after = talk.conversation().state;
    if (
      (talk.results.at(-1)?.messages.length ?? 0) > 0 ||
      !isDeepStrictEqual(
        { frames, slots, flags },
        { frames: after.frames, slots: after.slots, flags: after.flags },
      )
    )
      throw new Error(`Tapped twice, ${token} works twice.`);
  };
  const among = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

  const routine = among(routines, from.routine);
  const programme = among(programmes, from.routine);
  if (programme && from.at === "programme") {
    act({ kind: "tap", token: `>${programme.id}` });
    act({ kind: "text", text: "8 uur" });
    act({ kind: "text", text: "ja" });
    if (talk.conversation().reminders.length !== 1) throw new Error("The programme did not begin.");
  } else if (routine && from.at !== "nowhere") act({ kind: "tap", token: `>${routine.id}` });
  for (let taps = 0; from.at === "step" && taps < 15 && !atStep(talk); taps++)
    act({ kind: "tap", token: shown.find((t) => t.endsWith(".niets")) ?? shown[0] ?? ">menu" });
  for (const one of steps) {
    switch (one.do) {
      case "tap":
        tap(among(shown, one.which) ?? ">menu", one.twice);
        break;
      case "old":
        tap(among(tokens, one.which) ?? ">menu", one.twice);
        break;
      case "forge":
        tap(among(FORGED, one.which) ?? "", one.twice);
        break;
      case "say":
        act({ kind: "text", text: among(TEXTS, one.which) ?? "" }, true);
        break;
      case "command": {
        const name =
          among(["start", "stop", "help", "massage", "herinnering", "wis", "onbekend"], one.which) ?? "";
        const rest =
          among(["", "hoofdmassage", "elke dag om 21:00", "pijn op de borst en benauwd"], one.which >> 3) ??
          "";
        act({ kind: "command", name, rest });
        break;
      }
      case "later":
        observed(false, () => talk.later(one.ms));
        break;
      case "away":
        observed(false, () => talk.away(one.ms));
        break;
      case "restart":
        talk = createTalk(script, talk.now(), copy(talk.conversation()));
        break;
      case "other":
        act({ kind: "other" });
        break;
      case "group":
        observed(false, () =>
          talk.input({
            kind: "update",
            address: "test:1",
            id: "g",
            act: { kind: "text", text: "hallo" },
            place: "group",
          }),
        );
        break;
      case "gone":
        observed(false, () => talk.input({ kind: "unreachable", address: "test:1" }));
        break;
      case "undelivered":
        observed(false, () => talk.input({ kind: "alarm", address: "test:1" }, 2));
        break;
    }
  }
  if (!reachesMenu(talk.conversation(), talk.now(), shown)) throw new Error("The menu is out of reach.");
}

it("whatever people do, no talk gets stuck, breaks a limit or leads into what is not for them", () => {
  const visits = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 30 }), beginning, (steps, from) => {
      const been = new Set<string>();
      walk(steps, from, been);
      for (const place of been) visits.set(place, (visits.get(place) ?? 0) + 1);
    }),
    { numRuns: WALKS, seed: SEED },
  );
  // The walks do come where it matters.
  const few = ["a step", ...Object.values(HOUSE_FLOWS)].filter((p) => (visits.get(p) ?? 0) < WALKS / 500);
  expect(few).toEqual([]);
}, 120_000);
