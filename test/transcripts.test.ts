/** The talks in test/transcripts, which people who do not program can read and add to. */
import { readdirSync } from "node:fs";
import { describe, it } from "vitest";
import { contentOf } from "../src/content.ts";
import { play, readTranscripts } from "./support/transcript.ts";

const { script } = contentOf();
const folder = new URL("transcripts/", import.meta.url).pathname;

describe.each(readdirSync(folder).filter((name) => name.endsWith(".yaml")))("%s", (name) => {
  it.each(readTranscripts(folder + name).map((t) => [t.title, t] as const))("%s", (_, transcript) => {
    play(script, transcript);
  });
});
