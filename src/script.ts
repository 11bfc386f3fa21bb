/**
 * Reads `flows/` into a Script, or reports everything that is wrong with it: file, line, rule, what, remedy.
 *
 * A broken flow stops the start: a person in a massage must never be the first to find an author's mistake.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { ZodType } from "zod";
import { AREAS, type Flag } from "./dialogue/flag.ts";
import type { Bot, Flow, Script } from "./dialogue/script.ts";
import { createCommands } from "./language/commands.ts";
import { createFaqMatcher } from "./language/faq.ts";
import { browse, listRoutines } from "./script/browse.ts";
import { compileNodes, flow } from "./script/compile.ts";
import { compileFaq, faqFile } from "./script/faq.ts";
import { checkExample, compileSafety, safetyFile } from "./script/flag.ts";
import { movedForm, programmeForm, routineForm, talkForm } from "./script/form.ts";
import { type BotForm, botForm } from "./script/house.ts";
import { checkProgramme, compileProgramme } from "./script/programme.ts";
import { compileRoutine } from "./script/routine.ts";
import { checkFlows, faqPlace } from "./script/rules.ts";
import { type Fault, type Path, readSource, reportDoubles, type Source } from "./script/source.ts";

export type { Fault } from "./script/source.ts";
export { readSource } from "./script/source.ts";

/** What was read, and what is wrong with it; the script is there only when nothing is. */
export interface Reading {
  readonly script?: Script;
  readonly faults: readonly Fault[];
  readonly files: number;
}

/**
 * Reads the folder; `pictures` are the ids of the pictures that exist. The sentences that show what a flag must
 * do are tried only on demand: they are the author's tests, and no work for a start.
 */
export function readFlows(folder: string, pictures: ReadonlySet<string>, tryExamples: boolean): Reading {
  const faults: Fault[] = [];
  let files = 0;
  const read = <T>(name: string, schema: ZodType<T>): Source<T> | undefined => {
    files += 1;
    return readSource(join(folder, name), name, schema, faults);
  };
  const readAll = <T>(under: string, schema: ZodType<T>): Source<T>[] =>
    list(join(folder, under)).flatMap((file) => read(`${under}/${file}`, schema) ?? []);

  const bot = read("bot.yaml", botForm);
  const talks = [...readAll("talks", talkForm), ...readAll("safety/talks", talkForm)];
  const routines = readAll("routines", routineForm);
  const programmes = readAll("programmes", programmeForm);
  const moved = read("moved.yaml", movedForm);
  // A file that cannot be read would make every other one look wrong.
  const isWhole = (folder: string): boolean => !faults.some((f) => f.file.startsWith(folder));
  const safetyFiles = [...readAll("safety", safetyFile), ...readAll("safety/flags", safetyFile)];
  const safety = isWhole("safety/") ? readSafety(safetyFiles, faults) : undefined;
  if (safety && tryExamples) checkExamples(safety, safetyFiles, faults);
  const questions = readAll("faq", faqFile);
  const faq = isWhole("faq/") ? readFaq(questions, faults) : undefined;
  if (!bot || !moved || !safety || !faq) return { faults, files };

  const flags = new Map<string, Flag>(safety.flags.map((f) => [f.id, f]));
  const flows = new Map<string, Flow>();
  const places = new Map<string, Source<{ nodes?: unknown }>>();
  const add = (made: Flow, source?: Source<unknown>): void => {
    if (flows.has(made.id))
      faults.push({
        file: made.file,
        line: 1,
        rule: "duplicate-id",
        message: `The flow "${made.id}" stands in ${flows.get(made.id)?.file} too.`,
        remedy: "Give one of them another name.",
      });
    flows.set(made.id, made);
    if (source) places.set(made.id, source as Source<{ nodes?: unknown }>);
  };
  const offers = { routines: routines.map((r) => r.data), programmes: programmes.map((p) => p.data) };
  for (const source of talks) {
    const { flow: id, kind, title, words, hears, nodes } = source.data;
    reportDoubles(nodes, ["nodes"], source, faults);
    add(
      flow(
        { id, kind, title, words, file: source.file, ...(hears && { hears }) },
        compileNodes(nodes, { kind: "end" }, offers),
      ),
      source,
    );
  }
  for (const source of routines) {
    const { before, prepare, steps, after, checklist } = source.data;
    reportDoubles([...before, ...prepare, ...steps, ...after], [], source, faults);
    for (const part of ["now", "list"] as const)
      checklist[part].forEach((id, i) => {
        if (!flags.has(id))
          faults.push({
            file: source.file,
            line: source.lineOf(["checklist", part, i]),
            rule: "unknown-flag",
            message: `The checklist names the flag "${id}", which does not exist.`,
            remedy: "Check the name in flows/safety/flags.",
          });
      });
    add(compileRoutine(source.data, bot.data, flags, source.file), source);
  }
  for (const source of programmes) add(compileProgramme(source.data, bot.data, source.file), source);
  add(
    listRoutines(
      bot.data,
      [...flows.values()].filter((f) => f.kind === "routine"),
    ),
  );
  add(browse(bot.data, faq.domains));
  for (const source of questions)
    if ("domain" in source.data) places.set(faqPlace(source.data.domain), source as Source<object>);

  const script: Script = {
    bot: compileBot(bot.data),
    flows,
    flags,
    topics: faq.topics,
    domains: faq.domains,
    chats: faq.chats,
    elsewhere: faq.elsewhere,
    screen: safety.screen,
    match: createFaqMatcher(faq.source),
    readCommand: createCommands([
      ...bot.data.commands.map((c) => ({ name: c.name, words: c.words, startable: c.open !== undefined })),
      ...[...flows.values()]
        .filter((f) => f.words.length > 0)
        .map((f) => ({ name: f.id, words: f.words, startable: true })),
    ]),
    withoutHealthData: new Set(),
    moved: new Map(Object.entries(moved.data)),
  };
  for (const source of programmes) checkProgramme(source, script, faults);
  checkFlows(script, { pictures, areas: AREAS }, (id, node, rule, message, remedy) => {
    const source = places.get(id);
    faults.push({
      file: source?.file ?? "bot.yaml",
      line: source ? source.lineOf(pathOf(source.data, node)) : 1,
      rule,
      message: `${node === undefined ? id : `${id} > ${node}`}: ${message}`,
      remedy,
    });
  });
  return faults.length > 0 ? { faults, files } : { script, faults, files };
}

