/**
 * What must be true of all flows together, whoever wrote them. Each rule has a name, says what is wrong and
 * what to do; all of them are tried, so that an author sees every fault in one run.
 */

import { breathOf } from "../dialogue/breath.ts";
import { countOf } from "../dialogue/count.ts";
import type { Choice, Flow, Go, Node, Script } from "../dialogue/script.ts";
import { ACTIONS, COMMANDS, HOUSE_FLOWS } from "../dialogue/script.ts";
import { TOKEN_MAX, writeToken } from "../dialogue/token.ts";
import { fold } from "../language/fold.ts";
import { checkReach } from "./reach.ts";
import { checklistOf } from "./routine.ts";
import { type At, checkWords, slotNames } from "./words.ts";

/**
 * The smallest platform's limits: Discord's message, Telegram's caption, a button that a phone shows whole; and
 * the words of a step that somebody follows while massaging.
 */
export const LIMITS = { text: 2000, caption: 1024, label: 38, stepWords: 60 } as const;

/** The flow that somebody wanted when something came between: known only in the talk itself. */
const WANTED = "wens";
/** The flag that a talk is about. */
const ABOUT = "dit";

/** What a rule reports: where it is, by which rule, what is wrong and what to do. */
export type Report = (
  flow: string,
  node: string | undefined,
  rule: string,
  message: string,
  remedy: string,
) => void;

/** What rules need to know beside the script itself. */
export interface Surroundings {
  readonly pictures: ReadonlySet<string>;
  readonly areas: readonly string[];
}

/** Tries every rule on every flow. */
export function checkFlows(script: Script, { pictures, areas }: Surroundings, report: Report): void {
  const slots = slotNames(script);
  for (const flow of script.flows.values()) {
    for (const node of flow.nodes.values()) {
      const at = (rule: string, message: string, remedy: string): void =>
        report(flow.id, node.id, rule, message, remedy);
      checkPlaces(script, flow, node, at);
      checkWords(script, node, slots, at);
      checkShape(flow, node, at);
      checkCall(script, flow, node, at);
      for (const version of node.versions) {
        const { picture } = version;
        const drawing = countOf(picture ?? "")?.drawing ?? picture;
        if (drawing !== undefined && !pictures.has(drawing) && !breathOf(drawing))
          at(
            "missing-picture",
            `There is no picture "${drawing}".`,
            `Draw flows/pictures/${drawing}.svg, describe it in pictures.yaml, or take the line out.`,
          );
        const words = version.say.split(/\s+/).length;
        if (flow.kind === "routine" && version.seconds !== undefined && words > LIMITS.stepWords)
          at(
            "too-many-words",
            `The step has ${words} words; nobody reads more than ${LIMITS.stepWords} with busy hands.`,
            "Say it in fewer words, or in two steps.",
          );
        const max = picture === undefined ? LIMITS.text : LIMITS.caption;
        if (version.say.length > max)
          at(
            "too-long",
            `The text has ${version.say.length} characters; ${max} fit.`,
            "Say it in fewer words, or in two nodes.",
          );
      }
      for (const area of node.areas)
        if (!areas.includes(area))
          at("unknown-area", `There is no area "${area}".`, `Use one of: ${areas.join(", ")}.`);
    }
    checkReach(flow, (node, rule, message, remedy) => report(flow.id, node, rule, message, remedy));
  }
  for (const topic of script.topics.values())
    if (topic.routine !== undefined && !script.flows.has(topic.routine))
      report(
        faqPlace(topic.domain),
        topic.id,
        "unknown-flow",
        `It offers "${topic.routine}", which does not exist.`,
        "Check the name, or write `routine: none`.",
      );
  for (const id of Object.values(HOUSE_FLOWS))
    if (!script.flows.has(id))
      report(
        id,
        undefined,
        "missing-flow",
        `The house needs a flow "${id}".`,
        "Write it in flows/talks or flows/safety.",
      );
  for (const flag of script.flags.values())
    if (flag.level !== "contraindication" && !script.bot.calls[flag.id] && !script.bot.calls[flag.level])
      report(
        flag.id,
        undefined,
        "nobody-to-call",
        `The flag "${flag.id}" has nobody to call.`,
        "Add its level under `call` in bot.yaml.",
      );
}

/** Where a rule reports the questions of a domain: a flow may have the domain's name. */
export const faqPlace = (domain: string): string => `faq/${domain}`;

