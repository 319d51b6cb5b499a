import { saveBlob } from "./save-blob.ts";

/** Where a stream is written. */
export interface Target {
  write(stream: ReadableStream<Uint8Array<ArrayBuffer>>, signal: AbortSignal): Promise<void>;
}

/** Not in every browser, and not in TypeScript's library. */
interface Picker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** Whether a stream goes straight to the disk. */
export function savesToDisk(): boolean {
  return "showSaveFilePicker" in window;
}

/**
 * Asks where the file goes, or takes the browser's folder of downloads. Call it from a press.
 * @returns null when the person would rather not
 */
export async function chooseTarget(name: string, type = "application/zip"): Promise<Target | null> {
  const { showSaveFilePicker } = window as Picker;
  if (!showSaveFilePicker) return download(name, type);
  try {
    const file = await showSaveFilePicker.call(window, { suggestedName: name });
    return {
      async write(stream, signal) {
        // What was written counts only when all is: an abort leaves what was there before.
        await stream.pipeTo(await file.createWritable(), { signal });
      },
    };
  } catch (error) {
    if ((error as Error).name === "AbortError") return null;
    throw error;
  }
}

function download(name: string, type: string): Target {
  return {
    async write(stream, signal) {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      await stream.pipeTo(new WritableStream({ write: (part) => void parts.push(part) }), { signal });
      saveBlob(name, new Blob(parts, { type }));
    },
  };
}
