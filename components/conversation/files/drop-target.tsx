"use client";

import { type ReactElement, type RefObject, useEffect, useRef, useState } from "react";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useAttach } from "./use-attach";

/** Files that are dragged over the conversation can be dropped there. @param root around its rows and composer */
export function DropTarget({ root }: { root: RefObject<HTMLElement | null> }): ReactElement | null {
  const { t } = useSayingTexts();
  const toast = useToast();
  const attach = useAttach();
  const [over, setOver] = useState<DOMRect | null>(null);
  const drop = useRef<(transfer: DataTransfer) => void>(undefined);
  drop.current = (transfer) => {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.());
    if (entries.some((entry) => entry?.isDirectory)) toast(t("files.folder"));
    attach([...transfer.files].filter((_, i) => !entries[i]?.isDirectory));
  };

  useEffect(() => {
    const area = root.current;
    if (!area) return;
    const listening = new AbortController();
    const { signal } = listening;
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;
    area.addEventListener(
      "dragover",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        // Its children are the parts of the page: it has no box of its own.
        setOver((before) => before ?? boxOf(area));
      },
      { signal },
    );
    area.addEventListener(
      "dragleave",
      (event) => {
        if (!area.contains(event.relatedTarget as Node | null)) setOver(null);
      },
      { signal },
    );
    area.addEventListener(
      "drop",
      (event) => {
        setOver(null);
        if (!hasFiles(event) || !event.dataTransfer) return;
        event.preventDefault();
        drop.current?.(event.dataTransfer);
      },
      { signal },
    );
    return () => listening.abort();
  }, [root]);

  if (!over) return null;
  const { left, top, width, height } = over;
  return (
    <div
      style={{ left, top, width, height }}
      className="pointer-events-none fixed z-30 flex items-center justify-center p-3"
    >
      <p className="flex size-full items-center justify-center rounded-2xl border-2 border-accent border-dashed bg-paper/90 font-medium text-accent text-lg">
        {t("files.drop")}
      </p>
    </div>
  );
}

/** Around its children as they are seen: what is scrolled out of one of them counts for nothing. */
function boxOf(area: HTMLElement): DOMRect {
  const boxes = [...area.children]
    .map((child) => child.getBoundingClientRect())
    .filter(({ width }) => width > 0);
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.right));
  return new DOMRect(left, top, right - left, Math.max(...boxes.map((box) => box.bottom)) - top);
}
