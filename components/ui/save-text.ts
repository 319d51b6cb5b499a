import { saveBlob } from "@/lib/client/hooks/save-blob";

/** Offers a text as a file of this name. */
export function saveText(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: "text/plain" }));
}
