/**
 * What the words around a sign do to it, in the manner of NegEx and ConText, for Dutch chat.
 *
 * Negation has a beginning and an end: "geen koorts, maar wel ..." denies the fever only. The same small words can
 * be the symptom itself ("geen gevoel in mijn arm"); a pattern that contains them is not denied by them, which is
 * why this file says which tokens deny a token, and leaves it to the screen to see whether they belong to the
 * sign. Time, supposing, stories and other people are found as concepts that authors can extend; this file says
 * how far each reaches. The rules have sources: NegEx (Chapman 2001), ConText (Harkema 2009), ContextD for Dutch
 * (Afzal 2014), which also shows that "past" and "supposed" are unsure and may not silence by themselves.
 */
import { denials } from "./denial.ts";
import type { Token } from "./fold.ts";
import type { Matches, Span } from "./match.ts";

export interface Context {
  /** The tokens that deny the token at this place; empty where it is said as it is. */
  readonly deniedBy: (at: number) => readonly number[];
  /** Denied only in a question that fears a yes ("toch geen beroerte, hè?"), or denied twice. */
  readonly feared: boolean;
  /** How far a sign lies behind us: 0 it is now, 1 one word says it was, 2 it was and is surely over. */
  readonly past: (sign: Span) => 0 | 1 | 2;
  /** Whether a word near the sign says that it is over. */
  readonly over: (sign: Span) => boolean;
  /** Whether a word near the sign says that it was some days or weeks ago, when a body still needs its rest. */
  readonly recent: (sign: Span) => boolean;
  /** 0 it is told, 1 it is supposed about oneself, 2 it is asked about in general, 3 it is told in a film. */
  readonly supposed: (sign: Span) => 0 | 1 | 2 | 3;
  /** Who has it. */
  readonly who: (sign: Span) => "self" | "other";
  /** Who undergoes what another one does: "mijn man slaat me" is about oneself. */
  readonly whom: (sign: Span) => "self" | "other";
  /** Whether the person asks on behalf of the other one ("mag ik zijn nek masseren?"). */
  readonly asksForOther: boolean;
  /** Whether it is an animal that has it. */
  readonly animal: (sign: Span) => boolean;
  /** Whether the words of a sign are (part of) a saying. */
  readonly figurative: (sign: Span) => boolean;
}

/** Concepts with a meaning of their own here; all are optional. */
export const CONTEXT_CONCEPTS = [
  "lang-geleden",
  "voorbij",
  "verleden-tijd",
  "verhaal-van-een-ander",
  "pas-geleden",
  "nu",
  "stel-dat",
  "in-het-algemeen",
  "uit-een-verhaal",
  "gezegde",
  "naaste",
  "dier",
  "voor-de-ander",
  "voor-mij-zelf",
] as const;

const words = (list: string) => new Set(list.trim().split(/\s+/));

const SELF = words("ik mij mezelf we wij zelf");
const OTHER = words("hij ze hem haar hun");
const UNDERGOES = words("me mij mezelf");
const SUFFERS = words("word werd ben was durf mag moet voel krijg kreeg");
const SAYS = words("zegt zeggen zei vindt denkt dacht vond beweert vroeg vraagt merkt ziet zag zagen");
const NEW_BREATH = words("want maar omdat wil wou wilde");
const OUTRIGHT = words("nu ineens opeens plots plotseling");
const isOwn = (token: Token) => SELF.has(token.word) || token.word === "mijn";
const distance = (a: Span, b: Span) => Math.max(a.from - b.to, b.from - a.to, 0);

/** Many patterns meet at the same sign, and what stands around it is the same for each. */
function perSign<T>(read: (sign: Span) => T): (sign: Span) => T {
  const known = new Map<number, T>();
  return (sign) => {
    const key = sign.from * 65_536 + sign.to;
    const before = known.get(key);
    if (before !== undefined) return before;
    const now = read(sign);
    known.set(key, now);
    return now;
  };
}

