/** Telegram for the contract: the real grammY client on the fake Bot API. */
import { createTelegram } from "../../../src/channels/telegram.ts";
import { type FakeTelegram, startFakeTelegram } from "../../support/fake-telegram.ts";
import { createCrowd, type Platform, type Who } from "./platform.ts";

const IDS: Record<Who, number> = { anne: 1001, bart: 1002 };

export async function onTelegram(): Promise<Platform> {
  const fake: FakeTelegram = await startFakeTelegram();
  const crowd = createCrowd();
  const uploads = new Map<string, string>();
  const channel = createTelegram({
    token: fake.token,
    apiRoot: fake.root,
    log: crowd.log,
    uploads: { get: (key) => uploads.get(key), set: (key, id) => void uploads.set(key, id) },
    commands: [{ name: "vraag", description: "Stel een vraag" }],
    retryMs: 1,
    pollSeconds: 1,
  });
  await channel.start(crowd.door);
  // On Telegram a person speaks first; before that nothing can be said to them.
  for (const who of ["anne", "bart"] as const) fake.say(IDS[who], "/start");
  await crowd.arrived(2);
  crowd.updates.length = 0;
  const fails = (code: number, description: string, parameters?: Record<string, number>) => () =>
    fake.fail("sendMessage", { code, description, ...(parameters ? { parameters } : {}) });

  return {
    channel,
    crowd,
    address: (who) => `telegram:${IDS[who]}`,
    does(who, act) {
      const chat = IDS[who];
      if (act.kind === "tap") return void fake.tap(chat, act.token);
      const text = act.kind === "text" ? act.text : `/${act.name} ${act.rest}`.trim();
      fake.say(chat, text);
    },
    waves: (who) => void fake.say(IDS[who], "", { text: undefined, sticker: { file_id: "s1", emoji: "👋" } }),
    babbles() {
      fake.push({ message: { message_id: "x", chat: null } });
      fake.push({ something_new: { id: 1 } });
      fake.push({ callback_query: { id: "q", from: { id: IDS.anne }, data: "t1" } });
      fake.say(IDS.anne, "van een bot", { from: { id: 5, is_bot: true, first_name: "Bot" } });
      fake.say(IDS.anne, "", { text: undefined, pinned_message: { message_id: 1 } });
    },
    sees: (who) =>
      fake.seen(IDS[who]).map(({ text, keyboard, photo, animation, document }) => ({
        text,
        choices: keyboard.flat().map((button) => ({ label: button.text, token: button.callback_data ?? "" })),
        ...(photo ? { picture: {} } : {}),
        ...(animation ? { picture: { moves: true as const } } : {}),
        ...(document ? { file: document.name } : {}),
      })),
    moods: {
      wait: fails(429, "Too Many Requests: retry after 30", { retry_after: 30 }),
      fail: fails(502, "Bad Gateway"),
      refuse: () =>
        fake.fail("sendMessage", { code: 400, description: "Bad Request: message is odd", times: 2 }),
      gone: fails(403, "Forbidden: bot was blocked by the user"),
    },
    showsAlt: false,
    async close() {
      await channel.stop();
      await fake.close();
    },
  };
}
