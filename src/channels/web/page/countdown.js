/**
 * The clock at a step: a ring that empties and the time that is left, drawn inside the message's bubble.
 *
 * It is spoken twice and no more: with the message, and when the time is up; whoever goes to it hears what
 * is left. There is one at most. While it runs the screen stays on: hands that massage cannot wake it.
 */
const OFTEN = 250;
const FACE = `<p class="unseen"></p>
  <div class="countdown" role="timer" aria-live="off">
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="20"/><circle class="left" cx="24" cy="24" r="20" pathLength="1"/>
    </svg>
    <div><b></b> <span></span></div>
  </div>`;

/**
 * @param {object} parts
 * @param {import("./clock.js").Clock} parts.clock
 * @param {Record<string, string>} parts.texts
 * @param {(words: string) => void} parts.announce
 */
export function createCountdown({ clock, texts, announce }) {
  /** @type {{id: string, box: HTMLElement, end: () => void} | undefined} */
  let shown;

  function stop() {
    if (!shown) return;
    shown.end();
    shown.box.remove();
    shown = undefined;
  }

  return {
    stop,
    /**
     * @param {string} id the message it belongs to
     * @param {{until: number, text: string, total: number}} countdown
     * @param {Element | null | undefined} bubble
     */
    show(id, { until, text, total }, bubble) {
      if (shown?.id === id || !bubble) return;
      stop();
      const box = document.createElement("div");
      box.innerHTML = FACE;
      const spoken = /** @type {HTMLElement} */ (box.querySelector("p"));
      const number = /** @type {HTMLElement} */ (box.querySelector("b"));
      const caption = /** @type {HTMLElement} */ (box.querySelector("span"));
      const ring = /** @type {SVGElement} */ (box.querySelector(".left"));
      spoken.textContent = text;
      bubble.insertBefore(box, bubble.querySelector("time"));
      caption.textContent = texts.while_counting ?? "";
      const running = until > clock.now();

      const tick = () => {
        const left = Math.max(0, until - clock.now());
        const seconds = Math.ceil(left / 1000);
        const reading = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
        if (number.textContent !== reading) number.textContent = reading;
        ring.style.strokeDashoffset = String(1 - Math.min(1, left / Math.max(1, total)));
        if (left > 0 || !shown) return;
        caption.textContent = texts.time_is_up ?? "";
        shown.end();
        if (running) announce(texts.time_is_up ?? "");
      };
      const timer = setInterval(tick, OFTEN);
      const sleep = running ? stayAwake() : () => {};
      shown = {
        id,
        box,
        end() {
          clearInterval(timer);
          sleep();
        },
      };
      tick();
    },
  };
}

/** Keeps the screen on, where the browser can; the answer lets it sleep again. @returns {() => void} */
function stayAwake() {
  const lock = navigator.wakeLock?.request("screen");
  lock?.catch(() => {});
  return () => lock?.then((held) => held.release()).catch(() => {});
}
