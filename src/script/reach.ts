/** Whether people can come to every moment of a flow, and leave it again from each. */
import type { Flow, Node } from "../dialogue/script.ts";

/** Reports nodes that nothing leads to, and nodes from which the flow can never end. */
export function checkReach(
  flow: Flow,
  report: (node: string, rule: string, message: string, remedy: string) => void,
): void {
  const next = (node: Node): string[] =>
    [node.next, ...node.choices.map((c) => c.go)].flatMap((go) => (go.kind === "node" ? [go.node] : []));
  const seen = new Set<string>();
  const visit = (id: string): void => {
    const node = flow.nodes.get(id);
    if (!node || seen.has(id)) return;
    seen.add(id);
    next(node).forEach(visit);
  };
  visit(flow.start);
  for (const id of flow.nodes.keys())
    if (!seen.has(id))
      report(id, "unreachable", "Nothing leads here.", "Let a choice or a node go to it, or take it out.");

  const ends = (node: Node): boolean =>
    node.next.kind !== "node" || node.choices.some((c) => c.go.kind !== "node" || c.command !== undefined);
  const living = new Set([...flow.nodes.values()].filter(ends).map((n) => n.id));
  for (let grown = true; grown; ) {
    grown = false;
    for (const node of flow.nodes.values())
      if (!living.has(node.id) && next(node).some((id) => living.has(id))) {
        living.add(node.id);
        grown = true;
      }
  }
  for (const id of flow.nodes.keys())
    if (!living.has(id))
      report(
        id,
        "dead-end",
        "From here the talk can never end.",
        "Let a choice go to `einde` or open another flow.",
      );
}
