/**
 * All content, loaded and checked: what `script.ts` makes of `flows/`, and all that a turn may know of it.
 *
 * A routine is no special thing here: it compiles to ordinary nodes, so that the walk has one rule.
 */

import type { CommandReader } from "../language/commands.ts";
import type { FaqMatcher } from "../language/faq.ts";
import type { Mention } from "../language/mention.ts";
import type { Screen } from "../language/screen.ts";
import type { BreathPart } from "./breath.ts";
import type { Chat, Elsewhere, FaqDomain, FaqTopic } from "./faq.ts";
import type { Flag } from "./flag.ts";
import type { PhraseName } from "./phrase.ts";
import type { Programme } from "./programme.ts";

/** True when a slot has this value, or, without a value, when the flag or slot of this name is there. */
export interface Condition {
  readonly name: string;
  readonly value?: string;
}

/** Holds when one of `when` holds (or there are none) and none of `unless` does. */
export interface Guard {
  readonly when: readonly Condition[];
  readonly unless: readonly Condition[];
}

/** Where the talk goes from a node or a choice. */
export type Go =
  | { readonly kind: "node"; readonly node: string }
  /** Leaves what was running and begins this flow; another talk over a routine leaves the routine waiting. */
  | { readonly kind: "open"; readonly flow: string }
  /** This flow is done: back to the one beneath it, if any. */
  | { readonly kind: "end" };

/** Something the house does besides talking; `with` is what the author gave it. */
export interface Action {
  readonly name: ActionName;
  readonly with?: string | number;
}

export const ACTIONS = [
  "remind",
  "snooze",
  "skip-today",
  "skip-tomorrow",
  "choose-only",
  "stop-reminders",
  "stop-reminder",
  "pause-week",
  "zone",
  "swap",
  "clear-flag",
  "doctor-agrees",
  "quiet",
  "country",
  "consent",
  "withdraw",
  "journal",
  "log",
  "export",
  "forget",
  "link-code",
  "unlink",
] as const;
export type ActionName = (typeof ACTIONS)[number];

/** What the whole house understands at every node. */
export const COMMANDS = ["stop", "pause", "back", "again", "resume", "menu", "where"] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Other words a person may say for it. */
  readonly words: readonly string[];
  /** The ages in whole years, first and last, of whom it is for: telling one of them chooses it. */
  readonly ages?: readonly [number, number];
  readonly guard: Guard;
  readonly set: Readonly<Record<string, string>>;
  readonly do: readonly Action[];
  readonly go: Go;
  /** A flag that choosing this tells us of, and how surely. */
  readonly flag?: { readonly id: string; readonly mode: "stop" | "ask" | "note" };
  /** The topic that choosing this asks about. */
  readonly faq?: string;
  /** The command that choosing this gives. */
  readonly command?: CommandName;
  /** What choosing this answers where the node asks for something ("elke dag om 21:30"). */
  readonly answer?: string;
}

/** What a node asks for besides its choices, and the slot that keeps it. */
export interface Expectation {
  readonly kind: "number" | "recurrence" | "moment" | "question" | "code" | "letter";
  readonly slot: string;
  readonly min: number;
  readonly max: number;
}

/** One wording of a node; the first whose guard holds is used. */
export interface Version {
  readonly guard: Guard;
  readonly say: string;
  readonly picture?: string;
  readonly seconds?: number;
}

export interface Node {
  readonly id: string;
  /** What this moment is called when we come back to it. */
  readonly title?: string;
  readonly guard: Guard;
  /** The areas of the body that this node touches: a flag may skip it. */
  readonly areas: readonly string[];
  /** At least one; the last has no conditions. Empty `say` where nothing is said. */
  readonly versions: readonly Version[];
  readonly choices: readonly Choice[];
  /** Also offers each reminder there is, which fills the slot `gekozen`. */
  readonly eachReminder: boolean;
  readonly expects?: Expectation;
  readonly do: readonly Action[];
  /** A flow that is walked here before going on: a routine made of others. */
  readonly calls?: string;
  readonly next: Go;
  /** Its buttons still work later, as long as nothing else is running. */
  readonly lasting: boolean;
}

