import { userInfo } from "node:os";
import { type Client, COMMAND_LINE } from "../services/client.ts";

/** The journal's word for who was there: the command line, and the system's user who typed it. */
export const CLIENT: Client = { address: "", agent: `${COMMAND_LINE} (${systemUser()})` };
/** Whoever may read the data folder may do everything. */
export const COMMAND_LINE_ACTOR = { accountId: COMMAND_LINE, role: "administrator" } as const;
/** Nobody with an account. */
export const NOBODY = { accountId: null } as const;

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // As in a container that was started with a number alone.
    return String(process.getuid?.() ?? "");
  }
}
