import type { Page } from "playwright";

/** Everything that IndexedDB holds, whatever it is, as text of one and of two bytes a character. */
export function readDisk(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("sceau");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = (store: string) =>
      new Promise<unknown[]>((resolve) => {
        const request = opened.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      });
    const pieces: string[] = [];
    const take = (value: unknown): void => {
      if (value instanceof Uint8Array) {
        pieces.push(new TextDecoder("latin1").decode(value), new TextDecoder("utf-16").decode(value));
        pieces.push(new TextDecoder("utf-8").decode(value));
      } else if (typeof value === "object" && value !== null) Object.values(value).forEach(take);
      else pieces.push(String(value));
    };
    for (const store of opened.objectStoreNames) take(await all(store));
    const sizes = await Promise.all(
      [...opened.objectStoreNames].map(async (store) => `${store}=${(await all(store)).length}`),
    );
    opened.close();
    return [...sizes, ...pieces].join("\n");
  });
}
