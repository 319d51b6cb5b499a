"use client";

import { clsx } from "clsx";
import { type ReactElement, useEffect } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { MentionList } from "./use-mention-list";

export function MentionOptions({ list }: { list: MentionList }): ReactElement {
  const { t } = useSayingTexts();
  const { id, options, active, choose } = list;
  const activeId = active && `${id}-${active.key}`;
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  return (
    <>
      <p role="status" className="sr-only">
        {options.length > 0 && t("mention.found", { count: options.length })}
      </p>
      {options.length > 0 && (
        <div
          role="listbox"
          id={id}
          aria-label={t("mention.list")}
          className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-64 animate-rise overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-lift"
        >
          {options.map((option) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the composer holds the focus.
            <div
              key={option.key}
              id={`${id}-${option.key}`}
              role="option"
              aria-selected={option === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
              className={clsx(
                "target flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1 hover:bg-hover",
                option === active && "bg-tint hover:bg-tint",
              )}
            >
              {option.person ? (
                <Avatar person={option.person} className="size-7 text-xs" />
              ) : (
                <Icon name="users" className="m-1 size-5 text-soft" />
              )}
              <span className="truncate font-medium">
                <bdi>{option.person?.displayName ?? t("mention.everyone")}</bdi>
              </span>
              <span className="ms-auto truncate text-soft text-xs">@{option.name}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}
