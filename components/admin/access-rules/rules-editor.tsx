"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { useAccessRuleCalls } from "@/lib/client/hooks/admin/access-rules";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { ACCESS_RULES } from "@/lib/protocol/access-rules";
import type { AccessRulesView, RuledRoom } from "@/lib/protocol/http/admin/access-rules";
import { type DraftRule, draftOf, isAlike, rulesOf } from "./draft";
import { DryRun } from "./dry-run";
import { RuleDialog } from "./rule-dialog";
import { RuleList } from "./rule-list";

interface EditorProps {
  view: AccessRulesView;
  /** To begin with a rule for it; null otherwise. */
  about: RuledRoom | null;
  onSaved: () => void;
}

/** The list is worked on here and set as a whole. Who may not set it reads it. */
export function RulesEditor({ view, about, onSaved }: EditorProps): ReactElement {
  const { t } = useI18n();
  const { may } = useAdmin();
  const errorText = useErrorText();
  const calls = useAccessRuleCalls();
  const [draft, setDraft] = useState<readonly DraftRule[]>(() => view.rules.map(draftOf));
  const [rooms, setRooms] = useState(() => new Map(view.rooms.map((room) => [room.id, room])));
  const mayChange = may("change-access-rules");
  const [edited, setEdited] = useState<DraftRule | "new" | null>(about && mayChange ? "new" : null);
  const [asking, setAsking] = useState(false);
  const changed = !isAlike(draft, view.rules);

  const setting = useGuardedAction(async (trial: boolean) => {
    try {
      await calls.set({ version: view.version, rules: rulesOf(draft), trial });
    } catch (error) {
      if (errorCode(error) !== "locks-out-author") throw error;
      setAsking(true);
      return;
    }
    setAsking(false);
    onSaved();
  });
  const change = (next: readonly DraftRule[]) => {
    setting.clearError();
    setDraft(next);
  };

  return (
    <div className="flex flex-col gap-5">
      <RuleList
        draft={draft}
        rooms={rooms}
        readOnly={!mayChange}
        onChange={change}
        onEdit={(key) => setEdited(draft.find((one) => one.key === key) ?? null)}
      />
      {mayChange && draft.length < ACCESS_RULES && (
        <Button tone="secondary" icon="plus" className="self-start" onClick={() => setEdited("new")}>
          {t("accessRules.add")}
        </Button>
      )}
      <RuleDialog
        rule={edited === "new" ? null : (edited?.rule ?? null)}
        room={edited === "new" ? about : ((edited?.rule.room && rooms.get(edited.rule.room)) ?? null)}
        open={edited !== null}
        onClose={() => setEdited(null)}
        onDone={(rule, room) => {
          if (room) setRooms(new Map(rooms).set(room.id, room));
          if (edited === "new") change([...draft, draftOf(rule)]);
          else change(draft.map((one) => (one.key === edited?.key ? { ...one, rule } : one)));
          setEdited(null);
        }}
      />
      {changed && <Notice tone="warn">{t("accessRules.unsaved")}</Notice>}
      <DryRun key={JSON.stringify(rulesOf(draft))} rules={rulesOf(draft)} />
      {setting.error !== null && <Notice tone="danger">{errorText(setting.error)}</Notice>}
      {mayChange && (
        <div className="flex flex-wrap gap-2">
          <Button busy={setting.busy && !asking} disabled={!changed} onClick={() => setting.run(false)}>
            {t("accessRules.set")}
          </Button>
          {changed && (
            <Button tone="quiet" onClick={() => change(view.rules.map(draftOf))}>
              {t("accessRules.discard")}
            </Button>
          )}
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("accessRules.selfTitle")}
        description={t("accessRules.selfBody")}
        confirmLabel={t("accessRules.selfConfirm")}
        cancelLabel={t("accessRules.cancel")}
        closeLabel={t("common.close")}
        busy={setting.busy}
        onConfirm={() => setting.run(true)}
      />
    </div>
  );
}