/** Everything that is named exists: nodes, flows, flags, topics, conditions. */
function checkPlaces(script: Script, flow: Flow, node: Node, at: At): void {
  const goes: Go[] = [node.next, ...node.choices.map((c) => c.go)];
  for (const go of goes) {
    if (go.kind === "node" && !flow.nodes.has(go.node))
      at(
        "unknown-node",
        `It goes to "${go.node}", which is not in this flow.`,
        `Use a name from this file, or \`einde\`.`,
      );
    if (go.kind === "open" && go.flow !== WANTED && !script.flows.has(go.flow))
      at(
        "unknown-flow",
        `It opens "${go.flow}", which does not exist.`,
        "Check the name, or write that flow.",
      );
  }
  if (node.calls !== undefined && !script.flows.has(node.calls))
    at(
      "unknown-flow",
      `It calls "${node.calls}", which does not exist.`,
      "Check the name, or write that flow.",
    );
  for (const c of node.choices) {
    if (c.flag && c.flag.id !== ABOUT && !script.flags.has(c.flag.id))
      at(
        "unknown-flag",
        `The choice "${c.label}" names the flag "${c.flag.id}", which does not exist.`,
        "Check the name in flows/safety.",
      );
    if (c.faq !== undefined && !script.topics.has(c.faq))
      at(
        "unknown-question",
        `The choice "${c.label}" asks "${c.faq}", which does not exist.`,
        "Check the name in flows/faq.",
      );
  }
  for (const action of [...node.do, ...node.choices.flatMap((c) => c.do)])
    if (!ACTIONS.includes(action.name))
      at("unknown-action", `There is no action "${action.name}".`, `Use: ${ACTIONS.join(", ")}.`);
}

/** Choices that a person can tell apart, that fit a button, and a way out of every timed step. */
function checkShape(flow: Flow, node: Node, at: At): void {
  const labels = new Map<string, Choice>();
  for (const c of node.choices) {
    const read = fold(c.label).replace(/[^a-z0-9]/g, "");
    const other = labels.get(read);
    if (other && c.guard.when.length + c.guard.unless.length === 0)
      at(
        "labels-alike",
        `The choices "${other.label}" and "${c.label}" read alike.`,
        "Give one of them another label.",
      );
    labels.set(read, c);
    if (c.label.length > LIMITS.label)
      at(
        "label-too-long",
        `The label "${c.label}" has ${c.label.length} characters; ${LIMITS.label} fit on a phone.`,
        "Shorten it.",
      );
    const token = writeToken({ kind: "choice", visit: 36 ** 5, flow: flow.id, node: node.id, choice: c.id });
    if (token.length > TOKEN_MAX && c.faq === undefined)
      at(
        "name-too-long",
        `The names "${flow.id}", "${node.id}" and "${c.id}" are too long together.`,
        "Shorten one of them: a button carries all three.",
      );
  }
  const timed = node.versions.some((v) => v.seconds !== undefined);
  if (timed && !node.choices.some((c) => c.command === "stop" || c.go.kind !== "node"))
    at(
      "no-way-out",
      "This step runs a timer and has no way out.",
      "Add a choice with `command: stop`, or one that leads away.",
    );
  const says = node.versions.some((v) => v.say !== "");
  if (!says && node.choices.length > 0)
    at("says-nothing", "It offers choices and says nothing.", "Add `say`.");
  const open = node.choices.length > 0 && node.choices.every((c) => c.guard.when.length > 0);
  if (open && !timed && !node.expects)
    at(
      "dead-end",
      "All its choices have a condition: somebody may have none.",
      "Let one choice stand without `when`.",
    );
  for (const c of node.choices)
    if (c.command !== undefined && !COMMANDS.includes(c.command))
      at("unknown-command", `There is no command "${c.command}".`, `Use: ${COMMANDS.join(", ")}.`);
}

/** A routine within another one asks nothing by itself, so the other must have asked all of it. */
function checkCall(script: Script, flow: Flow, node: Node, at: At): void {
  const called = script.flows.get(node.calls ?? "");
  if (called?.kind !== "routine") return;
  const asked = new Set(checklistOf(flow));
  const missing = checklistOf(called).filter((flag) => !asked.has(flag));
  if (missing.length > 0)
    at(
      "checklist-short",
      `It calls "${called.id}", whose checklist also asks: ${missing.join(", ")}.`,
      "Add these to the checklist of this routine.",
    );
}
