import type { ReactElement } from "react";
import { webAddresses } from "./web-addresses";

/** Plain text with its line breaks, in which web addresses are links, and nothing else is anything. */
export function LinkedText({ text }: { text: string }): ReactElement {
  return (
    <span dir="auto" className="block whitespace-pre-line">
      {webAddresses(text).map(({ at, part, isLink }) =>
        isLink ? (
          <a
            key={at}
            href={part}
            target="_blank"
            rel="noopener noreferrer"
            referrerPolicy="no-referrer"
            className="text-accent underline underline-offset-2"
          >
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </span>
  );
}
