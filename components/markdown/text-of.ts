import type { Nodes } from "mdast";

const MAX_DEPTH = 24;

/** The words of a part of a message, without marks. */
export function textOf(node: Nodes, depth = 0): string {
  if (depth > MAX_DEPTH) return "";
  if ("value" in node) return node.value;
  if (node.type === "image") return node.alt ?? "";
  if (node.type === "break") return " ";
  return "children" in node ? node.children.map((child) => textOf(child, depth + 1)).join("") : "";
}
