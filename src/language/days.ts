/**
 * The days in a sentence about a rhythm: "door de week", "ma, wo en vr", "om de dag", "morgen", "drie weken lang",
 * "elke 20 minuten". What it understands it takes out of the sentence, so that what remains are clock times.
 *
 * Dates are "YYYY-MM-DD" on a calendar without zones; today is handed in.
 */

import { addDays, nextDate, nextWeekday, type Today } from "./calendar.ts";
import { wholeNumber } from "./numbers.ts";
import { EVERY_DAY, MONTHS } from "./recurrence.ts";
import { readWeekdays } from "./weekdays.ts";

/** What a sentence says about days; each part only where it was said. */
export interface DayPlan {
  /** ISO weekdays, ascending. */
  days?: readonly number[];
  /** A single day. */
  on?: string;
  /** The first day, and the last. */
  from?: string;
  until?: string;
  /** Every so many days. */
  everyDays?: number;
  /** How many days long. */
  span?: number;
  /** How often a week, and how often a day. */
  perWeek?: number;
  perDay?: number;
  /** Minutes between two moments on a day. */
  interval?: number;
  /** Minutes from now: "over een kwartier". */
  inMinutes?: number;
  /** Where in `rest` days were named, and which. */
  named?: readonly { readonly at: number; readonly days: string }[];
  /** The words that were not about days. */
  rest: readonly string[];
}

const N = String.raw`(\d{1,3}|[a-z]+)`;
/** "tien over acht uur" is a time, "over acht uur" is not. */
const NUMBER_BEFORE = " (?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|[a-z]+tien|twintig)";
const UNIT_DAYS: Readonly<Record<string, number>> = { dag: 1, avond: 1, ochtend: 1, week: 7, maand: 30 };
const UNIT = "(dag|avond|ochtend|week|weke|maand)(?:e?n)?";

/** Reads what `words` (from `clockWords`) say about days. */
export function readDays(words: readonly string[], today: Today): DayPlan {
  const plan: DayPlan = { rest: [] };
  let said = ` ${words.join(" ")} `;
  /** Takes the first match out of the sentence, unless `use` finds that it is something else. */
  const take = (form: RegExp, use: (m: RegExpExecArray) => unknown) => {
    const m = form.exec(said);
    if (!m || use(m) === false) return;
    said = `${said.slice(0, m.index)} · ${said.slice(m.index + m[0].length)}`;
  };
  const number = (word: string | undefined): number => wholeNumber(word ?? "") ?? 0;
  said = said
    .replace(/ (?:zeven|7) (?:dagen )?(?:op|\/) (?:zeven|7) /, " elke dag ")
    .replace(/ eens per /, " 1 keer per ");
  const length = (count: string | undefined, unit: string | undefined): number =>
    number(count) * (UNIT_DAYS[(unit ?? "").replace("weke", "week")] ?? 0);

  take(RegExp(` (?:elke?|iedere?|alle|om de|om het|per) (?:${N} )?(min(?:uut|uten)?|uur|uren|u|h) `), (m) => {
    const minutes = (m[1] === undefined ? 1 : number(m[1])) * (/^[uh]/.test(m[2] ?? "") ? 60 : 1);
    if (minutes < 5 || minutes > 720) return false;
    plan.interval = minutes;
    return true;
  });
  take(
    RegExp(
      ` (?:${N} (?:tot|a|-|of) )?${N} ?(?:x|keer|maal|keren|dagen|avonden) (?:per|in de|op een|de|elke|iedere) ?(?:week|weeks) `,
    ),
    (m) => {
      const [least, most] = [number(m[1]), number(m[2])];
      if (most < 1) return false;
      plan.perWeek = Math.min(7, least > 0 ? Math.round((least + most) / 2) : most);
      return true;
    },
  );
  take(
    RegExp(
      ` ${N} ?(?:x|keer|maal|keren) (?:per dag|op een dag|elke dag|iedere dag|alle dagen|daags|op de dag) `,
    ),
    (m) => {
      if (number(m[1]) < 1) return false;
      plan.perDay = number(m[1]);
      return true;
    },
  );
  take(RegExp(` (?:om den?|elken?|iederen?|alle) ${N} ${UNIT} `), (m) => {
    if (number(m[1]) < 1) return false;
    plan.everyDays = length(m[1], m[2]);
    return true;
  });
  take(/ om den? (?:anderen? )?(dag|avond|ochtend|week) /, (m) => {
    plan.everyDays = m[1] === "week" ? 14 : 2;
  });
  take(/ de (?:ene|een) (?:dag|avond) wel (?:en )?de andere (?:dag |avond )?niet /, () => {
    plan.everyDays = 2;
  });
  take(
    RegExp(
      String.raw`(?<! kwart|\d|${NUMBER_BEFORE}) over (?:een (?=\d))?${N} (min(?:uut|uten)?|uur|uren|u) `,
    ),
    (m) => {
      if (number(m[1]) < 1) return false;
      plan.inMinutes = number(m[1]) * (m[2]?.startsWith("u") ? 60 : 1);
      return true;
    },
  );
  take(RegExp(` over ${N} ${UNIT} `), (m) => {
    if (number(m[1]) < 1) return false;
    plan.on = addDays(today.date, length(m[1], m[2]));
    return true;
  });
  take(
    RegExp(
      ` (?:(?:voor|gedurende|de (?:eerst)?(?:komende|volgende)|komende) )?${N} ${UNIT}(?: (?:lang|aan een stuk|achter elkaar|na elkaar|achtereen))? `,
    ),
    (m) => {
      const said = m[0].trim().split(" ").length > 2 || /en $/.test(m[0]);
      if (!said || number(m[1]) < 1) return false;
      plan.span = length(m[1], m[2]);
      return true;
    },
  );
  take(/ (?:(?:de )?(?:hele )?komende week|heel de week lang|de hele week lang) /, () => {
    plan.span = 7;
  });
  take(
    RegExp(
      String.raw` (?:(op|vanaf|van|tot|tm) )?(\d{1,2}) (?:(mrt|${MONTHS.map((m) => `${m}|${m.slice(0, 3)}`).join("|")})|\/ (\d{1,2})) `,
    ),
    (m) => {
      const name = (m[3] ?? "").replace("mrt", "maa").slice(0, 3);
      const month = m[4] ? Number(m[4]) : MONTHS.findIndex((one) => one.startsWith(name)) + 1;
      const date = nextDate(today.date, month, Number(m[2]));
      if (date === undefined) return false;
      // "vanaf 1 december" begins there, "tot 1 december" ends there.
      const bound = m[1]?.startsWith("t") ? "until" : m[1]?.startsWith("v") ? "from" : "on";
      plan[bound] = date;
      return true;
    },
  );

  Object.assign(plan, readWeekdays(said.trim().split(/\s+/), today));
  if (plan.everyDays === 14 && plan.days?.length === 1 && !plan.from) {
    // "om de week op maandag" counts fortnights from the next Monday.
    plan.from = nextWeekday(today, plan.days[0] as number);
    plan.days = EVERY_DAY;
  }
  return plan;
}
