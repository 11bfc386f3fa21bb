import { createServer as createTcp } from "node:net";
import pino from "pino";
import { Counter, Registry } from "prom-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createApp, createServer, type HttpServer, type ServerOptions } from "../src/server.ts";

const log = pino({ level: "silent" });
const well: Omit<ServerOptions, "host" | "port"> = {
  log,
  health: async () => ({ ok: true, database: "ok" }),
  metrics: new Registry(),
};

describe("what an operator asks", () => {
  it("answers 200 and what it found while all is well", async () => {
    const response = await createApp(well).request("/health");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true, database: "ok" });
  });

  it("answers 503 when a part is not well, and when the check itself breaks", async () => {
    const ill = createApp({ ...well, health: async () => ({ ok: false, database: "gone" }) });
    expect((await ill.request("/health")).status).toBe(503);
    const broken = createApp({
      ...well,
      health: async () => {
        throw new RangeError("secret detail");
      },
    });
    const response = await broken.request("/health");
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("secret detail");
  });

  it("answers 503 when the check hangs", async () => {
    vi.useFakeTimers();
    try {
      const asked = createApp({ ...well, health: () => new Promise(() => {}) }).request("/health");
      await vi.advanceTimersByTimeAsync(5_000);
      expect((await asked).status).toBe(503);
    } finally {
      vi.useRealTimers();
    }
  });

  it("gives the figures in the form that Prometheus reads", async () => {
    const metrics = new Registry();
    new Counter({ name: "turns_total", help: "Turns", registers: [metrics] }).inc(3);
    const response = await createApp({ ...well, metrics }).request("/metrics");
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(await response.text()).toContain("turns_total 3");
  });
});

describe("what a platform delivers", () => {
  const webhook = {
    path: "/hooks/telegram",
    handle: async (request: Request) => new Response(`got ${(await request.text()).length}`),
  };

  it("hands an update to its owner", async () => {
    const response = await createApp({ ...well, webhook }).request("/hooks/telegram", {
      method: "POST",
      body: "12345",
    });
    expect(await response.text()).toBe("got 5");
  });

  it("refuses a body that is too large, whether it says so or not", async () => {
    const app = createApp({ ...well, webhook });
    const body = "x".repeat(1024 * 1024 + 1);
    const honest = { method: "POST", body, headers: { "content-length": String(body.length) } };
    expect((await app.request("/hooks/telegram", honest)).status).toBe(413);
    expect((await app.request("/hooks/telegram", { method: "POST", body })).status).toBe(413);
  });

  it("answers 500 without a word of what went wrong, and logs it", async () => {
    const lines: string[] = [];
    const app = createApp({
      ...well,
      log: pino({ level: "error" }, { write: (line: string) => lines.push(line) }),
      webhook: {
        path: "/hooks/t0ken",
        handle: async () => {
          throw new Error("the database is away");
        },
      },
    });
    const response = await app.request("/hooks/t0ken", { method: "POST", body: "ik heb hoofdpijn" });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("database");
    expect(lines.join("")).toContain("the database is away");
    expect(lines.join("").split('"stack"')[0]).not.toMatch(/hoofdpijn|t0ken/);
  });
});

describe("start and stop", () => {
  const running: HttpServer[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });
  const open = (options: Partial<ServerOptions> = {}): HttpServer => {
    const server = createServer({ ...well, host: "127.0.0.1", port: 0, ...options });
    running.push(server);
    return server;
  };

  it("says where it listens", async () => {
    const { url, port } = await open().start();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it("says in one sentence what to do when the port is taken", async () => {
    const taken = createTcp().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as { port: number };
    await expect(open({ port }).start()).rejects.toThrow(
      `Cannot listen on 127.0.0.1:${port}: another program uses port ${port}. Stop it, or set PORT to a free port.`,
    );
    taken.close();
  });

  it("says what to do when the host is not of this machine", async () => {
    await expect(open({ host: "203.0.113.7" }).start()).rejects.toThrow(/Set HOST/);
  });

  it("stops although somebody still listens to an endless answer", async () => {
    const endless = () => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array([46])) }));
    const server = open({ routes: [(app) => void app.get("/endless", endless)] });
    const { url } = await server.start();
    const response = await fetch(`${url}/endless`);
    const reader = response.body?.getReader();
    await reader?.read();
    const cut = reader?.read().catch(() => "cut");
    await server.stop();
    expect(await cut).toBe("cut");
  });

  it("can be stopped before it started", async () => {
    await open().stop();
  });
});
