"use client";

import { memo, type ReactElement } from "react";
import { AsTyped } from "./as-typed";
import type { DrawWords } from "./draw-words";
import { hasMarks } from "./has-marks";
import { useParser } from "./use-parser";

/** A message's text. Never a picture, never HTML, never a fetch: what is not on the list appears as typed. */
export const Markdown = memo(function Markdown(props: {
  text: string;
  words?: DrawWords | undefined;
}): ReactElement {
  const { text, words } = props;
  const marked = hasMarks(text);
  const drawing = useParser(marked);
  return (
    <div className="flex flex-col gap-1.5 wrap-anywhere">
      {marked ? (
        drawing ? (
          <drawing.Marked text={text} words={words} />
        ) : (
          <AsTyped text={text} />
        )
      ) : (
        <Paragraphs text={text} />
      )}
    </div>
  );
});

/** What the parser would make of a text without marks. */
function Paragraphs({ text }: { text: string }): ReactElement[] {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => paragraph.replace(/^\n|\n$/g, ""));
  // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text never change.
  return paragraphs.filter(Boolean).map((paragraph, i) => <AsTyped key={i} text={paragraph} />);
}
