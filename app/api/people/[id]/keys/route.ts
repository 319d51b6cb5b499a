import * as z from "zod/mini";
import type { AccountId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** Everything public that is needed to write to a person and to verify what that person signed. */
export const GET = route({
  access: "signed-in",
  params: z.object({ id: id<AccountId>() }),
  async handle({ services, params }) {
    const [account, keys] = await Promise.all([
      services.people.named(params.id),
      services.keys.publicKeys(params.id),
    ]);
    return { account, ...keys };
  },
});
