import type { TrustActions, TrustStanding } from "../../client/model-account.ts";
import { withClient } from "../account/open-account.ts";
import { findPerson } from "../account/targets.ts";
import type { Command, Context } from "../cli/command.ts";
import { EXIT, Failure, usage } from "../failure.ts";

const DIGITS = 60;

export const verify: Command = {
  name: "verify",
  summary: "show the safety number with somebody, compare it, accept a new identity",
  synopsis: "<person> [--mark | --number DIGITS | --unmark] [--accept]",
  args: [1, 1],
  description: [
    "Prints the twelve groups of digits that both sides see alike. Compare them over another way, then say --mark; or hand the other side's number to --number, which marks it only if it is the same and otherwise ends with 7.",
    "Where the identity is not the one that was accepted here, this ends with 7, and nothing is sent to that person; --accept goes on with the new one. Together with --number it accepts only what compares.",
  ],
  options: [
    { name: "mark", help: "the numbers were compared, and are the same" },
    { name: "number", value: "DIGITS", help: "the number that the other side sees; spaces do not matter" },
    { name: "unmark", help: "they are not compared any more" },
    { name: "accept", help: "go on with a changed identity" },
  ],
  examples: ["sceau verify alice", "sceau verify alice --number '01234 56789 …'"],
  async run(context) {
    const number = context.text("number")?.replace(/\s/g, "");
    if (number !== undefined && !/^\d+$/.test(number)) throw usage("--number takes digits.");
    if ([context.is("mark"), number !== undefined, context.is("unmark")].filter(Boolean).length > 1)
      throw usage("--mark, --number and --unmark exclude each other.");
    await withClient(context, async (client) => {
      const person = await findPerson(client, context.args[0] ?? "");
      const { trust } = await client.messenger.account();
      const before = await trust.standing(person.id);
      // From here on it is this identity that is accepted, as with the first message.
      if (!before.changed) await client.unlocked.parts.identities.refresh(person.id);
      if (number !== undefined) requireSame(number, before);
      if (before.changed && context.is("accept")) await trust.accept(person.id, before.offer);
      const after = await act(context, trust, person.id, before, number !== undefined);
      const { number: groups, changed } = after;
      // Whoever was compared had another number than this one.
      const verifiedAt = changed ? null : after.verifiedAt;
      await context.out.result(
        { person: { id: person.id, name: person.name }, number: groups, changed, verifiedAt },
        describe(after),
      );
      if (changed)
        throw new Failure(
          EXIT.trust,
          "identity-changed",
          `${person.name} has another identity than the one accepted here. Compare the number, then say --accept.`,
        );
    });
  },
};

async function act(
  context: Context,
  trust: TrustActions,
  person: Parameters<TrustActions["standing"]>[0],
  before: TrustStanding,
  compared: boolean,
): Promise<TrustStanding> {
  const accepted = !before.changed || context.is("accept");
  if (accepted && (context.is("mark") || compared)) await trust.verify(person, before.offer);
  if (accepted && context.is("unmark")) await trust.unverify(person, before.offer);
  return trust.standing(person);
}

function requireSame(number: string, { number: groups }: TrustStanding): void {
  if (number.length === DIGITS && number === groups.join("")) return;
  throw new Failure(
    EXIT.trust,
    "number-differs",
    "The numbers differ. Somebody may be in between: nothing was marked or accepted.",
  );
}

function describe({ number, changed, verifiedAt }: TrustStanding): string {
  const rows = [0, 4, 8].map((at) => number.slice(at, at + 4).join(" "));
  const standing = changed
    ? "changed: not accepted here"
    : verifiedAt === null
      ? "not compared yet"
      : `compared on ${new Date(verifiedAt).toISOString().slice(0, 10)}`;
  return `${rows.join("\n")}\n${standing}`;
}
