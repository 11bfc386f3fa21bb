/**
 * Words that are put into a Message's small Markdown and must stay words: a remembered name, a time, a label.
 *
 * Markdown lets a backslash take the meaning from any ASCII punctuation, so all of it is taken; white space
 * becomes single spaces, because blocks (a code block, a second paragraph) are made of it.
 */

/** The text as Markdown that reads as exactly these words, on one line. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, "\\$&");
