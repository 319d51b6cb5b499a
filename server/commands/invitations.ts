import {
  INVITATION_DAYS,
  INVITATION_USES,
  invitationBody,
  invitationParams,
} from "../../lib/protocol/http/admin/invitations.ts";
import { ROLES } from "../../lib/protocol/roles.ts";
import { CLIENT, NOBODY } from "./actor.ts";
import { type Command, type Context, UsageError } from "./command.ts";
import { oneOf, wholeNumber } from "./words.ts";

async function* allInvitations({ services, json }: Context): AsyncGenerator<string> {
  let after: Parameters<typeof services.admin.invitations.list>[0];
  do {
    const { rows, next } = await services.admin.invitations.list(after);
    for (const { createdBy, ...row } of rows) {
      const { id, role, uses, maxUses, expiresAt, revokedAt, note, name } = row;
      const state = revokedAt === null ? new Date(expiresAt).toISOString() : "revoked";
      if (json) yield `${JSON.stringify({ ...row, createdBy: createdBy?.name ?? null })}\n`;
      else yield `${[id, role, `${uses}/${maxUses}`, state, name ?? "-", note || "-"].join("\t")}\n`;
    }
    after = next ?? undefined;
  } while (after !== undefined);
}

export const INVITATION_COMMANDS: Readonly<Record<string, Command>> = {
  invite: {
    words: [],
    flags: ["role", "uses", "days", "note"],
    help: `prints an invitation: of a --role (member), for so many people (--uses, 1), so many --days (7), with a --note`,
    async run({ services, flags, publicUrl }) {
      const form = invitationBody.safeParse({
        role: oneOf("--role", flags.role ?? "member", ROLES),
        uses: wholeNumber("--uses", flags.uses ?? "1", INVITATION_USES.min, INVITATION_USES.max),
        days: wholeNumber("--days", flags.days ?? "7", INVITATION_DAYS.min, INVITATION_DAYS.max),
        note: flags.note ?? "",
      });
      if (!form.success)
        throw new UsageError("whoever is more than a member is invited one by one; notes are short");
      const { id, token } = await services.admin.invitations.create(NOBODY, form.data, CLIENT);
      const link = `${publicUrl.origin}/register#invitation=${token}`;
      return { text: link, json: { id, link } };
    },
  },
  "invite:list": {
    words: [],
    flags: [],
    help: "a line for every invitation, the newest first: id, role, uses, end, for whom, note",
    run: async (context) => allInvitations(context),
  },
  "invite:revoke": {
    words: ["ID"],
    flags: [],
    help: "ends an invitation",
    async run({ services, words: [typed] }) {
      const found = invitationParams.safeParse({ id: typed });
      if (!found.success) throw new UsageError("ID is what invite:list prints");
      await services.admin.invitations.revoke(NOBODY, found.data.id, CLIENT);
      return { text: "It is revoked.", json: { done: true } };
    },
  },
};
