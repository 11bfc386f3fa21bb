/**
 * What a turn costs without a database: `node --import tsx test/bench/turn.ts`.
 *
 * One scripted talk of 10, 50 and 200 steps: in every ten steps one asks for a number and is first told a wrong
 * one, one has a branch, the others have two buttons. It is walked by the real turn (by tap and in words), by the
 * least that a person could write by hand, and by grammY's conversations. Everybody's state goes through JSON at
 * each turn, as a database would have it, and everybody's transcript is compared with what is expected before
 * anything is timed. Trials alternate; figures are processor time, which a busy machine changes least.
 */
import {
  type ConversationData,
  type ConversationFlavor,
  type ConversationStorage,
  conversations,
  createConversation,
  type Conversation as Talk,
} from "@grammyjs/conversations";
import { Bot, type Context } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import { contentOf } from "../../src/content.ts";
import { newConversation, type State } from "../../src/dialogue/conversation.ts";
import type { Act } from "../../src/dialogue/input.ts";
import type { Button } from "../../src/dialogue/message.ts";
import type { Script } from "../../src/dialogue/script.ts";
import { turn } from "../../src/dialogue/turn.ts";
import { compileNodes, flow } from "../../src/script/compile.ts";
import { nodeForm } from "../../src/script/form.ts";
import { median, state } from "./measure.ts";

const LENGTHS = [10, 50, 200];
const TRIALS = 7;
/** A trial runs at least so many ms of processor time. */
const TRIAL_MS = 150;

/** What a step asks, and what the person says to it. */
interface Step {
  readonly kind: "number" | "branch" | "buttons";
  readonly say: string;
}

const stepsOf = (length: number): Step[] =>
  Array.from({ length }, (_, i) => {
    const kind = i % 10 === 3 ? "number" : i % 10 === 7 ? "branch" : "buttons";
    return { kind, say: `Stap ${i + 1}. Leg je handen neer en adem rustig uit.` };
  });

const WRONG = "Noem een getal van 0 tot 10.";
const EXTRA = "Neem er een dun kussen bij.";
const DONE = "Dat was het.";
const LABELS = { klaar: "Klaar", meer: "Vertel meer" } as const;

/** What the person does at each turn: a number that is too high, then a right one; a branch; else the first button. */
const answersOf = (steps: readonly Step[]): string[] =>
  steps.flatMap(({ kind }) =>
    kind === "number" ? ["37", "7"] : kind === "branch" ? [LABELS.meer] : [LABELS.klaar],
  );

/** What is said to the start and to each of those. */
function transcriptOf(steps: readonly Step[]): string[] {
  const said = [steps[0]?.say ?? ""];
  steps.forEach((step, i) => {
    const next = steps[i + 1]?.say ?? DONE;
    if (step.kind === "number") said.push(WRONG, next);
    else said.push(step.kind === "branch" ? `${EXTRA}\n${next}` : next);
  });
  return said;
}

/** One walk through the talk: what was said at each turn, and the most bytes that its state had. */
interface Walk {
  readonly said: readonly string[];
  readonly bytes: number;
}

/** A way to have the talk; `walk` has it once, with fresh state. */
interface Peer {
  readonly name: string;
  readonly walk: () => Walk | Promise<Walk>;
}

/** The talk as an author would write it, compiled and put beside the real content. */
function scriptWith(script: Script, steps: readonly Step[]): Script {
  const forms = steps.flatMap(({ kind, say }, i): object[] => {
    const id = `s${i}`;
    switch (kind) {
      case "number":
        return [{ id, say, ask: { for: "number", slot: `getal${i}` } }];
      case "branch":
        return [
          { id, say, choices: { klaar: { label: LABELS.klaar, go: `s${i + 1}` }, meer: LABELS.meer } },
          { id: `${id}-meer`, say: EXTRA },
        ];
      default:
        return [{ id, say, choices: LABELS }];
    }
  });
  const nodes = [...forms, { id: `s${steps.length}`, say: DONE }].map((form) => nodeForm.parse(form));
  const talk = flow({ id: "proef", kind: "talk", title: "", file: "" }, compileNodes(nodes, { kind: "end" }));
  return {
    ...script,
    flows: new Map([...script.flows, [talk.id, talk]]),
    bot: { ...script.bot, phrases: { ...script.bot.phrases, "not-understood-here": WRONG } },
  };
}

const ADDRESS = "bench:1";
const NOON = Date.UTC(2026, 0, 5, 12);

/** One turn as the store would have it: from state in JSON to state in JSON. */
interface Moment {
  readonly before: string;
  readonly act: Act;
  readonly now: number;
}

