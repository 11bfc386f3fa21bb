/**
 * Where the keys come from: DATA_KEY, or a file of our own beside the data folder.
 *
 * Beside and not in it: who copies the folder for a backup does not copy the key along with it. A key is
 * made once. Where there is data without its key a new one would make that data unreadable in silence,
 * so that is an error.
 */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const BYTES = 32;

/** The keys in DATA_KEY: base64 of 32 bytes each, split by commas. Throws with the number of the wrong one, never the key. */
export function parseKeys(value: string): Buffer[] {
  return value.split(",").map((part, i) => {
    const text = part.trim();
    const key = Buffer.from(text, "base64");
    if (key.length !== BYTES || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) {
      throw new Error(
        `Key ${i + 1} in DATA_KEY is not the base64 of ${BYTES} bytes; make one with: openssl rand -base64 ${BYTES}`,
      );
    }
    return key;
  });
}

/** The key file that belongs to a data folder. */
export const keyFileOf = (dataDir: string): string => `${resolve(dataDir)}.key`;

/** The keys in the file beside `dataDir`; made there once, for its owner only, when there is no data yet. */
export function loadOrCreateKey(dataDir: string): Buffer[] {
  const file = keyFileOf(dataDir);
  const present = read(file);
  if (present) return present;
  if (holdsData(dataDir)) {
    throw new Error(
      `${resolve(dataDir)} holds data but its key ${file} is gone: put the file back, or set DATA_KEY to that key; only if that data may be lost, move the folder away.`,
    );
  }
  // Written whole under another name first: two processes that start together get the same key, never half of one.
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, `${randomBytes(BYTES).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return read(file) as Buffer[];
}

function read(file: string): Buffer[] | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`The key ${file} cannot be read: make it readable for the user who runs Rustpunt.`, {
      cause: error,
    });
  }
  try {
    return parseKeys(text);
  } catch (cause) {
    throw new Error(`The key ${file} is damaged: put the file back from a backup, or set DATA_KEY.`, {
      cause,
    });
  }
}

function holdsData(dataDir: string): boolean {
  try {
    return readdirSync(dataDir).length > 0;
  } catch {
    return false;
  }
}
