import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTyping } from "../../src/channels/telegram-typing.ts";

describe("the notice that the bot is typing", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("stays while an answer takes long, and ends with it", async () => {
    const shown: number[] = [];
    const typing = createTyping(async (chat) => void shown.push(chat));
    typing.begin(1);
    typing.begin(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shown).toEqual([1, 1]);
    await typing.end(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown).toEqual([1, 1]);
  });

  it("ends by itself where no answer comes", async () => {
    const shown: number[] = [];
    const typing = createTyping(async (chat) => void shown.push(chat));
    typing.begin(1);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(shown).toHaveLength(4);
  });

  it("never arrives after the answer, and never holds it up for long", async () => {
    const typing = createTyping(() => new Promise(() => {}));
    typing.begin(1);
    let left = false;
    const end = typing.end(1).then(() => {
      left = true;
    });
    await vi.advanceTimersByTimeAsync(400);
    expect(left).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    await end;
    expect(left).toBe(true);
  });
});
