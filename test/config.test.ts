import { describe, expect, it } from "vitest";
import { ConfigFault, readConfig } from "../src/config.ts";

const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigFault) return error.message;
  }
  return "";
};
const TOKEN = "123456:abcdefghijklmnopqrstuvwxyz";

describe("an operator who sets", () => {
  it("nothing gets the web chat on loopback, with the embedded database", () => {
    const config = readConfig({});
    expect(config).toMatchObject({ webChat: true, host: "127.0.0.1", port: 8080, dataDir: "data/" });
    expect(config.telegram ?? config.discord ?? config.databaseUrl).toBeUndefined();
  });

  it("a token gets that channel and no web chat", () => {
    expect(readConfig({ TELEGRAM_TOKEN: TOKEN })).toMatchObject({
      webChat: false,
      telegram: { token: TOKEN },
    });
  });

  it("empty values, as in a copied .env.example, gets the same as without them", () => {
    expect(readConfig({ TELEGRAM_TOKEN: "", DATABASE_URL: "", WEB_CHAT: "" }).webChat).toBe(true);
  });

  it("several wrong values hears of all of them at once, and never sees a token", () => {
    const faults = faultsOf({
      TELEGRAM_TOKEN: "geheim",
      PORT: "veel",
      DATABASE_URL: "mysql://x",
      LOG_LEVEL: "hard",
    });
    for (const name of ["TELEGRAM_TOKEN", "PORT", "DATABASE_URL", "LOG_LEVEL"])
      expect(faults).toContain(name);
    expect(faults).not.toContain("geheim");
  });

  it("a webhook without a secret is stopped: anybody could speak for Telegram", () => {
    const env = { TELEGRAM_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: "https://bot.example/hook" };
    expect(faultsOf(env)).toContain("TELEGRAM_WEBHOOK_SECRET");
    expect(readConfig({ ...env, TELEGRAM_WEBHOOK_SECRET: "x".repeat(32) }).telegram?.webhook?.url).toContain(
      "hook",
    );
  });

  it("the web chat on a public address is stopped: it has no login", () => {
    expect(faultsOf({ HOST: "0.0.0.0" })).toContain("WEB_CHAT");
    expect(faultsOf({ HOST: "0.0.0.0", TELEGRAM_TOKEN: TOKEN })).toBe("");
  });

  it("the web chat off without a token is told that nobody could reach the bot", () => {
    expect(faultsOf({ WEB_CHAT: "off" })).toContain("no token");
  });
});
