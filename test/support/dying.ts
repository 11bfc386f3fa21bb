/**
 * A process that is killed between a claim and what should follow it: `dying.ts URL KEY NOW send|turn`.
 *
 * It kills itself as kill -9 would, so that a test knows the moment: with a message claimed and not sent, or with
 * an alarm claimed and not turned.
 */
import { createMetrics } from "../../src/metrics.ts";
import { createOutbox } from "../../src/outbox.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createSeal } from "../../src/store/seal.ts";
import { createStore } from "../../src/store/store.ts";

const [url, key = "", moment, what] = process.argv.slice(2);
const now = () => Number(moment);
const die = async () => {
  process.kill(process.pid, "SIGKILL");
  return {};
};

const store = createStore(await openDatabase({ url }), createSeal([Buffer.from(key, "hex")]));
if (what === "turn") {
  if ((await store.claimAlarms(now(), 10, 15_000)).length > 0) await die();
} else {
  createOutbox({
    store,
    channels: new Map([
      [
        "telegram",
        { name: "telegram", capabilities: {} as never, start: die as never, stop: die as never, send: die },
      ],
    ]),
    pictures: new Map(),
    unreachable: async () => {},
    now,
    log: { warn() {}, error() {} },
    metrics: createMetrics(),
  }).start();
}
