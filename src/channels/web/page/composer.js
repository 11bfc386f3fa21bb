/** The place to write, and the menu beside it. */

/** A slash command: its name, and what stands after it. */
const COMMAND = /^\/([\p{L}\p{N}_-]{1,64})(?:@\S+)?(?:\s+|$)(.*)$/su;

/**
 * @param {object} parts
 * @param {HTMLFormElement} parts.form
 * @param {HTMLTextAreaElement} parts.words
 * @param {HTMLElement} parts.menu
 * @param {{texts: Record<string, string>, commands: {name: string, description: string}[], textMax: number}} parts.setup
 * @param {(text: string, act: {kind: string, [key: string]: string}) => void} parts.onSay
 * @param {() => void} parts.onEmpty
 */
export function createComposer({ form, words, menu, setup, onSay, onEmpty }) {
  words.maxLength = setup.textMax;
  // Where the browser cannot grow a field by itself, this does.
  const grow = () => {
    if (CSS.supports("field-sizing", "content")) return;
    words.style.height = "auto";
    words.style.height = `${words.scrollHeight}px`;
  };
  words.addEventListener("input", grow);
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = words.value.trim();
    words.value = "";
    grow();
    words.focus();
    if (text !== "") onSay(text, actOf(text));
  });

  for (const { name, description } of setup.commands) {
    add(description, `/${name}`, () => onSay(description, { kind: "command", name, rest: "" }));
  }
  add(setup.texts.empty_screen ?? "", "", onEmpty).classList.add("apart");
  // Opening the menu brings the keyboard into it; closing it brings the keyboard back by itself.
  menu.querySelector("button")?.setAttribute("autofocus", "");

  /** @param {string} label @param {string} command @param {() => void} act */
  function add(label, command, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(label);
    if (command) {
      const hint = document.createElement("span");
      hint.textContent = command;
      hint.setAttribute("aria-hidden", "true");
      button.append(hint);
    }
    button.addEventListener("click", () => {
      menu.hidePopover();
      act();
    });
    menu.append(button);
    return button;
  }
}

/** @param {string} text @returns {{kind: string, [key: string]: string}} */
function actOf(text) {
  const [, name, rest = ""] = COMMAND.exec(text) ?? [];
  return name === undefined ? { kind: "text", text } : { kind: "command", name: name.toLowerCase(), rest };
}
