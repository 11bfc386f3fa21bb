/**
 * A routine becomes ordinary nodes: what comes before, the checklist, what is prepared, the steps with their
 * timers, and what comes after, in this order.
 *
 * A checklist is made of flags, so that a line ticked and a sentence typed lead to the same place.
 */
import type { Flag } from "../dialogue/flag.ts";
import type { Choice, Flow, Go, Node } from "../dialogue/script.ts";
import { choice, compileNode, compileNodes, flow, node } from "./compile.ts";
import type { NodeForm, RoutineForm } from "./form.ts";
import type { BotForm } from "./house.ts";

/** The first node of the list part of a checklist; authors may go there by this name. */
const LIST = "check";

/** The routine as a flow. Flags that do not exist are left out here; `rules.ts` reports them. */
export function compileRoutine(
  form: RoutineForm,
  bot: BotForm,
  flags: ReadonlyMap<string, Flag>,
  file: string,
): Flow {
  const known = (ids: readonly string[]): Flag[] => ids.flatMap((id) => flags.get(id) ?? []);
  const end: Go = { kind: "end" };
  const after = compileNodes(form.after, end);
  const afterSteps = first(after, end);
  const steps = form.steps.map((step, i) => {
    const next = form.steps[i + 1];
    return compileStep(step, bot, next ? { kind: "node", node: next.id } : afterSteps);
  });
  const prepare = compileNodes(form.prepare, first(steps, end));
  const afterChecks = first(prepare, first(steps, end));
  const list = compileList(known(form.checklist.list), bot, afterChecks);
  const now = compileNow(known(form.checklist.now), bot, first(list, afterChecks));
  const before = compileNodes(form.before, first(now, first(list, afterChecks)));
  return flow(
    {
      id: form.routine,
      title: form.title,
      kind: "routine",
      areas: form.area,
      words: form.words,
      minutes: form.minutes,
      file,
    },
    [...before, ...now, ...list, ...prepare, ...steps, ...after],
  );
}

const first = (nodes: readonly Node[], otherwise: Go): Go =>
  nodes[0] ? { kind: "node", node: nodes[0].id } : otherwise;

/** A step has a timer, and the same five choices at every step. */
function compileStep(form: NodeForm, bot: BotForm, next: Go): Node {
  const step = compileNode(form, next);
  const standard = [
    choice("klaar", bot.step.klaar, { go: step.next, words: bot.step_words.klaar }),
    choice("pauze", bot.step.pauze, { command: "pause" }),
    choice("terug", bot.step.terug, { command: "back" }),
    choice("opnieuw", bot.step.opnieuw, { command: "again" }),
    choice("stop", bot.step.stop, { command: "stop" }),
  ];
  return { ...step, choices: [...step.choices, ...standard] };
}

/** The signs that stop everything are asked one by one. */
function compileNow(flags: readonly Flag[], bot: BotForm, last: Go): Node[] {
  return flags.map((flag, i) => {
    const after = flags[i + 1];
    const go: Go = after ? { kind: "node", node: `${LIST}-${after.id}` } : last;
    return node(`${LIST}-${flag.id}`, flag.check ?? flag.question, {
      choices: [
        choice("nee", bot.checklist.no, { go }),
        choice("ja", bot.checklist.yes, { flag: { id: flag.id, mode: "stop" }, go }),
        choice("weet-niet", bot.checklist.unsure, { flag: { id: flag.id, mode: "ask" }, go }),
      ],
      next: go,
    });
  });
}

/** The rest is one list: whoever has none of it needs one tap, whoever has something says what. */
function compileList(flags: readonly Flag[], bot: BotForm, last: Go): Node[] {
  if (flags.length === 0) return [];
  const texts = bot.checklist;
  const lines = flags.map((flag) => `- ${flag.check ?? flag.name}`).join("\n");
  const more: Go = { kind: "node", node: `${LIST}-nog` };
  const items: Choice[] = flags.map((flag) =>
    choice(flag.id, flag.label ?? flag.name, {
      flag: { id: flag.id, mode: "stop" },
      guard: { when: [], unless: [{ name: flag.id }] },
      go: more,
    }),
  );
  const which = (id: string, say: string, none: string): Node =>
    node(id, say, { choices: [...items, choice("niets", none, { go: last })], next: last });
  return [
    node(LIST, `${texts.list}\n\n${lines}`, {
      choices: [
        choice("niets", texts.none, { go: last }),
        choice("iets", texts.some, { go: { kind: "node", node: `${LIST}-welke` } }),
        choice("weet-niet", texts.unsure, { go: { kind: "node", node: `${LIST}-twijfel` } }),
      ],
      next: last,
    }),
    which(`${LIST}-welke`, texts.which, texts.none),
    which(`${LIST}-twijfel`, texts.doubt, texts.none),
    which(`${LIST}-nog`, texts.more, texts.done),
  ];
}
