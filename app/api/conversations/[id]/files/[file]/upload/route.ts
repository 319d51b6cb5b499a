import { filePath } from "@/lib/protocol/http/files.ts";
import { route } from "@/server/http/route.ts";

/** How far an upload of one's own came. */
export const GET = route({
  access: "signed-in",
  params: filePath,
  handle: ({ services, session, params, client }) =>
    services.files.progress(session, params.id, params.file, client),
});
