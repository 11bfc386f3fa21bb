/** Keeps the newest in sight, unless the person went up to read: then a button leads back to it. */

/** This near (px) to the end counts as at the end. */
const NEAR = 48;

/** @param {HTMLElement} scroller @param {HTMLElement} button */
export function createScroll(scroller, button) {
  // Not every browser lets the keyboard scroll a part of the page by itself.
  scroller.tabIndex = 0;
  let following = true;
  const toEnd = () => {
    following = true;
    button.hidden = true;
    scroller.scrollTop = scroller.scrollHeight;
  };
  scroller.addEventListener("scroll", () => {
    following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    if (following) button.hidden = true;
  });
  button.addEventListener("click", () => {
    toEnd();
    scroller.focus({ preventScroll: true });
  });
  // A keyboard that opens, a window that is turned, a picture that arrives: the end stays in sight.
  const follow = () => {
    if (following) toEnd();
  };
  const observer = new ResizeObserver(follow);
  observer.observe(scroller);
  for (const part of scroller.children) observer.observe(part);
  return {
    toEnd,
    /** Something new is at the end. */
    news() {
      if (following) toEnd();
      else button.hidden = false;
    },
  };
}
