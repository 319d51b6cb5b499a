import { setPriority } from "node:os";
import bcrypt from "bcryptjs";

/** Below whatever moves messages. On Linux it is this thread's alone, as 0 names the one that calls; elsewhere it may be refused. */
const NICENESS = 10;
try {
  if (process.platform === "linux") setPriority(0, NICENESS);
} catch {
  // Then both are equal.
}

/** Runs in a worker thread: one bcrypt at cost 12 holds a core for about 0.2 s, which the event loop cannot give. */
export type Job =
  | { readonly work: "hash"; readonly input: string; readonly cost: number }
  | { readonly work: "compare"; readonly input: string; readonly hash: string };

export default function run(job: Job): string | boolean {
  return job.work === "hash" ? bcrypt.hashSync(job.input, job.cost) : bcrypt.compareSync(job.input, job.hash);
}
