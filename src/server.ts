/**
 * The one HTTP server: health and figures for operators, the webhook, and whatever pages a channel brings.
 *
 * It knows none of them: each is handed in. What it does own is what every route needs alike: a bound on
 * what it will read, an answer when something throws, and a start and a stop that do not hang.
 */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import type { Registry } from "prom-client";

/** No update of any platform comes near this many bytes. */
const BODY_MAX = 1024 * 1024;
/** A health check that takes longer than this (ms) is itself the answer. */
const HEALTH_WITHIN = 3_000;
/** How long (ms) requests may still run once the server stops; event streams are cut after it. */
const STOP_WITHIN = 1_000;

/** What a health check found: whether all is well, and a few words on each part. */
export interface Health {
  readonly ok: boolean;
  readonly [part: string]: unknown;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Pick<Logger, "error">;
  readonly health: () => Promise<Health>;
  readonly metrics: Pick<Registry, "metrics" | "contentType">;
  /** Where a platform delivers its updates, if it does so over HTTP. */
  readonly webhook?: { readonly path: string; handle(request: Request): Promise<Response> };
  /** Further routes, each added to the app by its owner. */
  readonly routes?: readonly ((app: Hono) => void)[];
}

export interface HttpServer {
  /** Listens; resolves to where. Throws one sentence with the remedy when the port cannot be had. */
  start(): Promise<{ readonly port: number; readonly url: string }>;
  /** Lets running requests end, within a second, and closes. */
  stop(): Promise<void>;
}

export function createServer(options: ServerOptions): HttpServer {
  const { host, port } = options;
  const server = createAdaptorServer({
    fetch: createApp(options).fetch,
    overrideGlobalObjects: false,
  }) as Server;

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
        server.listen(port, host, () => {
          const bound = (server.address() as AddressInfo).port;
          resolve({ port: bound, url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}` });
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), STOP_WITHIN);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** The routes without a socket under them. */
export function createApp({
  log,
  health,
  metrics,
  webhook,
  routes = [],
}: Omit<ServerOptions, "host" | "port">): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: BODY_MAX, onError: (c) => c.text("Body too large\n", 413) }));
  app.get("/health", async (c) => {
    const found = await checked(health);
    return c.json(found, found.ok ? 200 : 503, { "cache-control": "no-store" });
  });
  app.get("/metrics", async (c) =>
    c.body(await metrics.metrics(), 200, { "content-type": metrics.contentType }),
  );
  if (webhook) app.post(webhook.path, (c) => webhook.handle(c.req.raw));
  for (const add of routes) add(app);
  app.notFound((c) => c.text("Not found\n", 404));
  app.onError((error, c) => {
    // The path stays out of the log: a webhook's may be a secret.
    log.error({ err: error, method: c.req.method }, "a request failed");
    return c.text("Something went wrong here; try again\n", 500);
  });
  return app;
}

async function checked(health: () => Promise<Health>): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, reason: "the health check does not answer" }),
      HEALTH_WITHIN,
    );
  });
  try {
    return await Promise.race([health(), late]);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.name : "unknown" };
  } finally {
    clearTimeout(timer);
  }
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `${host}:${port}`;
  const sentences: Record<string, string> = {
    EADDRINUSE: `Cannot listen on ${where}: another program uses port ${port}. Stop it, or set PORT to a free port.`,
    EACCES: `Cannot listen on ${where}: port ${port} needs rights this user lacks. Set PORT to 1024 or higher.`,
    EADDRNOTAVAIL: `Cannot listen on ${where}: ${host} is no address of this machine. Set HOST to one that is.`,
    ENOTFOUND: `Cannot listen on ${where}: the name ${host} is not known. Set HOST to an address of this machine.`,
  };
  return new Error(
    sentences[error.code ?? ""] ?? `Cannot listen on ${where}: ${error.message}. Check HOST and PORT.`,
    { cause: error },
  );
}
