/**
 * What is called by its name, wherever somebody is: a command, or a flow that opens. What stands on a button here
 * goes before what opens something elsewhere; "stop", "pauze" and "terug" go before everything.
 */
import { command, openOrAside, opensByName } from "./command.ts";
import type { Draft } from "./draft.ts";
import { chosenByName } from "./expect.ts";
import { flowOf, sayWhereWeWere } from "./say.ts";
import { HOUSE_FLOWS } from "./script.ts";
import { movesInWords, namesWhatFor, remindInWords } from "./wish.ts";

/** Takes a text that is, word for word, the name of something: a command, a flow, a rhythm to be reminded in, a place. */
export function globalWord(draft: Draft, words: string): boolean {
  if (namesWhatFor(draft, words)) return true;
  const id = draft.script.readCommand(words);
  if (id === undefined) return remindInWords(draft, words) || movesInWords(draft, words);
  const flow = opens(draft, id);
  // What stands on a button here is that button; "begin" in the middle of a massage begins nothing anew.
  if ((flow !== undefined || asksWhere(draft, id)) && chosenByName(draft, words)) return true;
  if (flow === HOUSE_FLOWS.welcome && draft.frames.some((f) => flowOf(draft, f)?.kind === "routine")) {
    sayWhereWeWere(draft);
    return true;
  }
  return run(draft, id);
}

/** The flow that this name opens; undefined where it is a command of the engine, as "stop" is. */
function opens(draft: Draft, name: string): string | undefined {
  const known = draft.script.bot.commands.find((c) => c.name === name);
  if (known && "command" in known.does) return undefined;
  return known && "open" in known.does ? known.does.open : name;
}

/** Takes the choice that an author wrote for this command where no routine runs: "stop" at a ping is about reminders. */
function meansHere(draft: Draft, name: string): boolean {
  if (draft.frames.some((f) => flowOf(draft, f)?.kind !== "talk")) return false;
  return chosenByName(draft, name);
}

/** Saying where we are is the mildest command: a button here goes before it ("ik ben terug" in a pause). */
const asksWhere = ({ script }: Draft, name: string): boolean =>
  script.bot.commands.some((c) => c.name === name && "command" in c.does && c.does.command === "where");

/** Gives the command, or opens the flow, that stands under this name; false where there is none. */
export function run(draft: Draft, name: string): boolean {
  const known = draft.script.bot.commands.find((c) => c.name === name);
  if (known && "command" in known.does) return meansHere(draft, name) || command(draft, known.does.command);
  const flow = opens(draft, name) ?? name;
  if (!opensByName(draft.script, flow)) return false;
  openOrAside(draft, flow);
  return true;
}
