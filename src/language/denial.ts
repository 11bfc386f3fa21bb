/**
 * Which words of a message are denied, and by which: how far "geen", "niet" and "nee" reach.
 *
 * A denial runs on to the end of its clause or to a word that begins a new thought; "geen koorts, maar wel ..."
 * denies the fever only. Whether the denial is itself the sign ("geen gevoel in mijn arm") is left to who asks.
 */
import type { Token } from "./fold.ts";

const words = (list: string) => new Set(list.trim().split(/\s+/));

const DENIES = words("geen zonder noch nooit niet niets niks nergens nee");
const NOT_DENYING_BEFORE = words("weet zeker snap begrijp waarom");
const ENDS_DENIAL = words(
  `maar wel alleen behalve toch want sinds nu ik ineens plots plotseling opeens en omdat terwijl doch echter enkel
  gewoon heb heeft is zijn kan moet dus word wordt`,
);
const PREPOSITIONS = words("in op aan van met tussen achter onder tegen rond bij naar over mijn");
/** Verbs that are a sign by themselves; "niet" behind such a verb denies it. */
const SIGN_VERBS = words(
  `hangt hing hangen trekt zakt zwelt zwellen slaapt sleept bloedt kotst braakt braak stikt stik schokt tintelt
  tintelen slaat sloeg snijd snij snijdt zweet zweten klopt bonkt bonst knelt drukt drukken draait knapte piept`,
);
const HAVE = words("heb hebben heeft hep hebt is zijn ben er last had was ik dat het gelukkig ook zeker nog");
const TAIL = words("hoor zeg joh gelukkig meer ofzo of zo dus verder nu echt wel eigenlijk he haha");
/** "Ik bedoelde niet dat ik ...": takes back what follows. */
const TAKES_BACK = words("bedoel bedoelde bedoelt zeg zei zeggen beweer betekent");
/** "Zo'n hoofdpijn heb ik nog nooit gehad" is about this one, here and now. */
const SUCH = words("zo zo'n zoveel zoiets zulk deze die dit dat nog eerder vroeger gehad");
/** What happened to somebody: "geraakt", "gestoten". */
const DONE = /^ge[a-z]{3,}(?:d|t|en)$/;
const REACH_GEEN = 6;
const REACH_NIET = 4;

/** For each token the tokens that deny it; `feared` where a question fears a yes, which denies nothing. */
export function denials(tokens: readonly Token[]): { by: readonly (readonly number[])[]; feared: boolean } {
  const by: number[][] = tokens.map(() => []);
  let feared = false;
  tokens.forEach((token, cue) => {
    if (!DENIES.has(token.word)) return;
    const before = tokens[cue - 1]?.word ?? "";
    if (token.word === "niet" && NOT_DENYING_BEFORE.has(before)) return;
    if (before === "toch" && tokens.slice(cue).some((t) => t.after.includes("?") || t.word === "he")) {
      feared = true;
      return;
    }
    if (
      ["niet", "nooit"].includes(token.word) &&
      tokens[cue + 1]?.word === "dat" &&
      !TAKES_BACK.has(before)
    ) {
      feared = tokens.slice(cue + 1, cue + 6).some((t) => t.word === "geen");
      return;
    }
    const marks = token.word === "niet" ? REACH_NIET : REACH_GEEN;
    for (const at of forward(tokens, cue, marks)) (by[at] as number[]).push(cue);
    for (const at of backward(tokens, cue)) (by[at] as number[]).push(cue);
  });
  if (feared) return { by: tokens.map(() => []), feared };
  return { by, feared };
}

