/**
 * What the assistant says, with nothing of any platform in it. A channel renders it within its own limits.
 */

/** A choice as it is shown: what it reads, and the short token that comes back when it is tapped. */
export interface Button {
  readonly label: string;
  /** At most 64 bytes of ASCII: the least that every platform carries. */
  readonly token: string;
}

export interface Message {
  /** Small Markdown: paragraphs, line breaks, **bold**, *italic*, lists, links. */
  readonly text: string;
  readonly buttons: readonly Button[];
  /** The id of a picture in the script. */
  readonly picture?: string;
  /** A moment to count down to (epoch ms); `text` says the same where a channel cannot count. */
  readonly countdown?: { readonly until: number; readonly text: string };
  /** A file that is made at delivery: `export` is all that is stored about this person, as JSON. */
  readonly file?: "export";
  /** Replies leave before bulk: a flood of reminders never delays an answer. */
  readonly lane: "reply" | "bulk";
  /** After this moment (epoch ms) the message is no longer true and is dropped unsaid. */
  readonly expiresAt?: number;
}
