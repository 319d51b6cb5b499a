/** When the browser has taken it over, for sure. */
const TAKEN_MS = 60_000;

/** Offers a file of this name: it goes to the browser's folder of downloads, or where the person says. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_MS);
}
