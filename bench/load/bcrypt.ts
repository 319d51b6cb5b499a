import { createPasswordHasher } from "../../server/passwords/hasher.ts";
import type { Rate } from "./load.ts";

/** The ceiling of signing in: passwords held against their hashes, and nothing else. `bcrypt.ts SECONDS` */

const AT_ONCE = 8;
/** Until all of them are under way: what ends in the time that counts began before it as often as after it. */
const WARM_MS = 2_000;
const seconds = Number(process.argv[2]);
const hasher = createPasswordHasher([{ version: 1, key: new Uint8Array(32) }]);
const hash = await hasher.hash("correct horse battery");
let compared = 0;
const from = performance.now() + WARM_MS;
const until = from + seconds * 1_000;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (performance.now() < until) {
      await hasher.verify("correct horse battery", hash);
      const now = performance.now();
      if (now >= from && now < until) compared += 1;
    }
  }),
);
process.send?.({ perSecond: compared / seconds } satisfies Rate);
process.exit(0);
