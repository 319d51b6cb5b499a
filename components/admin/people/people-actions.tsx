"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { PersonRow } from "@/lib/protocol/http/admin/people";
import { CountField } from "./count-field";
import { RestraintFields } from "./restraint-fields";
import { RoleFields } from "./role-fields";

type Asking = "restrain" | "role" | "delete";

/** What can be done to several people at once: one after the other, and what was refused is said. */
export function PeopleActions(props: {
  people: readonly PersonRow[];
  onDone: (said: string) => void;
}): ReactElement {
  const { people, onDone } = props;
  const { t } = useI18n();
  const { may } = useAdmin();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const [asking, setAsking] = useState<Asking | null>(null);
  const { run, busy } = useGuardedAction(async (act: (person: PersonRow) => Promise<void>) => {
    let refusal: unknown = null;
    let done = 0;
    for (const person of people) {
      try {
        await act(person);
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
  const decide = (act: (person: PersonRow) => Promise<void>): void => {
    setAsking(null);
    run(act);
  };
  const cancel = () => setAsking(null);
  const count = people.length;
  const titles = {
    restrain: t("people.restrainMany", { count }),
    role: t("people.changeRole"),
    delete: t("people.deleteMany", { count }),
  };
  const intros = { restrain: t("people.restrainIntro"), role: undefined, delete: t("people.deleteIntro") };
  const quiet = { tone: "quiet", disabled: busy } as const;
  return (
    <>
      <Button {...quiet} onClick={() => run(({ id }) => calls.signOut(id))}>
        {t("people.signOut")}
      </Button>
      <Button {...quiet} onClick={() => run(({ id }) => calls.lift(id))}>
        {t("people.lift")}
      </Button>
      <Button {...quiet} onClick={() => setAsking("restrain")}>
        {t("people.restrain")}
      </Button>
      {may("change-people") && (
        <>
          <Button {...quiet} onClick={() => setAsking("role")}>
            {t("people.changeRole")}
          </Button>
          <Button {...quiet} onClick={() => setAsking("delete")}>
            {t("people.deleteThem")}
          </Button>
        </>
      )}
      {asking && (
        <Dialog
          open
          onOpenChange={cancel}
          title={titles[asking]}
          description={intros[asking] ?? ""}
          closeLabel={t("common.close")}
        >
          <div className="overflow-y-auto p-5">
            {asking === "restrain" && (
              <RestraintFields
                busy={busy}
                onCancel={cancel}
                onSubmit={(form) => decide(({ id }) => calls.restrain(id, form))}
              />
            )}
            {asking === "role" && (
              <RoleFields busy={busy} onSubmit={(role) => decide(({ id }) => calls.setRole(id, role))} />
            )}
            {asking === "delete" && (
              <CountField
                count={count}
                busy={busy}
                onSubmit={() => decide(({ id, name }) => calls.delete(id, name))}
              />
            )}
          </div>
        </Dialog>
      )}
    </>
  );
}
