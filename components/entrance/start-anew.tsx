"use client";

import { type ReactElement, Suspense, useState } from "react";
import { StepUp } from "@/components/account/step-up";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { lateView } from "@/components/ui/late-view";
import { Notice } from "@/components/ui/notice";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useStepUp } from "@/lib/client/hooks/use-step-up";
import type { Entrance } from "@/lib/client/model";
import { goToMessenger } from "./destinations";
import { RecoveryPaper } from "./recovery-paper";
import { Step } from "./step";

const RecoveryCheck = lateView(async () => (await import("./recovery-check")).RecoveryCheck);

type Prepared = Awaited<ReturnType<Entrance["prepareReset"]>>;

/** Every browser and the recovery code are lost: what that means, then new keys. */
export function StartAnew({ onBack }: { onBack: () => void }): ReactElement {
  const entrance = useEntrance();
  return (
    <AccountTexts>
      <StepUp confirm={async (proof) => (await entrance()).stepUp(proof)}>
        <Anew onBack={onBack} />
      </StepUp>
    </AccountTexts>
  );
}

function Anew({ onBack }: { onBack: () => void }): ReactElement {
  const { guard } = useStepUp();
  const [keys, setKeys] = useState<Prepared | null>(null);
  const [saved, setSaved] = useState(false);
  if (!keys) return <Meaning onPrepared={setKeys} onBack={onBack} />;
  if (!saved) return <RecoveryPaper code={keys.recoveryCode} onSaved={() => setSaved(true)} />;
  return (
    <Suspense>
      <RecoveryCheck
        code={keys.recoveryCode}
        onPassed={async () => {
          await guard(keys.commit);
          goToMessenger();
        }}
        onBack={() => setSaved(false)}
      />
    </Suspense>
  );
}

const CONSEQUENCES = ["reset.lost", "reset.contacts", "reset.marks", "reset.sessions"] as const;

function Meaning(props: { onPrepared: (keys: Prepared) => void; onBack: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const entrance = useEntrance();
  const [name, setName] = useState("");
  const prepare = useAction(async () => props.onPrepared(await (await entrance()).prepareReset(name)));
  const wrong = prepare.error !== null && errorCode(prepare.error) === "bad-credentials";
  return (
    <Step title={t("reset.title")} intro={t("reset.intro")}>
      <Notice tone="danger">
        <ul className="flex list-disc flex-col gap-1.5 ps-4">
          {CONSEQUENCES.map((each) => (
            <li key={each}>{t(each)}</li>
          ))}
        </ul>
      </Notice>
      <p className="text-pretty text-soft">{t("reset.keeps")}</p>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          prepare.run();
        }}
      >
        <TextField
          label={t("reset.name")}
          error={wrong ? t("reset.nameWrong") : undefined}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        {prepare.error !== null && !wrong && <Notice tone="danger">{errorText(prepare.error)}</Notice>}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="danger" busy={prepare.busy}>
            {t("reset.go")}
          </Button>
          <Button tone="quiet" onClick={props.onBack}>
            {t("reset.back")}
          </Button>
        </div>
      </form>
    </Step>
  );
}
