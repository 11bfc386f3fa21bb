/**
 * Talks written down in YAML, to be read and added by people who do not program:
 *
 *   - person: hallo            what the person types ("/start" is a command)
 *   - tap: Massage             a button of the newest message
 *   - taps: [Massage, Klaar]   several buttons in a row; only what is said after the last one is looked at
 *   - old: Klaar               the button of this name that was seen first: by now an old one
 *   - later: 90 s              time passes (s, min, uur, dagen)
 *   - away: 20 min             time passes while the bot is down
 *   - bot: Welke massage       what the bot says next must hold this; `choices` and `picture` if they matter
 *   - silence: true            the bot says nothing (more)
 *   - restart: true            the bot is stopped and started: nothing but what is stored remains
 *
 * With `keeps: false` beside its title a talk is had where nothing about health may be kept, as on Discord.
 * Every message of the bot must be named, in order; `bot: ...` stands for any message.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { Conversation } from "../../src/dialogue/conversation.ts";
import type { Message } from "../../src/dialogue/message.ts";
import type { Script } from "../../src/dialogue/script.ts";
import { createTalk, type Talk } from "./talk.ts";

const step = z.union([
  z.strictObject({ person: z.string() }),
  z.strictObject({ tap: z.string() }),
  z.strictObject({ taps: z.array(z.string()).min(1) }),
  z.strictObject({ old: z.string() }),
  z.strictObject({ later: z.string() }),
  z.strictObject({ away: z.string() }),
  z.strictObject({ silence: z.literal(true) }),
  z.strictObject({ restart: z.literal(true) }),
  z.strictObject({
    bot: z.string(),
    not: z.string().optional(),
    choices: z.array(z.string()).optional(),
    picture: z.string().optional(),
    seconds: z.number().optional(),
  }),
]);
const transcript = z.strictObject({
  title: z.string(),
  start: z.string().optional(),
  keeps: z.literal(false).optional(),
  talk: z.array(step).min(1),
});
export type Transcript = z.infer<typeof transcript>;

/** The talks in one file. */
export const readTranscripts = (file: string): Transcript[] =>
  z.array(transcript).parse(parse(readFileSync(file, "utf8")));

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  min: 60_000,
  uur: 3_600_000,
  dagen: 86_400_000,
  dag: 86_400_000,
};

/** Milliseconds in "90 s", "20 min", "2 uur", "3 dagen". */
export function milliseconds(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(s|min|uur|dagen|dag)$/.exec(text) ?? [];
  if (!number || !unit)
    throw new Error(`"${text}" is no time: write "90 s", "20 min", "2 uur" or "3 dagen".`);
  return Number(number) * (UNITS[unit] ?? 0);
}

/** Plays the talk; throws at the first line that does not hold, with what was said instead. */
export function play(content: Script, { talk: lines, start, keeps }: Transcript): Talk {
  const script = keeps === false ? { ...content, withoutHealthData: new Set(["test"]) } : content;
  let talk = createTalk(script, start === undefined ? undefined : Date.parse(start));
  const seen = new Map<string, string>();
  let waiting: Message[] = [];
  lines.forEach((line, i) => {
    const at = `line ${i + 1} (${JSON.stringify(line)})`;
    const heard = (messages: readonly Message[]): void => {
      if (waiting.length > 0) throw new Error(`${at}: before it the bot also said:\n${show(waiting)}`);
      waiting = [...messages];
      for (const m of messages) for (const b of m.buttons) if (!seen.has(b.label)) seen.set(b.label, b.token);
    };
    if ("person" in line) {
      const [, name, rest] = /^\/(\w+)\s*(.*)$/.exec(line.person) ?? [];
      heard(name !== undefined ? talk.command(name, rest) : talk.say(line.person));
    } else if ("tap" in line) heard(talk.tap(line.tap));
    else if ("taps" in line)
      for (const label of line.taps) {
        waiting = [];
        heard(talk.tap(label));
      }
    else if ("old" in line) heard(talk.tapToken(seen.get(line.old) ?? "nothing"));
    else if ("later" in line) heard(talk.later(milliseconds(line.later)));
    else if ("away" in line) heard(talk.away(milliseconds(line.away)));
    else if ("restart" in line)
      talk = createTalk(script, talk.now(), JSON.parse(JSON.stringify(talk.conversation())) as Conversation);
    else if ("silence" in line) heard([]);
    else {
      const message = waiting.shift();
      if (!message) throw new Error(`${at}: the bot says nothing more.`);
      checkMessage(line, message, talk, at);
    }
  });
  if (waiting.length > 0) throw new Error(`At the end the bot also said:\n${show(waiting)}`);
  return talk;
}

function checkMessage(
  line: Extract<Transcript["talk"][number], { bot: string }>,
  message: Message,
  talk: Talk,
  at: string,
): void {
  const wrong = (what: string): never => {
    throw new Error(`${at}: ${what}; the bot said:\n${show([message])}`);
  };
  if (line.bot !== "..." && !message.text.includes(line.bot)) wrong("that is not said");
  if (line.not !== undefined && message.text.includes(line.not)) wrong("that should not be said");
  if (line.picture !== undefined && message.picture !== line.picture)
    wrong(`the picture is ${message.picture}`);
  const left = message.countdown && Math.round((message.countdown.until - talk.now()) / 1000);
  if (line.seconds !== undefined && left !== line.seconds) wrong(`the countdown is ${left}`);
  const labels = message.buttons.map((b) => b.label);
  if (line.choices && JSON.stringify(labels) !== JSON.stringify(line.choices)) wrong("the choices differ");
}

const show = (messages: readonly Message[]): string =>
  messages
    .map((m) => `  ${m.text.replaceAll("\n", "\n  ")}\n  [${m.buttons.map((b) => b.label).join("] [")}]`)
    .join("\n");
