import * as z from "zod/mini";
import type { AccountId } from "@/lib/base/ids.ts";
import { AppError } from "@/lib/protocol/errors.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** Everything public that is needed to write to a person and to verify what that person signed. */
export const GET = route({
  access: "signed-in",
  params: z.object({ id: id<AccountId>() }),
  async handle({ services, params }) {
    const [found] = await services.people.withKeys([params.id]);
    if (!found) throw new AppError("not-found", "no keys");
    return found;
  },
});
