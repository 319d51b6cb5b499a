import type { Actor } from "./cast.ts";
import type { Gathering } from "./judge.ts";

/** With what somebody who is there may be refused to say something. */
const FAIR_REFUSALS = new Set<string>();
/** Tabs that died took some along. Where less than this became safe, the rest proves little. */
const SAFE_SHARE = 0.8;

/** Waits until it is known of everything that was said what became of it; tells what was refused, and where too much was lost. */
export async function settleSaying(
  cast: readonly Actor[],
  gatherings: readonly Gathering[],
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
  return findings;
}
