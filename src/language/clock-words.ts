/**
 * The words of a sentence about days and times, with one spelling for what means the same: "'s avonds", "savonds" and
 * "s'avonds"; "21u30" and "21 u 30"; "t/m" and "tot en met"; "vanavond" as a day and a part of it.
 */
import { fold } from "./fold.ts";

/** Spellings that are one thing here; each yields words that the readers below know. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/[!?()"]|\.(?!\d)/g, " "],
  [/([ap])\.m\b/g, "$1m"],
  [/:(?!\d)|(?<!\d):/g, " "],
  [/\bdrij\b/g, "drie"],
  [/\biedre\b/g, "iedere"],
  [/\bavnd\b/g, "avond"],
  [/\bdg\b/g, "dag"],
  [/\bwe?kend\b/g, "weekend"],
  [/\bvoor (?:het |ik |te |we )*(?:ga |gaan )*(?:slapen ?(?:ga(?:an)?)?|bedtijd|slaaptijd)\b/g, "slapengaan"],
  [/\bt\/m\b|\btot en met\b|\btem\b/g, " tm "],
  [/(?<![\d:.])(\d{1,2})[:.]([0-5]\d)(?![\d:]|\.\d)/g, " $1:$2 "],
  [
    /(?<![a-z])'?s[' ]*(?=(?:ochtend|morgend?|voormiddag|middag|namiddag|avond|nacht|noen|middernacht|maandag|woensdag|zondag|zaterdag)s\b)/g,
    " ",
  ],
  [/'s /g, " "],
  [/([,&+\-/@])/g, " $1 "],
  [/(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)/g, " "],
  [
    /\b(maan|dins|woens|donder|vrij|zater|zon)dag(?=ochtend|morgen|voormiddag|middag|namiddag|avond|nacht)/g,
    "$1dag ",
  ],
  [
    /\b(?:van|deze ?|de?zen ?|van de[n ]? ?)(?=(?:ochtend|morgen|voormiddag|middag|namiddag|avond|nacht)\b)/g,
    "vandaag ",
  ],
  [/\bmorgen ?(?:vroeg|ochtend)\b/g, "morgen ochtend"],
  [/\bmorgen(?=voormiddag|middag|namiddag|avond|nacht)/g, "morgen "],
  [/\b(elke|elken|iedere|iederen|alle|in de|vroege|vandaag|[a-z]+dag) morgend?(?:en|s)?\b/g, "$1 ochtend"],
  [/\bmorgend?s\b/g, "ochtend"],
  [/\bhalf(?=(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\b)/g, "half "],
  [/\b(?:half|halve?) ?uurt?j?e?\b/g, "30 minuten"],
  [/\banderhalf uur\b/g, "90 minuten"],
  [/\bdrie ?kwartier\b/g, "45 minuten"],
  [/\bkwartiert?j?e?\b/g, "15 minuten"],
  [/(?<=\bover [a-z0-9]+ )uurtje\b/g, "uur"],
  [/\bom middernacht\b/g, "om 00:00"],
  [/\bstraks(?= (?:om|rond|tegen)\b)/g, "vandaag"],
];

/** The words, figures and signs of a sentence, folded, with one spelling for what means the same here. */
export function clockWords(text: string): string[] {
  const said = SPELLINGS.reduce((said, [from, to]) => said.replace(from, to), fold(text.slice(0, 300)));
  return said.split(/\s+/).filter((word) => word !== "");
}
