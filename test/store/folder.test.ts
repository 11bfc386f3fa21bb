import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "../../src/store/folder.ts";

const FOLDER_TS = new URL("../../src/store/folder.ts", import.meta.url).href;

describe("the folder of the embedded database", () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rustpunt-folder-"));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** Another process that tries to take the folder; says "has" or the error, and lives on. */
  async function other(): Promise<{ child: ChildProcess; answer: string }> {
    const code = `const { lockFolder } = await import(${JSON.stringify(FOLDER_TS)});
      try { lockFolder(process.argv[1]); process.stdout.write("has"); } catch (e) { process.stdout.write(e.message); }
      setInterval(() => {}, 1000);`;
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", code, folder],
      { stdio: ["ignore", "pipe", "inherit"], cwd: process.cwd() },
    );
    children.push(child);
    const [answer] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    return { child, answer: `${answer}` };
  }

  it("belongs to one process, and is free again after it let go", async () => {
    const unlock = lockFolder(folder);
    expect((await other()).answer).toMatch(
      new RegExp(`${folder} is in use by process ${process.pid}: .*DATA_DIR.*DATABASE_URL`),
    );
    expect(() => lockFolder(folder)).toThrow(/in use/);
    unlock();
    expect((await other()).answer).toBe("has");
  });

  it("is taken over from a process that was killed", async () => {
    const { child, answer } = await other();
    expect(answer).toBe("has");
    expect(() => lockFolder(folder)).toThrow(`in use by process ${child.pid}`);
    child.kill("SIGKILL");
    await once(child, "exit");
    lockFolder(folder)();
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });

  it("is not blocked for ever by a process id that is used again", () => {
    lockFolder(folder);
    const lock = join(folder, "lock");
    const [pid, ...began] = readFileSync(lock, "utf8").split(" ");
    writeFileSync(lock, `${pid} ${began.join(" ")}9`);
    lockFolder(folder)();
  });

  it("is not blocked by a lock that says nothing", () => {
    for (const nonsense of ["", "x", "0 ", "-1 ", "99999999 "]) {
      writeFileSync(join(folder, "lock"), nonsense);
      lockFolder(folder)();
    }
  });

  it("found with a dead lock by several processes at once goes to one of them", async () => {
    writeFileSync(join(folder, "lock"), "99999999 long ago");
    const answers = await Promise.all([other(), other(), other(), other()]);
    expect(answers.filter((a) => a.answer === "has")).toHaveLength(1);
    expect(answers.filter((a) => a.answer.includes("in use"))).toHaveLength(3);
  });

  it("that cannot be made is an error that names DATA_DIR", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => lockFolder(join(folder, "file", "data"))).toThrow(/DATA_DIR/);
  });
});
