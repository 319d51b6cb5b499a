import { personDeviceParams } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** Takes somebody's browser its way into their vault. */
export const DELETE = route({
  access: "signed-in",
  permission: "change-people",
  stepUp: true,
  params: personDeviceParams,
  handle: ({ services, session, params, client }) =>
    services.admin.people.removeDevice(session, params.id, params.device, client),
});
