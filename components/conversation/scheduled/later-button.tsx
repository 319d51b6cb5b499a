"use client";

import { type ReactElement, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { lateView } from "@/components/ui/late-view";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { parseSlash } from "../saying/slash";
import { useTalk } from "../saying/talk";
import type { LaterPanelProps } from "./later-panel";

/** The panel's code comes with the first approach to it. */
const loadPanel = () => import("./later-panel");
const LaterPanel = lateView(async () => (await loadPanel()).LaterPanel);

function fetchEarly(): void {
  loadPanel().catch(() => undefined);
}

interface LaterButtonProps extends Omit<LaterPanelProps, "from" | "onClose"> {
  text: string;
  /** Whether the text may be sent. */
  ready: boolean;
}

/** Of commands, those that only say something. */
function isMessage(text: string): boolean {
  const said = parseSlash(text.trim());
  return !said || said.command === "shrug" || (said.command === "me" && said.rest !== "");
}

/** Beside the one that sends at once. */
export function LaterButton({ text, ready, ...panel }: LaterButtonProps): ReactElement {
  const { t } = useSayingTexts();
  const [from, setFrom] = useState<HTMLElement | null>(null);
  const { attached } = useTalk();
  return (
    <>
      <IconButton
        icon="clock"
        label={t(attached.length > 0 ? "files.notLater" : "later.open")}
        aria-haspopup="dialog"
        disabled={!ready || !isMessage(text)}
        onPointerEnter={fetchEarly}
        onFocus={fetchEarly}
        onClick={(event) => setFrom(event.currentTarget)}
        className="my-0.5 -me-1 rounded-xl!"
      />
      {from && (
        <Suspense>
          <LaterPanel from={from} onClose={() => setFrom(null)} {...panel} />
        </Suspense>
      )}
    </>
  );
}
