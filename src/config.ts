/**
 * The environment, read once into a Config. Every fault is named at once, with its remedy; no value of a token
 * or key is ever repeated.
 */
import { z } from "zod";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

const onOff = (fallback: boolean) =>
  z
    .enum(["on", "off"], "write on or off")
    .default(fallback ? "on" : "off")
    .transform((word) => word === "on");

const url = (protocols: readonly string[]) =>
  z.string().refine(
    (text) => {
      try {
        return protocols.includes(new URL(text).protocol);
      } catch {
        return false;
      }
    },
    `write a whole address that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  );

const environment = z.object({
  TELEGRAM_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, "it does not look like a token of @BotFather (figures, a colon, letters)")
    .optional(),
  TELEGRAM_API_ROOT: url(["http:", "https:"]).optional(),
  TELEGRAM_WEBHOOK_URL: url(["http:", "https:"]).optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, "use 16 to 256 letters, figures, _ or -")
    .optional(),
  DISCORD_TOKEN: z.string().min(20, "it is too short for a token of Discord").optional(),
  DISCORD_API_ROOT: url(["http:", "https:"]).optional(),
  DISCORD_HEALTH_DATA: onOff(false),
  DATABASE_URL: url(["postgres:", "postgresql:"]).optional(),
  DATA_DIR: z.string().default("data/"),
  DATA_KEY: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number("write a number").int().min(0).max(65535).default(8080),
  WEB_CHAT: z.enum(["on", "off"], "write on or off").optional(),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], "use a level of pino, like info")
    .default("info"),
});

export interface Config {
  readonly telegram?: {
    readonly token: string;
    readonly apiRoot?: string;
    readonly webhook?: { readonly url: string; readonly secret: string };
  };
  readonly discord?: { readonly token: string; readonly apiRoot?: string };
  /** Health data may be kept for people on Discord. */
  readonly discordHealthData: boolean;
  readonly databaseUrl?: string;
  readonly dataDir: string;
  /** As it was given: `store/key.ts` reads it. */
  readonly dataKey?: string;
  readonly host: string;
  readonly port: number;
  readonly webChat: boolean;
  readonly logLevel: string;
}

/** The environment is not one to start with; the message lists every fault, one a line. */
export class ConfigFault extends Error {
  override name = "ConfigFault";
}

/** Reads the environment; an empty value counts as absent. Throws `ConfigFault`. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigFault(
      parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}.`).join("\n"),
    );
  const e = parsed.data;
  const faults: string[] = [];
  if (e.TELEGRAM_WEBHOOK_URL && !e.TELEGRAM_WEBHOOK_SECRET)
    faults.push("TELEGRAM_WEBHOOK_SECRET: a webhook needs it, or anybody could speak for Telegram.");
  const webChat = e.WEB_CHAT ? e.WEB_CHAT === "on" : !e.TELEGRAM_TOKEN && !e.DISCORD_TOKEN;
  if (webChat && !LOOPBACK.has(e.HOST))
    faults.push(
      "WEB_CHAT: the web chat has no login, so it runs only where HOST is 127.0.0.1, ::1 or localhost.",
    );
  if (!webChat && !e.TELEGRAM_TOKEN && !e.DISCORD_TOKEN)
    faults.push("WEB_CHAT: it is off and there is no token: set TELEGRAM_TOKEN or DISCORD_TOKEN.");
  if (faults.length > 0) throw new ConfigFault(faults.join("\n"));

  const webhook =
    e.TELEGRAM_WEBHOOK_URL && e.TELEGRAM_WEBHOOK_SECRET
      ? { webhook: { url: e.TELEGRAM_WEBHOOK_URL, secret: e.TELEGRAM_WEBHOOK_SECRET } }
      : {};
  return {
    ...(e.TELEGRAM_TOKEN && {
      telegram: {
        token: e.TELEGRAM_TOKEN,
        ...(e.TELEGRAM_API_ROOT && { apiRoot: e.TELEGRAM_API_ROOT }),
        ...webhook,
      },
    }),
    ...(e.DISCORD_TOKEN && {
      discord: { token: e.DISCORD_TOKEN, ...(e.DISCORD_API_ROOT && { apiRoot: e.DISCORD_API_ROOT }) },
    }),
    discordHealthData: e.DISCORD_HEALTH_DATA,
    ...(e.DATABASE_URL && { databaseUrl: e.DATABASE_URL }),
    dataDir: e.DATA_DIR,
    ...(e.DATA_KEY && { dataKey: e.DATA_KEY }),
    host: e.HOST,
    port: e.PORT,
    webChat,
    logLevel: e.LOG_LEVEL,
  };
}
