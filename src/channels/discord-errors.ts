/**
 * What Discord's refusals mean to the house.
 *
 * The errors of discord.js hold the request with its words, and in its address the token of an interaction:
 * none of them may leave this channel. What goes on is a sentence with the status and Discord's own code.
 */
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError, RateLimitError } from "discord.js";
import { Gone, Later, Refused } from "./channel.ts";

/** A wait up to this long is left to discord.js; a longer one goes back to the outbox (ms). */
export const PATIENCE_MS = 2_000;

const UNKNOWN_USER = 10013;
const QUARANTINED = 20026;
const OPENING_TOO_FAST = 40003;
const CLOSED_TO_US = 50007;
const NO_SHARED_SERVER = 50278;
/** What Discord gives no time for (ms). */
const LONG_WAIT_MS = 60_000;

const codeOf = (error: DiscordAPIError): string => `${error.status}, code ${error.code}`;

/** The error to throw out of `send`: `Gone`, `Later`, `Refused`, or one that is tried again. */
export function meaningOf(error: unknown): Error {
  if (error instanceof RateLimitError) {
    const wait = Math.max(error.retryAfter, error.timeToReset, 0);
    return new Later(
      `Discord asks to wait ${Math.ceil(wait)} ms.`,
      wait,
      error.global ? "channel" : "address",
    );
  }
  if (error instanceof DiscordAPIError) {
    switch (error.code) {
      case CLOSED_TO_US:
      case NO_SHARED_SERVER:
      case UNKNOWN_USER:
        return new Gone(`Discord lets no message through to this person (${codeOf(error)}).`);
      case OPENING_TOO_FAST:
        return new Later("Discord finds that private chats are opened too fast.", LONG_WAIT_MS, "channel");
      case QUARANTINED:
        return new Later(
          "Discord has put this bot in quarantine: see the Developer Portal.",
          LONG_WAIT_MS,
          "channel",
        );
    }
    if (error.status === 401) return new Later(TOKEN_REFUSED, LONG_WAIT_MS, "channel");
    if (error.status === 404) return new Error(`Discord does not know this chat (${codeOf(error)}).`);
    return new Refused(`Discord refuses this message (${codeOf(error)}).`);
  }
  if (error instanceof HTTPError) return new Error(`Discord answered ${error.status}.`);
  return new Error(`Discord could not be reached: ${reason(error)}.`);
}

/** What may be said in the log about any error of discord.js. */
export const reason = (error: unknown): string => {
  if (error instanceof DiscordAPIError) return codeOf(error);
  if (error instanceof HTTPError) return String(error.status);
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? `${error.name} ${code}` : error.name;
};

const TOKEN_REFUSED =
  "Discord refuses DISCORD_TOKEN: copy the bot's token anew from the Developer Portal (Bot, Reset Token) and start again.";
const INTENTS_REFUSED =
  "Discord refuses the intents for direct and server messages: check the bot in the Developer Portal and start again.";
const SHARDING_REFUSED =
  "Discord refuses the way this bot divides its servers: start again to ask for the number of shards anew.";

/** The sentence for a gateway that will not open again (close code), or undefined where it will. */
export function finalClose(code: number): string | undefined {
  if (code === 4004) return TOKEN_REFUSED;
  if (code === 4013 || code === 4014) return INTENTS_REFUSED;
  if (code === 4010 || code === 4011) return SHARDING_REFUSED;
  return code === 4012
    ? "Discord no longer speaks the version that this bot uses: update discord.js."
    : undefined;
}

/** The sentence for a login that will not succeed by trying again, or undefined where it may. */
export function finalLogin(error: unknown): string | undefined {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return TOKEN_REFUSED;
  if (error instanceof DiscordAPIError && error.status === 401) return TOKEN_REFUSED;
  // The gateway's reason comes as these words of @discordjs/ws.
  const words = error instanceof Error ? error.message : "";
  if (words === "Authentication failed") return finalClose(4004);
  if (words === "Used disallowed intents" || words === "Used invalid intents") return finalClose(4014);
  if (words === "Sharding is required" || words === "Invalid shard") return finalClose(4011);
  return words === "Used an invalid API version" ? finalClose(4012) : undefined;
}