/** A denial runs on to the end of its clause, or to a word that begins a new thought; lists run on to their "of". */
function forward(tokens: readonly Token[], cue: number, reach: number): number[] {
  const reached: number[] = [];
  const last = tokens[cue] as Token;
  let clause = last.clause;
  for (let at = cue + 1, left = reach; at < tokens.length && left > 0; at++, left--) {
    const token = tokens[at] as Token;
    // "niet op zijn hoofd": here "zijn" is whose head it is.
    const whose = token.word === "zijn" && PREPOSITIONS.has((tokens[at - 1] as Token).word);
    const newThought = at > cue + 1 && ENDS_DENIAL.has(token.word) && !whose;
    if (token.sentence !== last.sentence || newThought || DENIES.has(token.word)) break;
    // "geen koorts mijn arm is lam" begins anew; "niet op mijn hoofd", "nergens mijn hoofd" go on.
    const before = (tokens[at - 1] as Token).word;
    if (token.word === "mijn" && last.word === "geen" && !PREPOSITIONS.has(before)) break;
    if (token.clause !== clause) {
      if (!listGoesOn(tokens, at)) break;
      clause = token.clause;
    }
    if (token.word === "of" || token.word === "noch") left = Math.max(left, 3);
    reached.push(at);
  }
  return reached;
}

/** After a comma a denied list goes on when it is short and closes with "of" ("geen koorts, stijve nek of braken"). */
function listGoesOn(tokens: readonly Token[], at: number): boolean {
  const { sentence } = tokens[at] as Token;
  for (let i = at; i < Math.min(tokens.length, at + 7); i++) {
    const token = tokens[i] as Token;
    if (token.sentence !== sentence || ENDS_DENIAL.has(token.word)) return false;
    if (token.word === "of" || token.word === "noch") return true;
  }
  return false;
}

const clauseOf = (tokens: readonly Token[], at: number) =>
  tokens.filter((token) => token.clause === tokens[at]?.clause);

/** "Koorts heb ik niet", "duizelig: nee": a denial at the end of its clause reaches back. */
function backward(tokens: readonly Token[], cue: number): number[] {
  const token = tokens[cue] as Token;
  // "Borst niks, alleen ...": a clause of two words.
  if (token.word === "niks" || token.word === "niets")
    return clauseOf(tokens, cue).length === 2 && tokens[cue - 1]?.clause === token.clause ? [cue - 1] : [];
  if (token.word !== "niet" && token.word !== "nee" && token.word !== "nooit") return [];
  const verb = tokens[cue - 1];
  const after = tokens[cue + 1]?.word;
  if (token.word === "niet" && verb && SIGN_VERBS.has(verb.word) && after !== "te" && after !== "meer")
    return [cue - 1];
  let end = cue + 1;
  // "Haar hoofd niet geraakt": what did not happen to it.
  const happened = token.word === "niet" && DONE.test(after ?? "");
  if (happened) end++;
  while (TAIL.has(tokens[end]?.word ?? "") && tokens[end]?.clause === token.clause) end++;
  if (tokens[end]?.clause === token.clause) return [];
  let at = cue - 1;
  const has = tokens[at];
  if (!has) return [];
  if (token.word === "niet" && !happened && (has.clause !== token.clause || !HAVE.has(has.word))) return [];
  if (token.word === "nooit" && !clauseOf(tokens, cue).some((t) => t.word === "heb" || t.word === "heeft"))
    return [];
  if (token.word === "nooit" && clauseOf(tokens, cue).some((t) => SUCH.has(t.word))) return [];
  // "Zwanger? Nee, ...": who answers the own short question denies it.
  const answers = has.after === "?" && after !== "toch" && !(tokens[cue - 5]?.sentence === has.sentence);
  if (token.word === "nee" && has.sentence !== token.sentence && !answers) return [];
  const reached: number[] = [];
  const clause = (tokens[at] as Token).clause;
  for (let left = REACH_GEEN; at >= 0 && left > 0; at--, left--) {
    const there = tokens[at] as Token;
    // "Mond hangt en praten kan ik niet": the hanging mouth stands.
    if (there.clause !== clause || ["maar", "wel", "en"].includes(there.word)) break;
    reached.push(at);
  }
  return reached;
}
