import type { ConversationId } from "../../lib/base/ids.ts";
import type { AttachedFile } from "../../lib/protocol/content.ts";
import { type Actor, DIED } from "./cast.ts";
import type { Gathering } from "./judge.ts";

/** Waits until no file is on its way from anybody; what was refused is given up, and told: only a tab that died is an excuse. */
export async function settleFiles(
  cast: readonly Actor[],
  gatherings: readonly Gathering[],
): Promise<string[]> {
  const findings: string[] = [];
  for (const actor of cast) {
    const uploads = () => actor.device().messenger.getState().uploads;
    await actor
      .until(() => uploads().every(({ state }) => state === "failed"), "files on their way")
      .catch((error: Error) => findings.push(error.message));
    const files = gatherings.flatMap(({ id }) => actor.files(id));
    for (const { id, names, failure } of uploads()) {
      for (const file of files) if (names.includes(file.text)) file.excuse ??= failure ?? "no reason";
      await (await actor.device().messenger.files()).cancel(id);
    }
    for (const { text, excuse } of files)
      if (excuse !== null && excuse !== DIED)
        findings.push(`"${text}" of ${actor.name} was refused with ${excuse}`);
  }
  return findings;
}

/** Holds what came against what was sent: each once, the same bytes for everybody. */
export async function findFileDifferences(
  cast: readonly Actor[],
  gatherings: readonly Gathering[],
): Promise<string[]> {
  const findings: string[] = [];
  for (const { id, people } of gatherings)
    for (const writer of cast)
      for (const { text, bytes, excuse } of writer.files(id))
        for (const actor of people) {
          const found = withFiles(actor, id, text);
          const [message] = found;
          if (found.length > 1 || (!message && excuse === null))
            findings.push(`${actor.name} has "${text}" of ${writer.name} ${found.length} times`);
          const file = message?.files[0];
          if (message && !(file && (await opens(actor, id, message.sender, file, bytes))))
            findings.push(`${actor.name} cannot open "${text}" of ${writer.name}`);
        }
  return findings;
}

/** Stored ones. */
function withFiles(actor: Actor, conversation: ConversationId, text: string) {
  const { messages = [] } = actor.device().messenger.getState().timelines.get(conversation) ?? {};
  return messages.flatMap(({ seq, sender, body }) =>
    seq !== null && body.kind === "text" && body.text === text ? [{ sender, files: body.files }] : [],
  );
}

async function opens(
  actor: Actor,
  conversation: ConversationId,
  sender: ReturnType<typeof withFiles>[number]["sender"],
  file: AttachedFile,
  bytes: Uint8Array,
): Promise<boolean> {
  const parts: Uint8Array[] = [];
  try {
    const files = await actor.device().messenger.files();
    for await (const part of files.open({ conversation, sender }, file)) parts.push(part);
  } catch {
    return false;
  }
  return Buffer.concat(parts).equals(bytes);
}
