import type { Role } from "./roles.ts";

/** What is to be seen and done in the administration. Whoever lacks a permission is not told that there is such a thing. */
const SEE = [
  "see-overview",
  "see-people",
  "see-rooms",
  "see-moderation",
  "see-journal",
  "see-access-rules",
  "see-policies",
  "see-announcements",
] as const;
const CHANGE = [
  /** Mutes, bans and their end. */
  "restrain-people",
  /** Everything else about people: making, inviting, roles, deletion. */
  "change-people",
  "change-rooms",
  /** Deciding about reports. */
  "moderate",
  "change-access-rules",
  "change-policies",
  "change-announcements",
] as const;

export type Permission = (typeof SEE)[number] | (typeof CHANGE)[number];

/** The one table of who may do what: an auditor sees everything and changes nothing. */
const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  member: [],
  moderator: ["see-people", "restrain-people", "see-moderation", "moderate"],
  auditor: SEE,
  administrator: [...SEE, ...CHANGE],
};

export function may(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}
