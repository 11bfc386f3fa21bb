/**
 * A programme becomes a talk: what it is, when it suits, the same read back, and how it begins. Whoever asks for it
 * while it runs hears how far they are. What is said later (pings, progress, the end) goes along with the flow.
 * A moment that is made of one line of the page has the name of that line, so that a fault is shown there.
 */
import type { Programme } from "../dialogue/programme.ts";
import { unending } from "../dialogue/progress.ts";
import type { Flow, Script } from "../dialogue/script.ts";
import { placeholders } from "../dialogue/text.ts";
import { readRecurrence } from "../language/times.ts";
import { compileNodes, flow } from "./compile.ts";
import { nodeForm, type ProgrammeForm } from "./form.ts";
import type { BotForm } from "./house.ts";
import type { Fault, Path, Source } from "./source.ts";

/** Any day will do: a rhythm that comes again and again is the same on each. */
const SOME_DAY = { date: "2024-01-01", weekday: 1, time: "00:00" };

/** What the lines of a programme may hold besides what holds for every text. */
const IN_LINES = new Set(["nummer", "gedaan", "totaal", "eenheid", "titel", "nood"]);

/** The programme as a flow. A time that cannot be read is left to `checkProgramme`. */
export function compileProgramme(form: ProgrammeForm, { programme: said }: BotForm, file: string): Flow {
  const known: Readonly<Record<string, string>> = {
    titel: form.title,
    totaal: String(form.total),
    eenheid: form.unit,
  };
  const written = (text: string): string => text.replace(/\{([a-z]+)\}/g, (all, name) => known[name] ?? all);
  const times = Object.entries(form.times).map(([id, words]) => [
    id,
    { label: words.charAt(0).toUpperCase() + words.slice(1), answer: words },
  ]);
  const asking = { ask: { for: "recurrence", slot: "ritme" }, go: "klopt" };
  const nodes = [
    {
      id: "loopt",
      when: "loopt",
      say: written(said.running),
      lasting: true,
      choices: {
        nu: { label: said.begin, words: ["ja", "nu", "begin"], open: form.routine },
        anders: { label: said.change, words: ["veranderen", "stoppen"], open: "herinnering" },
        menu: { label: said.menu, open: "menu" },
      },
    },
    { id: "say", say: written(form.say) },
    {
      id: "times",
      title: form.title,
      say: written(said.when),
      ...asking,
      choices: {
        ...Object.fromEntries(times),
        niet: { label: said.not, words: ["nee", "laat maar"], go: "niets" },
      },
    },
    {
      id: "klopt",
      title: form.title,
      say: written(said.right),
      ...asking,
      choices: {
        ja: { label: said.yes, words: ["klopt", "goed", "prima"], do: "remind", go: "start" },
        anders: { label: "Nee, {ritme-anders}", when: "ritme-anders", go: "draai" },
        nee: { label: said.other, words: ["nee", "anders"], go: "times" },
        niet: { label: said.not, words: ["laat maar"], go: "niets" },
      },
    },
    { id: "draai", do: { swap: "ritme" }, go: "klopt" },
    { id: "start", say: written(form.start), go: "einde" },
    {
      id: "niets",
      unless: "onderweg",
      say: said.nothing,
      lasting: true,
      choices: { menu: { label: said.menu, open: "menu" } },
    },
    { id: "niets-onderweg", say: said.nothing },
  ].map((node) => nodeForm.parse(node));
  const programme: Programme = {
    routine: form.routine,
    total: form.total,
    everyTime: form.each_time,
    rhythm: rhythmIn(Object.values(form.times)[0] ?? "") ?? { days: [1, 2, 3, 4, 5, 6, 7], times: ["21:00"] },
    lines: {
      ping: form.ping.map(written),
      done: form.done.map(written),
      standing: written(said.standing),
      end: written(form.end),
      part: written(said.part),
      none: written(said.none),
      scores: written(said.scores),
    },
  };
  return flow(
    { id: form.programme, title: form.title, kind: "talk", words: form.words, file, programme },
    compileNodes(nodes, { kind: "end" }),
  );
}

/** The rhythm in these words, where they say days and times and it never ends by itself. */
function rhythmIn(words: string): Programme["rhythm"] | undefined {
  const said = readRecurrence(words, SOME_DAY);
  if (!said || said.missing || said.recurrence.on || said.recurrence.until) return undefined;
  return unending(said.recurrence);
}

/** What is wrong with this programme beside its nodes: its routine, its times, the names in its lines. */
export function checkProgramme(source: Source<ProgrammeForm>, script: Script, faults: Fault[]): void {
  const { routine, times, ping, done, end } = source.data;
  const at = (path: Path, rule: string, message: string, remedy: string): void => {
    faults.push({ file: source.file, line: source.lineOf(path), rule, message, remedy });
  };
  const counted = [...(script.flows.get(routine)?.nodes.values() ?? [])].some((node) =>
    node.do.some((action) => action.name === "journal" && action.with === routine),
  );
  if (!counted)
    at(
      ["routine"],
      "never-done",
      `There is no routine "${routine}" that ever counts as done.`,
      `Name a routine that says \`do: { journal: ${routine} }\` at its end.`,
    );
  for (const [id, words] of Object.entries(times))
    if (!rhythmIn(words))
      at(
        ["times", id],
        "unclear-time",
        `"${words}" does not say on which days and at what time, again and again.`,
        "Write it as `elke avond om 21 uur` or `ma, wo en vr om 20 uur`.",
      );
  const lines: [Path, string][] = [
    ...ping.map((text, i): [Path, string] => [["ping", i], text]),
    ...done.map((text, i): [Path, string] => [["done", i], text]),
    [["end"], end],
  ];
  for (const [path, text] of lines)
    for (const name of placeholders(text))
      if (!IN_LINES.has(name))
        at(path, "unknown-word", `Nothing fills {${name}} here.`, `Use: ${[...IN_LINES].join(", ")}.`);
}
