import { readdir, readFile } from "node:fs/promises";

/** Clock ticks in a second, which Linux fixes for what it tells in /proc. */
const TICKS = 100;

/** Seconds of processor time of a process so far, and of all it started and that still runs. */
export interface ProcessorTime {
  readonly own: number;
  readonly children: number;
}

/** By /proc, so on Linux alone. */
export async function processorTime(pid: number): Promise<ProcessorTime> {
  const parents = new Map<number, number>();
  const seconds = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    const stat = /^\d+$/.test(name) && (await readFile(`/proc/${name}/stat`, "latin1").catch(() => null));
    if (!stat) continue;
    // The name of the program, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    parents.set(Number(name), Number(fields[1]));
    seconds.set(Number(name), (Number(fields[11]) + Number(fields[12])) / TICKS);
  }
  let children = 0;
  for (const [other, used] of seconds) {
    let above = parents.get(other);
    while (above && above !== pid) above = parents.get(above);
    if (above === pid) children += used;
  }
  return { own: seconds.get(pid) ?? 0, children };
}
