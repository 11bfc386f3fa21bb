/**
 * The form in which authors write talks and routines. It is meant to be read aloud: what is said stands first,
 * choices read `name: Label`, and what follows is the next thing on the page unless it says otherwise.
 */
import { z } from "zod";
import { BREATH_LIMITS, type BreathPart, breathSeconds } from "../dialogue/rhythm.ts";
import { ACTIONS, COMMANDS } from "../dialogue/script.ts";

/** A name: lower-case letters, figures and dashes. It is permanent; people stand in it. */
export const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, "a name is written in small letters, figures and dashes, like `hoofd-nek`");

const text = z.string().trim().min(1);
const words = z.array(text).default([]);
/** `voor=kind` or a bare name; a list means any of them. */
const condition = z.string().regex(/^[a-z][a-z0-9-]*(=[a-z0-9-]+)?$/, "write `name` or `name=value`");
const conditions = z.union([condition.transform((c) => [c]), z.array(condition)]).default([]);
const guard = { when: conditions, unless: conditions };

const action = z.union([
  z.enum(ACTIONS).transform((name) => ({ name, with: undefined })),
  z
    .partialRecord(z.enum(ACTIONS), z.union([z.string(), z.number()]))
    .refine((r) => Object.keys(r).length === 1, "one action to a line")
    .transform((r) => {
      const [name, value] = Object.entries(r)[0] as [(typeof ACTIONS)[number], string | number];
      return { name, with: value };
    }),
]);
const actions = z.union([action.transform((a) => [a]), z.array(action)]).default([]);

const where = {
  /** The node to go to, or `einde`. */
  go: id.optional(),
  /** The flow to begin, leaving this one. */
  open: id.optional(),
};

const fullChoice = z.strictObject({
  label: text,
  words,
  ...guard,
  ...where,
  set: z.record(id, z.union([z.string(), z.number()]).transform(String)).default({}),
  do: actions,
  flag: id.optional(),
  faq: id.optional(),
  command: z.enum(COMMANDS).optional(),
  answer: text.optional(),
});

/** `droog: Droog`, or with more to it: `olie: { label: Met olie, go: olie-tip }`. */
const choice = z.union([text.transform((label) => fullChoice.parse({ label })), fullChoice]);
export type ChoiceForm = z.output<typeof fullChoice>;

/** All breaths together take at most this long (s): nobody is led to breathe by the clock for longer. */
const BREATHING_MAX = 300;

const breathPart = (part: BreathPart) => {
  const { min, max } = BREATH_LIMITS[part];
  return z.int(`write whole seconds, ${min} to ${max}`).min(min).max(max);
};

/** A rhythm to breathe in, in seconds, and how many breaths: it brings its own picture and clock. */
const breathe = z
  .strictObject({
    in: breathPart("in"),
    hold: breathPart("hold").default(0),
    out: breathPart("out"),
    rest: breathPart("rest").default(0),
    rounds: z.int("write how many breaths").min(1),
  })
  .refine(
    (form) => form.rounds * breathSeconds(form) <= BREATHING_MAX,
    `all rounds together take at most ${BREATHING_MAX} seconds: let there be fewer`,
  );
export type BreatheForm = z.output<typeof breathe>;

const shown = {
  say: text.optional(),
  picture: id.optional(),
  seconds: z.number().int().min(5).max(3600).optional(),
  breathe: breathe.optional(),
};

const breathesAlone = [
  (form: { breathe?: unknown; picture?: unknown; seconds?: unknown }): boolean =>
    form.breathe === undefined || (form.picture === undefined && form.seconds === undefined),
  "what breathes has its own picture and its own clock: leave out `picture` and `seconds`",
] as const;

const version = z.strictObject({ ...guard, ...shown }).refine(...breathesAlone);

const plainNode = z.strictObject({
  id,
  title: text.optional(),
  ...shown,
  versions: z.array(version).default([]),
  choices: z.record(id, choice).default({}),
  /** Also a choice for each routine (fills `routine`), each reminder (fills `gekozen`) or each programme (opens it). */
  each: z.enum(["routine", "reminder", "programme"]).optional(),
  ask: z
    .strictObject({
      for: z.enum(["number", "recurrence", "question", "code", "letter"]),
      slot: id,
      min: z.number().default(0),
      max: z.number().default(10),
    })
    .optional(),
  do: actions,
  call: id.optional(),
  area: z.array(id).default([]),
  lasting: z.boolean().default(false),
  ...guard,
  ...where,
});
export const nodeForm = plainNode.refine(...breathesAlone);
export type NodeForm = z.output<typeof nodeForm>;

export const talkForm = z.strictObject({
  flow: id,
  kind: z.enum(["talk", "safety"]).default("talk"),
  title: text,
  words,
  nodes: z.array(nodeForm).min(1),
});

export const routineForm = z.strictObject({
  routine: id,
  title: text,
  words,
  minutes: z.number().positive(),
  area: z.array(id).min(1),
  seed: text,
  /** Asks how tense somebody is, before and after, where that may be kept. */
  score: z.boolean().default(false),
  before: z.array(nodeForm).default([]),
  checklist: z.strictObject({ now: z.array(id).default([]), list: z.array(id).default([]) }),
  prepare: z.array(nodeForm).default([]),
  steps: z.array(plainNode.extend({ title: text }).refine(...breathesAlone)).min(1),
  after: z.array(nodeForm).default([]),
});
export type RoutineForm = z.output<typeof routineForm>;

export const programmeForm = z.strictObject({
  programme: id,
  title: text,
  words,
  routine: id,
  /** How many times in all, and what they are called: "3 van 7 dagen". */
  total: z.number().int().min(1).max(60),
  unit: text,
  /** Counts each time, also a second one on the same day. */
  each_time: z.boolean().default(false),
  seed: text,
  say: text,
  /** Times to choose from, in words that people use themselves; the first is the usual one. */
  times: z.record(id, text).refine((times) => Object.keys(times).length > 0, "write at least one time"),
  start: text,
  ping: z.array(text).min(1),
  done: z.array(text).min(1),
  end: text,
});
export type ProgrammeForm = z.output<typeof programmeForm>;

/** Places that got another name: `old-flow/old-node: new-flow/new-node`. */
export const movedForm = z.record(z.string(), z.string());
