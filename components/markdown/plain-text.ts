import type { Nodes } from "mdast";
import { parseMarkdown } from "./parse-markdown";

const MAX_DEPTH = 24;

export function textOf(node: Nodes, depth = 0): string {
  if (depth > MAX_DEPTH) return "";
  if ("value" in node) return node.value;
  if (node.type === "image") return node.alt ?? "";
  if (node.type === "break") return " ";
  if (!("children" in node)) return "";
  const between = node.type === "root" || node.type === "list" || node.type === "blockquote" ? " " : "";
  return node.children.map((child) => textOf(child, depth + 1)).join(between);
}

/** One line without marks, for lists and screen readers. Only the beginning of a long text is read. */
export function plainText(text: string, maxChars = 200): string {
  const start = text.slice(0, maxChars);
  const tree = parseMarkdown(start);
  return (tree ? textOf(tree) : start).replace(/\s+/g, " ").trim();
}
