/** The chat page for the contract: its routes, with a page per person that does what the real one does. */
import { Hono } from "hono";
import { createWeb } from "../../../src/channels/web.ts";
import { texts } from "../../support/web-talk.ts";
import { createCrowd, PICTURE, type Platform, type Seen, type Who } from "./platform.ts";

const HOST = "127.0.0.1:8080";
const IDS: Record<Who, string> = { anne: "browser-of-anne-01", bart: "browser-of-bart-01" };

interface Event {
  readonly id: string;
  readonly html: string;
  readonly buttons: { label: string; token: string }[];
  readonly countdown?: { until: number; text: string };
  readonly retire?: string;
  readonly picture?: { src: string; alt: string };
  readonly file?: { name: string };
}

export async function onWeb(): Promise<Platform> {
  const crowd = createCrowd();
  const app = new Hono();
  app.onError((_, c) => c.text("", 500));
  const channel = createWeb({
    pictures: [PICTURE],
    texts,
    commands: [{ name: "vraag", description: "Stel een vraag" }],
    newId: () => IDS.anne,
    now: () => Date.parse("2026-11-20T21:00:00+01:00"),
  });
  channel.routes(app);
  await channel.start(crowd.door);
  const ask = (who: Who, path: string, body?: unknown) => {
    const post = { method: "POST", body: JSON.stringify(body) };
    const headers = {
      host: HOST,
      origin: `http://${HOST}`,
      cookie: `rustpunt=${IDS[who]}`,
      "content-type": "application/json",
    };
    return app.request(`http://${HOST}${path}`, { headers, ...(body === undefined ? {} : post) });
  };

  let acts = 0;
  let last: (() => void) | undefined;
  const lines = new Map<Who, Promise<void>>();
  /** The page sends one act after another, and each again until it is stored or refused for good. */
  const post = (who: Who, body: unknown): void => {
    const send = async (): Promise<void> => {
      const { status } = await ask(who, "/chat/update", body);
      if (status >= 500) return send();
    };
    lines.set(who, (lines.get(who) ?? Promise.resolve()).then(send));
  };
  const pages = { anne: await openPage(ask, "anne"), bart: await openPage(ask, "bart") };

  return {
    channel,
    crowd,
    address: (who) => `web:${IDS[who]}`,
    does(who, act) {
      const body = { id: `act-${String(++acts).padStart(6, "0")}`, act };
      last = () => post(who, body);
      last();
    },
    repeats: () => last?.(),
    babbles() {
      for (const odd of [
        null,
        "text",
        [],
        { id: "x" },
        { id: "act-odd-01", act: { kind: "something new" } },
      ]) {
        post("anne", odd);
      }
    },
    sees: (who) => pages[who].seen,
    // A page that is closed asks nothing: what is said to it waits until it is opened.
    moods: { wait: () => pages.anne.close() },
    showsAlt: true,
    async close() {
      await channel.stop();
      await Promise.all([pages.anne.close(), pages.bart.close()]);
    },
  };
}

/** An open page: keeps what it hears, and acknowledges it. */
async function openPage(
  ask: (who: Who, path: string, body?: unknown) => Response | Promise<Response>,
  who: Who,
) {
  const seen: (Seen & { id: string })[] = [];
  const response = await ask(who, "/chat/events");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const hear = async (event: Event): Promise<void> => {
    const { id, html, buttons, countdown, picture, file, retire } = event;
    for (const [index, one] of seen.entries()) if (one.id === retire) seen[index] = { ...one, choices: [] };
    seen.push({
      id,
      text: wordsOf(html),
      choices: buttons,
      ...(picture && {
        picture: { alt: picture.alt, ...(picture.src.endsWith(".gif") && { moves: true as const }) },
      }),
      ...(file ? { file: file.name } : {}),
      ...(countdown ? { until: countdown.until } : {}),
    });
    await ask(who, "/chat/ack", { id });
  };
  const listen = async (): Promise<void> => {
    let buffer = "";
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) return;
      buffer += value;
      const blocks = buffer.split("\n\n");
      buffer = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^event: message\ndata: (.*)$/.exec(block)?.[1];
        if (data !== undefined) await hear(JSON.parse(data));
      }
    }
  };
  const listening = listen();
  return {
    seen,
    async close() {
      await reader?.cancel().catch(() => {});
      await listening;
    },
  };
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** The words of the page's small HTML, as a person reads them. */
const wordsOf = (html: string): string =>
  html
    .replace(/<\/p>|<br>/g, "\n\n")
    .replace(/<\/li>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ENTITIES[name] ?? "")
    .trim();
