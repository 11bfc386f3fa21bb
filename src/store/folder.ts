/**
 * The guard of the embedded database's folder: a second process would open it without complaint and ruin it.
 *
 * The lock is a file with the process id and the moment that process began. It outlives a killed process,
 * and a process id is used again: only when both still fit is the folder in use; otherwise the lock is
 * taken over. It cannot see processes of another machine or container: a folder belongs to one of them.
 */
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Takes the folder for this process, made where absent; throws while another one has it. Returns how to let go. */
export function lockFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new Error(
      `The data folder ${resolve(folder)} cannot be made: set DATA_DIR to a folder that can be written.`,
      {
        cause,
      },
    );
  }
  const lock = join(folder, "lock");
  const mine = `${process.pid} ${beginOf(process.pid)}`;
  const draft = `${lock}.${process.pid}`;

  while (!place(draft, lock, mine)) {
    const holder = read(lock);
    if (holder === undefined) continue;
    if (isAlive(holder)) throw new Error(inUse(folder, holder));
    // Two may find the same dead lock. Who moves it away looks at what it moved: a fresh one is put back.
    const moved = `${draft}.old`;
    if (!rename(lock, moved)) continue;
    const taken = read(moved) ?? "";
    if (isAlive(taken)) {
      place(moved, lock, taken);
      throw new Error(inUse(folder, taken));
    }
    rmSync(moved, { force: true });
  }

  return () => {
    if (read(lock) === mine) rmSync(lock, { force: true });
  };
}

const inUse = (folder: string, holder: string): string =>
  `The data folder ${resolve(folder)} is in use by process ${holder.split(" ")[0]}: stop that one, or set DATA_DIR to another folder (or DATABASE_URL, for several processes).`;

/** Puts the lock there whole or not at all; false if there is one. */
function place(draft: string, lock: string, content: string): boolean {
  writeFileSync(draft, content);
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (is(error, "EEXIST")) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (is(error, "ENOENT")) return undefined;
    throw error;
  }
}

function rename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (is(error, "ENOENT")) return false;
    throw error;
  }
}

const is = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  const begin = pid > 0 ? beginOf(pid) : "";
  return begin !== "" && holder === `${pid} ${begin}`;
}

/** When this process began, in whatever form the system gives; empty when there is no such process. */
function beginOf(pid: number): string {
  try {
    if (process.platform !== "linux")
      return execFileSync("ps", ["-o", "lstart=", "-p", `${pid}`], { encoding: "utf8" }).trim();
    // The second field of stat is a name that may itself hold spaces and brackets. After it: the state,
    // where Z and X have ended already, and as the 20th the ticks between boot and begin.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return "";
    const ticks = fields[19];
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${ticks}`;
  } catch {
    return "";
  }
}
