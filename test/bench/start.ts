/**
 * How long a start takes and what the bot weighs when nobody talks: `node --import tsx test/bench/start.ts`.
 *
 * The bot is started as `npm start` does, on a new and on an existing data folder and on Postgres. Time is from
 * spawn to the line that says it is ready; beside it stand the seconds of processor it took, which a busy machine
 * changes less. Memory is what is resident some seconds after that.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../support/database.ts";
import { median, state } from "./measure.ts";

const TRIALS = 3;
/** Until memory is read (ms): what the start left behind has been given back by then, or never is. */
const IDLE_MS = 8_000;
/** Clock ticks a second in /proc. */
const TICKS = 100;
const ROOT = new URL("../../", import.meta.url).pathname;

interface Start {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** Starts the bot once, waits, and stops it. */
async function start(env: Record<string, string>): Promise<Start> {
  const began = performance.now();
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let output = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (data) => {
      output += data;
      if (output.includes("is ready")) resolve();
    });
    ended.then(() => reject(new Error(`It ended before it was ready:\n${output}`)));
  });
  const ms = performance.now() - began;
  const spent = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const cpuMs = ((Number(spent[11]) + Number(spent[12])) * 1000) / TICKS;
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  const rssMb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
  child.kill("SIGTERM");
  await ended;
  return { ms, cpuMs, rssMb };
}

function report(name: string, starts: readonly Start[]): void {
  const of = (pick: (s: Start) => number, digits = 0) => median(starts.map(pick)).toFixed(digits);
  console.log(
    `${name.padEnd(26)} ready after ${of((s) => s.ms / 1000, 1)} s (best ${(Math.min(...starts.map((s) => s.ms)) / 1000).toFixed(1)}), processor ${of((s) => s.cpuMs / 1000, 1)} s, idle ${of((s) => s.rssMb)} MB`,
  );
}

state();
const fresh: Start[] = [];
const reopened: Start[] = [];
const onPostgres: Start[] = [];
const server = await startPostgres();
const url = await server.newDatabase();
const key = Buffer.alloc(32, 1).toString("base64");
for (let i = 0; i < TRIALS; i++) {
  const folder = mkdtempSync(join(tmpdir(), "rustpunt-start-"));
  const env = { DATA_DIR: join(folder, "data") };
  fresh.push(await start(env));
  reopened.push(await start(env));
  rmSync(folder, { recursive: true, force: true });
  onPostgres.push(await start({ DATABASE_URL: url, DATA_KEY: key, DATA_DIR: join(folder, "none") }));
}
await server.stop();
report("a new data folder", fresh);
report("an existing data folder", reopened);
report("Postgres", onPostgres);
state();
