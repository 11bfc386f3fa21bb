/**
 * Where people say they are ("ik woon in Lissabon", "Curaçao", "Europe/Madrid") as an IANA time zone.
 *
 * The list holds the places Dutch speakers name most; any zone of the tz database can be given by its own name, or by
 * the city in it. A country with several zones is not in the list: the city has to be asked.
 */
import { fold } from "./fold.ts";

/** Zone by zone: the countries, islands and cities that people name, folded, in Dutch and as written there. */
const PLACES: Readonly<Record<string, string>> = {
  "Europe/Amsterdam":
    "nederland holland amsterdam rotterdam utrecht eindhoven groningen maastricht nijmegen arnhem tilburg breda almere haarlem leiden delft enschede zwolle den_haag 's-gravenhage friesland limburg brabant zeeland gelderland drenthe overijssel nl",
  "Europe/Brussels":
    "belgie vlaanderen wallonie brussel bruxelles antwerpen gent brugge leuven mechelen hasselt kortrijk oostende aalst genk luik namen charleroi be",
  "Europe/London":
    "londen london engeland schotland wales edinburgh manchester verenigd_koninkrijk groot-brittannie uk",
  "Europe/Dublin": "ierland dublin",
  "Europe/Lisbon": "portugal lissabon lisboa porto algarve faro",
  "Atlantic/Madeira": "madeira funchal",
  "Atlantic/Azores": "azoren",
  "Atlantic/Canary": "canarische_eilanden tenerife gran_canaria lanzarote fuerteventura la_palma",
  "Europe/Madrid":
    "spanje madrid barcelona valencia sevilla malaga alicante mallorca ibiza menorca costa_brava costa_blanca costa_del_sol",
  "Europe/Paris": "frankrijk parijs paris lyon nice marseille bordeaux toulouse rijsel lille",
  "Europe/Luxembourg": "luxemburg",
  "Europe/Berlin": "duitsland berlijn berlin munchen hamburg keulen frankfurt dusseldorf",
  "Europe/Zurich": "zwitserland zurich geneve bern",
  "Europe/Vienna": "oostenrijk wenen",
  "Europe/Rome": "italie rome milaan venetie florence napels sicilie toscane sardinie",
  "Europe/Athens": "griekenland athene kreta rhodos",
  "Europe/Istanbul": "turkije istanbul ankara antalya izmir",
  "Europe/Copenhagen": "denemarken kopenhagen",
  "Europe/Stockholm": "zweden stockholm",
  "Europe/Oslo": "noorwegen oslo",
  "Europe/Helsinki": "finland helsinki",
  "Atlantic/Reykjavik": "ijsland reykjavik",
  "Europe/Warsaw": "polen warschau krakau",
  "Europe/Prague": "tsjechie praag",
  "Europe/Budapest": "hongarije boedapest",
  "Europe/Bucharest": "roemenie boekarest",
  "Europe/Sofia": "bulgarije",
  "Europe/Zagreb": "kroatie",
  "Europe/Malta": "malta",
  "Asia/Nicosia": "cyprus",
  "Africa/Casablanca": "marokko casablanca marrakech rabat tanger",
  "Africa/Tunis": "tunesie",
  "Africa/Cairo": "egypte cairo",
  "Africa/Johannesburg": "zuid-afrika kaapstad johannesburg",
  "Africa/Nairobi": "kenia",
  "Africa/Kinshasa": "kinshasa",
  "America/Curacao": "curacao willemstad",
  "America/Aruba": "aruba oranjestad",
  "America/Kralendijk": "bonaire saba sint-eustatius statia",
  "America/Lower_Princes": "sint-maarten",
  "America/Paramaribo": "suriname paramaribo",
  "America/New_York": "new_york boston washington miami florida atlanta",
  "America/Chicago": "chicago texas houston dallas",
  "America/Denver": "denver colorado",
  "America/Los_Angeles": "los_angeles san_francisco californie seattle las_vegas",
  "America/Toronto": "toronto montreal ottawa",
  "America/Vancouver": "vancouver",
  "America/Mexico_City": "mexico-stad",
  "America/Sao_Paulo": "sao_paulo rio_de_janeiro rio",
  "America/Argentina/Buenos_Aires": "argentinie buenos_aires",
  "America/Bogota": "colombia bogota",
  "America/Lima": "peru lima",
  "Asia/Dubai": "dubai abu_dhabi emiraten verenigde_arabische_emiraten",
  "Asia/Jerusalem": "israel tel_aviv jeruzalem",
  "Asia/Kolkata": "india delhi mumbai",
  "Asia/Bangkok": "thailand bangkok phuket",
  "Asia/Ho_Chi_Minh": "vietnam hanoi saigon",
  "Asia/Singapore": "singapore",
  "Asia/Jakarta": "jakarta java",
  "Asia/Katmandu": "nepal kathmandu",
  "Asia/Makassar": "bali lombok",
  "Asia/Manila": "filipijnen manila",
  "Asia/Shanghai": "china sjanghai shanghai peking beijing",
  "Asia/Hong_Kong": "hongkong hong_kong",
  "Asia/Tokyo": "japan tokio tokyo osaka",
  "Asia/Seoul": "zuid-korea seoel seoul",
  "Australia/Sydney": "sydney melbourne canberra",
  "Australia/Brisbane": "brisbane",
  "Australia/Perth": "perth",
  "Australia/Adelaide": "adelaide",
  "Pacific/Auckland": "nieuw-zeeland auckland",
  UTC: "utc gmt",
};

const BY_PLACE = new Map<string, string>(
  Object.entries(PLACES).flatMap(([zone, places]) =>
    places.split(" ").map((place) => [plain(place), zone] as const),
  ),
);
/** The canonical zones of this runtime, by their whole name and by the city in it. */
const BY_NAME = new Map<string, string>(
  Intl.supportedValuesOf("timeZone").flatMap((zone) => [
    [plain(zone.split("/").at(-1) ?? zone), zone] as const,
    [plain(zone), zone] as const,
  ]),
);
const LONGEST = 4;
/** A place that is also a word counts only where a place stands: alone, or after "in". */
const ALSO_WORDS = new Set(["namen", "nice", "be", "nl", "rio", "uk", "java", "bern"]);

/** Whether this is a time zone of the tz database that this machine knows (also an old name, "Asia/Calcutta"). */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("nl", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The IANA zone of the one place that this message names; undefined for none, or for places in different zones. */
export function readZone(text: string): string | undefined {
  if (text.length > 200) return undefined;
  const named = /(?<![\w/])[A-Za-z]+(?:\/[A-Za-z0-9_+-]+){1,2}/.exec(text)?.[0];
  if (named) {
    const zone = BY_NAME.get(plain(named)) ?? (isZone(named) ? named : undefined);
    if (zone) return zone;
  }
  const words = plain(text).split(" ");
  const zones = new Set<string>();
  for (let at = 0; at < words.length; ) {
    let length = Math.min(LONGEST, words.length - at);
    let zone: string | undefined;
    for (; length > 0 && !zone; length--) {
      const place = words.slice(at, at + length).join(" ");
      if (ALSO_WORDS.has(place) && words.length > 1 && words[at - 1] !== "in") continue;
      zone = BY_PLACE.get(place) ?? (place.length > 3 ? BY_NAME.get(place) : undefined);
      if (zone) {
        zones.add(zone);
        break;
      }
    }
    at += zone ? length : 1;
  }
  return zones.size === 1 ? [...zones][0] : undefined;
}

/** A name with one spelling: folded, with single spaces for everything that is no letter or figure. */
function plain(name: string): string {
  return fold(name.replace(/[_\-/]/g, " "))
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
