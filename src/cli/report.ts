/**
 * `npm run report -- [days]`: what an operator may know. What happened how often in these days, and the questions
 * that people chose to send to the makers. It reads the database that the environment names; the embedded one
 * only while the bot is not running.
 */
import { readConfig } from "../config.ts";
import { openDatabase } from "../store/database.ts";
import type { Figure, SentQuestion } from "../store/figures.ts";
import { loadOrCreateKey, parseKeys } from "../store/key.ts";
import { createSeal } from "../store/seal.ts";
import { createStore } from "../store/store.ts";

const DAY = 24 * 60 * 60_000;

async function main(days: number): Promise<void> {
  const config = readConfig({ ...process.env, WEB_CHAT: "on", HOST: "127.0.0.1" });
  const keys = config.dataKey === undefined ? loadOrCreateKey(config.dataDir) : parseKeys(config.dataKey);
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    const store = createStore(database, createSeal(keys));
    const from = Date.now() - days * DAY;
    const figures = await store.figuresSince(new Date(from).toISOString().slice(0, 10));
    process.stdout.write(writeReport(figures, await store.questionsSince(from)));
  } finally {
    await database.close();
  }
}

/** The report as text: figures by day, then questions by moment. */
function writeReport(figures: readonly Figure[], questions: readonly SentQuestion[]): string {
  const lines: string[] = [];
  let day = "";
  for (const figure of figures) {
    if (figure.day !== day) lines.push("", figure.day);
    day = figure.day;
    const labels = Object.values(figure.labels).filter(Boolean).join(", ");
    lines.push(`${String(figure.times).padStart(8)}  ${figure.name}${labels ? `: ${labels}` : ""}`);
  }
  lines.push("", `Questions sent to the makers: ${questions.length}`);
  for (const { at, words } of questions) lines.push(`  ${new Date(at).toISOString().slice(0, 16)}  ${words}`);
  return `${lines.join("\n").trim()}\n`;
}

main(Number(process.argv[2] ?? 7) || 7).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
