/** Keeps the newest in sight, unless the person went up to read: then a button leads back to it. */

/** This near (px) to the end counts as at the end. */
const NEAR = 48;

/** @param {HTMLElement} scroller @param {HTMLElement} button */
export function createScroll(scroller, button) {
  // Not every browser lets the keyboard scroll a part of the page by itself.
  scroller.tabIndex = 0;
  let following = true;
  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  const toEnd = () => {
    following = true;
    button.hidden = true;
    scroller.scrollTop = scroller.scrollHeight;
  };
  scroller.addEventListener("scroll", () => {
    following = atEnd();
    if (following) button.hidden = true;
  });
  button.addEventListener("click", () => {
    toEnd();
    scroller.focus({ preventScroll: true });
  });
  // A keyboard that opens, a window that is turned, choices that go: the end stays in sight.
  const observer = new ResizeObserver(() => {
    if (following) toEnd();
  });
  observer.observe(scroller);
  for (const part of scroller.children) observer.observe(part);
  return {
    toEnd,
    /** Lets something be added at the end, and goes along if the person was there. @param {() => void} add */
    around(add) {
      following = atEnd();
      add();
      if (following) toEnd();
      else button.hidden = false;
    },
  };
}
