"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { AccountId } from "@/lib/base/ids";
import { usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { PersonRow } from "@/lib/protocol/http/admin/people";
import { RestraintFields } from "./restraint-fields";

/** What can be done to several people at once: one after the other, and what was refused is said. */
export function PeopleActions(props: {
  people: readonly PersonRow[];
  onDone: (said: string) => void;
}): ReactElement {
  const { people, onDone } = props;
  const { t } = useI18n();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useGuardedAction(async (act: (id: AccountId) => Promise<void>) => {
    let refusal: unknown = null;
    let done = 0;
    for (const { id } of people) {
      try {
        await act(id);
        done += 1;
      } catch (error) {
        // Asked for once, before anything has happened; the whole begins again then.
        if (errorCode(error) === "step-up-required") throw error;
        refusal = error;
      }
    }
    const refused = people.length - done;
    onDone(
      refused === 0
        ? t("people.done", { count: done })
        : t("people.partly", { done, refused, why: errorText(refusal) }),
    );
  });
  return (
    <>
      <Button tone="quiet" disabled={busy} onClick={() => run(calls.signOut)}>
        {t("people.signOut")}
      </Button>
      <Button tone="quiet" disabled={busy} onClick={() => run(calls.lift)}>
        {t("people.lift")}
      </Button>
      <Button tone="quiet" disabled={busy} onClick={() => setAsking(true)}>
        {t("people.restrain")}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t("people.restrainMany", { count: people.length })}
        description={t("people.restrainIntro")}
        closeLabel={t("common.close")}
      >
        <div className="overflow-y-auto p-5">
          <RestraintFields
            busy={busy}
            onCancel={() => setAsking(false)}
            onSubmit={(form) => {
              setAsking(false);
              run((id) => calls.restrain(id, form));
            }}
          />
        </div>
      </Dialog>
    </>
  );
}
