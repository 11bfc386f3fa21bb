/**
 * Names that an author uses in a text or a condition: each must be one that something fills.
 */
import { HOUSE_CONDITIONS } from "../dialogue/guard.ts";
import type { Node, Script } from "../dialogue/script.ts";
import { HOUSE_PLACEHOLDERS, placeholders } from "../dialogue/text.ts";

/** Reports a fault at the node that is being looked at. */
export type At = (rule: string, message: string, remedy: string) => void;

/** Every name between braces and in a condition is one that is filled somewhere. */
export function checkWords(script: Script, node: Node, slots: ReadonlySet<string>, at: At): void {
  const known = (name: string): boolean => slots.has(name) || HOUSE_PLACEHOLDERS.includes(name);
  for (const text of [...node.versions.map((v) => v.say), ...node.choices.map((c) => c.label)])
    for (const name of placeholders(text))
      if (!known(name))
        at(
          "unknown-word",
          `Nothing fills {${name}}.`,
          `Set it by a choice, or use: ${HOUSE_PLACEHOLDERS.join(", ")}.`,
        );
  const guards = [node.guard, ...node.versions.map((v) => v.guard), ...node.choices.map((c) => c.guard)];
  for (const { name } of guards.flatMap((g) => [...g.when, ...g.unless]))
    if (
      !slots.has(name) &&
      !script.flags.has(name) &&
      !(HOUSE_CONDITIONS as readonly string[]).includes(name)
    )
      at(
        "unknown-condition",
        `Nothing sets "${name}".`,
        "Use a slot that a choice sets, or the name of a flag.",
      );
}

/** The names of all slots that some choice, question or the engine fills. */
export function slotNames(script: Script): Set<string> {
  const names = new Set([
    "wens",
    "ping",
    "gegroet",
    "routine",
    "gekozen",
    "zone",
    "wissel",
    "volhouden",
    "onbeantwoord",
  ]);
  for (const flow of script.flows.values())
    for (const node of flow.nodes.values()) {
      for (const c of node.choices) for (const name of Object.keys(c.set)) names.add(name);
      if (node.expects) {
        names.add(node.expects.slot);
        if (node.expects.kind === "recurrence") names.add(`${node.expects.slot}-anders`);
      }
    }
  return names;
}
