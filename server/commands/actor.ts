import { type Client, COMMAND_LINE } from "../services/client.ts";

/** The journal's word for who was there. */
export const CLIENT: Client = { address: "", agent: COMMAND_LINE };
/** Whoever may read the data folder may do everything. */
export const COMMAND_LINE_ACTOR = { accountId: COMMAND_LINE, role: "administrator" } as const;
