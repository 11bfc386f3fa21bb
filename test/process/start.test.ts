/** What an operator sees when the house cannot start: one clear sentence with the remedy, and exit code 1. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startFakeTelegram } from "../support/fake-telegram.ts";
import { dataFolder, failingHouse, startHouse } from "../support/house.ts";

let data: ReturnType<typeof dataFolder>;
beforeEach(() => {
  data = dataFolder();
});
afterEach(() => data.remove());

describe("an operator is told what to do about", () => {
  it("a token that Telegram does not know", async () => {
    const telegram = await startFakeTelegram();
    const token = "999999:wrong-wrong-wrong-wrong";
    const { code, output } = await failingHouse({
      DATA_DIR: data.path,
      TELEGRAM_TOKEN: token,
      TELEGRAM_API_ROOT: telegram.root,
    });
    await telegram.close();
    expect(code).toBe(1);
    expect(output).toContain("TELEGRAM_TOKEN");
    expect(output).not.toContain("wrong-wrong");
  });

  it("a port that is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const port = (other.address() as AddressInfo).port;
    const { code, output } = await failingHouse({ DATA_DIR: data.path, PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`${port}.*PORT`));
  });

  it("a database that does not answer, without its password", async () => {
    const { code, output } = await failingHouse({
      DATABASE_URL: "postgres://rust:geheim@127.0.0.1:9/x",
      DATA_KEY: Buffer.alloc(32, 1).toString("base64"),
    });
    expect(code).toBe(1);
    expect(output).toContain("DATABASE_URL");
    expect(output).not.toContain("geheim");
  });

  it("several wrong variables at once", async () => {
    const { code, output } = await failingHouse({ PORT: "x", LOG_LEVEL: "y" });
    expect(code).toBe(1);
    expect(output).toMatch(/PORT[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*PORT/);
  });

  it("a data folder that another process uses, or whose key is gone", async () => {
    const house = await startHouse({ DATA_DIR: data.path });
    const second = await failingHouse({ DATA_DIR: data.path });
    expect(second.code).toBe(1);
    expect(second.output).toContain(data.path);
    expect(await house.stop()).toBe(0);
    rmSync(`${data.path}.key`);
    const third = await failingHouse({ DATA_DIR: data.path });
    expect(third.code).toBe(1);
    expect(third.output).toContain("DATA_KEY");
  });
});

describe("an author is told of every fault by npm run flows", () => {
  it("with its file, line, rule and remedy, in one run", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rustpunt-flows-"));
    const root = new URL("../../", import.meta.url).pathname;
    await run("cp", ["-r", join(root, "flows"), folder]);
    const flows = join(folder, "flows");
    writeFileSync(
      join(flows, "talks", "kapot.yaml"),
      `flow: kapot
title: Kapot
nodes:
  - id: een
    say: "Hallo {onbekend}"
    picture: bestaat-niet
    choices:
      a: Zelfde
      b: { label: "zelfde!", go: nergens }
  - id: lus
    say: dubbel
    go: lus
  - id: lus
    say: x
    go: lus
`,
    );
    writeFileSync(join(flows, "talks", "stuk.yaml"), "flow: [\n");
    const { code, output } = await run(
      process.execPath,
      ["--import", "tsx", "src/cli/flows.ts", flows],
      root,
    );
    rmSync(folder, { recursive: true });
    expect(code).toBe(1);
    for (const rule of [
      "unknown-word",
      "missing-picture",
      "labels-alike",
      "unknown-node",
      "duplicate-id",
      "dead-end",
      "yaml",
    ])
      expect(output, rule).toContain(rule);
    expect(output).toMatch(/flows\/talks\/kapot\.yaml:\d+/);
  });
});

function run(
  command: string,
  args: readonly string[],
  cwd?: string,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    child.once("close", (code) => resolve({ code, output }));
  });
}
