/**
 * The gateway of a fake Discord: sessions that outlive their sockets.
 *
 * Every event is numbered and kept with its session, so that a client whose connection dropped can resume
 * and be told what it missed, as the real one does.
 */
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

/** Intents that need Discord's approval: members, presences, message content. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
const HEARTBEAT_MS = 41_250;

interface Session {
  readonly id: string;
  readonly events: { op: 0; t: string; s: number; d: unknown }[];
  readonly intents: number;
  readonly shard: readonly [number, number];
  socket: WebSocket | undefined;
}

export interface Gateway {
  /** Sends an event to every session that listens, and keeps it for those that will resume. */
  dispatch(type: string, data: unknown, guildId?: string): void;
  /** Cuts all connections as a failing network does; sessions can be resumed. */
  drop(): void;
  /** Cuts all connections and forgets the sessions: a client must identify anew. */
  forget(): void;
  /** Closes all connections with this code of Discord's. */
  expel(code: number): void;
  /** Asks all clients to reconnect (op 7). */
  askToReconnect(): void;
  /** How many clients are connected and ready. */
  ready(): number;
  readonly identifies: { intents: number; shard: readonly [number, number] }[];
  readonly resumes: string[];
  close(): void;
}

export function createGateway(
  server: Server,
  options: {
    token: () => string;
    welcome: () => Record<string, unknown>;
    url: () => string;
    changed: () => void;
  },
): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  const identifies: Gateway["identifies"] = [];
  const resumes: string[] = [];

  const deliver = (session: Session, type: string, data: unknown): void => {
    const event = { op: 0 as const, t: type, s: session.events.length + 1, d: data };
    session.events.push(event);
    session.socket?.send(JSON.stringify(event));
  };

  sockets.on("connection", (socket) => {
    let session: Session | undefined;
    const send = (payload: unknown) => socket.send(JSON.stringify(payload));
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = undefined;
      options.changed();
    });
    socket.on("message", (raw) => {
      const { op, d } = JSON.parse(String(raw));
      if (op === 1) return send({ op: 11 });
      if (op === 2) {
        if (d.token !== options.token()) return socket.close(4004, "Authentication failed.");
        if ((d.intents & PRIVILEGED) !== 0) return socket.close(4014, "Disallowed intent(s).");
        identifies.push({ intents: d.intents, shard: d.shard });
        session = {
          id: `session-${sessions.size + 1}`,
          events: [],
          intents: d.intents,
          shard: d.shard,
          socket,
        };
        sessions.set(session.id, session);
        deliver(session, "READY", {
          v: 10,
          ...options.welcome(),
          session_id: session.id,
          resume_gateway_url: options.url(),
          shard: d.shard,
        });
      } else if (op === 6) {
        session = sessions.get(d.session_id);
        if (session === undefined || d.token !== options.token()) return send({ op: 9, d: false });
        resumes.push(session.id);
        session.socket = socket;
        for (const event of session.events) if (event.s > d.seq) send(event);
        deliver(session, "RESUMED", {});
      }
      options.changed();
    });
    send({ op: 10, d: { heartbeat_interval: HEARTBEAT_MS } });
  });

  const each = (act: (session: Session) => void) => {
    for (const session of sessions.values()) act(session);
  };

  return {
    dispatch: (type, data, guildId) =>
      each((session) => {
        const [shard, shards] = session.shard;
        const owner = guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
        if (owner === shard) deliver(session, type, data);
      }),
    drop: () => each((session) => session.socket?.terminate()),
    forget: () => {
      each((session) => session.socket?.terminate());
      sessions.clear();
    },
    expel: (code) => each((session) => session.socket?.close(code)),
    askToReconnect: () => each((session) => session.socket?.send(JSON.stringify({ op: 7, d: null }))),
    ready: () => [...sessions.values()].filter((session) => session.socket !== undefined).length,
    identifies,
    resumes,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
