"use client";

import type { ReactElement } from "react";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import { useNames } from "./use-names";

export function DeletedBy({ count, by }: { count: number; by: Person["id"] }): ReactElement {
  const { t } = useSayingTexts();
  const { nameOf } = useNames();
  const me = useMessengerState((state) => state.me)?.id;
  return <>{t(by === me ? "saying.deletedByYou" : "saying.deletedBy", { count, name: nameOf(by) })}</>;
}
