import type { Actor } from "./cast.ts";
import type { Gathering } from "./judge.ts";

/** No network or no database, just when records had to be asked for: whoever said it gets the words back (`lib/client/outbox.ts`). */
const FAIR_REFUSALS = new Set(["offline", "unavailable"]);
/** Tabs that died took some along. Where less than this share became safe, the rest proves little. */
const SAFE_SHARE = 0.8;
/** Of what was to be said: where no tab was there, nobody said it. */
const SAID_SHARE = 0.5;

/**
 * Waits until it is known of everything that was said what became of it.
 * @param wanted how much was to be said
 */
export async function settleSaying(
  cast: readonly Actor[],
  gatherings: readonly Gathering[],
  wanted: number,
): Promise<string[]> {
  const findings: string[] = [];
  const saidBy = (actor: Actor) => gatherings.flatMap(({ id }) => actor.said(id));
  for (const actor of cast) {
    const isDecided = () => saidBy(actor).every(({ fate }) => fate !== "sealing");
    await actor
      .until(isDecided, "what is sealed without end")
      .catch((error: Error) => findings.push(error.message));
    for (const { text, refusal } of saidBy(actor))
      if (refusal !== null && !FAIR_REFUSALS.has(refusal))
        findings.push(`"${text}" of ${actor.name} was refused with ${refusal}`);
  }
  const said = cast.flatMap(saidBy);
  const safe = said.filter(({ fate }) => fate === "safe");
  if (safe.length < said.length * SAFE_SHARE)
    findings.push(`only ${safe.length} of ${said.length} messages became safe`);
  if (said.length < wanted * SAID_SHARE)
    findings.push(`only ${said.length} of ${wanted} messages were said at all`);
  return findings;
}
