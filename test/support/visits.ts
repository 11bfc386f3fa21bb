/**
 * Which moments, wordings and choices a script's talks have been through. The script is copied with a marker on
 * each: the walk reads what a node does when it enters it, what a wording says when it says it, and which command
 * a choice gives when it is chosen, each only then.
 */
import type { Choice, Flow, Node, Script, Version } from "../../src/dialogue/script.ts";

export interface Visits {
  /** The same script; talks that use it are seen. */
  readonly script: Script;
  /** "flow > node", "flow > node, wording 2" and "flow > node [choice]", once each. */
  readonly seen: ReadonlySet<string>;
}

export const nodeKey = (flow: Flow, node: Node): string => `${flow.id} > ${node.id}`;
export const wordingKey = (flow: Flow, node: Node, index: number): string =>
  `${nodeKey(flow, node)}, wording ${index + 1}`;
export const choiceKey = (flow: Flow, node: Node, choice: Choice): string =>
  `${nodeKey(flow, node)} [${choice.id}]`;

/** Everything that can be visited, in the order of the pages. */
export function places(script: Script): string[] {
  return [...script.flows.values()].flatMap((flow) =>
    [...flow.nodes.values()].flatMap((node) => [
      nodeKey(flow, node),
      ...node.versions.flatMap((v, i) => (v.say === "" ? [] : wordingKey(flow, node, i))),
      ...node.choices.map((choice) => choiceKey(flow, node, choice)),
    ]),
  );
}

/** A copy of this script that remembers where its talks have been. */
export function watch(script: Script): Visits {
  const seen = new Set<string>();
  const mark = <T extends object, K extends keyof T>(it: T, field: K, key: string): T => {
    const value = it[field];
    return Object.defineProperty({ ...it }, field, {
      enumerable: true,
      get: () => {
        seen.add(key);
        return value;
      },
    });
  };
  const copyNode = (flow: Flow, node: Node): Node =>
    mark<Node, "do">(
      {
        ...node,
        versions: node.versions.map((v, i) => mark<Version, "say">(v, "say", wordingKey(flow, node, i))),
        choices: node.choices.map((c) => mark<Choice, "command">(c, "command", choiceKey(flow, node, c))),
      },
      "do",
      nodeKey(flow, node),
    );
  const flows = new Map(
    [...script.flows].map(([id, flow]) => [
      id,
      { ...flow, nodes: new Map([...flow.nodes].map(([name, node]) => [name, copyNode(flow, node)])) },
    ]),
  );
  return { script: { ...script, flows }, seen };
}
