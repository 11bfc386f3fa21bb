/**
 * The words of a yes, a no and an "I don't know" in Dutch and Flemish chat, as `answers.ts` reads them.
 *
 * A phrase is written as people type it and kept in its usual form, so "'k weet het nie" needs no line of its own.
 */
import { tokenize } from "./fold.ts";

export type YesNo = "yes" | "no" | "unsure";

/**
 * What a phrase does to an answer. `mild` softens a yes ("ja, soms") and leaves it open when it stands alone, as does a
 * `sigh` ("tja"), which says nothing beside a yes or a no; a `filler` never says anything.
 */
export type Meaning = YesNo | "mild" | "sigh" | "filler";

const PHRASES: Readonly<Record<Meaning, string>> = {
  yes: `ja|jaja|jah|jha|jaa|jawel|ja wel|jazeker|jep|jup|yep|yup|yes|yess|yeah|ye|yea|j|y|jaat|joat|joa|jow|jo|bajaat|jaak|
    zeker|zeker wel|zeker en vast|zeker weten|absoluut|tuurlijk|natuurlijk|uiteraard|vanzelfsprekend|vaneigens|vaneiges|
    klopt|dat klopt|klopt helemaal|inderdaad|precies|juist|dat is zo|is zo|dat is juist|correct|
    ok|oke|okee|okay|okido|okidoki|okie|oki|prima|is goed|'t is goed|tis goed|goed|da's goed|dat is goed|top|
    graag|heel graag|graag wel|doe maar|doe dat maar|ga maar|ga door|begin maar|kom maar|kom maar op|laat maar komen|
    laten we dat doen|laten we het doen|laten we beginnen|mag|dat mag|mag wel|
    dat wil ik|wil ik|wil ik wel|ik wil|ik wil wel|ik wil graag|ik wil het graag|dat wil ik wel|dat wil ik graag|wil ik graag|
    wel|toch wel|echt wel|goed idee|lijkt me goed|lijkt me wel|lijkt me leuk|lijkt me fijn|vind ik goed|akkoord|deal|
    ik denk het wel|denk het wel|ik denk van wel|denk van wel|volgens mij wel|ik geloof van wel|ik denk het|ik vrees van wel|
    heb ik|dat heb ik|heb ik wel|ben ik|dat ben ik|doe ik|dat doe ik`,
  no: `nee|neen|nope|nop|neenee|nenee|nah|nein|no|neeje|neent|neuh|noppes|njet|geenszins|
    bijlange niet|bijlange na niet|bij lange niet|bij lange na niet|verre van|
    liever niet|liefst niet|graag niet|niet graag|niet|nu niet|niet nu|nu even niet|even niet|vandaag niet|niet vandaag|dan niet|
    zeker niet|absoluut niet|helemaal niet|totaal niet|natuurlijk niet|tuurlijk niet|uiteraard niet|echt niet|
    vast niet|toch niet|ook niet|zeker en vast niet|in geen geval|
    hoeft niet|dat hoeft niet|het hoeft niet|hoeft voor mij niet|niet nodig|is niet nodig|dat is niet nodig|moet niet|dat moet niet|
    laat maar|laat maar zitten|doe maar niet|doe dat maar niet|geen zin|geen zin in|geen behoefte|geen behoefte aan|geen interesse|
    klopt niet|dat klopt niet|dat is niet zo|niet dat ik weet|voor zover ik weet niet|niet voor zover ik weet|niet bij mijn weten|bij mijn weten niet|
    ik denk het niet|denk het niet|ik denk van niet|denk van niet|ik dacht het niet|dacht het niet|volgens mij niet|
    ik geloof het niet|ik geloof van niet|heb ik niet|dat heb ik niet|ben ik niet|dat ben ik niet|
    wil ik niet|dat wil ik niet|ik wil niet|ik wil het niet|ik wil dat niet|nooit|geen van beide|geen van allen|geen van alle|
    geen|niets|niks|geen enkele|geen last|geen last van|helemaal geen`,
  unsure: `weet ik niet|weet niet|dat weet ik niet|ik weet het niet|weet het niet|ik weet niet|ik weet dat niet|weet ik niet zeker|
    ik weet het niet zeker|dat weet ik niet zeker|weet ik eigenlijk niet|ik weet het eigenlijk niet|dat weet ik eigenlijk niet|
    ik zou het niet weten|zou het niet weten|zou ik niet weten|dat zou ik niet weten|geen idee|geen flauw idee|geen benul|
    wnie|wni|kweetni|kweetnie|kweetniet|kweenie|kweeni|kwenie|kweet het niet|kweet niet|idk|
    misschien|mss|mssn|mschn|msschien|mischien|misschien wel|misschien niet|wie weet|kan zijn|zou kunnen|het zou kunnen|dat zou kunnen|kan|kan wel|
    ligt eraan|ligt er aan|dat ligt eraan|hangt ervan af|hangt er van af|dat hangt ervan af|twijfel|ik twijfel|twijfelachtig|
    niet zeker|ben niet zeker|ik ben niet zeker|daar ben ik niet zeker van|ik ben er niet zeker van|onzeker|niet echt|niet helemaal|
    moeilijk te zeggen|lastig te zeggen|mogelijk|wellicht|eventueel|waarschijnlijk|waarschijnlijk wel|waarschijnlijk niet|wss|wss wel|wss niet|
    ja en nee|ja en neen|beide|nou ja|nu ja|soms wel soms niet`,
  mild: "een beetje|beetje|een klein beetje|een tikje|soms|heel soms|af en toe|wel eens|weleens|lichtjes|licht|nu en dan|zo nu en dan",
  sigh: "hm|hmm|tja|bwa|bwah|mwa|mwah|goh|ewel",
  filler: `hoor|joh|man|zenne|ze|zulle|he|eh|ah|oh|o|och|ach|amai|awel|allee|allez|ba|bah|nou|toch|dus|eigenlijk|gewoon|echt|eerlijk gezegd|
    aub|alsjeblieft|alstublieft|svp|dank je|dank u|dankje|danku|dankjewel|dank je wel|bedankt|merci|thanks|lol|haha|lieverd|schat|
    jij|ik|dan|nu|even|vandaag|voor mij|voor nu|op dit moment|momenteel|gelukkig|helaas|spijtig genoeg|jammer genoeg|sorry|
    alles goed|alles is goed|alles ok|alles oke|dat|het|met mij|wat mij betreft|denk ik|heel erg|heel zeker`,
};

