import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";

/**
 * What chat does not need stays text: HTML, reference links (their target stands elsewhere), rules and
 * underlined headings (people type dashes), code by indentation (people indent).
 */
const OFF = {
  disable: {
    null: ["htmlFlow", "htmlText", "definition", "thematicBreak", "setextUnderline", "codeIndented"],
  },
};
const SYNTAX = [gfmAutolinkLiteral(), gfmStrikethrough({ singleTilde: false }), OFF];
/** Without the second search for links through the finished tree: it recurses, and finds what we do not need. */
const TREE = [{ ...gfmAutolinkLiteralFromMarkdown(), transforms: [] }, gfmStrikethroughFromMarkdown()];

/** A line that opens more quotes and lists than anybody writes by hand. */
const TOO_DEEP = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){13}/m;
const MARKERS = /[*_~[]/g;
const MAX_MARKERS = 400;
const MAX_LINES = 400;

function isTooCostly(text: string): boolean {
  return (
    TOO_DEEP.test(text) ||
    (text.match(MARKERS)?.length ?? 0) > MAX_MARKERS ||
    (text.match(/\n/g)?.length ?? 0) > MAX_LINES
  );
}

/**
 * @returns null for text that is better shown as it is: parsing costs the square of nested quotes and of
 * emphasis marks, and a message comes from somebody else.
 */
export function parseMarkdown(text: string): Root | null {
  return isTooCostly(text) ? null : fromMarkdown(text, { extensions: SYNTAX, mdastExtensions: TREE });
}
