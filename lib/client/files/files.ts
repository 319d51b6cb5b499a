import type { Bytes } from "../../base/bytes.ts";
import type { MessageId } from "../../base/ids.ts";
import { AppError } from "../../protocol/errors.ts";
import type { RunningParts } from "../account/parts.ts";
import { requireLocalKey } from "../local-key.ts";
import type { FilePlace, Files } from "../model-files.ts";
import { type FetchDeps, fetchFile, type SealedFile } from "./fetch-file.ts";
import { filesOf } from "./files-of.ts";
import { followState } from "./follow-state.ts";
import { forwardedSource } from "./forwarded-source.ts";
import { createPatience } from "./patience.ts";
import { createPreviewCache } from "./preview-cache.ts";
import { shownPreviews } from "./shown-previews.ts";
import { createUploadRecords } from "./upload-record.ts";
import { createUploads } from "./uploads.ts";

export interface RunningFiles extends Files {
  /** The connection is back, or a tab may have left something. */
  resume(): Promise<void>;
  /**
   * Of a message whose files the server lost before it was stored.
   * @returns whether they are here still: then they are on their way, and the message after them
   */
  resend(message: MessageId): Promise<boolean>;
  /** A message with files has left the outbox. */
  settle(message: MessageId): Promise<void>;
  stop(): void;
}

/** Files in both directions, in a browser or without one. */
export async function startFiles(parts: RunningParts): Promise<RunningFiles> {
  const { api, platform, store, vault } = parts;
  const shelf = await platform.openShelf(vault.account);
  const records = createUploadRecords(
    shelf,
    await requireLocalKey(platform.storage, vault.account),
    vault.account,
  );
  const patience = createPatience();
  const previews = createPreviewCache();
  const tidying = followState(store, () => {
    const { timelines, conversations } = store.get();
    // What was deleted, or is over, is in no timeline any more.
    previews.keepOnly(new Set([...shownPreviews(timelines), ...uploads.previews()]));
    if (conversations) uploads.keepOnly(new Set(conversations.map(({ id }) => id)));
  });
  const uploads = createUploads({
    parts,
    shelf,
    records,
    patience,
    onPreview(id, bytes) {
      previews.put(id, bytes.slice() as Bytes);
      tidying.soon();
    },
  });
  const deps: FetchDeps = { api, patience, now: platform.now };
  let stopped = false;
  const isStopped = () => stopped;

  async function whole(place: FilePlace, file: SealedFile): Promise<Bytes> {
    const parts: Bytes[] = [];
    for await (const part of fetchFile(deps, place, file, isStopped)) parts.push(part);
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  const files: RunningFiles = {
    async send(conversation, said, sources) {
      uploads.send(conversation, said, sources);
    },
    retry: uploads.retry,
    cancel: uploads.cancel,
    preview: (place, preview) =>
      previews.get(preview.id, () => whole(place, preview)).finally(() => tidying.soon()),
    open: (place, file, signal) => fetchFile(deps, place, file, () => stopped || (signal?.aborted ?? false)),
    of: (conversation, seqs) => filesOf(parts, conversation, seqs),
    async sourceOf(place, file) {
      const { preview } = file;
      const bytes = preview && (await files.preview(place, preview).catch(unlessAway));
      return forwardedSource(
        file,
        () => fetchFile(deps, place, file, isStopped),
        preview && bytes ? { bytes, width: preview.width, height: preview.height } : null,
      );
    },
    resume: uploads.resume,
    resend: uploads.resend,
    settle: uploads.settle,
    stop() {
      stopped = true;
      tidying.stop();
      uploads.stop();
    },
  };
  uploads.resume().catch(() => {});
  return files;
}

/** A picture goes on without a preview that is gone or damaged. */
function unlessAway(error: unknown): null {
  if (error instanceof AppError && error.code === "offline") throw error;
  return null;
}
