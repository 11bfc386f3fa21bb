/** Discord for the contract: the real discord.js on the fake Discord. */
import { createDiscord } from "../../../src/channels/discord.ts";
import { COMMANDS, TEXTS } from "../../support/discord-stage.ts";
import { type FakeMessage, fakeDiscord } from "../../support/fake-discord.ts";
import { createCrowd, type Platform, type Seen, type Who } from "./platform.ts";

const IDS: Record<Who, string> = { anne: "80351110224678912", bart: "80351110224678913" };
const MESSAGES = /^\/channels\/\d+\/messages$/;

export async function onDiscord(): Promise<Platform> {
  const discord = await fakeDiscord();
  const { world } = discord;
  const crowd = createCrowd();
  const channel = createDiscord({
    token: world.token,
    apiRoot: discord.root,
    log: crowd.log,
    commands: COMMANDS,
    texts: TEXTS,
    retryMs: 1,
  });
  await channel.start(crowd.door);
  const meets = (status: number, code: number) => () =>
    world.moods.push({ path: MESSAGES, times: 1, answer: { status, body: { code, message: "No" } } });

  return {
    channel,
    crowd,
    address: (who) => `discord:${IDS[who]}`,
    does(who, act) {
      const user = IDS[who];
      if (act.kind === "text") discord.says(user, act.text);
      else if (act.kind === "tap") discord.taps(user, act.token);
      else discord.slash(user, act.name, act.rest ? { vraag: act.rest } : {});
    },
    waves: (who) => {
      discord.says(IDS[who], "", {
        sticker_items: [{ id: "749054660769218631", name: "hoi", format_type: 1 }],
      });
    },
    repeats: discord.repeats,
    babbles() {
      for (const data of [null, "text", [], { id: "x" }, { id: "81384788765712384", type: 2, token: "t" }]) {
        discord.sends("INTERACTION_CREATE", data);
        discord.sends("MESSAGE_CREATE", data);
        discord.sends("SOMETHING_NEW", data);
      }
      discord.says(IDS.anne, "van een bot", { author: { id: IDS.anne, bot: true } });
      discord.says(IDS.anne, "", { type: 6 });
    },
    sees: (who) =>
      discord
        .dm(IDS[who])
        .filter((message) => !message.thinking)
        .map(seen),
    moods: {
      wait: () => discord.limits(MESSAGES, 30),
      // discord.js itself tries once more.
      fail: () =>
        world.moods.push({
          path: MESSAGES,
          times: 2,
          answer: { status: 502, body: { code: 0, message: "" } },
        }),
      refuse: meets(400, 50035),
      gone: meets(403, 50007),
    },
    showsAlt: true,
    async close() {
      await channel.stop();
      await discord.close();
    },
  };
}

function seen({ content, components, files }: FakeMessage): Seen {
  const parts = components.flatMap((row) => row.components);
  const picture = files.find(({ name }) => /\.(?:png|gif)$/.test(name));
  const file = files.find((one) => one !== picture);
  const moment = /<t:(\d+):R>/.exec(content)?.[1];
  return {
    text: readable(content),
    choices: parts.flatMap(
      ({ options, label = "", custom_id = "" }) =>
        options?.map((option) => ({ label: option.label, token: option.value })) ?? [
          { label, token: custom_id },
        ],
    ),
    ...(picture && {
      picture: {
        ...(picture.description !== undefined && { alt: picture.description }),
        ...(picture.name.endsWith(".gif") && { moves: true as const }),
      },
    }),
    ...(file ? { file: file.name } : {}),
    ...(moment ? { until: Number(moment) * 1000 } : {}),
  };
}

/** Discord's Markdown as a person reads it: marks are gone, and what was escaped is itself. */
function readable(content: string): string {
  let text = "";
  for (let i = 0; i < content.length; i += 1) {
    const char = content.charAt(i);
    if (char === "\\") text += content.charAt(++i);
    else if (!"*_~`|".includes(char)) text += char;
  }
  return text;
}