function oneTurn(script: Script, { before, act, now }: Moment) {
  const conversation = { ...newConversation(ADDRESS, now), state: JSON.parse(before) as State };
  const input = { kind: "update", address: ADDRESS, id: "1", act, place: "private" } as const;
  const { messages, conversation: after } = turn(script, conversation, input, now);
  return { messages, after: JSON.stringify(after.state) };
}

/** The real turn, with every choice tapped or every choice typed. `moments` fills with the turns of a walk. */
function ours(script: Script, steps: readonly Step[], by: "tap" | "text", moments: Moment[] = []): Peer {
  const known = scriptWith(script, steps);
  const answers = answersOf(steps);
  const fresh = JSON.stringify({ ...newConversation(ADDRESS, NOON).state, slots: { gegroet: true } });
  return {
    name: `our turn, choices by ${by}`,
    walk() {
      const said: string[] = [];
      let bytes = 0;
      let state = fresh;
      let now = NOON;
      let buttons: readonly Button[] = [];
      moments.length = 0;
      const say = (act: Act) => {
        now += 5_000;
        const moment = { before: state, act, now };
        moments.push(moment);
        const { messages, after } = oneTurn(known, moment);
        // What stands below an empty line is the step said again.
        said.push(messages.map((m) => m.text.split("\n\n")[0]).join("\n"));
        buttons = messages.at(-1)?.buttons ?? [];
        state = after;
        bytes = Math.max(bytes, state.length);
      };
      say({ kind: "tap", token: ">proef" });
      for (const answer of answers) {
        const button = by === "tap" ? buttons.find((b) => b.label === answer) : undefined;
        say(button ? { kind: "tap", token: button.token } : { kind: "text", text: answer });
      }
      return { said, bytes };
    },
  };
}

/** The least that does the same: an index, the numbers, and one function. */
function byHand(steps: readonly Step[]): Peer {
  interface Own {
    at: number;
    numbers: Record<string, number>;
  }
  const sayAt = (at: number): string => steps[at]?.say ?? DONE;
  const reduce = (own: Own, text: string): { own: Own; say: string } => {
    if (own.at < 0) return { own: { ...own, at: 0 }, say: sayAt(0) };
    const step = steps[own.at];
    const next = { ...own, at: own.at + 1 };
    if (step?.kind === "number") {
      const number = Number(text);
      if (!(number >= 0 && number <= 10)) return { own, say: WRONG };
      return { own: { ...next, numbers: { ...own.numbers, [own.at]: number } }, say: sayAt(next.at) };
    }
    if (step?.kind === "branch" && text === LABELS.meer)
      return { own: next, say: `${EXTRA}\n${sayAt(next.at)}` };
    return { own: next, say: sayAt(next.at) };
  };
  const answers = answersOf(steps);
  return {
    name: "reducer by hand",
    walk() {
      const said: string[] = [];
      let bytes = 0;
      let stored = JSON.stringify({ at: -1, numbers: {} });
      for (const text of ["/start", ...answers]) {
        const { own, say } = reduce(JSON.parse(stored) as Own, text);
        said.push(say);
        stored = JSON.stringify(own);
        bytes = Math.max(bytes, stored.length);
      }
      return { said, bytes };
    },
  };
}

/** grammY's conversations, with its Bot API swallowed at `fetch` and its state kept as JSON text. */
function grammyConversations(steps: readonly Step[]): Peer {
  type Own = ConversationFlavor<Context>;
  let said: string[] = [];
  let stored: string | undefined;
  let bytes = 0;
  const fetch = async (_url: unknown, init: { body?: unknown }) => {
    said.push((JSON.parse(String(init.body)) as { text: string }).text);
    const result = { message_id: 1, date: 1, chat: { id: 1, type: "private", first_name: "A" }, text: "x" };
    return { json: async () => ({ ok: true, result }) };
  };
  const me = { id: 1, is_bot: true, first_name: "B", username: "b" } as UserFromGetMe;
  const bot = new Bot<Own>("1:a", { botInfo: me, client: { fetch: fetch as never } });
  const storage: ConversationStorage<Own, ConversationData> = {
    type: "key",
    adapter: {
      read: () => (stored === undefined ? undefined : JSON.parse(stored)),
      write: (_key, data) => {
        stored = JSON.stringify(data);
        bytes = Math.max(bytes, stored.length);
      },
      delete: () => {
        stored = undefined;
      },
    },
  };
  bot.use(conversations({ storage }));
  bot.use(
    createConversation(async (conversation: Talk<Own, Context>, ctx: Context) => {
      const numbers: number[] = [];
      for (const { kind, say } of steps) {
        await ctx.reply(say);
        for (;;) {
          const { message } = await conversation.waitFor("message:text");
          const number = Number(message.text);
          if (kind === "number" && !(number >= 0 && number <= 10)) {
            await ctx.reply(WRONG);
            continue;
          }
          if (kind === "number") numbers.push(number);
          if (kind === "branch" && message.text === LABELS.meer) await ctx.reply(EXTRA);
          break;
        }
      }
      await ctx.reply(DONE);
    }, "proef"),
  );
  bot.command("start", (ctx) => ctx.conversation.enter("proef"));
  const answers = answersOf(steps);
  let id = 0;
  const update = (text: string): Update => ({
    update_id: ++id,
    message: {
      message_id: id,
      date: 1,
      chat: { id: 1, type: "private", first_name: "A" },
      from: { id: 1, is_bot: false, first_name: "A" },
      text,
      ...(text.startsWith("/") && { entities: [{ type: "bot_command", offset: 0, length: text.length }] }),
    },
  });
  return {
    name: "grammY conversations",
    async walk() {
      const all: string[] = [];
      stored = undefined;
      bytes = 0;
      for (const text of ["/start", ...answers]) {
        said = [];
        await bot.handleUpdate(update(text));
        all.push(said.join("\n"));
      }
      return { said: all, bytes };
    },
  };
}

