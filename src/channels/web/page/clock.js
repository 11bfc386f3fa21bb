/**
 * The server's clock as this page knows it: countdowns end when the server says, also where the clock of
 * this machine is off.
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now the server's time (epoch ms)
 * @property {(serverNow: number) => void} set what the server says the time is, at this moment
 */

/** @returns {Clock} */
export function createClock() {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    set(serverNow) {
      ahead = serverNow - Date.now();
    },
  };
}
