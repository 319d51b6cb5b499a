import { stat, statfs } from "node:fs/promises";

/** Bytes that are left of it for whoever may write, and all. */
export interface Disk {
  readonly free: number;
  readonly total: number;
}

/** The disk that a folder is on; null where the system does not tell. */
export async function diskOf(folder: string): Promise<Disk | null> {
  const found = await statfs(folder).catch(() => null);
  return found && { free: found.bavail * found.bsize, total: found.blocks * found.bsize };
}

/** The same, but null where it is `other`'s disk too. */
export async function diskBeside(folder: string, other: string): Promise<Disk | null> {
  const devices = await Promise.all([folder, other].map((path) => stat(path).then(({ dev }) => dev))).catch(
    () => null,
  );
  return devices && devices[0] !== devices[1] ? diskOf(folder) : null;
}