/** What each phrase means, by its words in their usual form. */
export const MEANINGS = new Map<string, Meaning>();
for (const [meaning, phrases] of Object.entries(PHRASES) as [Meaning, string][])
  for (const phrase of phrases.split("|")) {
    const words = tokenize(phrase).map((token) => token.word);
    if (words.length > 0 && !MEANINGS.has(words.join(" "))) MEANINGS.set(words.join(" "), meaning);
  }
/** The most words that a phrase has. */
export const LONGEST = Math.max(...[...MEANINGS.keys()].map((phrase) => phrase.split(" ").length));

/** What begins an answer that may go on: "ja, ik heb koorts", "nee ik heb geen koorts". */
export const YES_HEAD = /^(?:ja|jaja|jawel|jazeker|zeker|klopt|inderdaad|yes)$/;
export const NO_HEAD = /^(?:nee|neen|nope|neenee)$/;
export const NEGATION = /^(?:geen|niet|niks|niets|nooit|nergens|noch)$/;
/** What takes an answer back, makes it smaller, or turns a "not" into a complaint. */
export const BUT =
  /^(?:maar|alleen|enkel|behalve|tenzij|toch|wel|misschien|mss|mits|eigenlijk|soms|beetje|licht|lichte|vroeger|nog|of|als|idee|weet|zeker|voel|gevoel|goed|lekker|normaal|kan|kon|zie|lukt|houd|meer|stop|stoppen|terug|menu|ja|jawel|nee|neen|hoe|wat|waarom|wanneer|welke|waar|hoelang|hoeveel)$/;
