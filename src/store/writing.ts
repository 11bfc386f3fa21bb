/**
 * Everything one turn leaves behind, as one statement.
 *
 * The statement is a chain of CTEs that all hang on the first, `saved`: it gives a row only when nobody
 * was faster, so all of them happen or none. Parts that a turn does not need are left out; the few texts
 * that come about are prepared once a connection. The update's id is inserted without `on conflict`: a
 * second process with the same id makes the whole statement fail, and finds on loading again that it is done.
 */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { alarmAt, type Conversation } from "../dialogue/conversation.ts";
import { type Address, channelOf } from "../dialogue/input.ts";
import type { Reminder } from "../dialogue/reminder.ts";
import type { TurnResult } from "../dialogue/result.ts";
import type { Parameter } from "./database.ts";
import { rowOf } from "./reminding.ts";
import { entryPlace, messagePlace, questionPlace, type Seal, statePlace } from "./seal.ts";

/** A conversation as it was loaded; without revision it is not stored yet. */
export interface Before {
  readonly conversation: Conversation;
  readonly personId: string;
  readonly revision: number | undefined;
  readonly undelivered: number;
}

interface Writing {
  readonly updateId: string | undefined;
  readonly now: number;
  readonly seal: Seal;
}

/** The statement that stores this turn; it gives one row when it did, none when somebody was faster. */
export function statementOf(
  before: Before,
  result: TurnResult,
  { updateId, now, seal }: Writing,
): { text: string; parameters: Parameter[] } {
  const parameters: Parameter[] = [];
  const parts: string[] = [];
  const p = (value: Parameter, type = "text") => `$${parameters.push(value)}::${type}`;
  const json = (value: unknown) => `${p(JSON.stringify(value))}::jsonb`;

  const { address } = before.conversation;
  const { person, reminders, state } = result.conversation;
  const personId = before.personId;
  const isNew = before.revision === undefined;

  if (result.forget) forgetEverything();
  else save();
  if (updateId !== undefined) {
    parts.push(`seen as (insert into updates (channel, id, at)
      select ${p(channelOf(address))}, ${p(updateId)}, ${p(now, "bigint")} from saved)`);
  }
  if (result.messages.length > 0) say();
  if (result.question !== undefined) {
    const id = randomUUID();
    const sealed = seal.seal(result.question, questionPlace(id));
    parts.push(`sent as (insert into questions (id, at, words)
      select ${p(id, "uuid")}, ${p(now, "bigint")}, ${p(sealed)} from saved)`);
  }
  return { text: `with ${parts.join(",\n")}\nselect 1 from saved`, parameters };

  function save(): void {
    const sealed = p(seal.seal(JSON.stringify(state), statePlace(address)));
    const alarm = p(alarmAt(result.conversation) ?? null, "bigint");
    if (isNew) {
      parts.push(`saved as (insert into conversations (address, person, revision, state, alarm_at)
        values (${p(address)}, ${p(personId, "uuid")}, 1, ${sealed}, ${alarm})
        on conflict (address) do nothing returning address)`);
    } else {
      parts.push(`saved as (update conversations set revision = revision + 1, state = ${sealed}, alarm_at = ${alarm}
        where address = ${p(address)} and revision = ${p(before.revision as number, "bigint")} returning address)`);
    }
    if (isNew) {
      parts.push(`known as (insert into persons (id, country, zone, consents, sessions)
        select ${p(personId, "uuid")}, ${p(person.country ?? null)}, ${p(person.zone)}, ${json(person.consents)},
          ${p(person.sessions, "integer")} from saved)`);
    } else {
      const changes = personChanges();
      if (changes.length > 0)
        parts.push(`known as (update persons set ${changes.join(", ")}
          from saved where id = ${p(personId, "uuid")})`);
    }
    remind();
    if (result.journal.length > 0) {
      const rows = result.journal.map(({ at, ...entry }) => ({
        at,
        entry: seal.seal(JSON.stringify(entry), entryPlace(personId)),
      }));
      parts.push(`noted as (insert into journal (person, at, entry)
        select ${p(personId, "uuid")}, r.at, r.entry from saved, jsonb_to_recordset(${json(rows)}) as r(at bigint, entry text))`);
    }
    if (result.hush && before.undelivered > 0) {
      parts.push("hushed as (delete from outbox using saved where outbox.address = saved.address)");
    }
  }

  /** Only what this turn changed: at another address of this person a consent may be withdrawn in the same moment. */
  function personChanges(): string[] {
    const known = before.conversation.person;
    const more = person.sessions - known.sessions;
    return [
      ...(person.country === known.country ? [] : [`country = ${p(person.country ?? null)}`]),
      ...(person.zone === known.zone ? [] : [`zone = ${p(person.zone)}`]),
      ...(isDeepStrictEqual(person.consents, known.consents) ? [] : [`consents = ${json(person.consents)}`]),
      ...(more === 0 ? [] : [`sessions = persons.sessions + ${p(more, "integer")}`]),
    ];
  }

  function remind(): void {
    // A reminder may speak at another address of this person: it is written where it lives.
    const keyOf = (r: Reminder) => `${r.address ?? address} ${r.id}`;
    const earlier = new Map(before.conversation.reminders.map((r) => [keyOf(r), r]));
    const changed = reminders.filter((r) => !isDeepStrictEqual(r, earlier.get(keyOf(r))));
    const kept = new Set(reminders.map(keyOf));
    const gone = before.conversation.reminders.filter((r) => !kept.has(keyOf(r)));
    if (changed.length > 0) {
      const rows = changed.map((reminder) => {
        const { id, flow, recurrence, zone, due_at, meant_at, ...at } = rowOf(reminder, address, seal);
        return `(${p(at.address)}, ${p(id)}, ${p(flow)}, ${json(recurrence)}, ${p(zone)}, ${p(due_at, "bigint")}, ${p(meant_at, "bigint")})`;
      });
      parts.push(`reminding as (insert into reminders (address, id, flow, recurrence, zone, due_at, meant_at)
        select r.* from saved, (values ${rows.join(", ")}) as r
        on conflict (address, id) do update set flow = excluded.flow, recurrence = excluded.recurrence,
          zone = excluded.zone, due_at = excluded.due_at, meant_at = excluded.meant_at)`);
    }
    if (gone.length > 0) {
      parts.push(
        `cancelled as (delete from reminders using saved, jsonb_to_recordset(${json(
          gone.map((r) => ({ address: r.address ?? address, id: r.id })),
        )}) as g(address text, id text) where reminders.address = g.address and reminders.id = g.id)`,
      );
    }
    callElsewhere(changed, gone);
  }

  /**
   * One that speaks at another address may be due sooner now, or never again; a turn that is being thought out there
   * loads again, so that it does not write back what is gone.
   */
  function callElsewhere(changed: readonly Reminder[], gone: readonly Reminder[]): void {
    const soonest = new Map<Address, number | undefined>();
    for (const { address: there } of gone) if (there) soonest.set(there, undefined);
    for (const { address: there, dueAt } of changed)
      if (there && dueAt !== undefined) soonest.set(there, Math.min(dueAt, soonest.get(there) ?? dueAt));
    if (soonest.size === 0) return;
    const rows = [...soonest].map(([address, due_at]) => ({ address, due_at: due_at ?? null }));
    parts.push(`called as (update conversations set revision = revision + 1, alarm_at = least(alarm_at, e.due_at)
      from saved, jsonb_to_recordset(${json(rows)}) as e(address text, due_at bigint)
      where conversations.address = e.address and conversations.alarm_at is not null)`);
  }

  function say(): void {
    // A reply does not wait behind bulk of the same address: what stands before it goes along in its lane.
    const lastReply = result.messages.findLastIndex((m) => m.lane === "reply");
    // Not before 0, which is at once: a clock that is put back in this moment holds up nothing.
    // As parameters and not as one JSON text: most turns say one thing, and that is a sixth of the statement's cost.
    const rows = result.messages.map((message, i) => {
      const nonce = randomUUID().replaceAll("-", "").slice(0, 24);
      const lane = i <= lastReply ? "reply" : message.lane;
      const sealed = seal.seal(JSON.stringify(message), messagePlace(address, nonce));
      return `(${i}, ${p(lane)}, ${p(sealed)}, ${p(nonce)}, ${p(message.expiresAt ?? null, "bigint")})`;
    });
    if (lastReply >= 0 && before.undelivered > 0 && !result.hush && !result.forget) {
      parts.push(`hastened as (update outbox set lane = 'reply' from saved
        where outbox.address = saved.address and outbox.lane = 'bulk')`);
    }
    parts.push(`said as (insert into outbox (address, lane, message, nonce, attempts, not_before, leased, expires_at)
      select saved.address, m.lane, m.message, m.nonce, 0, 0, false, m.expires_at
      from saved, (values ${rows.join(", ")}) as m (position, lane, message, nonce, expires_at)
      ${rows.length > 1 ? "order by m.position" : ""})`);
  }

  /** All addresses of this person, for who is forgotten is forgotten everywhere; only the last words remain. */
  function forgetEverything(): void {
    const one = p(address);
    if (isNew) {
      parts.push(`saved as (select ${one} as address
        where not exists (select from conversations where address = ${one}))`);
      parts.push("unsaid as (delete from outbox using saved where outbox.address = saved.address)");
      return;
    }
    const whose = p(personId, "uuid");
    const theirs = `(select address from conversations where person = ${whose} and exists (select from saved))`;
    parts.push(
      `saved as (delete from conversations where address = ${one} and revision = ${p(before.revision as number, "bigint")} returning address)`,
      `others as (delete from conversations using saved where person = ${whose} and conversations.address <> ${one})`,
      `unsaid as (delete from outbox where address in ${theirs})`,
      `unreminded as (delete from reminders where address in ${theirs})`,
      `uncoded as (delete from link_codes where address in ${theirs})`,
      `unnoted as (delete from journal using saved where person = ${whose})`,
      `unknown as (delete from persons using saved where id = ${whose})`,
    );
  }
}
