import { filePath, uploadQuery } from "@/lib/protocol/http/files.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { fileAnswer, parseRange } from "@/server/http/file-answer.ts";
import { route } from "@/server/http/route.ts";

/** A whole sealed file, or a range of it. */
export const GET = route({
  access: "signed-in",
  params: filePath,
  async handle({ services, session, params, header, client }) {
    const range = parseRange(header("range"));
    return fileAnswer(
      await services.files.open(session, params.id, params.file, range, client),
      range !== null,
    );
  },
});

/** The next bytes of an upload. */
export const PUT = route({
  access: "signed-in",
  // A large file goes on by itself for as long as it takes.
  unattended: true,
  params: filePath,
  query: uploadQuery,
  handle: ({ services, session, params, query, readBytes, client }) =>
    services.files.write(
      session,
      params.id,
      params.file,
      query.offset,
      () => readBytes(LIMITS.uploadBytes),
      client,
    ),
});

/** An upload that its owner does not want any more. */
export const DELETE = route({
  access: "signed-in",
  params: filePath,
  handle: ({ services, session, params, client }) =>
    services.files.cancel(session, params.id, params.file, client),
});
