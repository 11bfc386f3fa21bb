/**
 * A message that is nothing but days and times: "elke avond om half tien". Said where nothing is asked, it means a
 * reminder. One word of something else ("elke avond om negen uur hoofdpijn") and it is about that.
 */
import type { Today } from "./calendar.ts";
import { dayPartOf } from "./clock.ts";
import { clockWords } from "./clock-words.ts";
import { wholeNumber } from "./numbers.ts";
import { MONTHS, WEEKDAYS } from "./recurrence.ts";
import { isWhole, readRecurrence } from "./times.ts";

/** Words about days and times that are no number, weekday or part of a day. */
const ABOUT_TIME = new Set(
  (
    ", & + - / en of om op de het in tm van tot tussen tegen rond vanaf half kwart voor over na uur uren u h min minuut " +
    "minuten dag dagen daags dagelijks elk elke elken ieder iedere iederen alle per keer x maal week weken weekend weekends werkdag " +
    "werkdagen weekdag weekdagen doordeweeks vandaag morgen overmorgen behalve uitgezonderd komende volgende aanstaande " +
    "lang ma di wo do vr za zo graag liefst maar doe aub alsjeblieft"
  ).split(" "),
);

const isAboutTime = (word: string): boolean =>
  ABOUT_TIME.has(word) ||
  /^\d{1,2}(?::\d\d)?$/.test(word) ||
  dayPartOf(word) !== undefined ||
  wholeNumber(word) !== undefined ||
  MONTHS.includes(word) ||
  WEEKDAYS.includes(word.replace(/(?:en|s)$/, ""));

/** Whether this text says days and a time, both, and nothing else; `today` is the person's own date, weekday and time. */
export const saysOnlyWhen = (text: string, today: Today & { readonly time: string }): boolean => {
  const said = readRecurrence(text, today);
  return said !== undefined && isWhole(said) && onlyTime(text);
};

/** Whether this text says days or a time, and nothing else. */
export const saysWhen = (text: string, today: Today & { readonly time: string }): boolean =>
  onlyTime(text) && readRecurrence(text, today) !== undefined;

const onlyTime = (text: string): boolean => clockWords(text).every(isAboutTime);