/** Reads the context of a message from its tokens and from the concepts found in it. */
export function readContext(tokens: readonly Token[], matches: Matches): Context {
  const denied = denials(tokens);
  const of = (name: (typeof CONTEXT_CONCEPTS)[number]) => matches.concept(name);
  const sentence = (at: number) => (tokens[Math.min(at, tokens.length - 1)] as Token).sentence;
  const inside = (span: Span, others: readonly Span[]) =>
    others.some((other) => other.from <= span.from && span.to <= other.to);
  const near = (sign: Span, spans: readonly Span[], ahead = 0) =>
    spans.some((span) => {
      const apart = sentence(span.from) - sentence(sign.from);
      return apart >= 0 && apart <= ahead;
    });
  // "Een half jaar geleden", "vroeger nooit": not long ago, whatever words are in it.
  const longAgo = of("lang-geleden").filter(
    (span) => !of("nu").some((now) => now.to - now.from > span.to - span.from && inside(span, [now])),
  );
  const over = of("voorbij");
  const present = of("nu").filter((span) => !inside(span, longAgo) && !inside(span, over));
  const relatives = of("naaste");
  const general = of("in-het-algemeen").filter(opensQuestion);
  const personalSentences = new Set([
    ...tokens.filter(isOwn).map((token) => token.sentence),
    ...relatives.filter((span) => !anyOne(span)).map((span) => sentence(span.from)),
  ]);

  // "Ik haat mijn werk en wil dood" is no "werk me dood": a saying is said in one breath.
  const sayings = of("gezegde").filter(
    ({ from, to }) =>
      sameClause({ from, to }, { from: to - 1, to }) &&
      !tokens.slice(from + 1, to - 1).some(({ word }) => NEW_BREATH.has(word)) &&
      !(to - from > 4 && tokens.slice(from + 1, to - 1).some(({ word }) => word === "en")),
  );

  const ownBody = tokens.some(isOwn);
  const who = perSign((sign): "self" | "other" => {
    const told = sentence(sign.from);
    for (let at = sign.to - 1; at >= 0 && sentence(at) === told; at--) {
      const word = (tokens[at] as Token).word;
      const kin = relatives.find((span) => span.from <= at && at < span.to);
      if (kin) {
        if (SAYS.has(tokens[kin.to]?.word ?? "") && kin.to < sign.from) {
          // "mijn vader zegt dat hij ...": the relative is the one it is about; "... dat ik ...": not.
          const after = tokens.slice(kin.to, sign.to).map((token) => token.word);
          if (after.some((w) => OTHER.has(w))) return "other";
          at = kin.from;
          continue;
        }
        return "other";
      }
      if (SELF.has(word)) return "self";
      if (word === "mijn" && !relatives.some((span) => span.from === at)) return "self";
      // "hij" may be a thing ("mijn enkel, hij is dik") and "ze" anybody ("ze spoten filler in mijn lip").
      if ((word === "hij" || word === "ze") && relatives.length === 0 && ownBody) continue;
      if (OTHER.has(word) && (word !== "haar" || at < sign.from)) return "other";
    }
    return relatives.some((span) => span.from < sign.from && told - sentence(span.from) <= 2) &&
      !tokens.some((token) => token.sentence === told && SELF.has(token.word))
      ? "other"
      : "self";
  });

  return {
    deniedBy: (at) => denied.by[at] ?? [],
    feared: denied.feared,
    past: perSign((sign) => {
      // A word of time is itself no sign.
      if (present.some((span) => span.from === sign.from && span.to === sign.to)) return 2;
      const long = near(sign, longAgo, 1);
      const told = who(sign) === "other" && near(sign, of("verhaal-van-een-ander"));
      if (!long && !told) return 0;
      if (near(sign, over, 2)) return 2;
      // "Had vorig jaar een infarct en doet nu yoga": the word of time that stands nearest counts.
      const since = Math.min(...longAgo.map((span) => distance(span, sign)));
      const now = present.filter(
        (span) => sameClause(span, sign) || (span.from < sign.from && distance(span, sign) <= 2),
      );
      if (now.some((span) => distance(span, sign) <= since)) return 0;
      return long && (told || who(sign) === "other" || near(sign, of("verleden-tijd"))) ? 2 : 1;
    }),
    over: (sign) => near(sign, over, 1),
    recent: (sign) => near(sign, of("pas-geleden")),
    supposed: perSign((sign) => {
      const story = of("uit-een-verhaal").find(
        (span) =>
          sentence(span.from) === sentence(sign.from) ||
          (span.from < sign.from && sentence(sign.from) - sentence(span.from) <= 1),
      );
      // "Ik zat een film te kijken en toen kon ik niet praten": what comes after it about oneself is no story,
      // and "... en nu kan ik niet praten" is told outright.
      if (story) {
        const after = tokens.slice(story.to, sign.to);
        // "Ik wil dood, mijn spelletje is ook stom": who says it of oneself in a clause before it tells no story.
        if (sign.to <= story.from && !sameClause(sign, story) && clauseIsOwn(sign)) return 1;
        if (story.to > sign.from || !after.some(isOwn)) return 3;
        if (!after.some(({ word }) => OUTRIGHT.has(word))) return 1;
      }
      const personal = personalSentences.has(sentence(sign.from));
      if (!personal && general.some((span) => sameClause(span, sign))) return 2;
      if (near(sign, of("stel-dat"))) return near(sign, present) ? 0 : personal ? 1 : 2;
      return 0;
    }),
    who,
    whom: perSign((sign) =>
      tokens.some(
        ({ word, sentence: told }, at) =>
          told === sentence(sign.from) &&
          (UNDERGOES.has(word) ||
            (word === "ik" && (SUFFERS.has(wordAt(at + 1)) || SUFFERS.has(wordAt(at - 1)))) ||
            (word === "mijn" && !relatives.some((span) => span.from <= at + 1 && at < span.to))),
      )
        ? "self"
        : "other",
    ),
    // Who tells what another one has, and nothing of themselves, asks for the other.
    asksForOther:
      of("voor-mij-zelf").length === 0 &&
      (of("voor-de-ander").length > 0 ||
        !tokens.some(
          ({ word }, at) =>
            SELF.has(word) ||
            UNDERGOES.has(word) ||
            (word === "mijn" && !relatives.some((span) => span.from <= at + 1 && at < span.to)),
        )),
    animal: perSign((sign) =>
      of("dier").some(
        (span) =>
          span.from < sign.from &&
          sameClause(span, sign) &&
          !tokens.some(
            (t, at) => at !== span.from - 1 && t.clause === (tokens[sign.from] as Token).clause && isOwn(t),
          ),
      ),
    ),
    figurative: perSign((sign) => sayings.some((saying) => saying.from < sign.to && sign.from < saying.to)),
  };

  function wordAt(at: number): string {
    return tokens[at]?.word ?? "";
  }

  function sameClause(a: Span, b: Span): boolean {
    return (tokens[a.from] as Token).clause === (tokens[b.from] as Token).clause;
  }

  function clauseIsOwn({ from }: Span): boolean {
    return tokens.some((token) => token.clause === tokens[from]?.clause && isOwn(token));
  }

  /** A general question begins its clause, or ends in a question mark. */
  function opensQuestion(span: Span): boolean {
    const first = tokens[span.from] as Token;
    const before = tokens[span.from - 2];
    if (!before || before.clause !== first.clause) return true;
    return tokens.some((token) => token.sentence === first.sentence && token.after.includes("?"));
  }

  /** "een kind", "een baby", "iemand": nobody that we know. */
  function anyOne({ from }: Span): boolean {
    return wordAt(from - 1) === "een" || wordAt(from) === "iemand";
  }
}
