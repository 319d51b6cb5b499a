"use client";

import type { ReactElement } from "react";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { ErrorCode } from "@/lib/protocol/errors";

/** Why something of one's own did not leave, in the words that come with the views of messages and files. */
export function Failure({ code }: { code: ErrorCode }): ReactElement {
  const { t } = useSayingTexts();
  return <>{t("delivery.failure", { reason: t(`error.${code}`) })}</>;
}
