/**
 * The files of the chat page, read once at the start and served as they are: no build step stands between
 * what is in `page/` and what the browser runs. Only the words are filled in, from `flows/web.yaml`.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Hono } from "hono";
import type { WebTexts } from "./texts.ts";

/** A slash command as the page's menu shows it. */
export interface Command {
  readonly name: string;
  readonly description: string;
}

const FILES = [
  "style.css",
  "icon.svg",
  "page.js",
  "clock.js",
  "transcript.js",
  "connection.js",
  "bubbles.js",
  "scroll.js",
  "countdown.js",
  "composer.js",
];
const TYPES: Record<string, string> = {
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  js: "text/javascript; charset=utf-8",
};

/** Nothing from elsewhere, nothing inline: what a person or an author writes can never become code here. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
export const PAGE_HEADERS = {
  "content-security-policy": CSP,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

const read = (file: string) => readFileSync(new URL(`page/${file}`, import.meta.url), "utf8");
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What the page is told when it opens, besides its words. */
export interface Setup {
  readonly texts: WebTexts;
  readonly commands: readonly Command[];
  /** The longest text (UTF-16 units) that the server takes. */
  readonly textMax: number;
}

/** Adds the page and its files to the app. */
export function addPage(app: Hono, setup: Setup): void {
  const words = new Map<string, string>(Object.entries(setup.texts));
  words.set("setup", JSON.stringify(setup));
  const html = read("index.html").replace(/\{\{(\w+)\}\}/g, (_, key: string) =>
    escaped(words.get(key) ?? ""),
  );
  app.get("/", (c) => c.html(html, 200, { ...PAGE_HEADERS, "cache-control": "no-store" }));

  for (const file of FILES) {
    const body = read(file);
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 20)}"`;
    const headers = {
      ...PAGE_HEADERS,
      "content-type": TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "text/plain",
      "cache-control": "no-cache",
      etag,
    };
    app.get(`/chat/page/${file}`, (c) =>
      c.req.header("if-none-match") === etag ? c.body(null, 304, headers) : c.body(body, 200, headers),
    );
  }
}