/** The taps alone, from conversation to conversation. */
function bare(moments: readonly Moment[], script: Script) {
  const taps = moments
    .filter(({ act }) => act.kind === "tap")
    .map(({ before, act, now }) => ({
      conversation: { ...newConversation(ADDRESS, now), state: JSON.parse(before) as State },
      input: { kind: "update", address: ADDRESS, id: "1", act, place: "private" } as const,
      now,
    }));
  const work = () => {
    for (const { conversation, input, now } of taps) turn(script, conversation, input, now);
  };
  return { count: taps.length, work };
}

/** Processor microseconds that each of `count` turns took, where `work` does them all. */
async function cost(count: number, work: () => unknown): Promise<number> {
  let turns = 0;
  const before = process.cpuUsage();
  for (;;) {
    const done = work();
    if (done instanceof Promise) await done;
    turns += count;
    const { user, system } = process.cpuUsage(before);
    if (user + system > TRIAL_MS * 1000) return (user + system) / turns;
  }
}

/** Throws where a peer says anything else than all others do. */
async function check(peer: Peer, steps: readonly Step[]): Promise<number> {
  const { said, bytes } = await peer.walk();
  transcriptOf(steps).forEach((expected, i) => {
    if (said[i] !== expected) throw new Error(`${peer.name}, turn ${i}: "${said[i]}", not "${expected}"`);
  });
  return bytes;
}

state();
const { script } = contentOf();
const us = (value: number) => value.toFixed(value < 10 ? 1 : 0).padStart(6);
for (const length of LENGTHS) {
  const steps = stepsOf(length);
  const turns = answersOf(steps).length + 1;
  const moments: Moment[] = [];
  const peers = [
    byHand(steps),
    ours(script, steps, "tap", moments),
    ours(script, steps, "text"),
    grammyConversations(steps),
  ];
  const bytes = new Map<string, number>();
  for (const peer of peers) bytes.set(peer.name, await check(peer, steps));
  const known = scriptWith(script, steps);
  const all = [...moments];
  const some = (of: (m: Moment) => boolean) => {
    const chosen = all.filter(of);
    return { count: chosen.length, work: () => chosen.forEach((m) => void oneTurn(known, m)) };
  };
  const rows = [
    ...peers.map(({ name, walk }) => ({ name, count: turns, work: walk as () => unknown })),
    { name: "  of which a tap", ...some((m) => m.act.kind === "tap") },
    { name: "  the same, without JSON", ...bare(all, known) },
    { name: "  of which a number in words", ...some((m) => m.act.kind === "text") },
  ];
  const costs = new Map(rows.map(({ name }) => [name, [] as number[]]));
  for (const { work } of rows) await work();
  for (let i = 0; i < TRIALS; i++)
    for (const { name, count, work } of rows) costs.get(name)?.push(await cost(count, work));
  const least = median(costs.get("reducer by hand") ?? []);
  console.log(`\n${length} steps, ${turns} turns          us a turn (least-most)   x by hand  state bytes`);
  for (const [name, values] of costs) {
    const middle = median(values);
    const spread = `(${us(Math.min(...values)).trim()}-${us(Math.max(...values)).trim()})`;
    const ratio = (middle / least).toFixed(1).padStart(6);
    console.log(`${name.padEnd(30)} ${us(middle)} ${spread.padEnd(20)} ${ratio}  ${bytes.get(name) ?? ""}`);
  }
}
state();
