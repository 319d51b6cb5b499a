import { newId } from "../../../lib/base/ids.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { reportRoutes } from "./report-routes.ts";

export interface Expected {
  /** With real ids in it. */
  readonly path?: () => string;
  readonly body?: () => object;
  /** Status for who is not signed in, who is but has no part in it, and who takes part: alice. */
  readonly statuses: readonly [number, number, number];
}

/** A body of `{}` reaches the check of the fields only past the check of the session: 400 means allowed. */
export const expectedRoutes = (
  ids: () => {
    readonly aliceId: string;
    readonly aliceDevice: string;
    readonly conversation: string;
  },
): Readonly<Record<string, Expected>> => ({
  "GET /api/health": { statuses: [200, 200, 200] },
  "GET /api/ready": { statuses: [200, 200, 200] },
  // Without its token it is not there, and its own test is below.
  "GET /api/metrics": { statuses: [404, 404, 404] },
  "GET /api/registration": { statuses: [200, 200, 200] },
  "POST /api/registration": { statuses: [400, 400, 400] },
  "POST /api/registration/invitation": { statuses: [400, 400, 400] },
  "POST /api/registration/confirm": { statuses: [400, 400, 400] },
  "POST /api/sign-in": { statuses: [400, 400, 400] },
  "GET /api/auth/[...nextauth]": { path: () => "/api/auth/session", statuses: [200, 200, 200] },
  "POST /api/auth/[...nextauth]": { path: () => "/api/auth/signout", statuses: [400, 400, 400] },
  "POST /api/step-up": { statuses: [401, 400, 400] },
  "GET /api/me": { statuses: [401, 200, 200] },
  "PUT /api/me": { statuses: [401, 400, 400] },
  "PUT /api/me/email": { statuses: [401, 403, 403] },
  "PUT /api/me/picture": { statuses: [401, 400, 400] },
  "DELETE /api/me/picture": { statuses: [401, 204, 204] },
  "PUT /api/me/visibility": { statuses: [401, 204, 204] },
  "GET /api/credentials": { statuses: [401, 200, 200] },
  "PUT /api/password": { statuses: [401, 403, 403] },
  "POST /api/sign-in-codes": { statuses: [401, 403, 403] },
  "POST /api/sign-in/app-password": { statuses: [400, 400, 400] },
  "GET /api/app-passwords": { statuses: [401, 200, 200] },
  "POST /api/app-passwords": { statuses: [401, 403, 403] },
  "DELETE /api/app-passwords/[id]": {
    path: () => `/api/app-passwords/${newId()}`,
    statuses: [401, 404, 404],
  },
  "POST /api/totp": { statuses: [401, 403, 403] },
  "POST /api/totp/confirm": { statuses: [401, 400, 400] },
  "POST /api/authenticator": { statuses: [400, 400, 400] },
  "POST /api/authenticator/confirm": { statuses: [400, 400, 400] },
  "GET /api/account/data": { statuses: [401, 403, 403] },
  "DELETE /api/account": { statuses: [401, 403, 403] },
  "GET /api/people": { path: () => "/api/people?q=bob", statuses: [401, 200, 200] },
  "GET /api/people/[id]/keys": { path: () => `/api/people/${ids().aliceId}/keys`, statuses: [401, 200, 200] },
  "POST /api/people/keys": { body: () => ({ accounts: [ids().aliceId] }), statuses: [401, 200, 200] },
  "GET /api/people/[id]/picture": {
    path: () => `/api/people/${ids().aliceId}/picture?v=${"A".repeat(22)}`,
    statuses: [401, 404, 404],
  },
  "GET /api/vault": { statuses: [401, 200, 200] },
  "PUT /api/vault/[id]": { path: () => `/api/vault/${newId()}`, statuses: [401, 400, 400] },
  "POST /api/keys": { statuses: [401, 400, 400] },
  "POST /api/keys/reset": { statuses: [401, 403, 403] },
  "GET /api/links": { statuses: [401, 403, 403] },
  "POST /api/links": { statuses: [401, 400, 400] },
  "GET /api/links/[id]": { path: () => `/api/links/${newId()}`, statuses: [401, 403, 403] },
  "DELETE /api/links/[id]": { path: () => `/api/links/${newId()}`, statuses: [401, 204, 204] },
  "GET /api/links/[id]/progress": {
    path: () => `/api/links/${newId()}/progress`,
    statuses: [401, 410, 410],
  },
  "POST /api/links/[id]/reveal": { path: () => `/api/links/${newId()}/reveal`, statuses: [401, 400, 400] },
  "POST /api/links/[id]/collect": { path: () => `/api/links/${newId()}/collect`, statuses: [401, 410, 410] },
  "POST /api/links/[id]/challenge": {
    path: () => `/api/links/${newId()}/challenge`,
    statuses: [401, 403, 403],
  },
  "POST /api/links/[id]/answer": { path: () => `/api/links/${newId()}/answer`, statuses: [401, 403, 403] },
  "POST /api/devices": { statuses: [401, 400, 400] },
  "GET /api/devices": { statuses: [401, 200, 200] },
  "PUT /api/devices/[id]": {
    path: () => `/api/devices/${ids().aliceDevice}`,
    body: () => ({ name: "Desk" }),
    statuses: [401, 404, 204],
  },
  "DELETE /api/devices/[id]": { path: () => `/api/devices/${ids().aliceDevice}`, statuses: [401, 403, 403] },
  "GET /api/sessions": { statuses: [401, 200, 200] },
  "DELETE /api/sessions/[id]": { path: () => `/api/sessions/${newId()}`, statuses: [401, 404, 404] },
  "POST /api/sessions/end-others": { statuses: [401, 204, 204] },
  "GET /api/journal": { statuses: [401, 200, 200] },
  "GET /api/notices": { statuses: [401, 200, 200] },
  "PUT /api/notices/seen": { body: () => ({ id: 0 }), statuses: [401, 204, 204] },
  "PUT /api/devices/current": { body: () => ({ device: ids().aliceDevice }), statuses: [401, 404, 204] },
  ...conversationRoutes(ids),
  ...reportRoutes(ids),
  "PUT /api/devices/current/key": { statuses: [401, 400, 400] },
  "POST /api/keys/transport": { statuses: [401, 400, 400] },
  "POST /api/keys/recovery": { statuses: [401, 403, 403] },
  "PUT /api/keys/recovery": { statuses: [401, 403, 403] },
  "POST /api/renewals": { statuses: [401, 200, 200] },
  "GET /api/renewals/[id]/entries": {
    path: () => `/api/renewals/${newId()}/entries`,
    statuses: [401, 409, 409],
  },
  "PUT /api/renewals/[id]/entries": {
    path: () => `/api/renewals/${newId()}/entries`,
    statuses: [401, 400, 400],
  },
  "POST /api/renewals/[id]/commit": {
    path: () => `/api/renewals/${newId()}/commit`,
    statuses: [401, 400, 400],
  },
  "POST /api/telemetry/open-failures": { statuses: [401, 204, 204] },
});
