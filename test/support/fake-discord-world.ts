/** What a fake Discord knows: what stands on the screens, who refuses messages, and what was asked of it. */
import type { Command, Refusal, Row } from "./fake-discord-limits.ts";

export interface FakeFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly description?: string;
}

/** A message as it stands on a screen now. `onlyFor`: ephemeral, seen by this user alone. */
export interface FakeMessage {
  readonly id: string;
  readonly channel: string;
  content: string;
  components: Row[];
  files: FakeFile[];
  readonly onlyFor?: string;
  readonly replyTo?: string;
  /** "… is thinking": acknowledged, not yet answered. */
  thinking?: boolean;
}

export interface FakeInteraction {
  readonly id: string;
  readonly token: string;
  readonly user: string;
  readonly channel: string;
  readonly at: number;
  /** The type of the first answer, and how long it took. */
  answered?: { type: number; afterMs: number; choices?: { name: string; value: string }[] };
  message?: FakeMessage;
}

/** A request as it came in; never a token. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface World {
  token: string;
  readonly botId: string;
  readonly commands: Command[];
  readonly messages: FakeMessage[];
  readonly interactions: Map<string, FakeInteraction>;
  /** Who refuses direct messages, with the code it is refused with. */
  readonly closed: Map<string, 50007 | 50278>;
  /** The next requests on matching paths get this answer, or, without one, are done and the answer is lost. */
  readonly moods: { path: RegExp; times: number; answer?: Refusal; headers?: Record<string, string> }[];
  readonly calls: Call[];
  readonly nonces: Map<string, FakeMessage>;
  shards: number;
  id(): string;
  dmChannel(user: string): string;
  recipient(channel: string): string | undefined;
  /** Whether there is such a channel, a private chat or another. */
  knows(channel: string): boolean;
  gatewayUrl(): string;
  changed(): void;
}
