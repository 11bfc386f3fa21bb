/**
 * A routine becomes ordinary nodes: what comes before, the checklist, what is prepared, the steps with their
 * timers, and what comes after, in this order; with a score before the steps and at the end where it asks for one.
 *
 * A checklist is made of flags, so that a line ticked and a sentence typed lead to the same place.
 */
import type { Flag } from "../dialogue/flag.ts";
import type { Choice, Flow, Go, Guard, Node } from "../dialogue/script.ts";
import { choice, compileNode, compileNodes, flow, node } from "./compile.ts";
import { type NodeForm, nodeForm, type RoutineForm } from "./form.ts";
import type { BotForm } from "./house.ts";

/** The first nodes of the two lists; authors may go there by these names. */
const NOW = "nu";
const LIST = "check";

/** A routine within another one does not ask again: `rules.ts` sees to it that the other asked everything. */
const UNLESS_CALLED: Guard = { when: [], unless: [{ name: "onderweg" }] };

type ListTexts = BotForm["checklist"];

/** The routine as a flow. Flags that do not exist are left out here; `rules.ts` reports them. */
export function compileRoutine(
  form: RoutineForm,
  bot: BotForm,
  flags: ReadonlyMap<string, Flag>,
  file: string,
): Flow {
  const known = (ids: readonly string[]): Flag[] => ids.flatMap((id) => flags.get(id) ?? []);
  const end: Go = { kind: "end" };
  const after = compileNodes(withProgress(form.score ? withScore(form.after, bot) : form.after), end);
  const afterSteps = first(after, end);
  const steps = form.steps.map((step, i) => {
    const next = form.steps[i + 1];
    return compileStep(step, bot, next ? { kind: "node", node: next.id } : afterSteps);
  });
  const ready = form.score ? [scoreNode("score-voor", bot.score.before, bot), ...form.prepare] : form.prepare;
  const prepare = compileNodes(ready, first(steps, end));
  const afterChecks = first(prepare, first(steps, end));
  const list = compileList(LIST, known(form.checklist.list), bot.checklist, afterChecks);
  const texts = { ...bot.checklist, list: bot.checklist.now };
  const now = compileList(NOW, known(form.checklist.now), texts, first(list, afterChecks));
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

/** The ids of the flags that this routine's checklist asks about. */
export const checklistOf = (flow: Flow): string[] =>
  [NOW, LIST].flatMap((name) =>
    (flow.nodes.get(`${name}-welke`)?.choices ?? []).flatMap((c) => c.flag?.id ?? []),
  );

const first = (nodes: readonly Node[], otherwise: Go): Go =>
  nodes[0] ? { kind: "node", node: nodes[0].id } : otherwise;

/** A name as it stands at the head of a line. */
const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Asks for a number, of whoever agreed that it is kept; a skipped one is no score. */
const scoreNode = (id: string, say: string, { score, checklist }: BotForm): NodeForm =>
  nodeForm.parse({
    id,
    title: score.title,
    say,
    when: "bewaart",
    unless: "onderweg",
    ask: { for: "number", slot: id, min: 0, max: 10 },
    choices: {
      ...score.answers,
      overslaan: { label: score.skip, words: checklist.none_words, set: { [id]: "" } },
    },
  });

/** The session is counted at this moment. */
const countsAsDone = (form: NodeForm): boolean => form.do.some(({ name }) => name === "journal");

/** The second score comes just before the session is counted as done. */
function withScore(after: readonly NodeForm[], bot: BotForm): NodeForm[] {
  const done = after.findIndex(countsAsDone);
  return [...after.slice(0, done), scoreNode("score-na", bot.score.after, bot), ...after.slice(done)];
}

/** Whatever counts as done is followed by how far that brings somebody in a programme, if it does. */
const withProgress = (after: readonly NodeForm[]): NodeForm[] =>
  after.flatMap((form) => {
    if (!countsAsDone(form)) return form;
    const { go, open, ...done } = form;
    return [done, nodeForm.parse({ id: `${form.id}-telt`, say: "{geteld}", when: "geteld", go, open })];
  });

/** A step has a timer, and the same five choices at every step; one that calls a routine has that one's steps. */
function compileStep(form: NodeForm, bot: BotForm, next: Go): Node {
  const step = compileNode(form, next);
  if (step.calls !== undefined) return step;
  const standard = [
    choice("klaar", bot.step.klaar, { go: step.next, words: bot.step_words.klaar }),
    choice("pauze", bot.step.pauze, { command: "pause" }),
    choice("terug", bot.step.terug, { command: "back" }),
    choice("opnieuw", bot.step.opnieuw, { command: "again" }),
    choice("stop", bot.step.stop, { command: "stop" }),
  ];
  return { ...step, choices: [...step.choices, ...standard] };
}

/**
 * One list of lines and one tap for whoever has none of it; whoever has something says what. Of the signs that
 * stop everything a doubt is asked about; of the others a doubt counts as a yes.
 */
function compileList(name: string, flags: readonly Flag[], texts: ListTexts, last: Go): Node[] {
  if (flags.length === 0) return [];
  const lines = flags.map((flag) => `- ${flag.check ?? titled(flag.name)}`).join("\n");
  const goesOn = flags.some((flag) => flag.level === "contraindication");
  const more: Go = goesOn ? { kind: "node", node: `${name}-nog` } : last;
  const items = (mode: "stop" | "ask"): Choice[] =>
    flags.map((flag) =>
      choice(flag.id, flag.label ?? titled(flag.name), {
        flag: { id: flag.id, mode: flag.level === "contraindication" ? "stop" : mode },
        guard: { when: [], unless: [{ name: flag.id }] },
        go: more,
      }),
    );
  const which = (id: string, say: string, none: string, mode: "stop" | "ask"): Node =>
    node(id, say, { choices: [...items(mode), choice("niets", none, { go: last })], next: last });
  const nodes = [
    node(name, `${texts.list}\n\n${lines}`, {
      choices: [
        choice("niets", texts.none, { words: texts.none_words, go: last }),
        choice("iets", texts.some, { go: { kind: "node", node: `${name}-welke` } }),
        choice("weet-niet", texts.unsure, { go: { kind: "node", node: `${name}-twijfel` } }),
      ],
      next: last,
      guard: UNLESS_CALLED,
    }),
    which(`${name}-welke`, texts.which, texts.none, "stop"),
    which(`${name}-twijfel`, texts.doubt, texts.none, "ask"),
  ];
  return goesOn ? [...nodes, which(`${name}-nog`, texts.more, texts.done, "stop")] : nodes;
}
