import { newId } from "../../../lib/base/ids.ts";

interface Expected {
  readonly path?: () => string;
  readonly body?: () => object;
  readonly statuses: readonly [number, number, number];
}

/** What belongs to a conversation: not there for whoever has no part in it, whatever they send. */
function ofMembers(
  conversation: () => string,
  routes: Readonly<Record<string, readonly [Expected["body"], number]>>,
): Record<string, Expected> {
  return Object.fromEntries(
    Object.entries(routes).map(([route, [body, status]]) => {
      const path = () =>
        route.replace(/^\w+ /, "").replace("[id]", conversation()).replace("[file]", newId());
      return [route, { path, ...(body && { body }), statuses: [401, 404, status] }];
    }),
  );
}

/** What routes.test.ts expects of conversations and rooms. */
export const conversationRoutes = (
  ids: () => { readonly aliceId: string; readonly conversation: string },
): Readonly<Record<string, Expected>> => ({
  "GET /api/conversations": { statuses: [401, 200, 200] },
  "POST /api/conversations": { statuses: [401, 400, 400] },
  "GET /api/conversations/[id]/messages": {
    path: () => `/api/conversations/${ids().conversation}/messages?after=0`,
    statuses: [401, 404, 200],
  },
  "DELETE /api/conversations/[id]": {
    path: () => `/api/conversations/${ids().conversation}`,
    body: () => ({ record: "AAAA" }),
    // Nobody ends what two share.
    statuses: [401, 404, 404],
  },
  ...ofMembers(() => ids().conversation, {
    "GET /api/conversations/[id]/members": [undefined, 200],
    "GET /api/conversations/[id]/profile": [undefined, 200],
    "GET /api/conversations/[id]/join-requests": [undefined, 200],
    "GET /api/conversations/[id]/moderation": [undefined, 200],
    "PUT /api/conversations/[id]/profile": [() => ({ revision: 1, profile: "AAAA" }), 400],
    "POST /api/conversations/[id]/mutes": [() => ({ account: ids().aliceId, until: null }), 400],
    "POST /api/conversations/[id]/files": [() => ({ file: newId(), size: 1_000 }), 200],
    // One that is not there.
    "GET /api/conversations/[id]/files/[file]": [undefined, 404],
    "GET /api/conversations/[id]/files/[file]/upload": [undefined, 404],
    "DELETE /api/conversations/[id]/files/[file]": [undefined, 404],
  }),
  "PUT /api/conversations/[id]/files/[file]": {
    path: () => `/api/conversations/${ids().conversation}/files/${newId()}?offset=0`,
    statuses: [401, 404, 404],
  },
  "DELETE /api/conversations/[id]/join-requests/[account]": {
    path: () => `/api/conversations/${ids().conversation}/join-requests/${ids().aliceId}`,
    body: () => ({ request: "AAAA" }),
    statuses: [401, 404, 404],
  },
  "DELETE /api/conversations/[id]/offer": {
    path: () => `/api/conversations/${ids().conversation}/offer`,
    // Nothing is offered.
    statuses: [401, 404, 404],
  },
  "GET /api/rooms": { path: () => "/api/rooms?q=", statuses: [401, 200, 200] },
  "POST /api/rooms/[id]/join": { path: () => `/api/rooms/${newId()}/join`, statuses: [401, 400, 400] },
  "DELETE /api/rooms/[id]/join": { path: () => `/api/rooms/${newId()}/join`, statuses: [401, 204, 204] },
  "POST /api/conversations/[id]/erasures": {
    path: () => `/api/conversations/${ids().conversation}/erasures`,
    // Alice's own.
    body: () => ({ messages: [1] }),
    statuses: [401, 404, 204],
  },
  "POST /api/conversations/[id]/records": {
    path: () => `/api/conversations/${ids().conversation}/records`,
    body: () => ({ record: "AAAA", boxes: [] }),
    statuses: [401, 404, 400],
  },
  "GET /api/conversations/[id]/records": {
    path: () => `/api/conversations/${ids().conversation}/records`,
    statuses: [401, 404, 200],
  },
});
