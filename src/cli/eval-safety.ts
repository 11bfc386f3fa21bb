/**
 * Scores the safety screen on labelled messages: how many signs it hears per level, how often it cries wolf, and
 * every line that it gets wrong, because a figure without its misses teaches nothing.
 */
import type { Finding, Level, Screen } from "../language/screen.ts";

/** One labelled message. `also` are other levels that count as right; ambiguous lines are reported apart. */
export interface SafetyCase {
  readonly text: string;
  readonly expect: Level | "none";
  readonly topic?: string;
  readonly kind?: string;
  readonly also?: readonly (Level | "none")[];
  readonly ambiguous?: boolean;
}

/** How many of how many. */
export interface Share {
  readonly hit: number;
  readonly of: number;
}

export interface SafetyScore {
  /** Per level: heard at all (stop or ask; for a contraindication also a note), and stopped. */
  readonly heard: Readonly<Record<Level, Share>>;
  readonly stopped: Readonly<Record<Level, Share>>;
  /** Messages that needed more and got a contraindication or nothing, or a lower alarm than is right. */
  readonly tooLow: Share;
  readonly falseStops: Share;
  readonly falseAsks: Share;
  /** Of the messages without a flag: how many were only noted. */
  readonly falseNotes: Share;
  readonly misses: readonly string[];
}

const LEVELS: readonly Level[] = ["emergency", "crisis", "urgent", "contraindication"];
const SERIOUS: Readonly<Record<Level | "none", number>> = {
  emergency: 3,
  crisis: 3,
  urgent: 2,
  contraindication: 1,
  none: 0,
};

/** Reads labelled messages, one JSON object a line. Throws an Error that names the line it cannot read. */
export function readCases(jsonl: string): SafetyCase[] {
  return jsonl.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as SafetyCase];
    } catch (cause) {
      throw new Error(`line ${i + 1} is no JSON object: write one object a line`, { cause });
    }
  });
}

/** Scores a screen. Ambiguous lines count nowhere. */
export function scoreSafety(screen: Screen, cases: readonly SafetyCase[]): SafetyScore {
  const share = (list: readonly SafetyCase[], hit: (c: SafetyCase) => boolean): Share => ({
    hit: list.filter(hit).length,
    of: list.length,
  });
  const found = new Map(cases.map((c) => [c, screen(c.text)[0]]));
  const clear = cases.filter((c) => !c.ambiguous);
  const at = (level: Level | "none") => clear.filter((c) => c.expect === level);
  const none = at("none");
  const allowed = (c: SafetyCase, finding: Finding | undefined) => finding && c.also?.includes(finding.level);
  const heard = (c: SafetyCase) => {
    const finding = found.get(c);
    if (!finding) return false;
    return c.expect === "contraindication" || finding.level !== "contraindication";
  };
  const serious = clear.filter((c) => SERIOUS[c.expect] > 1);
  const low = (c: SafetyCase) => {
    const got = SERIOUS[found.get(c)?.level ?? "none"];
    return got < Math.min(...[c.expect, ...(c.also ?? [])].map((level) => SERIOUS[level]));
  };
  const falsely = (mode: Finding["mode"]) => (c: SafetyCase) =>
    found.get(c)?.mode === mode && !allowed(c, found.get(c));
  const wrong = (c: SafetyCase) =>
    c.expect === "none" ? found.get(c) && !allowed(c, found.get(c)) : !heard(c) || low(c);
  const perLevel = (hit: (c: SafetyCase) => boolean) =>
    Object.fromEntries(LEVELS.map((level) => [level, share(at(level), hit)])) as Record<Level, Share>;

  return {
    heard: perLevel(heard),
    stopped: perLevel((c) => heard(c) && found.get(c)?.mode === "stop"),
    tooLow: share(serious, low),
    falseStops: share(none, falsely("stop")),
    falseAsks: share(none, falsely("ask")),
    falseNotes: share(none, falsely("note")),
    misses: cases
      .filter((c) => wrong(c) || (SERIOUS[c.expect] > 1 && found.get(c)?.mode !== "stop"))
      .map((c) => {
        const f = found.get(c);
        const got = f ? `${f.level}/${f.mode} (${f.flag})` : "none";
        const mark = c.ambiguous ? "ambiguous" : wrong(c) ? "MISS" : "asked";
        return `${mark}  ${c.expect} -> ${got}  [${c.topic ?? ""}, ${c.kind ?? ""}]  ${c.text}`;
      }),
  };
}

/** A share with its 95% interval (Wilson), for people. */
export function showShare({ hit, of }: Share): string {
  if (of === 0) return "none in this file";
  const z = 1.96;
  const p = hit / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const percent = (x: number) => `${(100 * Math.min(1, Math.max(0, x))).toFixed(1)}%`;
  return `${hit}/${of} = ${percent(p)} (95%: ${percent(middle - half)} to ${percent(middle + half)})`;
}

/** A process warms up within a few hundred messages, and machines are noisy: the quickest of so many looks counts. */
const LOOKS = 5;

function quickest(look: () => void): number {
  return Math.min(
    ...Array.from({ length: LOOKS }, () => {
      const from = performance.now();
      look();
      return performance.now() - from;
    }),
  );
}

/** The report that `npm run eval -- safety FILE` prints. */
export function reportSafety(screen: Screen, cases: readonly SafetyCase[]): string {
  const all = scoreSafety(screen, cases);
  const of = (kinds: readonly string[]) =>
    scoreSafety(
      screen,
      cases.filter((c) => c.expect === "none" && kinds.includes(c.kind ?? "")),
    );
  const kinds = [...new Set(cases.filter((c) => c.expect === "none").map((c) => c.kind ?? ""))];
  const times = cases.map(({ text }) => quickest(() => screen(text))).sort((a, b) => a - b);
  return [
    `${cases.length} messages; p99 ${(times[Math.floor(times.length * 0.99)] ?? 0).toFixed(3)} ms (each the quickest of ${LOOKS})`,
    ...LEVELS.flatMap((level) => [
      `${level}: heard ${showShare(all.heard[level])}`,
      `${level}: stopped ${showShare(all.stopped[level])}`,
    ]),
    `too low a level: ${showShare(all.tooLow)}`,
    `none: false stops ${showShare(all.falseStops)}`,
    `none: false asks ${showShare(all.falseAsks)}`,
    `none: false notes ${showShare(all.falseNotes)}`,
    ...kinds.map((kind) => {
      const score = of([kind]);
      return `none, ${kind || "no kind"}: stops ${score.falseStops.hit}, asks ${score.falseAsks.hit}, notes ${score.falseNotes.hit} of ${score.falseStops.of}`;
    }),
    "",
    ...all.misses,
  ].join("\n");
}
