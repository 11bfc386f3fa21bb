/**
 * Headless Chromium from an npm package, so the page can be tested offline and as root.
 *
 * The package's own unpacking takes a half-written file for a whole one when two test files start together,
 * so it is unpacked here: written under a name of its own, then renamed, which is one step for whoever looks.
 */
import { createReadStream, createWriteStream, existsSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

/** Without these Chromium keeps looking up Google's hosts, which a closed network answers only slowly. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A running Chromium; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await unpacked(), args: QUIET });
}

async function unpacked(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const packed = join(entry, "../../../bin/chromium.br");
  const version = createRequire(entry)("../../package.json").version;
  const path = join(tmpdir(), `rustpunt-chromium-${version}`);
  if (existsSync(path)) return path;
  const part = `${path}.${process.pid}`;
  await pipeline(
    createReadStream(packed),
    createBrotliDecompress(),
    createWriteStream(part, { mode: 0o755 }),
  );
  renameSync(part, path);
  return path;
}
