import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formsOf } from "../../src/channels/discord-form.ts";
import { type Posted, refuseMessage } from "../support/fake-discord-limits.ts";
import { anyText } from "../support/rendered.ts";
import { PICTURE } from "./contract/platform.ts";

const messages = fc.record({
  text: fc.tuple(anyText, fc.nat(40)).map(([text, times]) => text.repeat(times + 1)),
  labels: fc.array(fc.oneof(anyText, fc.constantFrom("Klaar", "", "Een heel lange keuze. ".repeat(6))), {
    maxLength: 60,
  }),
  pictured: fc.boolean(),
  counted: fc.boolean(),
});

describe("whatever is said on Discord", () => {
  it("Discord takes it, and no part of it is empty", async () => {
    await fc.assert(
      fc.asyncProperty(messages, async ({ text, labels, pictured, counted }) => {
        const forms = await formsOf(
          {
            address: "discord:80351110224678912",
            nonce: "0123456789012345678901234",
            message: {
              text,
              buttons: labels.map((label, i) => ({ label, token: `t${i}` })),
              lane: "reply",
              ...(pictured ? { picture: "nek" } : {}),
              ...(counted ? { countdown: { until: 1_795_300_000_000, text: "Nog even." } } : {}),
            },
            ...(pictured ? { picture: { ...PICTURE, alt: text } } : {}),
          },
          "Kies",
        );
        for (const { body, files } of forms)
          expect(refuseMessage(body as Posted, files.length, true)).toBeUndefined();
        const nonces = forms.map(({ body }) => body.nonce);
        expect(new Set(nonces).size).toBe(nonces.length);
      }),
      { numRuns: 300 },
    );
  });
});
