import { createPasswordHasher } from "../../server/passwords/hasher.ts";
import type { Rate } from "./load.ts";

/** The ceiling of signing in: passwords held against their hashes, and nothing else. `bcrypt.ts SECONDS` */

const AT_ONCE = 8;
const seconds = Number(process.argv[2]);
const hasher = createPasswordHasher([{ version: 1, key: new Uint8Array(32) }]);
const hash = await hasher.hash("correct horse battery");
let compared = 0;
const until = performance.now() + seconds * 1_000;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (performance.now() < until) {
      await hasher.verify("correct horse battery", hash);
      compared += 1;
    }
  }),
);
process.send?.({ perSecond: compared / seconds } satisfies Rate);
process.exit(0);
