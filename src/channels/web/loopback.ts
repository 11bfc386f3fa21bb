/**
 * Who may talk to the chat page: a browser on this machine that has our own page open, and nobody else.
 *
 * A site anywhere can point a name of its own at 127.0.0.1 (DNS rebinding) or post to it blindly (CSRF).
 * The first is refused by the Host header, the second by Origin and Sec-Fetch-Site, which no page can forge.
 */
import type { MiddlewareHandler } from "hono";

const NAMES = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

/** Whether a host (as in HOST or a URL) can be reached from this machine alone. */
export const isLoopback = (host: string): boolean =>
  NAMES.has(host.toLowerCase()) || /^127(\.\d{1,3}){3}$/.test(host);

/** Refuses a request that did not ask for this machine by a loopback name. */
export const onlyLoopback: MiddlewareHandler = async (c, next) => {
  const host = /^(.*?)(:\d+)?$/.exec(c.req.header("host") ?? "")?.[1] ?? "";
  if (!isLoopback(host)) return c.text("This page answers on 127.0.0.1 only\n", 403);
  return next();
};

/** Refuses a request that another site's page made. A person opening an address themselves is not one. */
export const onlyOwnPage: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  const foreign = origin !== undefined && origin !== `http://${c.req.header("host")}`;
  if (foreign || (site !== undefined && site !== "same-origin" && site !== "none")) {
    return c.text("Only the chat page itself may ask this\n", 403);
  }
  return next();
};
