"use client";

import { type ReactElement, useCallback } from "react";
import { personName } from "@/lib/client/hooks/person-name";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { formatExact } from "@/lib/client/hooks/time-format";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Line, Person } from "@/lib/client/model";
import { lineSentence } from "./line-sentence";

/** What happened, in a sentence; when, where the pointer rests. */
export function LineWords({ line }: { line: Line }): ReactElement {
  const { locale, t } = useSayingTexts();
  const people = useMessengerState((state) => state.people);
  const me = useMessengerState((state) => state.me)?.id ?? null;
  const nameOf = useCallback(
    (id: Person["id"]) => {
      const person = people.get(id);
      return person ? personName(person, t) : t("people.unknown");
    },
    [people, t],
  );
  return <span title={formatExact(line.at, locale)}>{lineSentence(line, { me, nameOf, locale, t })}</span>;
}
