import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Delivery, Later, type Picture } from "../../src/channels/channel.ts";
import { isLoopback } from "../../src/channels/web/loopback.ts";
import { createWeb, type WebChannel } from "../../src/channels/web.ts";
import type { Update } from "../../src/dialogue/input.ts";
import { TINY_GIF } from "../support/gif.ts";
import { texts } from "../support/web-talk.ts";

const NOW = Date.parse("2026-11-20T21:00:00+01:00");
const ANNE = "browser-of-anne-01";
const picture: Picture = { png: pngOf(600, 400), alt: "Handen op het voorhoofd", hash: "f00d" };

let app: Hono;
let web: WebChannel;
let updates: Update[];
let awake: string[];
let receive: (update: Update) => Promise<void>;

beforeEach(async () => {
  updates = [];
  awake = [];
  receive = async (update) => void updates.push(update);
  app = new Hono();
  app.onError((_, c) => c.text("", 500));
  web = createWeb({
    pictures: [picture],
    texts,
    commands: [],
    newId: () => ANNE,
    now: () => NOW,
    ackWithin: 60_000,
  });
  web.routes(app);
  await web.start({
    receive: (update) => receive(update),
    awake: (address) => void awake.push(address),
    unreachable: async () => {},
  });
});
afterEach(() => web.stop());

/** A PNG as far as its size goes. */
function pngOf(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(24);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

const ask = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  app.request(`http://127.0.0.1:8080${path}`, {
    ...init,
    headers: { host: "127.0.0.1:8080", cookie: `rustpunt=${ANNE}`, ...headers },
  });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(
    path,
    { "content-type": "application/json", origin: "http://127.0.0.1:8080", ...headers },
    { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) },
  );
const update = (act: unknown, id = "act-0001") => post("/chat/update", { id, act });
const delivery = (nonce: string, rest: Partial<Delivery> = {}): Delivery => ({
  address: `web:${ANNE}`,
  nonce,
  message: { text: "Hoi **Anne**", buttons: [], lane: "reply" },
  ...rest,
});

/** An open page: reads one event after another. */
async function openPage() {
  const response = await ask("/chat/events");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  const next = async (): Promise<{ event: string; data: Record<string, unknown> }> => {
    while (!buffer.includes("\n\n")) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) throw new Error("the stream ended");
      buffer += value;
    }
    const [block = "", ...rest] = buffer.split("\n\n");
    buffer = rest.join("\n\n");
    const [, event = "", data = "{}"] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
    return { event, data: JSON.parse(data) };
  };
  expect(await next()).toEqual({ event: "hello", data: { serverNow: NOW } });
  return { next, close: () => reader?.cancel() };
}

