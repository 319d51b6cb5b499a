import { request } from "node:http";
import { setPriority } from "node:os";
import type { Told } from "./load.ts";

/**
 * A process of its own in which so many strangers begin to sign in at once, each from an address of its own, and it is
 * counted what they are told. `strangers.ts ORIGIN COUNT NETWORK`
 */

const PATIENCE_MS = 30_000;

// Who measures messages from this core meanwhile is not to be held up by it.
setPriority(19);

const [origin = "", count = "0", network = "0"] = process.argv.slice(2);
const told: Told = { checked: 0, overloaded: 0, unanswered: 0 };

/** One bcrypt, whether there is such a name or not. */
function beginSignIn(i: number): Promise<keyof Told> {
  const headers = {
    origin,
    "content-type": "application/json",
    "sec-fetch-site": "same-origin",
    "x-forwarded-for": `10.${network}.${i >> 8}.${i & 255}`,
  };
  return new Promise((resolve, reject) => {
    const options = { method: "POST", agent: false, headers, timeout: PATIENCE_MS };
    const asked = request(new URL("/api/sign-in", origin), options, (answer) => {
      const { statusCode } = answer.resume();
      if (statusCode === 200) resolve("checked");
      else if (statusCode === 503) resolve("overloaded");
      else reject(new Error(`told ${statusCode}`));
    });
    asked.once("timeout", () => {
      resolve("unanswered");
      asked.destroy();
    });
    asked.once("error", reject);
    asked.end(JSON.stringify({ name: `nobody${i}`, password: "correct horse battery" }));
  });
}

process.once("message", async () => {
  const answers = await Promise.all(Array.from({ length: Number(count) }, (_, i) => beginSignIn(i)));
  for (const answer of answers) told[answer] += 1;
  process.send?.(told);
});
