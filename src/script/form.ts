/**
 * The form in which authors write talks and routines. It is meant to be read aloud: what is said stands first,
 * choices read `name: Label`, and what follows is the next thing on the page unless it says otherwise.
 */
import { z } from "zod";
import { BREATH_LIMITS, type BreathPart, breathSeconds } from "../dialogue/breath.ts";
import { COUNT_LIMITS, COUNT_MAX, type Count, countFits } from "../dialogue/count.ts";
import { ACTIONS, COMMANDS } from "../dialogue/script.ts";
import { createMention } from "../language/mention.ts";
import type { PatternError } from "../language/pattern.ts";

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
  /** Who tells an age from the first to the last of these chooses it. */
  ages: z.tuple([z.int().min(0), z.int().max(120)]).optional(),
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

const countPart = (part: keyof Count) => {
  const { min, max } = COUNT_LIMITS[part];
  return z.int(`write a whole number, ${min} to ${max}`).min(min).max(max);
};

/** How far is counted and how long each count lasts, in seconds: it counts below the picture and brings its clock. */
const count = z
  .strictObject({ to: countPart("to"), every: countPart("every"), hold: countPart("hold").default(0) })
  .refine(
    countFits,
    `all counts together take at most ${COUNT_MAX} seconds, and less is held than a count lasts`,
  );

/** What `picture` says where there is nothing to see. */
export const NO_PICTURE = "geen";

const shown = {
  say: text.optional(),
  picture: id.optional(),
  seconds: z.number().int().min(5).max(3600).optional(),
  breathe: breathe.optional(),
  count: count.optional(),
};
type ShownForm = { [part in keyof typeof shown]?: unknown };

/** What breathes brings its picture and its clock, and what counts brings its clock. */
const bringsItsOwn = <F extends z.ZodType<ShownForm>>(form: F): F =>
  form
    .refine(
      ({ breathe, picture, seconds, count }) =>
        breathe === undefined || (picture ?? seconds ?? count) === undefined,
      "what breathes has its own picture and its own clock: leave out `picture` and `seconds`",
    )
    .refine(
      ({ count, picture, seconds }) =>
        count === undefined || (picture !== undefined && picture !== NO_PICTURE && seconds === undefined),
      "what counts needs a `picture` to count below and has its own clock: leave out `seconds`",
    );

const version = bringsItsOwn(z.strictObject({ ...guard, ...shown }));

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
      for: z.enum(["number", "recurrence", "moment", "question", "code", "letter"]),
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
export const nodeForm = bringsItsOwn(plainNode);
export type NodeForm = z.output<typeof nodeForm>;

/** Whoever massages looks more than they read: a step shows how, or says that there is nothing to see. */
const shows = ({ picture, breathe, call }: NodeForm): boolean => (picture ?? breathe ?? call) !== undefined;
const SHOW =
  "a step shows how it is done: give it a `picture`, or write `picture: geen` where nothing is to be seen";

/** What stands around the steps of a routine: it shows how where it runs a clock. */
const aroundSteps = z
  .array(nodeForm.refine((form) => form.seconds === undefined || shows(form), SHOW))
  .default([]);

/** Patterns of what somebody tells; told over a running step they open this talk. */
const hears = z
  .array(text)
  .optional()
  .transform((patterns, context) => {
    try {
      return patterns && createMention(patterns);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as PatternError).message });
      return z.NEVER;
    }
  });

export const talkForm = z.strictObject({
  flow: id,
  kind: z.enum(["talk", "safety"]).default("talk"),
  title: text,
  words,
  hears,
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
  before: aroundSteps,
  checklist: z.strictObject({ now: z.array(id).default([]), list: z.array(id).default([]) }),
  prepare: aroundSteps,
  steps: z.array(bringsItsOwn(plainNode.extend({ title: text })).refine(shows, SHOW)).min(1),
  after: aroundSteps,
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
