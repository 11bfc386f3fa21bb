/**
 * The files in `flows/safety/`: what they may hold, and how they become flags and a screen.
 *
 * A file holds any of three things. `concepts` are lay words under a name. `levels` say what is said and closed
 * where a flag does not say it itself. `flags` are the flags. A list of words may be written as one block of text
 * with commas, which is how people who are no programmers keep such lists.
 */
import { z } from "zod";
import { AREAS, type Flag } from "../dialogue/flag.ts";
import { createEar } from "../language/ear.ts";
import earWeights from "../language/ear-weights.json" with { type: "json" };
import { conceptsIn, PatternError, parsePattern } from "../language/pattern.ts";
import {
  createScreen,
  type FlagSigns,
  type Mode,
  type Screen,
  type ScreenRules,
} from "../language/screen.ts";
import { unpackEar } from "./ear.ts";

const level = z.enum(["emergency", "urgent", "crisis", "contraindication"]);
const line = z.string().trim().min(1);
const words = z.union([
  z.array(line),
  z.string().transform((text) =>
    text
      .split(/[,\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  ),
]);
const area = z.enum(AREAS);

const said = {
  text: line.optional(),
  other: line.optional(),
  question: line.optional(),
  closes: z.array(z.union([area, z.literal("*")])).optional(),
  skips: z.array(area).optional(),
  doctor: z.boolean().optional(),
};

const flag = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{2,30}$/, "an id is 2 to 30 small letters, digits and dashes"),
  level,
  name: line,
  ...said,
  check: line.optional(),
  label: line.max(32).optional(),
  hidden: z.boolean().default(false),
  lasting: z.boolean().default(false),
  undergone: z.boolean().default(false),
  suspicion: z.boolean().default(false),
  source: line,
  signs: z
    .strictObject({
      sure: words.default([]),
      stop: words.default([]),
      ask: words.default([]),
      note: words.default([]),
    })
    .prefault({}),
  raise: z.strictObject({ to: level, with: words }).optional(),
  not: words.default([]),
  "not-ask": words.default([]),
  examples: z
    .strictObject({
      stop: z.array(line).default([]),
      ask: z.array(line).default([]),
      note: z.array(line).default([]),
      none: z.array(line).default([]),
    })
    .prefault({}),
});

/** A file in `flows/safety/`. */
export const safetyFile = z.strictObject({
  concepts: z.record(z.string().regex(/^[a-z0-9-]+$/), words).optional(),
  levels: z.partialRecord(level, z.strictObject(said)).optional(),
  flags: z.array(flag).optional(),
});

export type SafetyFile = z.infer<typeof safetyFile>;

/** A sentence that an author wrote to show what a flag does: `none` means that this flag stays silent. */
export interface FlagExample {
  readonly flag: string;
  readonly text: string;
  readonly expect: Mode | "none";
}

/** All of `flows/safety/`, put together. */
export interface Safety {
  readonly flags: readonly Flag[];
  readonly rules: ScreenRules;
  readonly screen: Screen;
  readonly examples: readonly FlagExample[];
}

/** Puts the files together. Throws an Error that lists every fault, one a line. */
export function compileSafety(files: readonly SafetyFile[]): Safety {
  const faults: string[] = [];
  const concepts: Record<string, string[]> = {};
  for (const file of files)
    for (const [name, lay] of Object.entries(file.concepts ?? {}))
      concepts[name] = [...(concepts[name] ?? []), ...lay];
  const levels = Object.assign({}, ...files.map((file) => file.levels ?? {})) as NonNullable<
    SafetyFile["levels"]
  >;
  const authored = files.flatMap((file) => file.flags ?? []);

  const ids = new Set<string>();
  const flags = authored.map((written): Flag => {
    if (ids.has(written.id)) faults.push(`flag ${written.id} stands twice: give one of them another id`);
    ids.add(written.id);
    const fallback = levels[written.level] ?? {};
    const text = written.text ?? fallback.text;
    const question = written.question ?? fallback.question;
    if (!text) faults.push(`flag ${written.id} has no text, and level ${written.level} has none either`);
    if (!question)
      faults.push(`flag ${written.id} has no question, and level ${written.level} has none either`);
    if (written.check && !written.label)
      faults.push(`flag ${written.id} has a check but no label for its button`);
    const closed = written.closes ?? fallback.closes ?? [];
    return {
      id: written.id,
      level: written.level,
      name: written.name,
      text: text ?? "",
      other: written.other ?? fallback.other ?? text ?? "",
      question: question ?? "",
      ...(written.check === undefined ? {} : { check: written.check }),
      ...(written.label === undefined ? {} : { label: written.label }),
      closes: closed.includes("*") ? AREAS : closed.filter((a) => a !== "*"),
      skips: written.skips ?? fallback.skips ?? [],
      doctor: written.doctor ?? fallback.doctor ?? false,
      hidden: written.hidden,
      source: written.source,
    };
  });

  const check = (source: string, where: string) => {
    try {
      for (const name of conceptsIn(parsePattern(source)))
        if (!concepts[name])
          faults.push(`${where}: "${source}" uses <${name}>, and there is no such concept`);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      faults.push(`${where}: ${error.message}`);
    }
  };
  for (const [name, lay] of Object.entries(concepts))
    for (const source of lay) check(source, `concept ${name}`);
  for (const { id, signs, not, raise, ...rest } of authored)
    for (const source of [
      ...signs.sure,
      ...signs.stop,
      ...signs.ask,
      ...signs.note,
      ...not,
      ...rest["not-ask"],
      ...(raise?.with ?? []),
    ])
      check(source, `flag ${id}`);

  for (const flagged of authored.filter((written) => written.suspicion)) {
    const { id, level: of } = flagged;
    if (authored.find((other) => other.suspicion && other.level === of)?.id !== id)
      faults.push(`flag ${id} is a second suspicion of level ${of}: one is enough`);
  }

  const rules: ScreenRules = {
    concepts,
    suspicions: Object.fromEntries(
      authored.filter(({ suspicion }) => suspicion).map((written) => [written.level, written.id]),
    ),
    flags: authored.map(
      (written): FlagSigns => ({
        flag: written.id,
        level: written.level,
        ...written.signs,
        raise: written.raise,
        not: written.not,
        notAsk: written["not-ask"],
        lasting: written.lasting,
        undergone: written.undergone,
      }),
    ),
  };
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return {
    flags,
    rules,
    screen: createScreen(rules, createEar(unpackEar(earWeights))),
    examples: authored.flatMap(examplesOf),
  };
}

const examplesOf = (written: z.infer<typeof flag>): FlagExample[] =>
  (["stop", "ask", "note", "none"] as const).flatMap((expect) =>
    written.examples[expect].map((text) => ({ flag: written.id, text, expect })),
  );

/** What an example does that it should not; undefined where it is right. A surer finding than asked for is right. */
export function checkExample(screen: Screen, example: FlagExample): string | undefined {
  const order: readonly (Mode | "none")[] = ["none", "note", "ask", "stop"];
  const finding = screen(example.text).find((found) => found.flag === example.flag);
  const got = finding?.mode ?? "none";
  const right =
    example.expect === "none" ? got === "none" : order.indexOf(got) >= order.indexOf(example.expect);
  return right
    ? undefined
    : `flag ${example.flag}: "${example.text}" should give ${example.expect}, gives ${got}`;
}
