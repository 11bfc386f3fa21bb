import { describe, expect, it } from "vitest";
import { createInbox } from "../../src/channels/telegram-inbox.ts";

const quiet = { info() {}, warn() {}, error() {} };
const never = (): Promise<void> => new Promise(() => {});
const atOnce = async (): Promise<void> => {};

describe("updates that are not stored yet", () => {
  it("keep Telegram's place at the first of them, and are known when they come again", async () => {
    const inbox = createInbox(quiet, 1);
    expect(inbox.offset()).toBeUndefined();
    let store = (): void => {};
    const slow = new Promise<void>((resolve) => {
      store = resolve;
    });
    expect(inbox.take({ id: 10, chat: 1, work: () => slow })).toBe(true);
    inbox.skip(11);
    inbox.take({ id: 12, chat: 2, work: atOnce });
    await inbox.settled(1);
    expect([inbox.offset(), inbox.waiting()]).toEqual([10, 1]);
    expect(inbox.take({ id: 12, chat: 2, work: atOnce })).toBe(false);
    store();
    await inbox.settled(10_000);
    expect([inbox.offset(), inbox.waiting()]).toEqual([13, 0]);
  });

  it("follow Telegram when it begins to count anew", async () => {
    const inbox = createInbox(quiet, 1);
    inbox.skip(900_000);
    expect(inbox.offset()).toBe(900_001);
    inbox.take({ id: 17, chat: 1, work: atOnce });
    await inbox.settled(10_000);
    expect(inbox.offset()).toBe(18);
  });

  it("do not hide all that follow them where a few hang for ever", async () => {
    const inbox = createInbox(quiet, 1);
    inbox.take({ id: 1, chat: 1, work: never });
    for (let id = 2; id <= 99; id += 1) inbox.take({ id, chat: id, work: atOnce });
    await inbox.settled(5);
    expect(inbox.offset()).toBe(1);
    inbox.take({ id: 100, chat: 100, work: atOnce });
    await inbox.settled(5);
    expect(inbox.offset()).toBe(101);
  });

  it("are never confirmed while nothing can be stored at all", async () => {
    const inbox = createInbox(quiet, 1);
    for (let id = 1; id <= 100; id += 1)
      inbox.take({ id, chat: id, work: () => Promise.reject(new Error("away")) });
    await inbox.settled(20);
    expect(inbox.offset()).toBe(1);
    await inbox.close();
    expect(inbox.offset()).toBe(1);
  });
});
