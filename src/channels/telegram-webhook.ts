/**
 * The webhook's border: who may knock, how much may be said, and what Telegram hears back.
 *
 * Telegram repeats an update until it gets a 2xx, so 200 means "stored, or of no use to anybody" and
 * everything else means "again, please".
 */
import { createHash, timingSafeEqual } from "node:crypto";

/** The largest body that is read, in bytes; Telegram's own updates stay far below it. */
export const BODY_MAX = 1_000_000;

/** What the server mounts: a path, and a handler of the web's own Request and Response. */
export interface Webhook {
  readonly path: string;
  handle(request: Request): Promise<Response>;
}

/** `accept` resolves once the update is stored or ignored by rule; it throws where it must come again. */
export function createWebhook(
  { url, secret }: { readonly url: string; readonly secret: string },
  accept: (update: unknown) => Promise<void>,
): Webhook {
  const expected = digest(secret);
  return {
    path: new URL(url).pathname,
    async handle(request) {
      if (request.method !== "POST") return answer(405);
      // Digests are of one length, so the comparison says nothing about the secret, its length neither.
      const given = digest(request.headers.get("x-telegram-bot-api-secret-token") ?? "");
      if (!timingSafeEqual(given, expected)) return answer(401);
      const body = await boundedText(request);
      if (body === undefined) return answer(413);
      let update: unknown;
      try {
        update = JSON.parse(body);
      } catch {
        return answer(400);
      }
      try {
        await accept(update);
        return answer(200);
      } catch {
        return answer(503);
      }
    },
  };
}

const answer = (status: number): Response => new Response(null, { status });
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

async function boundedText(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > BODY_MAX) return undefined;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > BODY_MAX) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
