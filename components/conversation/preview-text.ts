import { plainText } from "@/components/markdown/plain-text";
import type { Translate } from "@/lib/client/hooks/translate";
import type { Message } from "@/lib/client/model";

/** A message in one line, as it is listed and read out. */
export function previewText({ body }: Pick<Message, "body">, t: Translate): string {
  if (body.kind === "text") {
    const [file] = body.files;
    const text = plainText(body.text);
    return file
      ? `${file.preview ? "🖼️" : "📎"} ${text || body.files.map(({ name }) => name).join(", ")}`
      : text;
  }
  if (body.kind === "poll") return `📊 ${body.question}`;
  return body.kind === "deleted" ? t("timeline.deleted", { count: 1 }) : t("unreadable.preview");
}