describe("who may talk to the page", () => {
  it.each(["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1", "LOCALHOST"])(
    "calls %s loopback",
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );
  it.each(["0.0.0.0", "::", "192.168.1.4", "rustpunt.example", "127.0.0.1.example", "localhost.example", ""])(
    "does not call %j loopback",
    (host) => expect(isLoopback(host)).toBe(false),
  );

  it("refuses a name that merely points at this machine", async () => {
    for (const path of ["/", "/chat/events", "/chat/page/page.js"]) {
      expect((await ask(path, { host: "evil.example:8080" })).status).toBe(403);
      expect((await ask(path, { host: "127.0.0.1.evil.example" })).status).toBe(403);
    }
    expect((await ask("/", { host: "localhost:8080" })).status).toBe(200);
    expect((await ask("/", { host: "[::1]:8080" })).status).toBe(200);
  });

  it("refuses what another site's page asks", async () => {
    expect((await post("/chat/session", {}, { origin: "https://evil.example" })).status).toBe(403);
    expect((await post("/chat/session", {}, { origin: "null" })).status).toBe(403);
    // Another program on this machine has another port, and is another origin.
    expect((await post("/chat/session", {}, { origin: "http://127.0.0.1:3000" })).status).toBe(403);
    expect((await ask("/chat/events", { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await ask("/chat/pictures/f00d.png", { "sec-fetch-site": "same-site" })).status).toBe(403);
    expect((await post("/chat/session", {}, { "sec-fetch-site": "same-origin" })).status).toBe(200);
  });

  it("lets somebody follow a link to the page", async () => {
    expect((await ask("/", { "sec-fetch-site": "cross-site" })).status).toBe(200);
  });

  it("refuses a form: only JSON is read", async () => {
    const body = JSON.stringify({ id: "act-0001", act: { kind: "text", text: "hoi" } });
    const form = await post("/chat/update", body, { "content-type": "text/plain" });
    expect(form.status).toBe(400);
    expect(updates).toEqual([]);
  });
});

describe("who somebody is", () => {
  it("gives a new browser a name that scripts and other sites cannot see", async () => {
    const response = await post("/chat/session", {}, { cookie: "" });
    expect(await response.json()).toEqual({ fresh: true, serverNow: NOW });
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toContain(`rustpunt=${ANNE}`);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
  });

  it("knows a browser that was here before", async () => {
    const response = await post("/chat/session", {}, { cookie: "rustpunt=another-browser-2" });
    expect(await response.json()).toEqual({ fresh: false, serverNow: NOW });
    expect(response.headers.get("set-cookie")).toContain("another-browser-2");
  });

  it("gives a new name for one that nobody gave", async () => {
    const response = await post("/chat/session", {}, { cookie: "rustpunt=x;y" });
    expect(await response.json()).toMatchObject({ fresh: true });
  });

  it("hears nothing from a browser without a name", async () => {
    const headers = { cookie: "" };
    expect(
      (await post("/chat/update", { id: "act-0001", act: { kind: "text", text: "hoi" } }, headers)).status,
    ).toBe(401);
    expect((await post("/chat/ack", { id: "n1" }, headers)).status).toBe(401);
    expect((await ask("/chat/events", headers)).status).toBe(401);
    expect(updates).toEqual([]);
  });
});

describe("what a person does", () => {
  it.each([
    { kind: "text", text: "hoi 👋" },
    { kind: "text", text: "" },
    { kind: "tap", token: "hoofd:klaar:3" },
    { kind: "command", name: "massage", rest: "kort" },
  ])("is handed in at the door: $kind", async (act) => {
    expect((await update(act)).status).toBe(200);
    expect(updates).toEqual([
      { kind: "update", address: `web:${ANNE}`, id: `${ANNE}.act-0001`, act, place: "private" },
    ]);
  });

  it("is confirmed only once it is stored", async () => {
    let stored = () => {};
    receive = () => new Promise((resolve) => (stored = resolve));
    let answered = false;
    const asked = update({ kind: "text", text: "hoi" }).then((response) => {
      answered = true;
      return response;
    });
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    stored();
    expect((await asked).status).toBe(200);
  });

  it("is not confirmed when it could not be stored", async () => {
    receive = async () => {
      throw new Error("the database is away");
    };
    expect((await update({ kind: "text", text: "hoi" })).status).toBe(500);
  });

  it.each([
    ["no JSON", "{"],
    ["no act", { id: "act-0001" }],
    ["an act of another kind", { id: "act-0001", act: { kind: "dance" } }],
    ["a token that no platform carries", { id: "act-0001", act: { kind: "tap", token: "x".repeat(65) } }],
    ["a token that is not ASCII", { id: "act-0001", act: { kind: "tap", token: "één" } }],
    ["a text without end", { id: "act-0001", act: { kind: "text", text: "a".repeat(8_001) } }],
    ["an id that is none", { id: "../..", act: { kind: "text", text: "hoi" } }],
    ["more than was asked", { id: "act-0001", act: { kind: "text", text: "hoi" }, address: "web:other" }],
  ])("is refused when it is %s", async (_, body) => {
    expect((await post("/chat/update", body)).status).toBe(400);
    expect(updates).toEqual([]);
  });

  it("is refused unread when it is larger than any page sends", async () => {
    const body = JSON.stringify({ id: "act-0001", act: { kind: "text", text: "x".repeat(70_000) } });
    const response = await post("/chat/update", body, { "content-length": String(body.length) });
    expect(response.status).toBe(413);
  });

  it("waits while the channel is stopped, and says so", async () => {
    await web.stop();
    expect((await update({ kind: "text", text: "hoi" })).status).toBe(503);
    expect(updates).toEqual([]);
  });
});

describe("what is said to a person", () => {
  it("leaves once the page acknowledged it", async () => {
    const page = await openPage();
    const sent = web.send(
      delivery("n1", {
        message: {
          text: "Hoi **Anne** <b>",
          buttons: [{ label: "Klaar", token: "k" }],
          lane: "reply",
          countdown: { until: NOW + 60_000, text: "Nog 1 minuut" },
        },
        picture,
        retire: "n0",
      }),
    );
    const { event, data } = await page.next();
    expect(event).toBe("message");
    expect(data).toEqual({
      id: "n1",
      serverNow: NOW,
      html: "<p>Hoi <strong>Anne</strong> &lt;b&gt;</p>",
      buttons: [{ label: "Klaar", token: "k" }],
      countdown: { until: NOW + 60_000, text: "Nog 1 minuut" },
      retire: "n0",
      picture: { src: "/chat/pictures/f00d.png", alt: "Handen op het voorhoofd", width: 600, height: 400 },
    });
    await post("/chat/ack", { id: "n1" });
    expect(await sent).toEqual({ buttons: "n1" });
  });

  it("waits when no page is open, and the next page that opens wakes it", async () => {
    await expect(web.send(delivery("n1"))).rejects.toBeInstanceOf(Later);
    expect(awake).toEqual([]);
    await openPage();
    expect(awake).toEqual([`web:${ANNE}`]);
  });

  it("waits when the page is closed before it answered", async () => {
    const page = await openPage();
    const sent = web.send(delivery("n1"));
    sent.catch(() => {});
    await page.next();
    await page.close();
    await expect(sent).rejects.toBeInstanceOf(Later);
  });

  it("waits when the page sleeps", async () => {
    const sleepy = createWeb({
      pictures: [],
      texts,
      commands: [],
      newId: () => ANNE,
      now: () => NOW,
      ackWithin: 1,
    });
    app = new Hono();
    sleepy.routes(app);
    await sleepy.start({ receive, awake: () => {}, unreachable: async () => {} });
    await openPage();
    await expect(sleepy.send(delivery("n1"))).rejects.toBeInstanceOf(Later);
    await sleepy.stop();
  });

  it("comes to every tab, and one acknowledgement is enough", async () => {
    const tabs = [await openPage(), await openPage()];
    const sent = web.send(delivery("n1"));
    for (const tab of tabs) expect((await tab.next()).data.id).toBe("n1");
    await post("/chat/ack", { id: "n1" });
    await post("/chat/ack", { id: "n1" });
    expect(await sent).toEqual({});
  });

  it("comes again to a page that is reloaded before it answered", async () => {
    await openPage();
    const sent = web.send(delivery("n1"));
    const reloaded = await openPage();
    expect((await reloaded.next()).data.id).toBe("n1");
    await post("/chat/ack", { id: "n1" });
    await sent;
  });

  it("never comes to another browser", async () => {
    await openPage();
    await expect(web.send({ ...delivery("n1"), address: "web:another-browser-2" })).rejects.toBeInstanceOf(
      Later,
    );
    const sent = web.send(delivery("n2"));
    await post("/chat/ack", { id: "n2" }, { cookie: "rustpunt=another-browser-2" });
    await post("/chat/ack", { id: "n2" });
    await sent;
  });

  it("waits when the channel stops, and the stream ends", async () => {
    const page = await openPage();
    const sent = web.send(delivery("n1"));
    sent.catch(() => {});
    await page.next();
    await web.stop();
    await expect(sent).rejects.toBeInstanceOf(Later);
    await expect(page.next()).rejects.toThrow("the stream ended");
  });
});

describe("what the page is made of", () => {
  it("has its words from flows/ and runs nothing from elsewhere", async () => {
    const response = await ask("/");
    const html = await response.text();
    expect(html).toContain(`placeholder="${texts.write_here}"`);
    expect(html).not.toContain("{{");
    expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style=|https?:\/\//);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    for (const [, path = ""] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      expect((await ask(path)).status, path).toBe(200);
    }
  });

  it("says every word that flows/ has for it, and no other", async () => {
    const files = ["page", "bubbles", "composer", "countdown"].map((name) => `/chat/page/${name}.js`);
    const sources = await Promise.all(files.map(async (file) => (await ask(file)).text()));
    const used = sources.flatMap((source) => [...source.matchAll(/texts\.(\w+)/g)].map(([, key]) => key));
    const html = readFileSync(new URL("../../src/channels/web/page/index.html", import.meta.url), "utf8");
    const filled = [...html.matchAll(/\{\{(\w+)\}\}/g)]
      .map(([, key]) => key)
      .filter((key) => key !== "setup");
    expect([...new Set([...used, ...filled])].sort()).toEqual(Object.keys(texts).sort());
  });

  it("has scripts that hold their own types", () => {
    const page = fileURLToPath(new URL("../../src/channels/web/page", import.meta.url));
    const tsc = fileURLToPath(new URL("../../node_modules/.bin/tsc", import.meta.url));
    expect(spawnSync(tsc, ["-p", page], { encoding: "utf8" }).stdout).toBe("");
  });

  it("serves a picture that moves, and how it looks when it stands still", async () => {
    const moving: Picture = { ...picture, gif: async () => TINY_GIF, hash: "cafe" };
    const page = await openPage();
    const sent = web.send({ ...delivery("n1"), picture: moving });
    const { src, still } = (await page.next()).data.picture as { src: string; still: string };
    await post("/chat/ack", { id: "n1" });
    await sent;
    const response = await ask(src);
    expect(response.headers.get("content-type")).toBe("image/gif");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(TINY_GIF);
    expect((await ask(still)).headers.get("content-type")).toBe("image/png");
    for (const none of ["/chat/pictures/f00d.gif", "/chat/pictures/cafe.svg", "/chat/pictures/cafe"])
      expect((await ask(none)).status).toBe(404);
  });

  it("serves a picture once and for all", async () => {
    const response = await ask("/chat/pictures/f00d.png");
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(picture.png);
    expect((await ask("/chat/pictures/beef.png")).status).toBe(404);
  });

  it("sends a file again only when it changed", async () => {
    const etag = (await ask("/chat/page/page.js")).headers.get("etag") ?? "";
    expect((await ask("/chat/page/page.js", { "if-none-match": etag })).status).toBe(304);
    expect((await ask("/chat/page/..%2froutes.ts")).status).toBe(404);
  });
});
