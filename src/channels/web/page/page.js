/**
 * The chat page, put together. An act goes into the transcript, from there to the screen and to the server;
 * a message goes into the transcript, and from there to the screen. Nothing goes any other way.
 */
import { createBubbles } from "./bubbles.js";
import { createClock } from "./clock.js";
import { createComposer } from "./composer.js";
import { createConnection } from "./connection.js";
import { createScroll } from "./scroll.js";
import { createTranscript } from "./transcript.js";

/** How long the dots wait before they show, and how long they go on without an answer, in ms. */
const DOTS_AFTER = 300;
const DOTS_FOR = 15_000;
const STARTED = "rustpunt.started";
const GREETING = "greeting";

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);
/** @type {any} */
const setup = JSON.parse(document.querySelector('meta[name="setup"]')?.getAttribute("content") ?? "{}");
const { texts } = setup;
const storage = storageOrNone();
const clock = createClock();
const transcript = createTranscript(storage, clock.now);
const scroll = createScroll(byId("scroller"), byId("to-newest"));
const bubbles = createBubbles({ log: byId("log"), texts, transcript, clock, announce, onTap });
const connection = createConnection({ transcript, clock, onSession, onMessage, onSettled, onChange });
createComposer({
  form: byId("composer"),
  words: byId("words"),
  menu: byId("menu"),
  setup,
  onSay: (text, act) => say(text, act),
  onEmpty: empty,
});

let greeted = false;
const started = () => greeted || storage?.getItem(STARTED) != null;

for (const item of transcript.all()) bubbles.draw(item);
bubbles.refresh();
scroll.toEnd();
byId("emptied").hidden = !started() || transcript.all().length > 0;
// From here on what is added is read out; the talk of before is not.
byId("log").setAttribute("aria-live", "polite");
connection.start();

/**
 * @param {string} text what is shown
 * @param {{kind: string, [key: string]: string}} act
 * @param {string} [id]
 */
function say(text, act, id = crypto.randomUUID()) {
  /** @type {Omit<import("./transcript.js").Done, "order">} */
  const done = { from: "me", id, text, act, state: "waiting" };
  const item = transcript.add(done);
  if (item) bubbles.draw(item);
  bubbles.refresh();
  byId("emptied").hidden = true;
  scroll.toEnd();
  dots(!document.body.classList.contains("offline"));
  connection.flush();
}

/** @param {import("./transcript.js").Button} button */
function onTap({ label, token }) {
  say(label, { kind: "tap", token });
}

/** Whoever comes for the first time is greeted; two tabs that open together do it under one id. @param {boolean} fresh */
function onSession(fresh) {
  if (fresh) transcript.forget(GREETING);
  else if (started()) return;
  greeted = true;
  storage?.setItem(STARTED, "yes");
  say("", { kind: "command", name: "start", rest: "" }, GREETING);
}

/** @param {any} message */
function onMessage({ serverNow, countdown, buttons, ...said }) {
  const timed = countdown && { ...countdown, total: countdown.until - serverNow };
  const item = transcript.add({ from: "bot", ...said, buttons, countdown: timed });
  if (!item) return;
  scroll.around(() => {
    dots(false);
    bubbles.draw(item);
    bubbles.refresh();
  });
  if (document.hidden)
    document.title = `(${Number(/^\((\d+)/.exec(document.title)?.[1] ?? 0) + 1}) ${texts.name}`;
}

/** @param {string} id */
function onSettled(id) {
  const item = transcript.all().find((i) => i.id === id);
  if (item) bubbles.draw(item);
  bubbles.refresh();
}

/** @param {boolean} open */
function onChange(open) {
  document.body.classList.toggle("offline", !open);
  byId("connection").textContent = open ? "" : texts.connection_lost;
  if (open) announce(texts.connection_back);
  else dots(false);
}

function empty() {
  transcript.clear();
  bubbles.remove();
  for (const item of transcript.all()) bubbles.draw(item);
  bubbles.refresh();
  byId("emptied").hidden = false;
  byId("words").focus();
}

/** @param {boolean} on */
function dots(on) {
  clearTimeout(dots.timer);
  if (!on) byId("typing").hidden = true;
  else {
    dots.timer = setTimeout(() => {
      scroll.around(() => (byId("typing").hidden = false));
      dots.timer = setTimeout(() => dots(false), DOTS_FOR);
    }, DOTS_AFTER);
  }
}
/** @type {ReturnType<typeof setTimeout> | undefined} */
dots.timer = undefined;

/** Said to whoever listens to the page, once. @param {string} words */
function announce(words) {
  const line = byId("announcer");
  // The same words again are only news when the line was empty in between.
  line.textContent = "";
  setTimeout(() => (line.textContent = words), 50);
}

addEventListener("storage", (event) => {
  const id = transcript.takeOver(event);
  if (id === undefined) return;
  const item = transcript.all().find((i) => i.id === id);
  scroll.around(() => {
    if (item) bubbles.draw(item);
    else bubbles.remove(id);
    if (item?.from === "bot") dots(false);
    bubbles.refresh();
  });
});
addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = texts.name;
});

/** A browser that keeps nothing still shows the talk as long as the page is open. */
function storageOrNone() {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
