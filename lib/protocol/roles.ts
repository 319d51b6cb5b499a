/** What an account may be on this server. What each of them may do: permissions.ts. */
export const ROLES = ["member", "moderator", "auditor", "administrator"] as const;
export type Role = (typeof ROLES)[number];
