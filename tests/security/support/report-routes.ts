import { newId } from "../../../lib/base/ids.ts";

interface Expected {
  readonly path?: () => string;
  readonly body?: () => object;
  readonly statuses: readonly [number, number, number];
}

/** What routes.test.ts expects of reports. */
export const reportRoutes = (
  ids: () => { readonly aliceId: string; readonly conversation: string },
): Readonly<Record<string, Expected>> => ({
  "GET /api/reports": {
    // Alice moderates what two share as little as anybody else; she runs the server.
    path: () => `/api/reports?conversation=${ids().conversation}`,
    statuses: [401, 404, 404],
  },
  "POST /api/reports": {
    body: () => ({
      id: newId(),
      conversation: ids().conversation,
      audience: "moderators",
      sealed: "A".repeat(400),
      boxes: [{ account: ids().aliceId, box: "A".repeat(1600) }],
    }),
    // Alice to herself.
    statuses: [401, 404, 400],
  },
  "GET /api/reports/stewards": { statuses: [401, 200, 200] },
  "GET /api/reports/waiting": { statuses: [401, 200, 200] },
  "GET /api/reports/own": { statuses: [401, 200, 200] },
  "POST /api/reports/own/seen": { statuses: [401, 204, 204] },
  "DELETE /api/reports/warnings/[id]": {
    path: () => `/api/reports/warnings/${newId()}`,
    statuses: [401, 404, 404],
  },
  "POST /api/reports/[id]/decision": {
    path: () => `/api/reports/${newId()}/decision`,
    body: () => ({ decision: "dismissed" }),
    statuses: [401, 404, 404],
  },
});
