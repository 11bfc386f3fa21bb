/**
 * From the author's form to the engine's: what is left out on the page is filled in here.
 *
 * The page is read from top to bottom, so a node without `go` leads to the next one, and the last to the end.
 */

import { breathPicture, breathSeconds } from "../dialogue/breath.ts";
import { type Count, countPicture, countSeconds } from "../dialogue/count.ts";
import type { Choice, Condition, Flow, Go, Guard, Node, Version } from "../dialogue/script.ts";
import { type BreatheForm, type ChoiceForm, NO_PICTURE, type NodeForm } from "./form.ts";

/** The word an author writes to end a flow. */
const END = "einde";

export const OPEN_GUARD: Guard = { when: [], unless: [] };

const condition = (form: string): Condition => {
  const [name = form, value] = form.split("=");
  return value === undefined ? { name } : { name, value };
};

export const guard = (form: { when: readonly string[]; unless: readonly string[] }): Guard => ({
  when: form.when.map(condition),
  unless: form.unless.map(condition),
});

const goTo = (form: { go?: string | undefined; open?: string | undefined }, otherwise: Go): Go => {
  if (form.open !== undefined) return { kind: "open", flow: form.open };
  if (form.go === END) return { kind: "end" };
  return form.go !== undefined ? { kind: "node", node: form.go } : otherwise;
};

/** A choice with nothing to it but a label; the rest is filled in over it. */
export const choice = (id: string, label: string, more: Partial<Choice> = {}): Choice => ({
  id,
  label,
  words: [],
  guard: OPEN_GUARD,
  set: {},
  do: [],
  go: { kind: "end" },
  ...more,
});

/** A node with nothing to it but what it says; the rest is filled in over it. */
export const node = (id: string, say: string, more: Partial<Node> = {}): Node => ({
  id,
  guard: OPEN_GUARD,
  areas: [],
  versions: [{ guard: OPEN_GUARD, say }],
  choices: [],
  eachReminder: false,
  do: [],
  next: { kind: "end" },
  lasting: false,
  ...more,
});

function compileChoice(id: string, form: ChoiceForm, next: Go): Choice {
  return choice(id, form.label, {
    words: form.words,
    guard: guard(form),
    set: form.set,
    do: form.do.map(({ name, with: value }) => (value === undefined ? { name } : { name, with: value })),
    go: goTo(form, next),
    ...(form.flag !== undefined && { flag: { id: form.flag, mode: "stop" as const } }),
    ...(form.faq !== undefined && { faq: form.faq }),
    ...(form.command !== undefined && { command: form.command }),
    ...(form.answer !== undefined && { answer: form.answer }),
    ...(form.ages !== undefined && { ages: form.ages }),
  });
}

/** What a wording shows and how long it takes; what breathes or counts has its time by itself. */
function shown(form: {
  picture?: string | undefined;
  seconds?: number | undefined;
  breathe?: BreatheForm | undefined;
  count?: Count | undefined;
}): Pick<Version, "picture" | "seconds"> {
  const { picture, seconds, breathe, count } = form;
  if (breathe) return { picture: breathPicture(breathe), seconds: breathe.rounds * breathSeconds(breathe) };
  if (count && picture !== undefined)
    return { picture: countPicture(count, picture), seconds: countSeconds(count) };
  return {
    ...(picture !== undefined && picture !== NO_PICTURE && { picture }),
    ...(seconds !== undefined && { seconds }),
  };
}

/** One node; `next` is where it leads when it does not say so itself. */
export function compileNode(form: NodeForm, next: Go, areas: readonly string[] = []): Node {
  const leads = goTo(form, next);
  const plain: Version = {
    guard: OPEN_GUARD,
    say: form.say ?? "",
    ...shown(form),
  };
  return node(form.id, "", {
    ...(form.title !== undefined && { title: form.title }),
    guard: guard(form),
    areas: [...areas, ...form.area],
    versions: [
      ...form.versions.map((v) => ({
        ...plain,
        guard: guard(v),
        ...(v.say !== undefined && { say: v.say }),
        ...shown(v),
      })),
      plain,
    ],
    eachReminder: form.each === "reminder",
    choices: Object.entries(form.choices).map(([id, c]) => compileChoice(id, c, leads)),
    ...(form.ask && {
      expects: { kind: form.ask.for, slot: form.ask.slot, min: form.ask.min, max: form.ask.max },
    }),
    do: form.do.map(({ name, with: value }) => (value === undefined ? { name } : { name, with: value })),
    ...(form.call !== undefined && { calls: form.call }),
    next: leads,
    lasting: form.lasting,
  });
}

/** What `each: routine` and `each: programme` offer. */
export interface Offers {
  readonly routines: readonly { readonly routine: string; readonly title: string }[];
  readonly programmes: readonly { readonly programme: string; readonly title: string }[];
}

/** Nodes in the order of the page: each leads to the one after it, the last to `last`. */
export const compileNodes = (
  forms: readonly NodeForm[],
  last: Go,
  offers: Offers = { routines: [], programmes: [] },
): Node[] =>
  forms.map((form, i) => {
    const after = forms[i + 1];
    const made = compileNode(form, after ? { kind: "node", node: after.id } : last);
    return { ...made, choices: [...offered(form, offers, made.next), ...made.choices] };
  });

function offered({ each }: NodeForm, { routines, programmes }: Offers, next: Go): Choice[] {
  if (each === "routine")
    return routines.map(({ routine, title }) => choice(routine, title, { set: { routine }, go: next }));
  if (each === "programme")
    return programmes.map(({ programme, title }) =>
      choice(programme, title, { go: { kind: "open", flow: programme } }),
    );
  return [];
}

/** A flow of these nodes, which begins at the first. */
export const flow = (
  of: Omit<Flow, "nodes" | "start" | "words" | "areas"> & Partial<Flow>,
  nodes: readonly Node[],
): Flow => ({
  words: [],
  areas: [],
  ...of,
  start: nodes[0]?.id ?? "",
  nodes: new Map(nodes.map((n) => [n.id, n])),
});
