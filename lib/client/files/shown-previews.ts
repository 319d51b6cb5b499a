import type { FileId } from "../../base/ids.ts";
import type { MessengerState } from "../model.ts";

/** Of the pictures in all timelines that are open. */
export function shownPreviews(timelines: MessengerState["timelines"]): FileId[] {
  return [...timelines.values()].flatMap(({ messages }) =>
    messages.flatMap(({ body }) =>
      body.kind === "text" ? body.files.flatMap(({ preview }) => preview?.id ?? []) : [],
    ),
  );
}
