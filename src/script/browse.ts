/** Two talks that follow from the content: the list of routines, and the questions by domain. */
import type { FaqDomain } from "../dialogue/faq.ts";
import type { Flow } from "../dialogue/script.ts";
import { choice, flow, node } from "./compile.ts";
import type { BotForm } from "./house.ts";

/** All routines as choices, after the talk that helps to choose. */
export const listRoutines = (bot: BotForm, routines: readonly Flow[]): Flow =>
  flow(
    { id: "massages", title: bot.routines.title, kind: "talk", words: bot.routines.words, file: "bot.yaml" },
    [
      node("kies", bot.routines.ask, {
        lasting: true,
        choices: [
          choice("advies", bot.routines.advice.label, {
            go: { kind: "open", flow: bot.routines.advice.open },
          }),
          ...routines.map((r) => choice(r.id, r.title, { words: r.words, go: { kind: "open", flow: r.id } })),
        ],
      }),
    ],
  );

/** Domains, and the questions of each; a question typed here is answered too. */
export const browse = (bot: BotForm, domains: readonly FaqDomain[]): Flow =>
  flow(
    { id: "vraag", title: bot.questions.title, kind: "talk", words: bot.questions.words, file: "bot.yaml" },
    [
      node("onderwerp", bot.questions.ask, {
        lasting: true,
        expects: { kind: "question", slot: "vraag", min: 0, max: 0 },
        choices: domains.map((d) => choice(d.id, d.title, { go: { kind: "node", node: d.id } })),
      }),
      ...domains.map((d) =>
        node(d.id, bot.questions.choose, {
          title: d.title,
          lasting: true,
          expects: { kind: "question", slot: "vraag", min: 0, max: 0 },
          choices: d.topics.map((t) => choice(t.id, t.label, { faq: t.id })),
        }),
      ),
    ],
  );
