import type { AccountId } from "../../base/ids.ts";
import type { Content, MessageRef } from "../../protocol/content.ts";
import { allowedRemarks, isGone, isRemark, type Said, type SaidRemark } from "../conversation/remarks.ts";
import { escapeHtml } from "./html.ts";
import type { ExportedMessage } from "./read-conversation.ts";
import type { ExportWords } from "./words.ts";

/** Of a text that something is said about, beside it. */
const EXCERPT_CHARS = 80;

export interface MessageHtmlDeps {
  readonly self: AccountId;
  readonly isDirect: boolean;
  /** Null for somebody whom the conversation does not name. */
  readonly nameOf: (account: AccountId) => string | null;
  readonly words: ExportWords;
}

/**
 * Messages as lines of a page, one after the other in their order: what is said about an earlier one names it by its
 * first words, which is all that is kept of it.
 */
export function createMessageHtml({ self, isDirect, nameOf, words }: MessageHtmlDeps) {
  const { t } = words;
  const earlier = new Map<number, Said>();

  const nameOfSender = (sender: AccountId | null) => (sender && nameOf(sender)) ?? t("export.unknownSender");

  function find({ id, seq }: MessageRef): Said | undefined {
    const said = earlier.get(seq);
    return said && (said.id === id || isGone(said)) ? said : undefined;
  }

  function saidOf({ stored, sender, role, message, content, failure }: ExportedMessage): Said {
    const moderates = !isDirect && (role === "owner" || role === "moderator");
    const id = message?.header.message ?? ("" as Said["id"]);
    return { id, seq: stored.seq, at: stored.storedAt, sender, moderates, content, failure };
  }

  function excerpt(about: Said | undefined): string {
    const content = about?.content;
    if (content?.type === "text")
      return content.text || (content.files ?? []).map(({ name }) => name).join(", ");
    return content?.type === "poll" ? content.question : "…";
  }

  function remarkText(remark: SaidRemark): string {
    const { content } = remark;
    const about = find(content.target);
    const parameters = { name: nameOfSender(remark.sender), text: excerpt(about) };
    if (!about || allowedRemarks(about, [remark]).length === 0) return t("export.ignored", parameters);
    switch (content.type) {
      case "edit":
        return `${t("export.edited", parameters)}\n${content.text}`;
      case "delete":
        return t("export.deleted", parameters);
      case "reaction": {
        const reaction = { ...parameters, emoji: content.emoji };
        return content.on ? t("export.reacted", reaction) : t("export.unreacted", reaction);
      }
      case "vote": {
        const options = about.content?.type === "poll" ? about.content.options : [];
        const choices = content.choices.flatMap((choice) => options[choice] ?? []);
        if (choices.length === 0) return t("export.unvoted", parameters);
        return t("export.voted", { ...parameters, choices: choices.join(", ") });
      }
    }
  }

  /** What stands above the words, and the words. */
  function partsOf(content: Content): readonly [string[], string] {
    if (content.type === "poll")
      return [
        [t("export.poll")],
        [content.question, ...content.options.map((text) => `– ${text}`)].join("\n"),
      ];
    if (content.type === "named")
      return [[t("export.named")], [content.name, content.topic].filter(Boolean).join("\n")];
    if (content.type !== "text") return [[], ""];
    const above: string[] = [];
    if (content.forwarded) above.push(t("export.forwarded"));
    if (content.reply) above.push(t("export.reply", { text: excerpt(find(content.reply)) }));
    if (content.thread) above.push(t("export.thread", { text: excerpt(find(content.thread)) }));
    for (const { name } of content.files ?? []) above.push(t("export.file", { name }));
    return [above, content.text];
  }

  return (exported: ExportedMessage): string => {
    const { stored, sender, failure, mismatch } = exported;
    const said = saidOf(exported);
    const at = `<time datetime="${new Date(stored.storedAt).toISOString()}" title="${escapeHtml(words.exact(stored.storedAt))}">${escapeHtml(words.clock(stored.storedAt))}</time>`;
    const warning = mismatch ? `<p class="soft">${escapeHtml(t("export.mismatch"))}</p>` : "";
    if (isRemark(said))
      return `<article class="none"><p dir="auto">${escapeHtml(remarkText(said))} · ${at}</p>${warning}</article>\n`;
    earlier.set(stored.seq, shortened(said));
    if (!said.content && !failure)
      return `<article class="none"><p>${escapeHtml(t("timeline.deleted", { count: 1 }))} · ${at}</p></article>\n`;
    const [above, text] = said.content ? partsOf(said.content) : [[], null];
    const body =
      text === null ? `<em>${escapeHtml(t(`unreadable.${failure ?? "malformed"}`))}</em>` : escapeHtml(text);
    const lines = above.map((line) => `<p class="soft" dir="auto">${escapeHtml(line)}</p>`).join("");
    const mine = sender === self ? ' class="mine"' : "";
    return `<article${mine}><header><bdi>${escapeHtml(nameOfSender(sender))}</bdi> · ${at}</header>${lines}<p dir="auto">${body}</p>${warning}</article>\n`;
  };
}

/** A long history must fit into memory. */
function shortened(said: Said): Said {
  const { content } = said;
  if (content?.type !== "text" || content.text.length <= EXCERPT_CHARS) return said;
  return { ...said, content: { ...content, text: `${content.text.slice(0, EXCERPT_CHARS)}…` } };
}
