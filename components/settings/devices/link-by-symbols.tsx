"use client";

import { type ReactElement, useEffect, useState } from "react";
import { SymbolRow } from "@/components/linking/symbol-row";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { LinkingActions, Newcomer } from "@/lib/client/model-account";
import { NewcomerCard } from "./newcomer-card";

type Compared = Awaited<ReturnType<LinkingActions["compare"]>>;

/** Between two looks at who waits. */
const EVERY_MS = 1_500;

/** Without a camera: the person compares seven symbols on both screens. */
export function LinkBySymbols(props: { onCode: () => void; onDone: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { linking } = useAccount();
  const [newcomers, setNewcomers] = useState<readonly Newcomer[]>([]);
  const [compared, setCompared] = useState<(Compared & { readonly id: Newcomer["id"] }) | null>(null);
  const [differed, setDiffered] = useState(false);
  const [leaving] = useState(() => new AbortController());
  useEffect(() => {
    if (compared) return;
    const look = () => linking.newcomers().then(setNewcomers, () => undefined);
    void look();
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [linking, compared]);
  useEffect(() => () => leaving.abort(), [leaving]);
  const begin = useGuardedAction(async (id: Newcomer["id"]) => {
    setDiffered(false);
    setCompared({ id, ...(await linking.compare(id, leaving.signal)) });
  });
  const confirm = useGuardedAction(async () => {
    await compared?.confirm();
    props.onDone();
  });
  const differ = useGuardedAction(async () => {
    if (compared) await linking.cancel(compared.id);
    setCompared(null);
    setNewcomers([]);
    setDiffered(true);
  });
  const error = begin.error ?? confirm.error ?? differ.error;
  const [newcomer] = newcomers;

  return (
    <>
      {differed && <Notice tone="danger">{t("linking.differed")}</Notice>}
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      {compared ? (
        <>
          <div className="flex flex-col gap-1">
            <h3 className="font-medium">{t("linking.symbolsTitle")}</h3>
            <p className="text-soft">{t("linking.symbols")}</p>
          </div>
          <SymbolRow symbols={compared.symbols} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button tone="secondary" busy={differ.busy} onClick={differ.run}>
              {t("linking.differ")}
            </Button>
            <Button busy={confirm.busy} onClick={confirm.run}>
              {t("linking.match")}
            </Button>
          </div>
        </>
      ) : newcomer ? (
        <>
          <NewcomerCard newcomer={newcomer} />
          <Button busy={begin.busy} onClick={() => begin.run(newcomer.id)}>
            {t("linking.begin")}
          </Button>
        </>
      ) : (
        <p role="status" className="animate-breathe text-pretty text-soft">
          {t("linking.waiting")}
        </p>
      )}
      {!compared && (
        <Button tone="quiet" onClick={props.onCode}>
          {t("linking.useCode")}
        </Button>
      )}
    </>
  );
}
