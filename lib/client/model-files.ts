import type { AccountId, ConversationId, MessageId } from "../base/ids.ts";
import type { AttachedFile, Content, FilePreview, MessageRef } from "../protocol/content.ts";
import type { ErrorCode } from "../protocol/errors.ts";

/** Files as views see them. */

/** Something to send, wherever it comes from. */
export interface FileSource {
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** Bytes `from` to `to`, `to` excluded; asked for in order. Rejects when it cannot be read, or not any more. */
  read(from: number, to: number): Promise<Uint8Array>;
  readonly preview: SourcePreview | null;
}

/** A JPEG or WebP, no larger than LIMITS.previewSide and previewBytes. */
export interface SourcePreview {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What is said beside files. */
export type SaidBesideFiles = Omit<Extract<Content, { readonly type: "text" }>, "type" | "files">;

/** A message of one's own whose files are on their way. */
export interface Upload {
  /** Of the message that it becomes. */
  readonly id: MessageId;
  readonly conversation: ConversationId;
  readonly thread: MessageRef | null;
  readonly names: readonly string[];
  readonly state: "sealing" | "uploading" | "failed";
  /** Whether it outlives the page: not before all of it is sealed. */
  readonly lasting: boolean;
  /** Of `total` bytes, of those being sealed or, then, of those on the server. */
  readonly done: number;
  readonly total: number;
  readonly failure: ErrorCode | null;
}

/** Where a received file stands: it opens as no other's. */
export interface FilePlace {
  readonly conversation: ConversationId;
  readonly sender: AccountId;
}

export interface Files {
  /**
   * Seals the files, uploads them and then sends the message; how it goes stands in the state's `uploads`.
   * @throws AppError "file-too-large" before anything is done; "bad-request" for none or too many
   */
  send(conversation: ConversationId, said: SaidBesideFiles, sources: readonly FileSource[]): Promise<void>;
  /** After a failure. */
  retry(upload: MessageId): void;
  /** Nothing of it is sent, and nothing stays. */
  cancel(upload: MessageId): Promise<void>;
  /** The opened preview; kept for a while. @throws AppError as `open` does */
  preview(place: FilePlace, preview: FilePreview): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * What is inside, piece by piece. Only once it has come to its end may it be shown or kept. Goes on by itself after
   * the network was away, until the signal ends it.
   * @throws AppError "not-found" when it is not there any more, "file-damaged" when it is not what was sent
   */
  open(place: FilePlace, file: AttachedFile, signal?: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>>;
  /** What messages at these places were sent with; without those that are not there, or cannot be opened. @throws AppError */
  of(
    conversation: ConversationId,
    seqs: readonly number[],
  ): Promise<ReadonlyMap<number, readonly AttachedFile[]>>;
  /** A received file, to be sent on: fetched, opened and sealed anew as it is read. */
  sourceOf(place: FilePlace, file: AttachedFile): Promise<FileSource>;
}
