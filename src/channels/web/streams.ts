/**
 * The event streams of the pages that are open, by chat.
 *
 * A browser may have the page open more than once: every page hears everything, and what still waits for an
 * acknowledgement is repeated to a page that comes later, so a reload in mid-message loses nothing.
 */

export interface Streams {
  /** Opens a stream to one page; it begins with `hello`. `closed` is called when the last page of this chat went. */
  open(chat: string, hello: object, closed: () => void): Response;
  /** Sends one event to every page of this chat; false when none is open. */
  push(chat: string, event: string, data: object): boolean;
  /** Ends every stream. */
  end(): void;
}

export function createStreams(): Streams {
  const encoder = new TextEncoder();
  const open = new Map<string, Set<ReadableStreamDefaultController<Uint8Array>>>();
  const write = (page: ReadableStreamDefaultController<Uint8Array>, event: string, data: object) =>
    page.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));

  return {
    open(chat, hello, closed) {
      let page: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          page = controller;
          write(page, "hello", hello);
          open.set(chat, (open.get(chat) ?? new Set()).add(page));
        },
        cancel() {
          const pages = open.get(chat);
          pages?.delete(page);
          if (pages?.size !== 0) return;
          open.delete(chat);
          closed();
        },
      });
      return new Response(body, {
        headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
      });
    },
    push(chat, event, data) {
      const pages = open.get(chat);
      for (const page of pages ?? []) write(page, event, data);
      return pages !== undefined;
    },
    end() {
      for (const page of [...open.values()].flatMap((pages) => [...pages])) page.close();
      open.clear();
    },
  };
}
