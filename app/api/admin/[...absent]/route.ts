import { AppError } from "@/lib/protocol/errors.ts";
import { route } from "@/server/http/route.ts";

/** Every other address of the administration, answered as one that the caller may not know of. */
const absent = route({
  access: "signed-in",
  handle: async () => {
    throw new AppError("not-found", "no such address");
  },
});

export { absent as DELETE, absent as GET, absent as POST, absent as PUT };
