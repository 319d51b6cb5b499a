"use client";

import { type ReactElement, useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { useI18n } from "@/lib/client/hooks/i18n";
import { loadSayingTexts, useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { MessageKey } from "@/lib/client/hooks/translate";
import { messagesKeys, searchKeys, switcherKeys } from "./use-shortcuts";

type Line = readonly [keys: readonly string[], what: MessageKey];

/** The question mark opens the list of keys, except where it is typed. */
export function KeyboardHelp(): ReactElement | null {
  const { locale } = useI18n();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const typing = (event.target as Element).closest("input, textarea, select, [role=dialog]");
      if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      // Words that cannot be fetched now are asked for again at the next press.
      loadSayingTexts(locale).then(
        () => setOpen(true),
        () => undefined,
      );
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [locale]);
  return open ? <KeysDialog onClose={() => setOpen(false)} /> : null;
}

export function KeysDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useSayingTexts();
  const groups: readonly (readonly [MessageKey, readonly Line[]])[] = [
    [
      "shortcuts.anywhere",
      [
        [[switcherKeys()], "shortcuts.find"],
        [[searchKeys(t("shortcuts.shift"))], "search.open"],
        [["?"], "shortcuts.help"],
        [["Esc"], "shortcuts.cancel"],
      ],
    ],
    [
      "shortcuts.inText",
      [
        [[t("shortcuts.enter")], "shortcuts.send"],
        [[`${t("shortcuts.shift")} ${t("shortcuts.enter")}`], "shortcuts.break"],
        [["↑"], "shortcuts.editLast"],
        [["@"], "shortcuts.mention"],
        [["/"], "shortcuts.command"],
        [[messagesKeys()], "shortcuts.toMessages"],
      ],
    ],
    [
      "shortcuts.onMessage",
      [
        [["↑", "↓"], "shortcuts.move"],
        [[t("shortcuts.enter")], "shortcuts.actions"],
        [["R"], "saying.reply"],
        [["T"], "saying.inThread"],
        [["E"], "saying.edit"],
        [["C"], "saying.copy"],
      ],
    ],
  ];
  return (
    <Dialog open onOpenChange={onClose} title={t("shortcuts.title")} closeLabel={t("common.close")}>
      <div className="flex flex-col gap-4 overflow-y-auto p-5 pt-3">
        {groups.map(([title, lines]) => (
          <section key={title}>
            <h3 className="pb-1 text-faint text-sm">{t(title)}</h3>
            <dl>
              {lines.map(([keys, what]) => (
                <div key={what} className="flex items-baseline justify-between gap-4 py-1">
                  <dt>{t(what)}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {keys.map((key) => (
                      <kbd
                        key={key}
                        className="rounded-md border border-line bg-shade px-1.5 font-sans text-sm text-soft"
                      >
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
