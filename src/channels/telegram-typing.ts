/**
 * "Is typing": shown from the moment somebody did something until the answer leaves.
 *
 * Telegram shows it for five seconds or until the next message, so it is renewed, and an answer waits for
 * the notice on its way: one that arrived after the answer would promise a second one.
 */

export interface Typing {
  begin(chat: number): void;
  /** Ends it; resolves when no notice is on its way, or soon in any case. */
  end(chat: number): Promise<void>;
  close(): void;
}

const RENEW_MS = 4_500;
/** Not every act is answered. */
const RENEWALS_MAX = 3;
const LAST_NOTICE_MS = 500;

/** `show` makes the notice appear; it must not reject. */
export function createTyping(show: (chat: number) => Promise<void>): Typing {
  const shown = new Map<number, { notice: Promise<void>; timer: NodeJS.Timeout }>();

  const forget = (chat: number): Promise<void> => {
    const { notice, timer } = shown.get(chat) ?? {};
    clearInterval(timer);
    shown.delete(chat);
    return notice ?? Promise.resolve();
  };

  return {
    begin(chat) {
      if (shown.has(chat)) return;
      let renewals = 0;
      const timer = setInterval(() => {
        const typing = shown.get(chat);
        if (!typing || renewals === RENEWALS_MAX) return void forget(chat);
        renewals += 1;
        typing.notice = show(chat);
      }, RENEW_MS).unref();
      shown.set(chat, { notice: show(chat), timer });
    },
    async end(chat) {
      if (!shown.has(chat)) return;
      let timer: NodeJS.Timeout | undefined;
      const soon = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LAST_NOTICE_MS);
      });
      await Promise.race([forget(chat), soon]);
      clearTimeout(timer);
    },
    close() {
      for (const chat of [...shown.keys()]) void forget(chat);
    },
  };
}
