/**
 * What the chat page asks of the server, over plain HTTP.
 *
 * The cookie is given by a request that the page makes, not with the page: a strict cookie stays at home
 * when somebody follows a link to the page, and a new one would start their conversation afresh.
 */
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { Act } from "../../dialogue/input.ts";
import type { Picture } from "../channel.ts";
import { onlyLoopback, onlyOwnPage } from "./loopback.ts";
import { PAGE_HEADERS } from "./page.ts";

/** The longest text (UTF-16 units) that is taken; the page's input stops there by itself. */
export const TEXT_MAX = 8_000;
const BODY_MAX = 64 * 1024;
const COOKIE = "rustpunt";
/** 400 days: the longest that browsers keep a cookie. */
const COOKIE_AGE = 400 * 24 * 60 * 60;

const chatId = z.string().regex(/^[\w-]{16,64}$/);
const actId = z.string().regex(/^[\w-]{8,64}$/);
const text = z.string().max(TEXT_MAX);
const Said = z.strictObject({
  id: actId,
  act: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("text"), text }),
    z.strictObject({ kind: z.literal("tap"), token: z.string().regex(/^[\x21-\x7e]{1,64}$/) }),
    z.strictObject({ kind: z.literal("command"), name: z.string().min(1).max(64), rest: text }),
  ]),
});
const Heard = z.strictObject({ id: z.string().min(1).max(64) });

/** What the routes need of the channel; `chat` is the browser's id. */
export interface Room {
  readonly newId: () => string;
  readonly now: () => number;
  picture(hash: string): Picture | undefined;
  isOpen(): boolean;
  /** Resolves once the update is stored. */
  receive(chat: string, id: string, act: Act): Promise<void>;
  events(chat: string): Response;
  acknowledge(chat: string, nonce: string): void;
}

export function addRoutes(app: Hono, room: Room): void {
  app.use("/", onlyLoopback);
  app.use(
    "/chat/*",
    onlyLoopback,
    onlyOwnPage,
    bodyLimit({ maxSize: BODY_MAX, onError: (c) => c.text("Too large\n", 413) }),
  );
  app.use("/chat/:ask{session|events|update|ack}", async (c, next) => {
    if (!room.isOpen()) return c.text("Not now\n", 503);
    return next();
  });

  app.post("/chat/session", (c) => {
    const known = chatOf(c);
    setCookie(c, COOKIE, known ?? chatId.parse(room.newId()), {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      maxAge: COOKIE_AGE,
    });
    return c.json({ fresh: known === undefined, serverNow: room.now() });
  });

  app.get("/chat/events", (c) => {
    const chat = chatOf(c);
    return chat === undefined ? c.text("No session\n", 401) : room.events(chat);
  });

  app.post("/chat/update", async (c) => {
    const chat = chatOf(c);
    if (chat === undefined) return c.text("No session\n", 401);
    const said = Said.safeParse(await jsonOf(c));
    if (!said.success) return c.text("Not an update\n", 400);
    await room.receive(chat, said.data.id, said.data.act);
    return c.json({});
  });

  app.post("/chat/ack", async (c) => {
    const chat = chatOf(c);
    if (chat === undefined) return c.text("No session\n", 401);
    const heard = Heard.safeParse(await jsonOf(c));
    if (!heard.success) return c.text("Not an acknowledgement\n", 400);
    room.acknowledge(chat, heard.data.id);
    return c.json({});
  });

  app.get("/chat/pictures/:file", async (c) => {
    const [hash = "", kind] = c.req.param("file").split(".");
    const picture = room.picture(hash);
    const bytes = kind === "png" ? picture?.png : kind === "gif" ? await picture?.gif?.() : undefined;
    if (!bytes) return c.text("No such picture\n", 404);
    return c.body(new Uint8Array(bytes), 200, {
      ...PAGE_HEADERS,
      "content-type": `image/${kind}`,
      "cache-control": "private, max-age=31536000, immutable",
    });
  });
}

const chatOf = (c: Context): string | undefined => chatId.safeParse(getCookie(c, COOKIE)).data;

/** The body if it is JSON by name and by form: a form of another site can post neither without being asked. */
async function jsonOf(c: Context): Promise<unknown> {
  if (!c.req.header("content-type")?.startsWith("application/json")) return undefined;
  return c.req.json().catch(() => undefined);
}