export interface Flow {
  readonly id: string;
  readonly title: string;
  readonly kind: "talk" | "routine" | "safety";
  /** The areas of the body that the whole routine touches: a flag may close it. */
  readonly areas: readonly string[];
  readonly start: string;
  readonly nodes: ReadonlyMap<string, Node>;
  /** How people ask for it. */
  readonly words: readonly string[];
  /** What somebody tells over a running step that opens this talk. */
  readonly hears?: Mention;
  /** Minutes it takes, of a routine. */
  readonly minutes?: number;
  /** What is done each time and how often, of the talk about a programme. */
  readonly programme?: Programme;
  /** The file it stands in. */
  readonly file: string;
}

/** A command that people can tap or type, as platforms list it. */
export interface BotCommand {
  readonly name: string;
  readonly description: string;
  readonly english: string;
  readonly words: readonly string[];
  readonly does: { readonly command: CommandName } | { readonly open: string };
  /** Left out of the platforms' lists: a word only. */
  readonly listed: boolean;
}

/** How a level is called for: the sentence that begins a safety message, per country. */
export interface Call {
  readonly NL: string;
  readonly BE: string;
  readonly unknown: string;
}

export interface Bot {
  readonly name: string;
  readonly about: string;
  readonly short: string;
  readonly commands: readonly BotCommand[];
  readonly phrases: Readonly<Record<PhraseName, string>>;
  readonly calls: Readonly<Record<string, Call>>;
  readonly consentText: string;
  readonly breathing: BreathingWords;
  readonly counting: CountingWords;
  readonly discord: DiscordTexts;
}

/** The words in the picture that breathes along, and its text alternative, in which `{ritme}` is filled in. */
export type BreathingWords = Readonly<Record<BreathPart | "alt", string>>;

/** The words beside the figure that counts (`of` has `{tot}` in it), and its text alternative (`{tekening}`, `{tot}`). */
export type CountingWords = Readonly<Record<"ready" | "of" | "hold" | "rest" | "alt", string>>;

/** Discord's own lines in a server, and how its commands ask for more. */
export interface DiscordTexts {
  readonly answered: string;
  readonly closed: string;
  readonly failed: string;
  readonly choose: string;
  readonly massage: CommandOption;
  readonly vraag: CommandOption;
}

/** What may follow a slash command. */
export interface CommandOption {
  readonly name: string;
  readonly description: string;
  readonly english: string;
}

export interface Script {
  readonly bot: Bot;
  readonly flows: ReadonlyMap<string, Flow>;
  readonly flags: ReadonlyMap<string, Flag>;
  readonly topics: ReadonlyMap<string, FaqTopic>;
  readonly domains: readonly FaqDomain[];
  readonly chats: ReadonlyMap<string, Chat>;
  readonly elsewhere: ReadonlyMap<string, Elsewhere>;
  readonly screen: Screen;
  readonly match: FaqMatcher;
  readonly readCommand: CommandReader;
  /** Channels on which nothing about health is kept once the talk about it is over. */
  readonly withoutHealthData: ReadonlySet<string>;
  /** Places that got another name: "flow/node" to "flow/node". */
  readonly moved: ReadonlyMap<string, string>;
}

/** The flows that the engine itself opens; `flows/` must have each. */
export const HOUSE_FLOWS = {
  welcome: "welkom",
  menu: "menu",
  pause: "pauze",
  away: "even-weg",
  ping: "herinnering-ping",
  remind: "herinnering",
  zone: "tijdzone",
  country: "land",
  makers: "makers",
  closed: "gesloten",
  ask: "veilig-vraag",
  emergency: "veilig-112",
  urgent: "veilig-huisarts",
  crisis: "veilig-113",
} as const;
