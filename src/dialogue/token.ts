/**
 * What a button carries: enough to recognise it years later, and nothing else.
 *
 * A choice names its flow, node and id, and the visit in which it was shown; so an old button is known for
 * old. The other kinds mean the same at any time. Tokens come back from the world: anybody can forge one,
 * so a token only ever points at something that must be on offer right now.
 */

/** The most bytes a token may have (Telegram's callback data). */
export const TOKEN_MAX = 64;

export type Token =
  | {
      readonly kind: "choice";
      readonly visit: number;
      readonly flow: string;
      readonly node: string;
      readonly choice: string;
    }
  | { readonly kind: "topic"; readonly id: string }
  | { readonly kind: "open"; readonly id: string };

/** The characters of this token: ids are lower-case ASCII words, so characters are bytes. */
export function writeToken(token: Token): string {
  switch (token.kind) {
    case "choice":
      return `${token.visit.toString(36)}.${token.flow}.${token.node}.${token.choice}`;
    case "topic":
      return `?${token.id}`;
    case "open":
      return `>${token.id}`;
  }
}

/** The token in these characters, or undefined where they are none of ours. */
export function readToken(text: string): Token | undefined {
  if (text.length > TOKEN_MAX) return undefined;
  if (text.startsWith("?")) return { kind: "topic", id: text.slice(1) };
  if (text.startsWith(">")) return { kind: "open", id: text.slice(1) };
  const [visit, flow, node, choice, ...rest] = text.split(".");
  if (!visit || !flow || !node || !choice || rest.length > 0) return undefined;
  const number = Number.parseInt(visit, 36);
  return Number.isNaN(number) ? undefined : { kind: "choice", visit: number, flow, node, choice };
}
