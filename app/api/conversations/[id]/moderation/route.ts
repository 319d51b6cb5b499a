import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** What moderators did and no record says, for those who moderate. */
export const GET = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  async handle({ services, session, params, client }) {
    const events = await services.moderation.events(session, params.id, client);
    return {
      events: events.map(({ account, until, ...event }) => ({
        ...event,
        ...(account && { account }),
        ...(until !== null && { until }),
      })),
    };
  },
});
