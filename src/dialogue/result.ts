/** What one turn leaves behind: the store writes all of it at once, or nothing. */
import type { Conversation, JournalEntry } from "./conversation.ts";
import type { Message } from "./message.ts";

export interface TurnResult {
  readonly conversation: Conversation;
  /** What to say, in order. */
  readonly messages: readonly Message[];
  /** Entries to add to the journal; the store keeps them with the person. */
  readonly journal: readonly JournalEntry[];
  /** Promised, undelivered messages to this address are taken back before the new ones are added. */
  readonly hush: boolean;
  /** Everything stored about this person is deleted; only the last words are still said. */
  readonly forget: boolean;
  /** What to count for operators: a name and labels, never a word that a person wrote. */
  readonly counts: readonly Count[];
  /**
   * The turn looks at what was kept of this person: it is to be thought out again, with the journal, and nothing
   * of this result is stored.
   */
  readonly wants?: "journal";
  /** What the house is asked to do about this address and its person; the outcome comes back as an input. */
  readonly link?: LinkWish;
  /** A question in the person's own words, which they chose to send to the makers. */
  readonly question?: string;
}

/** Joining addresses to one person: make a code, try one, or be a person of one's own again. */
export type LinkWish =
  | { readonly kind: "code" }
  | { readonly kind: "redeem"; readonly code: string }
  | { readonly kind: "unlink" };

/** One thing to count: `safety {flag, level, mode}`, `faq_answer {topic}` ... */
export interface Count {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}
