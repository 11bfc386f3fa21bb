/**
 * The wiring, and the order of start and stop; the only file that knows everything.
 *
 * What loops at run time (outbox, door, turn, outbox) is made of functions handed over here.
 */
import { randomBytes, randomInt } from "node:crypto";
import { createAssistant } from "./assistant.ts";
import type { Channel, Door } from "./channels/channel.ts";
import { createTelegram, type TelegramChannel } from "./channels/telegram.ts";
import { createWeb, type WebChannel } from "./channels/web.ts";
import { type Config, readConfig } from "./config.ts";
import { contentOf } from "./content.ts";
import type { Script } from "./dialogue/script.ts";
import { discordCommands, listedCommands } from "./listing.ts";
import { createLog, type Logger } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { createOutbox } from "./outbox.ts";
import { createScheduler } from "./scheduler.ts";
import { createServer } from "./server.ts";
import { openDatabase } from "./store/database.ts";
import { loadOrCreateKey, parseKeys } from "./store/key.ts";
import { createSeal } from "./store/seal.ts";
import { createStore } from "./store/store.ts";

/** What a one-time code is made of, four of each: nothing that reads like something else. */
const CODE = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"] as const;

/** How long a stop may take (ms). */
const STOP_WITHIN = 15_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const content = contentOf();
  const { pictures, webTexts } = content;
  const script: Script = {
    ...content.script,
    withoutHealthData: new Set(config.discordHealthData ? [] : ["discord"]),
  };
  const metrics = createMetrics();
  const now = Date.now;

  const keys = config.dataKey === undefined ? loadOrCreateKey(config.dataDir) : parseKeys(config.dataKey);
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  const store = createStore(database, createSeal(keys), {
    conflict: () => metrics.count({ name: "conflicts", labels: {} }),
    expired: (n) => log.warn({ messages: n }, "messages expired before they could be delivered"),
    afresh: () => log.warn({}, "a conversation had a form that is not known any more and began afresh"),
    unreadable: (err) => log.error({ err }, "a message cannot be opened and waits"),
  });
  await store.proveKeys();
  if (database.engine === "pglite") await store.releaseLeases(now());

  let stopping: Promise<void> | undefined;
  const fatal = (error: Error): void => {
    log.fatal({ reason: error.message }, "stopping: a channel can never receive again");
    process.exitCode = 1;
    void stop();
  };

  const assistant = createAssistant({
    script,
    store,
    newCode: () =>
      CODE.flatMap((set) => Array.from({ length: 4 }, () => set[randomInt(set.length)])).join(""),
    now,
    log,
    metrics,
    promised: () => {
      outbox.nudge();
      database.notify("outbox");
    },
    alarmSet: (at) => scheduler.expect(at),
  });
  const channels = new Map<string, Channel>();
  const outbox = createOutbox({
    store,
    channels,
    pictures,
    unreachable: assistant.receive,
    now,
    log,
    metrics,
  });
  /** Figures are added up per day: what is lost with a killed process is a minute of counting. */
  const storeFigures = (): Promise<void> => {
    const day = new Date(now()).toISOString().slice(0, 10);
    const counted = metrics.take();
    return store.addFigures(counted.map((figure) => ({ ...figure, day }))).catch((error) => {
      metrics.putBack(counted);
      throw error;
    });
  };
  const scheduler = createScheduler({
    store,
    receive: assistant.receive,
    eachMinute: storeFigures,
    now,
    steady: () => performance.now(),
    log,
  });
  const door: Door = {
    receive: assistant.receive,
    awake: outbox.awake,
    unreachable: (address) => assistant.receive({ kind: "unreachable", address }),
  };

  const telegram = config.telegram && openTelegram(config.telegram);
  const web = config.webChat ? openWeb() : undefined;
  if (telegram) channels.set(telegram.name, telegram);
  if (web) channels.set(web.name, web);
  const discord = config.discord && (await openDiscord(config.discord));
  if (discord) channels.set(discord.name, discord);

  function openTelegram(telegram: NonNullable<Config["telegram"]>): TelegramChannel {
    return createTelegram({
      ...telegram,
      log,
      uploads: {
        get: (key) => store.uploadOf(...botAndHash(key)),
        set: (key, file) => store.rememberUpload(...botAndHash(key), file),
      },
      commands: listedCommands(script),
      profile: { description: script.bot.about, shortDescription: script.bot.short },
      count: metrics.count,
      onFatal: fatal,
    });
  }

  /** Its library takes a second and 35 MB to load: only who uses it waits for it. */
  async function openDiscord(discord: NonNullable<Config["discord"]>): Promise<Channel> {
    const { createDiscord } = await import("./channels/discord.ts");
    return createDiscord({
      ...discord,
      log,
      commands: discordCommands(script),
      texts: script.bot.discord,
      onFatal: fatal,
    });
  }

  function openWeb(): WebChannel {
    return createWeb({
      pictures: pictures.values(),
      texts: webTexts,
      commands: listedCommands(script),
      newId: () => randomBytes(18).toString("base64url"),
      now,
    });
  }

  const server = createServer({
    host: config.host,
    port: config.port,
    log,
    health: async () => {
      const ok = await store.nextAlarmAt().then(
        () => true,
        () => false,
      );
      return { ok, database: ok ? "reachable" : "away", channels: [...channels.keys()] };
    },
    metrics: metrics.registry,
    ...(telegram?.webhook && { webhook: telegram.webhook }),
    routes: web ? [(app) => web.routes(app)] : [],
  });

  /** What is promised is finished: nothing new comes in, what was taken is stored, what is leaving arrives. */
  function stop(): Promise<void> {
    stopping ??= (async () => {
      log.info({}, "stopping");
      await Promise.allSettled([...channels.values()].map((channel) => channel.stop()));
      await scheduler.stop();
      await outbox.stop();
      await server.stop();
      await database.close();
      log.info({}, "stopped");
    })();
    // What hangs is given up: everything that was promised is stored and goes on at the next start.
    setTimeout(() => process.exit(), STOP_WITHIN).unref();
    return stopping;
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

  try {
    const { url } = await server.start();
    await database.listen((news) => (news === "outbox" ? outbox.nudge() : void scheduler.look()));
    outbox.start();
    scheduler.start();
    for (const channel of channels.values()) await channel.start(door);
    log.info(
      { url, channels: [...channels.keys()], database: database.engine },
      web ? `Rustpunt is ready: open ${url} and say hoi` : "Rustpunt is ready",
    );
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Telegram's sender names an upload by bot and picture: `123456:hash`. */
const botAndHash = (key: string): [bot: string, hash: string] => {
  const at = key.indexOf(":");
  return [key.slice(0, at), key.slice(at + 1)];
};

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  let log: Logger | undefined;
  try {
    log = createLog(readConfig(process.env).logLevel);
  } catch {
    // The environment itself is what is wrong.
  }
  if (log && !message.includes("\n")) log.fatal({}, `Rustpunt cannot start. ${message}`);
  else process.stderr.write(`Rustpunt cannot start.\n${message}\n`);
  process.exit(1);
});
