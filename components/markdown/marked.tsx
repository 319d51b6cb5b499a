import type { Nodes, Parents } from "mdast";
import type { ReactElement, ReactNode } from "react";
import { AsTyped } from "./as-typed";
import type { DrawWords } from "./draw-words";
import { parseMarkdown } from "./parse-markdown";
import { posesAsAnother } from "./poses-as-another";
import { safeLink } from "./safe-link";
import { textOf } from "./text-of";

/** Deeper than this, the source is shown instead: drawing recurses. */
const MAX_DEPTH = 24;

interface Draw {
  readonly source: string;
  readonly depth: number;
  readonly words?: DrawWords | undefined;
}

/** Exactly what was typed: for everything that is not on the list below. */
function sourceOf(node: Nodes, source: string): string {
  return source.slice(node.position?.start.offset, node.position?.end.offset);
}

function children(node: Parents, draw: Draw): ReactNode[] {
  const inner = { ...draw, depth: draw.depth + 1 };
  // biome-ignore lint/suspicious/noArrayIndexKey: the tree of one text never changes.
  return node.children.map((child, i) => <Node key={i} node={child} draw={inner} />);
}

function Link(props: { url: string; fallback: string; children: ReactNode }): ReactElement {
  const href = safeLink(props.url);
  if (href === null) return <>{props.fallback}</>;
  return (
    <a
      href={href}
      // An override of the writing direction that stands before it ends here.
      dir="auto"
      // The words of a link may lie about where it goes; this does not.
      title={href}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      referrerPolicy="no-referrer"
      className="text-accent underline underline-offset-2"
    >
      {props.children}
    </a>
  );
}

/** The allow-list. Line breaks inside text are kept by `whitespace-pre-wrap`. */
function Node({ node, draw }: { node: Nodes; draw: Draw }): ReactNode {
  const source = sourceOf(node, draw.source);
  if (draw.depth > MAX_DEPTH) return source;
  switch (node.type) {
    case "text":
      return draw.words ? draw.words(node.value) : node.value;
    case "break":
      return <br />;
    case "paragraph":
      return (
        <p dir="auto" className="whitespace-pre-wrap">
          {children(node, draw)}
        </p>
      );
    case "heading":
      return (
        <p dir="auto" className="whitespace-pre-wrap">
          <strong>{children(node, draw)}</strong>
        </p>
      );
    case "strong":
      return <strong>{children(node, draw)}</strong>;
    case "emphasis":
      return <em>{children(node, draw)}</em>;
    case "delete":
      return <del>{children(node, draw)}</del>;
    case "inlineCode":
      return <code className="rounded bg-ink/8 px-1 py-px font-mono text-[0.92em]">{node.value}</code>;
    case "code":
      return (
        <pre
          dir="ltr"
          className="whitespace-pre-wrap rounded-md bg-ink/6 px-2.5 py-2 font-mono text-[0.92em] leading-normal"
        >
          {node.value}
        </pre>
      );
    case "blockquote":
      return (
        <blockquote className="flex flex-col gap-1.5 border-edge border-s-2 ps-3 text-soft">
          {children(node, draw)}
        </blockquote>
      );
    case "list":
      return node.ordered ? (
        <ol start={node.start ?? 1} className="list-decimal ps-6">
          {children(node, draw)}
        </ol>
      ) : (
        <ul className="list-disc ps-5">{children(node, draw)}</ul>
      );
    case "listItem":
      return <li dir="auto">{children(node, draw)}</li>;
    case "link":
      return (
        <Link url={node.url} fallback={source}>
          {posesAsAnother(textOf(node), node.url) ? node.url : children(node, { ...draw, words: undefined })}
        </Link>
      );
    case "image":
      return (
        <Link url={node.url} fallback={source}>
          {!node.alt || posesAsAnother(node.alt, node.url) ? node.url : node.alt}
        </Link>
      );
    default:
      return source;
  }
}

/** Text with marks in it, or null when it is better shown as it is. Comes with the parser: `Markdown` fetches it. */
export function Marked(props: { text: string; words?: DrawWords | undefined }): ReactNode {
  const { text, words } = props;
  const tree = parseMarkdown(text);
  return tree ? children(tree, { source: text, depth: 0, words }) : <AsTyped text={text} />;
}
