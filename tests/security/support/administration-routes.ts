import { newId } from "../../../lib/base/ids.ts";

export const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;

/** Of those who may enter, the last one has not stepped up. */
export const ROLES = ["anonymous", "member", "moderator", "auditor", "administrator", "unproved"] as const;
export type Asking = (typeof ROLES)[number];

export interface Expected {
  /** In the order of ROLES. */
  readonly statuses: readonly [number, number, number, number, number, number];
  /** With real ids in it. */
  readonly path?: string;
  readonly body?: object;
}

/** Of nobody: past the door and the step-up there is nobody to act on. */
const ofNobody = (route: string, body: object = {}): Record<string, Expected> => ({
  [route]: {
    path: route.replace(/^\w+ /, "").replace(/\[\w+\]/g, () => newId()),
    body,
    statuses: [401, 404, 404, 404, 404, 403],
  },
});

/** What administration.test.ts expects of each route of the administration. */
export const ADMINISTRATION_ROUTES: Readonly<Record<string, Expected>> = {
  "GET /api/admin/overview": { statuses: [401, 404, 404, 200, 200, 403] },
  "GET /api/admin/people": { statuses: [401, 404, 200, 200, 200, 403] },
  "GET /api/admin/people/[id]": {
    path: `/api/admin/people/${newId()}`,
    statuses: [401, 404, 404, 404, 404, 403],
  },
  ...ofNobody("DELETE /api/admin/people/[id]", { name: "nobody" }),
  ...ofNobody("PUT /api/admin/people/[id]/role", { role: "member" }),
  ...ofNobody("PUT /api/admin/people/[id]/restraint", { kind: "banned", reason: "", until: null }),
  ...ofNobody("DELETE /api/admin/people/[id]/restraint"),
  ...ofNobody("DELETE /api/admin/people/[id]/sessions"),
  ...ofNobody("DELETE /api/admin/people/[id]/sessions/[session]"),
  ...ofNobody("DELETE /api/admin/people/[id]/devices/[device]"),
  ...ofNobody("POST /api/admin/people/[id]/authenticator"),
  ...ofNobody("PUT /api/admin/people/[id]/app-passwords", { allowed: true }),
  "GET /api/admin/invitations": { statuses: [401, 404, 404, 200, 200, 403] },
  "POST /api/admin/invitations": {
    body: { role: "member", uses: 3, days: 7, note: "" },
    statuses: [401, 404, 404, 404, 200, 403],
  },
  "POST /api/admin/invitations/import": {
    body: {
      people: [{ name: "newcomer", displayName: "New Comer", email: null, role: "member" }],
      days: 7,
      dryRun: false,
    },
    statuses: [401, 404, 404, 404, 200, 403],
  },
  "GET /api/admin/invitations/[id]": {
    path: `/api/admin/invitations/${newId()}`,
    statuses: [401, 404, 404, 404, 404, 403],
  },
  ...ofNobody("DELETE /api/admin/invitations/[id]"),
  "GET /api/admin/journal": { statuses: [401, 404, 404, 200, 200, 403] },
  "GET /api/admin/journal/tail": { statuses: [401, 404, 404, 200, 200, 403] },
  "GET /api/admin/journal/alerts": { statuses: [401, 404, 404, 200, 200, 403] },
  "GET /api/admin/journal/export": {
    path: "/api/admin/journal/export?format=csv",
    statuses: [401, 404, 404, 200, 200, 403],
  },
  "GET /api/admin/journal/verification": { statuses: [401, 404, 404, 200, 200, 403] },
  "POST /api/admin/moderation/[id]": {
    path: `/api/admin/moderation/${newId()}`,
    body: { about: newId(), measure: "warned", text: "Be kind.", until: null, messages: [] },
    statuses: [401, 404, 404, 404, 404, 403],
  },
  "GET /api/admin/moderation": { statuses: [401, 404, 200, 200, 200, 403] },
  "GET /api/admin/rooms": { statuses: [401, 404, 404, 200, 200, 403] },
  "GET /api/admin/rooms/[id]": {
    path: `/api/admin/rooms/${newId()}`,
    statuses: [401, 404, 404, 404, 404, 403],
  },
  "GET /api/admin/rooms/[id]/members": {
    path: `/api/admin/rooms/${newId()}/members`,
    statuses: [401, 404, 404, 404, 404, 403],
  },
  ...ofNobody("DELETE /api/admin/rooms/[id]", { members: 1 }),
  ...ofNobody("PUT /api/admin/rooms/[id]/archive"),
  ...ofNobody("DELETE /api/admin/rooms/[id]/archive"),
  "GET /api/admin/rooms/[id]/heirs": {
    path: `/api/admin/rooms/${newId()}/heirs`,
    statuses: [401, 404, 404, 404, 404, 403],
  },
  ...ofNobody("PUT /api/admin/rooms/[id]/offer", { account: newId() }),
  ...ofNobody("DELETE /api/admin/rooms/[id]/offer"),
  "GET /api/admin/access-rules": { statuses: [401, 404, 404, 200, 200, 403] },
  "PUT /api/admin/access-rules": {
    body: { version: 0, rules: [], trial: false },
    statuses: [401, 404, 404, 404, 204, 403],
  },
  "GET /api/admin/access-rules/rooms": {
    path: "/api/admin/access-rules/rooms?q=plans",
    statuses: [401, 404, 404, 200, 200, 403],
  },
  "POST /api/admin/access-rules/trial": {
    body: { rules: [{ effect: "deny", place: "server", by: "address", patterns: "10.0.0.0/8", note: "" }] },
    statuses: [401, 404, 404, 200, 200, 403],
  },
  // Of no trial.
  "POST /api/admin/access-rules/confirmation": {
    body: { version: 0 },
    statuses: [401, 404, 404, 404, 410, 403],
  },
  "GET /api/admin/announcements": { statuses: [401, 404, 404, 200, 200, 403] },
  "POST /api/admin/announcements": {
    body: { level: "information", text: "Hello", french: "", startsAt: null, endsAt: 4_102_444_800_000 },
    statuses: [401, 404, 404, 404, 400, 403],
  },
  ...ofNobody("DELETE /api/admin/announcements/[id]"),
  "GET /api/admin/policies": { statuses: [401, 404, 404, 200, 200, 403] },
  "PUT /api/admin/policies": { statuses: [401, 404, 404, 404, 204, 403] },
  ...Object.fromEntries(
    METHODS.map((method) => [
      `${method} /api/admin/[...absent]`,
      { path: "/api/admin/nothing/here", statuses: [401, 404, 404, 404, 404, 404] as const },
    ]),
  ),
};