/** YAML files in a folder, in the order of their names; none where the folder is not there. */
function list(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .sort();
  } catch {
    return [];
  }
}

function readSafety(
  sources: readonly Source<Parameters<typeof compileSafety>[0][number]>[],
  faults: Fault[],
) {
  try {
    return compileSafety(sources.map((s) => s.data));
  } catch (error) {
    for (const line of (error instanceof Error ? error.message : String(error)).split("\n"))
      faults.push(safetyFault(sources, /flag (\S+)/.exec(line)?.[1], "flag", line));
    return undefined;
  }
}

function checkExamples(
  safety: ReturnType<typeof compileSafety>,
  sources: Parameters<typeof readSafety>[0],
  faults: Fault[],
): void {
  for (const example of safety.examples) {
    const wrong = checkExample(safety.screen, example);
    if (wrong !== undefined) faults.push(safetyFault(sources, example.flag, "example", wrong));
  }
}

function safetyFault(
  sources: readonly Source<{ flags?: readonly { id: string }[] | undefined }>[],
  flag: string | undefined,
  rule: string,
  message: string,
): Fault {
  for (const source of sources) {
    const at = source.data.flags?.findIndex((f) => f.id === flag) ?? -1;
    if (at >= 0)
      return {
        file: source.file,
        line: source.lineOf(["flags", at]),
        rule,
        message,
        remedy: "Change the signs, or the example if it is wrong.",
      };
  }
  return { file: "safety/flags", line: 1, rule, message, remedy: "See flows/README.md, Flags." };
}

function readFaq(sources: readonly Source<Parameters<typeof compileFaq>[0][number]>[], faults: Fault[]) {
  const { faq, faults: found } = compileFaq(sources.map((s) => s.data));
  for (const { file, path, message } of found)
    faults.push({
      file: sources[file]?.file ?? "faq",
      line: sources[file]?.lineOf(path) ?? 1,
      rule: "faq",
      message,
      remedy: "See flows/README.md, Questions.",
    });
  return found.length > 0 ? undefined : faq;
}

function compileBot(form: BotForm): Bot {
  return {
    name: form.name,
    about: form.about,
    short: form.short,
    commands: form.commands.map(({ name, description, english, words, does, open, listed }) => ({
      name,
      description,
      english,
      words,
      listed,
      does: does !== undefined ? { command: does } : { open: open ?? name },
    })),
    phrases: form.phrases,
    calls: form.call.levels,
    consentText: form.consent,
    breathing: form.breathing,
    counting: form.counting,
    discord: form.discord,
  };
}

/** Where a node stands in its file. */
function pathOf(data: unknown, node: string | undefined): Path {
  for (const [part, nodes] of Object.entries(data as Record<string, unknown>)) {
    if (!Array.isArray(nodes)) continue;
    const at = nodes.findIndex((n: { id?: string }) => n?.id === node);
    if (at >= 0) return [part, at];
  }
  return node === undefined ? [] : [node];
}
