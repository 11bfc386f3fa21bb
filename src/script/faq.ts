/**
 * What an author writes in `flows/faq/*.yaml`, checked, and compiled to what the dialogue and the matcher read.
 *
 * A file holds one of four things: a domain with its topics, the lexicon, small talk, or what is asked elsewhere.
 * Faults of one file are the schema's; faults between files (an id used twice, a related topic that is not there)
 * come out of `compileFaq`, all of them at once.
 */
import { z } from "zod";
import type { Chat, Elsewhere, FaqDomain, FaqTopic } from "../dialogue/faq.ts";
import type { FaqSource } from "../language/faq.ts";

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use small letters, digits and dashes");
const lines = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => text.length > 0, "say something")
  .refine((text) => text.split("\n").length <= 5, "an answer has at most five lines")
  .refine(
    (text) => text.split("\n").every((line) => line.length <= 120),
    "keep a line within 120 characters",
  );
const says = z.array(z.coerce.string().min(1)).min(1);
/** Ways to say something, as a list or with commas between. */
const ways = z.union([z.string().transform((text) => text.split(",").map((way) => way.trim())), says]);
const ideas = z.record(id, ways);

const topic = z.strictObject({
  id,
  question: z.string().min(5),
  /** On a button; the question itself where that is short enough. */
  label: z.string().max(38, "a label has at most 38 characters").optional(),
  /** Ideas of the lexicon: the subject first, then its aspects. */
  about: z.array(id).min(1),
  /** Other ways to ask it. */
  ask: says,
  answer: lines,
  seed: z.string().optional(),
  /** The flow to offer; `none` takes back what the file offers. */
  routine: id.optional(),
  related: z.array(id).max(3, "at most three related questions").default([]),
});

const domainFile = z.strictObject({
  domain: id,
  title: z.string().min(1),
  /** Its place when browsing, lowest first. */
  order: z.number().default(100),
  seed: z.string().min(1),
  routine: id.optional(),
  topics: z.array(topic).min(1),
});
const chatFile = z.strictObject({ chats: z.array(z.strictObject({ id, says: ways, answer: lines })).min(1) });
const elsewhereFile = z.strictObject({
  elsewhere: z.array(z.strictObject({ id, about: z.array(id).min(1), answer: lines })).min(1),
});
const lexiconFile = z.strictObject({
  subjects: ideas,
  aspects: ideas,
  words: ideas,
  outside: ideas,
  within: z.record(id, id).default({}),
  orders: ways,
  fillers: z.string().transform((text) => text.trim().split(/\s+/)),
});

/** One file of `flows/faq/`. */
export const faqFile = z.union([domainFile, chatFile, elsewhereFile, lexiconFile]);
export type FaqFile = z.infer<typeof faqFile>;

/** The FAQ part of the script. */
export interface Faq {
  readonly domains: readonly FaqDomain[];
  readonly topics: ReadonlyMap<string, FaqTopic>;
  readonly chats: ReadonlyMap<string, Chat>;
  readonly elsewhere: ReadonlyMap<string, Elsewhere>;
  readonly source: FaqSource;
}

/** A fault between files: in which file (its place in the list handed in), at which part, and what to do. */
export interface FaqFault {
  readonly file: number;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const NO_ROUTINE = "none";

/** Compiles checked files, in the order in which domains are shown. Never throws: faults are listed. */
export function compileFaq(files: readonly FaqFile[]): {
  readonly faq: Faq;
  readonly faults: readonly FaqFault[];
} {
  const faults: FaqFault[] = [];
  const domains: (FaqDomain & { readonly order: number })[] = [];
  const topics = new Map<string, FaqTopic>();
  const chats = new Map<string, Chat>();
  const elsewhere = new Map<string, Elsewhere>();
  const empty = { subjects: {}, aspects: {}, words: {}, outside: {}, within: {}, orders: [], fillers: [] };
  const lexicon = files.find((file) => "fillers" in file) ?? empty;
  const ideasOf = (...groups: object[]) => new Set(groups.flatMap((group) => Object.keys(group)));
  const subjects = ideasOf(lexicon.subjects);
  const aspects = ideasOf(lexicon.subjects, lexicon.aspects, lexicon.words);
  const outside = ideasOf(lexicon.outside);
  const questions: FaqSource["topics"][number][] = [];
  const sayings: FaqSource["chats"][number][] = [];
  const others: FaqSource["elsewhere"][number][] = [];
  const asked = new Map<string, string>();

  files.forEach((file, at) => {
    let path: FaqFault["path"] = [];
    const fault = (message: string) => faults.push({ file: at, path, message });
    const once = (map: ReadonlyMap<string, unknown>, key: string) => {
      if (map.has(key)) fault(`"${key}" is there twice: give each its own id`);
    };
    if ("topics" in file) {
      const own: FaqTopic[] = [];
      for (const [i, form] of file.topics.entries()) {
        const { ask, about, label, routine = file.routine, seed = file.seed, ...rest } = form;
        path = ["topics", i];
        once(topics, rest.id);
        const made: FaqTopic = {
          ...rest,
          domain: file.domain,
          label: label ?? rest.question,
          seed,
          ...(routine !== undefined && routine !== NO_ROUTINE ? { routine } : {}),
        };
        if (made.label.length > 38) fault(`"${rest.id}" needs a label of at most 38 characters`);
        if (about[0] !== undefined && !subjects.has(about[0]))
          fault(`"${rest.id}" is about "${about[0]}", which is no subject of the lexicon`);
        for (const idea of about.slice(1))
          if (!aspects.has(idea)) fault(`"${rest.id}" is about "${idea}", which the lexicon does not know`);
        for (const text of [rest.question, ...ask]) {
          const other = asked.get(text.toLowerCase());
          if (other !== undefined && other !== rest.id)
            fault(`"${text}" asks both "${other}" and "${rest.id}"`);
          asked.set(text.toLowerCase(), rest.id);
        }
        own.push(made);
        topics.set(rest.id, made);
        questions.push({ id: rest.id, about, asks: [rest.question, ...ask] });
      }
      domains.push({ id: file.domain, title: file.title, order: file.order, topics: own });
    } else if ("chats" in file)
      for (const [i, { id: key, says: said, answer }] of file.chats.entries()) {
        path = ["chats", i];
        once(chats, key);
        chats.set(key, { id: key, answer });
        sayings.push({ id: key, says: said });
      }
    else if ("elsewhere" in file)
      for (const [i, { id: key, about, answer }] of file.elsewhere.entries()) {
        path = ["elsewhere", i];
        once(elsewhere, key);
        for (const idea of about)
          if (!outside.has(idea))
            fault(`"${key}" is about "${idea}", which is not under "outside" in the lexicon`);
        elsewhere.set(key, { id: key, answer });
        others.push({ id: key, about });
      }
  });
  files.forEach((file, at) => {
    if (!("topics" in file)) return;
    for (const [i, { id: key, related }] of file.topics.entries())
      for (const other of related)
        if (!topics.has(other))
          faults.push({
            file: at,
            path: ["topics", i, "related"],
            message: `"${key}" goes with "${other}", which is not a topic`,
          });
  });
  return {
    faq: {
      domains: domains.sort((a, b) => a.order - b.order).map(({ order: _, ...domain }) => domain),
      topics,
      chats,
      elsewhere,
      source: { lexicon, topics: questions, chats: sayings, elsewhere: others },
    },
    faults,
  };
}
