/** The questions that the assistant can answer, as the dialogue speaks of them: plain data, made by `script/faq.ts`. */

export interface FaqTopic {
  /** Stable, kebab-case, unique among all topics. */
  readonly id: string;
  /** The id of the domain that it belongs to. */
  readonly domain: string;
  /** The question as it is best put. */
  readonly question: string;
  /** The question on a button: at most 38 characters. */
  readonly label: string;
  /** At most five short lines, in small Markdown. */
  readonly answer: string;
  /** The seed article that it was drawn from. */
  readonly seed: string;
  /** The flow that can be started after it. */
  readonly routine?: string;
  /** Ids of topics that go with it. */
  readonly related: readonly string[];
}

/** A domain to browse: its topics in the author's order. */
export interface FaqDomain {
  readonly id: string;
  readonly title: string;
  readonly topics: readonly FaqTopic[];
}

/** Small talk with its own short answer. */
export interface Chat {
  readonly id: string;
  readonly answer: string;
}

/** A kind of question that is not ours, and an answer that says who can help. */
export interface Elsewhere {
  readonly id: string;
  readonly answer: string;
}
