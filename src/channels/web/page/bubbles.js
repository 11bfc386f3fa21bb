/**
 * Draws the talk: a bubble for each item, choices under the newest message that has any, its clock within it.
 *
 * Which choices and which clock are live is never kept here: it follows from the items (`transcript.js`), so
 * a reload, another tab and a tap all come out the same.
 */
import { createCountdown } from "./countdown.js";
import { liveButtons, liveCountdown } from "./transcript.js";

/** @typedef {import("./transcript.js").Item} Item @typedef {import("./transcript.js").Said} Said */

/**
 * @param {object} parts
 * @param {HTMLElement} parts.log
 * @param {Record<string, string>} parts.texts
 * @param {import("./transcript.js").Transcript} parts.transcript
 * @param {import("./clock.js").Clock} parts.clock
 * @param {(words: string) => void} parts.announce
 * @param {(button: import("./transcript.js").Button) => void} parts.onTap
 */
export function createBubbles({ log, texts, transcript, clock, announce, onTap }) {
  const countdown = createCountdown({ clock, texts, announce });
  /** @type {Map<string, HTMLElement>} */
  const turns = new Map();

  /** @param {Item} item */
  function draw(item) {
    if (item.from === "me" && item.text === "") return;
    const turn = turns.get(item.id) ?? element("article", `turn ${item.from}`);
    const bubble = element("div", "bubble");
    bubble.append(element("span", "unseen", item.from === "bot" ? texts.said_by_bot : texts.said_by_you));
    if (item.from === "bot") bubble.append(...saidBy(item, texts));
    else {
      bubble.append(element("p", "", item.text));
      turn.classList.toggle("waiting", item.state === "waiting");
      if (item.state !== "sent") bubble.append(stateOf(item.state, texts));
    }
    bubble.append(timeOf(item.order));
    if (turns.has(item.id)) return turn.replaceChildren(bubble);
    turn.append(bubble);
    turn.dataset.order = String(item.order);
    place(turn);
    turns.set(item.id, turn);
  }

  /** At the end, or before what came later: another tab may have been first. @param {HTMLElement} turn */
  function place(turn) {
    const later = [...turns.values()].filter(
      (other) => Number(other.dataset.order) > Number(turn.dataset.order),
    );
    const next = later.reduce(
      (a, b) => (a && Number(a.dataset.order) < Number(b.dataset.order) ? a : b),
      later[0],
    );
    const before = next ? next.previousElementSibling : log.lastElementChild;
    const day = dayOf(Number(turn.dataset.order), clock.now());
    const dayBefore =
      before && dayOf(Number(before instanceof HTMLElement ? before.dataset.order : 0), clock.now());
    if (day !== dayBefore) {
      const line = element("p", "day", day);
      line.dataset.order = turn.dataset.order ?? "";
      log.insertBefore(line, next ?? null);
    }
    log.insertBefore(turn, next ?? null);
  }

  /** Lets the choices and the clock follow the items. */
  function refresh() {
    const items = transcript.all();
    const choosing = liveButtons(items);
    for (const [id, turn] of turns) {
      const choices = turn.querySelector(".choices");
      if (id !== choosing && choices) {
        // Whoever stood on a choice stays in this place: the next Tab leads to what came after it.
        if (choices.contains(document.activeElement)) {
          turn.tabIndex = -1;
          turn.focus({ preventScroll: true });
        }
        choices.remove();
      }
      if (id === choosing && !choices) turn.append(choicesOf(id, items));
    }
    const counting = liveCountdown(items);
    const item = items.find((i) => i.id === counting);
    if (counting !== undefined && item?.from === "bot" && item.countdown) {
      countdown.show(counting, item.countdown, turns.get(counting)?.querySelector(".bubble"));
    } else countdown.stop();
  }

  /** @param {string} id @param {Item[]} items */
  function choicesOf(id, items) {
    const group = element("div", "choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", texts.choices ?? "");
    const item = items.find((i) => i.id === id);
    for (const button of item?.from === "bot" ? item.buttons : []) {
      const shown = element("button", "choice", button.label);
      shown.setAttribute("type", "button");
      shown.addEventListener("click", (event) => {
        // The second half of a double click may land on the next choices, which nobody has read yet.
        if (event.detail < 2) onTap(button);
      });
      group.append(shown);
    }
    return group;
  }

  return {
    draw,
    refresh,
    /** Takes one bubble away, or all. @param {string} [id] */
    remove(id) {
      if (id === undefined) {
        log.replaceChildren();
        turns.clear();
      } else {
        turns.get(id)?.remove();
        turns.delete(id);
        if (turns.size === 0) log.replaceChildren();
      }
    },
  };
}

/** @param {Said} item @param {Record<string, string>} texts @returns {Node[]} */
function saidBy({ picture, html, file }, texts) {
  const parts = [];
  if (picture) {
    const { still, ...shown } = picture;
    const image = document.createElement("img");
    // Whoever asked their device for less motion sees it stand still, also when they ask halfway.
    const frame = document.createElement("picture");
    if (still !== undefined) {
      const source = document.createElement("source");
      Object.assign(source, { media: "(prefers-reduced-motion: reduce)", srcset: still });
      frame.append(source);
    }
    frame.append(image);
    Object.assign(image, shown);
    parts.push(frame);
  }
  const words = element("div", "words");
  // Made by the server out of small Markdown; it holds no tag or address but those it knows.
  words.innerHTML = html;
  for (const link of words.querySelectorAll('a[href^="http"]')) link.setAttribute("target", "_blank");
  parts.push(words);
  if (file?.base64 !== undefined) {
    const bytes = Uint8Array.from(atob(file.base64), (sign) => sign.charCodeAt(0));
    const link = document.createElement("a");
    link.className = "file";
    link.href = URL.createObjectURL(new Blob([bytes]));
    link.download = file.name;
    link.textContent = (texts.save_file ?? "").replace("{name}", file.name);
    parts.push(link);
  } else if (file) parts.push(element("p", "file-gone", texts.file_gone));
  return parts;
}

/** @param {"waiting" | "refused"} state @param {Record<string, string>} texts */
const stateOf = (state, texts) =>
  element("span", "state", state === "waiting" ? texts.waiting : texts.not_sent);

/** @param {number} moment */
function timeOf(moment) {
  const time = element("time", "", new Date(moment).toLocaleTimeString("nl", { timeStyle: "short" }));
  time.setAttribute("aria-hidden", "true");
  return time;
}

/** The day as people say it: today and yesterday by word, the rest by date. @param {number} moment @param {number} now */
function dayOf(moment, now) {
  const midnight = (/** @type {number} */ at) => new Date(at).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(now) - midnight(moment)) / 86_400_000);
  if (ago <= 1) return new Intl.RelativeTimeFormat("nl", { numeric: "auto" }).format(-ago, "day");
  return new Date(moment).toLocaleDateString("nl", { weekday: "long", day: "numeric", month: "long" });
}

/** @param {string} tag @param {string} className @param {string} [text] */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
