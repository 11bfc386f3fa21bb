import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyFileOf, loadOrCreateKey, parseKeys } from "../../src/store/key.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");

describe("DATA_KEY", () => {
  it("holds one key or several, split by commas", () => {
    expect(parseKeys(KEY)).toEqual([Buffer.alloc(32, 7)]);
    expect(parseKeys(`${KEY}, ${Buffer.alloc(32, 8).toString("base64")}`)).toHaveLength(2);
  });

  it("that is no key is refused with its number and never its text", () => {
    for (const wrong of [
      `${KEY},kort`,
      `${KEY},`,
      `${KEY},${Buffer.alloc(31).toString("base64")}`,
      `${KEY},!${KEY}`,
    ]) {
      expect(() => parseKeys(wrong)).toThrow(/^Key 2 in DATA_KEY is not the base64 of 32 bytes/);
      expect(() => parseKeys(wrong)).not.toThrow(KEY);
    }
    expect(() => parseKeys("")).toThrow(/openssl rand -base64 32/);
  });
});

describe("the key file", () => {
  let root: string;
  let dataDir: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "rustpunt-key-"));
    dataDir = join(root, "data");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("is made once, beside the data folder, for its owner only", () => {
    const [key] = loadOrCreateKey(`${dataDir}/`);
    expect(key).toHaveLength(32);
    expect(keyFileOf(`${dataDir}/`)).toBe(join(root, "data.key"));
    expect(statSync(keyFileOf(dataDir)).mode & 0o777).toBe(0o600);
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "postgres"), "");
    expect(loadOrCreateKey(dataDir)).toEqual([key]);
  });

  it("is made where no folder was yet", () => {
    const deep = join(root, "var", "lib", "rustpunt");
    expect(loadOrCreateKey(deep)).toHaveLength(1);
    expect(statSync(keyFileOf(deep)).isFile()).toBe(true);
  });

  it("is made for an empty data folder too", () => {
    mkdirSync(dataDir);
    expect(loadOrCreateKey(dataDir)).toHaveLength(1);
  });

  it("that is gone while the data is there is an error, and no new key is made", () => {
    loadOrCreateKey(dataDir);
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "postgres"), "");
    rmSync(keyFileOf(dataDir));
    expect(() => loadOrCreateKey(dataDir)).toThrow(/data\.key is gone: put the file back, or set DATA_KEY/);
    expect(() => readFileSync(keyFileOf(dataDir))).toThrow();
  });

  it("that is damaged is an error that does not show it", () => {
    writeFileSync(keyFileOf(dataDir), "kapot");
    chmodSync(keyFileOf(dataDir), 0o600);
    expect(() => loadOrCreateKey(dataDir)).toThrow(/data\.key is damaged/);
    expect(() => loadOrCreateKey(dataDir)).not.toThrow(/kapot/);
  });

  it("may hold several keys, as DATA_KEY does", () => {
    writeFileSync(keyFileOf(dataDir), `${KEY},${KEY}\n`);
    expect(loadOrCreateKey(dataDir)).toHaveLength(2);
  });
});
