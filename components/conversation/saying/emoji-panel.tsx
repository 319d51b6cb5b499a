"use client";

import { type ReactElement, useEffect } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { later, useLater } from "@/lib/client/hooks/use-later";
import { Panel } from "./panel";

const GRID = later(() => import("@/components/emoji/emoji-grid"));

/** All emoji to choose from; they come when they are asked for. */
export function EmojiPanel(props: {
  title: string;
  from: HTMLElement | null;
  onPick: (emoji: string) => void;
  onClose: () => void;
}): ReactElement {
  const { title, from, onPick, onClose } = props;
  const toast = useToast();
  const errorText = useErrorText();
  const grid = useLater(GRID);
  useEffect(() => {
    GRID.fetch().catch((error: unknown) => {
      toast(errorText(error));
      onClose();
    });
  }, [toast, errorText, onClose]);
  return (
    <Panel title={title} from={from} onClose={onClose} className="h-96 sm:w-92">
      {grid ? (
        <grid.EmojiGrid onPick={onPick} />
      ) : (
        <Skeleton className="m-3 flex-1 animate-late rounded-lg" />
      )}
    </Panel>
  );
}
