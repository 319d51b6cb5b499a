import type { AccountData } from "../../protocol/http/account.ts";
import { escapeHtml, PAGE_END, pageStart } from "./html.ts";
import type { ExportWords } from "./words.ts";

export interface ExportedConversation {
  readonly file: string;
  readonly title: string;
  readonly messages: number;
  readonly unreadable: number;
}

/** Where reading begins. @param closed how many conversations access rules keep out of it */
export function indexPage(
  { account, devices, sessions }: AccountData,
  conversations: readonly ExportedConversation[],
  closed: number,
  host: string,
  exportedAt: number,
  words: ExportWords,
): string {
  const { t } = words;
  const facts: (readonly [string, string])[] = [
    [t("export.name"), account.name],
    [t("export.displayName"), account.displayName],
    [t("export.status"), account.status],
    [t("export.email"), account.email ?? ""],
    [t("export.since"), words.exact(account.createdAt)],
    [t("export.devices"), devices.map(({ name }) => name).join(", ")],
    [t("export.sessions"), String(sessions.length)],
  ];
  return [
    pageStart(words.locale, escapeHtml(t("export.title"))),
    `<h1>${escapeHtml(t("export.title"))}</h1>\n`,
    `<p class="soft">${escapeHtml(t("export.of", { name: account.displayName, host, time: words.exact(exportedAt) }))}</p>\n`,
    `<h2>${escapeHtml(t("export.conversations"))}</h2>\n`,
    conversations.length === 0 ? `<p>${escapeHtml(t("export.none"))}</p>\n` : "",
    `<ul>\n${conversations.map((one) => entry(one, words)).join("")}</ul>\n`,
    closed > 0 ? `<p class="soft">${escapeHtml(t("export.closed", { count: closed }))}</p>\n` : "",
    `<h2>${escapeHtml(t("export.account"))}</h2>\n<dl>\n`,
    ...facts
      .filter(([, value]) => value !== "")
      .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd dir="auto">${escapeHtml(value)}</dd>\n`),
    `</dl>\n<p class="soft">${escapeHtml(t("export.accountBody"))} <a href="account.json">account.json</a></p>\n`,
    PAGE_END,
  ].join("");
}

function entry({ file, title, messages, unreadable }: ExportedConversation, { t }: ExportWords): string {
  const counts = [t("export.counts", { count: messages })];
  if (unreadable > 0) counts.push(t("export.unreadable", { count: unreadable }));
  return `<li><a href="conversations/${file}.html"><bdi>${escapeHtml(title)}</bdi></a><p class="soft">${escapeHtml(counts.join(" · "))} · <a href="conversations/${file}.json">JSON</a></p></li>\n`;
}
