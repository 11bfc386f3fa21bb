/** The words of the chat page itself; `flows/web.yaml` has them, the loader checks them by this schema. */
import { z } from "zod";

const line = z.string().trim().min(1);

/** Every key is a short Dutch line; `save_file` has a place for the file's `{name}`. */
export const WebTexts = z.strictObject({
  name: line,
  tagline: line,
  no_script: line,
  conversation: line,
  said_by_bot: line,
  said_by_you: line,
  choices: line,
  to_newest: line,
  emptied: line,
  write_here: line,
  send: line,
  waiting: line,
  not_sent: line,
  menu: line,
  empty_screen: line,
  while_counting: line,
  time_is_up: line,
  save_file: line.includes("{name}"),
  file_gone: line,
  connection_lost: line,
  connection_back: line,
});
export type WebTexts = z.infer<typeof WebTexts>;
