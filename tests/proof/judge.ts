import { setTimeout as sleep } from "node:timers/promises";
import type { ConversationId } from "../../lib/base/ids.ts";
import type { Message } from "../../lib/client/model.ts";
import type { Actor, Said } from "./cast.ts";

export interface Gathering {
  readonly id: ConversationId;
  /** What stood there before this round. */
  readonly before: number;
  /** Who writes there and must have all of it. */
  readonly people: readonly Actor[];
}

/** Of one message enough to tell which it is. */
const SHOWN_CHARS = 40;
const FEW = 5;
/** For what became safe, and so was sent, after the first of them was looked at. */
const ON_ITS_WAY_MS = 5_000;
const LOOK_EVERY_MS = 50;

/**
 * Waits until everybody has everything that is safe, then holds it against the promise: each message once, in the order
 * in which each device said them, the same at the same place for everybody, and opened.
 */
export async function findDifferences(
  cast: readonly Actor[],
  gatherings: readonly Gathering[],
): Promise<string[]> {
  const findings: string[] = [];
  for (const gathering of gatherings) {
    const { id, people } = gathering;
    const safe = cast.flatMap((actor) => [
      ...actor.said(id).filter(({ fate }) => fate === "safe"),
      ...actor.files(id).filter(({ excuse }) => excuse === null),
    ]);
    for (const actor of people) {
      try {
        const isOnline = () => actor.device().messenger.getState().connection === "online";
        await actor.until(isOnline, "the network");
        await actor.until(() => hasAll(actor, gathering, safe), `${safe.length} messages`);
      } catch (error) {
        findings.push(`${(error as Error).message}: ${describeLack(actor, gathering, safe)}`);
      }
    }
    findings.push(...(await compareSettled(cast, gathering)));
  }
  return findings;
}

async function compareSettled(cast: readonly Actor[], gathering: Gathering): Promise<string[]> {
  for (const deadline = Date.now() + ON_ITS_WAY_MS; ; await sleep(LOOK_EVERY_MS)) {
    const findings = compare(cast, gathering);
    if (findings.length === 0 || Date.now() > deadline) return findings;
  }
}

const timelineOf = (actor: Actor, { id }: Gathering) => actor.device().messenger.getState().timelines.get(id);

/** What came in this round, unsent ones last. */
export const messagesOf = (actor: Actor, gathering: Gathering): readonly Message[] =>
  (timelineOf(actor, gathering)?.messages ?? []).filter(({ seq }) => seq === null || seq > gathering.before);

export const textOf = ({ body }: Message): string =>
  body.kind === "text" ? body.text : `<${body.kind === "unreadable" ? body.reason : body.kind}>`;

export function hasAll(actor: Actor, gathering: Gathering, safe: readonly Pick<Said, "text">[]): boolean {
  const timeline = timelineOf(actor, gathering);
  const [oldest] = timeline?.messages ?? [];
  if (timeline?.hasOlder && (oldest?.seq ?? 0) > gathering.before + 1) {
    // Fails where the network does; then it is asked for again.
    void actor
      .device()
      .messenger.loadOlder(gathering.id)
      .catch(() => {});
    return false;
  }
  const messages = messagesOf(actor, gathering);
  const texts = new Set(messages.map(textOf));
  return messages.every(({ seq }) => seq !== null) && safe.every(({ text }) => texts.has(text));
}

function describeLack(actor: Actor, gathering: Gathering, safe: readonly Pick<Said, "text">[]): string {
  const messages = messagesOf(actor, gathering);
  const texts = new Set(messages.map(textOf));
  const missing = safe.filter(({ text }) => !texts.has(text)).map(({ text }) => shown(text));
  const unsent = messages.filter(({ seq }) => seq === null).map(({ failure }) => failure ?? "waiting");
  const { phase, connection } = actor.device().messenger.getState();
  return `${phase}, ${connection}, ${texts.size} there, missing ${missing.length} (${missing.slice(0, FEW).join("; ")}), unsent ${unsent.length} (${unsent.slice(0, FEW)})`;
}

function compare(cast: readonly Actor[], gathering: Gathering): string[] {
  const findings: string[] = [];
  const { id, people } = gathering;
  const histories = people.map((actor) =>
    messagesOf(actor, gathering).map((message) => `${message.seq} ${message.id} ${shown(textOf(message))}`),
  );
  const [reference = []] = histories;
  for (const [i, history] of histories.entries()) {
    const longest = Math.max(history.length, reference.length);
    const at = Array.from({ length: longest }).findIndex((_, place) => history[place] !== reference[place]);
    if (at >= 0)
      findings.push(
        `${people[i]?.name} has "${history[at]}" where ${people[0]?.name} has "${reference[at]}"`,
      );
  }
  const known = new Set(
    cast.flatMap((actor) => [...actor.said(id), ...actor.files(id)].map(({ text }) => text)),
  );
  for (const actor of people) {
    const { conversations } = actor.device().messenger.getState();
    const alert = conversations?.find((one) => one.id === id)?.alert;
    if (alert) findings.push(`${actor.name} is warned: ${alert}`);
    const texts = messagesOf(actor, gathering).map(textOf);
    const closed = texts.filter((text) => text.startsWith("<"));
    findings.push(...closed.map((text) => `${actor.name} cannot open: ${text}`));
    const foreign = texts.filter((text) => !known.has(text) && !text.startsWith("<"));
    findings.push(...foreign.map((text) => `${actor.name} has "${shown(text)}", which nobody said there`));
    for (const writer of cast) findings.push(...misplaced(texts, writer.said(id), actor, writer));
  }
  return findings;
}

/** Each once, unless its device died before it was safe, none that was refused, and in the order of saying. */
function misplaced(texts: readonly string[], said: readonly Said[], reader: Actor, writer: Actor): string[] {
  const findings: string[] = [];
  const places = new Map<string, number[]>();
  for (const [place, text] of texts.entries()) places.set(text, [...(places.get(text) ?? []), place]);
  let last = -1;
  for (const { text, fate } of said) {
    const found = places.get(text) ?? [];
    if (
      found.length > 1 ||
      (fate === "safe" && found.length === 0) ||
      (fate === "refused" && found.length > 0)
    )
      findings.push(`${reader.name} has "${shown(text)}" of ${writer.name} ${found.length} times`);
    const [place = last] = found;
    if (place < last)
      findings.push(`${reader.name} has "${shown(text)}" of ${writer.name} before what was said earlier`);
    last = place;
  }
  return findings;
}

export const shown = (text: string) => text.slice(0, SHOWN_CHARS);
