/**
 * The line to the server: hears messages, sends what the person did, and comes back by itself.
 *
 * An act leaves the queue only once the server said that it is stored, and goes again under the same id
 * until then; a message is acknowledged each time it comes, also when it was heard before.
 */

/** What is tried again after a failure, in ms; the last goes on for ever. */
const RETRY = [250, 500, 1000, 2000, 4000];

/** How long the server may take over one request, in ms; then it is asked again. */
const PATIENCE = 20_000;

/** @typedef {import("./transcript.js").Transcript} Transcript */

/**
 * @param {object} line
 * @param {Transcript} line.transcript
 * @param {import("./clock.js").Clock} line.clock
 * @param {(fresh: boolean) => void} line.onSession the server knows us; `fresh` where it did not before
 * @param {(message: any) => void} line.onMessage
 * @param {(id: string) => void} line.onSettled an act was taken, or refused for good
 * @param {(open: boolean) => void} line.onChange the connection was lost for more than a moment, or is back
 */
export function createConnection({ transcript, clock, onSession, onMessage, onSettled, onChange }) {
  /** @type {EventSource | undefined} */
  let stream;
  let failures = 0;
  let connecting = false;
  let sending = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function connect() {
    clearTimeout(timer);
    timer = undefined;
    if (connecting || stream) return;
    connecting = true;
    try {
      // One tab at a time, or two that open together would each be given a name of their own.
      await oneAtATime(async () => {
        const { fresh, serverNow } = await post("session", {});
        clock.set(serverNow);
        onSession(fresh);
      });
      listen();
    } catch {
      lost();
    } finally {
      connecting = false;
    }
  }

  function listen() {
    const opened = new EventSource("/chat/events");
    stream = opened;
    opened.addEventListener("hello", (event) => {
      clock.set(JSON.parse(event.data).serverNow);
      flush();
    });
    opened.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      clock.set(message.serverNow);
      onMessage(message);
      post("ack", { id: message.id }).catch(lost);
    });
    opened.addEventListener("error", lost);
  }

  function lost() {
    stream?.close();
    stream = undefined;
    // One loss is often noticed twice: by the stream and by what was being sent.
    if (timer !== undefined) return;
    failures += 1;
    if (failures === 2) onChange(false);
    timer = setTimeout(connect, RETRY[Math.min(failures, RETRY.length) - 1]);
  }

  async function flush() {
    if (sending || !stream) return;
    sending = true;
    try {
      for (let next = transcript.waiting()[0]; next; next = transcript.waiting()[0]) {
        const taken = await post("update", { id: next.id, act: next.act });
        transcript.settle(next.id, taken === undefined ? "refused" : "sent");
        onSettled(next.id);
      }
      // Only now all is well: a server that is there but cannot store anything is no connection.
      if (failures > 1) onChange(true);
      failures = 0;
    } catch {
      lost();
    } finally {
      sending = false;
    }
  }

  const now = () => {
    if (stream) flush();
    else connect();
  };
  addEventListener("online", now);
  addEventListener("visibilitychange", now);
  return { start: connect, flush };
}

/**
 * Posts to the server; undefined where it will never take this, throws where it may later.
 * @param {string} what
 * @param {object} body
 */
async function post(what, body) {
  const response = await fetch(`/chat/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.ok) return response.json();
  if (response.status === 400 || response.status === 413) return undefined;
  throw new Error(`The server answered ${response.status}`);
}

/** @param {() => Promise<void>} work @returns {Promise<void>} */
const oneAtATime = (work) => (navigator.locks ? navigator.locks.request("rustpunt.session", work) : work());
