import type { ReactElement } from "react";

/** Text without marks, or whose marks are not drawn. */
export function AsTyped({ text }: { text: string }): ReactElement {
  return (
    <p dir="auto" className="whitespace-pre-wrap">
      {text}
    </p>
  );
}
