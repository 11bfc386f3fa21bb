/** The HTTP half of a fake Discord: reads a request, asks the routes, and keeps what was asked. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Refusal, refusal } from "./fake-discord-limits.ts";
import { type Answer, type Request, routes } from "./fake-discord-routes.ts";
import type { World } from "./fake-discord-world.ts";

async function read(
  incoming: IncomingMessage,
): Promise<{ body: Record<string, unknown>; files: Request["files"] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = incoming.headers["content-type"] ?? "";
  if (bytes.length === 0) return { body: {}, files: [] };
  if (!type.startsWith("multipart/")) return { body: JSON.parse(String(bytes)), files: [] };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const files: Request["files"] = [];
  for (const [, part] of form) {
    if (typeof part !== "string")
      files.push({ name: part.name, bytes: new Uint8Array(await part.arrayBuffer()) });
  }
  return { body: JSON.parse(String(form.get("payload_json") ?? "{}")), files };
}

/** Answers requests under `/api/v10` from the world. */
export function createRest(world: World): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const table = routes(world);
  const answer = (
    incoming: IncomingMessage,
    path: string,
    request: Omit<Request, "params">,
  ): Answer | Refusal => {
    for (const [method, pattern, handle, open] of table) {
      const match = method === incoming.method ? pattern.exec(path) : null;
      if (match === null) continue;
      if (!open && incoming.headers.authorization !== `Bot ${world.token}`) {
        return refusal(401, 0, "401: Unauthorized");
      }
      return handle({ ...request, params: match.slice(1) });
    }
    return refusal(404, 0, "404: Not Found");
  };
  return async (incoming, outgoing) => {
    const { pathname, searchParams: query } = new URL(incoming.url ?? "/", "http://fake");
    const path = pathname.replace(/^\/api\/v10/, "");
    const request = { ...(await read(incoming)), query };
    world.calls.push({ method: incoming.method ?? "", path, body: request.body });
    const mood = world.moods.find((one) => one.times > 0 && one.path.test(path));
    if (mood) mood.times--;
    const { status, body } = mood?.answer ?? answer(incoming, path, request);
    const headers = {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...mood?.headers,
    };
    if (mood && !mood.answer) outgoing.destroy();
    else outgoing.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
    world.changed();
  };
}
