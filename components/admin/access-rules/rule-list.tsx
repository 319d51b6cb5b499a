"use client";

import { clsx } from "clsx";
import { type ReactElement, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { type DraftRule, moved } from "./draft";
import { type KnownRooms, useRuledRoomWords, useRuleSentence } from "./words";

interface ListProps {
  draft: readonly DraftRule[];
  rooms: KnownRooms;
  readOnly: boolean;
  onChange: (draft: readonly DraftRule[]) => void;
  onEdit: (key: string) => void;
}

/** Rules in the order in which they are asked. By buttons, or dragged. */
export function RuleList({ draft, rooms, readOnly, onChange, onEdit }: ListProps): ReactElement {
  const { t } = useI18n();
  const sentence = useRuleSentence(rooms);
  const words = useRuledRoomWords();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  if (draft.length === 0) return <p>{t("accessRules.none")}</p>;

  function move(from: number, to: number): void {
    if (from === to || to < 0 || to >= draft.length) return;
    onChange(moved(draft, from, to));
    setSaid(t("accessRules.movedTo", { place: to + 1 }));
  }

  return (
    <div className="flex flex-col gap-2">
      <ol aria-label={t("accessRules.list")} tabIndex={-1} className="flex flex-col gap-2">
        {draft.map(({ key, rule }, i) => {
          const says = sentence(rule);
          const room = rule.room && rooms.get(rule.room);
          return (
            <li
              key={key}
              draggable={!readOnly}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                setDragged(i);
              }}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                setOver(i);
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== null) move(dragged, i);
              }}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
              className={clsx(
                "flex flex-wrap items-center gap-x-3 gap-y-1 rounded-xl border bg-raised px-4 py-2",
                dragged !== null && over === i ? "border-accent" : "border-line",
                dragged === i && "opacity-60",
                !readOnly && "cursor-grab",
              )}
            >
              <span className="text-faint tabular-nums">{i + 1}.</span>
              <div className="min-w-48 flex-1">
                <p className="wrap-anywhere" dir="auto">
                  {says}
                </p>
                {room && <p className="wrap-anywhere text-sm text-soft">{words.details(room)}</p>}
                {rule.note !== "" && (
                  <p className="wrap-anywhere text-soft text-sm" dir="auto">
                    {rule.note}
                  </p>
                )}
              </div>
              {!readOnly && (
                <div className="ms-auto flex">
                  <IconButton
                    icon="arrowDown"
                    className="rotate-180 aria-disabled:opacity-50"
                    label={t("accessRules.up", { rule: says })}
                    // Stays in reach of the focus at the end of the list.
                    aria-disabled={i === 0}
                    onClick={() => move(i, i - 1)}
                  />
                  <IconButton
                    icon="arrowDown"
                    className="aria-disabled:opacity-50"
                    label={t("accessRules.down", { rule: says })}
                    aria-disabled={i === draft.length - 1}
                    onClick={() => move(i, i + 1)}
                  />
                  <IconButton
                    icon="pencil"
                    label={t("accessRules.edit", { rule: says })}
                    onClick={() => onEdit(key)}
                  />
                  <IconButton
                    icon="trash"
                    label={t("accessRules.remove", { rule: says })}
                    onClick={(event) => {
                      event.currentTarget.closest("ol")?.focus();
                      onChange(draft.filter((one) => one.key !== key));
                    }}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {!draft.some(({ rule }) => rule.by === "everybody") && (
        <p className="px-4 text-soft">{t("accessRules.last")}</p>
      )}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}
