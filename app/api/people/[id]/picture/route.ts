import * as z from "zod/mini";
import type { AccountId } from "@/lib/base/ids.ts";
import { bytes, id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** Under the hash of its bytes, so that a browser asks once. */
export const GET = route({
  access: "signed-in",
  params: z.object({ id: id<AccountId>() }),
  query: z.strictObject({ v: bytes(16) }),
  async handle({ services, params, query }) {
    const { contentType, bytes } = await services.profile.picture(params.id, query.v);
    return new Response(bytes, {
      headers: {
        "content-type": contentType,
        "cache-control": "private, max-age=31536000, immutable",
      },
    });
  },
});
