/**
 * The whole house as a process of its own, as `npm start` runs it, with its data in a temporary folder.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = new URL("../../", import.meta.url).pathname;
/** When a wait is given up, so that a test says what it waited for. */
const PATIENCE_MS = 90_000;

export interface House {
  /** Where its HTTP server listens. */
  readonly url: string;
  /** Everything it wrote so far. */
  output(): string;
  /** Ends it in mid-sentence. */
  kill(): Promise<void>;
  /** Asks it to stop; resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** A folder for its data; `remove` takes it and its key away. */
export function dataFolder(): { readonly path: string; remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), "rustpunt-house-"));
  return { path: join(parent, "data"), remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** Starts the house and resolves when it says that it is ready. `aheadMs`: its clock runs ahead by so much. */
export async function startHouse(env: Record<string, string>, aheadMs = 0): Promise<House> {
  const { child, output, ended } = run(env, aheadMs);
  const url = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const [, found] = /"url":"([^"]+)".*is ready/.exec(output()) ?? [];
      if (found) resolve(found);
    };
    child.stdout?.on("data", look);
    void ended.then((code) => reject(new Error(`The house ended with ${code}:\n${output()}`)));
    setTimeout(() => reject(new Error(`The house was not ready in time:\n${output()}`)), PATIENCE_MS).unref();
  });
  return {
    url,
    output,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Starts it where it cannot start: resolves to its exit code and all that it wrote. */
export async function failingHouse(
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const { output, ended } = run(env, 0);
  return { code: await ended, output: output() };
}

function run(env: Record<string, string>, aheadMs: number) {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", "--import", "./test/support/clock.ts", "src/main.ts"],
    {
      cwd: ROOT,
      env: { PATH: process.env.PATH, PORT: "0", CLOCK_AHEAD_MS: String(aheadMs), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let written = "";
  child.stdout?.on("data", (data) => {
    written += data;
  });
  child.stderr?.on("data", (data) => {
    written += data;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { child, output: () => written, ended };
}
