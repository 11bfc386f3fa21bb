/** The form of `bot.yaml`: the bot's name, its commands, who to call, and the sentences of the engine itself. */
import { z } from "zod";
import { PHRASES } from "../dialogue/phrase.ts";
import { COMMANDS } from "../dialogue/script.ts";
import { id } from "./form.ts";

const text = z.string().trim().min(1);

const commandForm = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, "at most 32 small letters, as platforms demand"),
  description: text.max(100, "at most 100 characters: Discord shows no more"),
  english: text.max(100),
  words: z.array(text).default([]),
  does: z.enum(COMMANDS).optional(),
  open: id.optional(),
  listed: z.boolean().default(true),
});

const breathWord = z.string().regex(/^\p{L}{1,5}$/u, "one word of at most five letters fits in the flower");

/** It fits beside the ring of the picture that counts. */
const besideRing = text.max(11, "at most eleven characters fit beside the ring");

const callForm = z.strictObject({ NL: text, BE: text, unknown: text });

export const botForm = z.strictObject({
  name: text,
  about: text.max(512),
  short: text.max(120),
  commands: z.array(commandForm).min(1),
  phrases: z.record(z.enum(PHRASES), text),
  call: z.strictObject({
    checked: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "the day on which somebody called or looked them up"),
    levels: z.record(z.string(), callForm),
  }),
  consent: text,
  step: z.strictObject({ klaar: text, pauze: text, terug: text, opnieuw: text, stop: text }),
  step_words: z.strictObject({ klaar: z.array(text) }),
  checklist: z.strictObject({
    unsure: text,
    now: text,
    list: text,
    none: text,
    none_words: z.array(text),
    some: text,
    which: text,
    doubt: text,
    more: text,
    done: text,
  }),
  /** How tense somebody is, asked before and after by routines that say `score: true`. */
  score: z.strictObject({
    title: text,
    before: text,
    after: text,
    answers: z.record(id, z.strictObject({ label: text, answer: text })),
    skip: text,
  }),
  /** The words in the flower that breathes along, and what somebody hears who does not see it. */
  breathing: z.strictObject({
    in: breathWord,
    hold: breathWord,
    out: breathWord,
    rest: breathWord,
    alt: text.max(120).includes("{ritme}"),
  }),
  /** The words beside the figure that counts along, and what somebody hears who does not see it. */
  counting: z.strictObject({
    ready: besideRing,
    of: besideRing.includes("{tot}"),
    hold: besideRing,
    rest: besideRing,
    alt: text.max(80).includes("{tekening}").includes("{tot}"),
  }),
  /** What every programme says in the same words. */
  programme: z.strictObject({
    when: text,
    right: text,
    yes: text,
    other: text,
    not: text,
    nothing: text,
    running: text,
    begin: text,
    change: text,
    menu: text,
    standing: text,
    part: text,
    none: text,
    scores: text,
  }),
  questions: z.strictObject({ title: text, ask: text, choose: text, words: z.array(text) }),
  /** What Discord's own lines say in a server, and how its commands ask for more. */
  discord: z.strictObject({
    answered: text,
    closed: text,
    failed: text,
    choose: text.max(150),
    massage: z.strictObject({ name: id, description: text.max(100), english: text.max(100) }),
    vraag: z.strictObject({ name: id, description: text.max(100), english: text.max(100) }),
  }),
  routines: z.strictObject({
    title: text,
    ask: text,
    words: z.array(text),
    /** The talk that helps to choose, which stands first. */
    advice: z.strictObject({ label: text, open: id }),
  }),
});
export type BotForm = z.output<typeof botForm>;
