"use client";

import { useCallback, useMemo } from "react";
import { personName } from "@/lib/client/hooks/person-name";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";

interface Names {
  readonly nameOf: (id: Person["id"]) => string;
  /** "You, Bob and Zoé": oneself first. */
  readonly listOf: (ids: readonly Person["id"][]) => string;
}

export function useNames(): Names {
  const { locale, t } = useSayingTexts();
  const people = useMessengerState((state) => state.people);
  const me = useMessengerState((state) => state.me)?.id;
  const nameOf = useCallback(
    (id: Person["id"]) => {
      if (id === me) return t("saying.you");
      const person = people.get(id);
      return person ? personName(person, t) : t("saying.somebody");
    },
    [people, me, t],
  );
  const list = useMemo(() => new Intl.ListFormat(locale), [locale]);
  const listOf = useCallback(
    (ids: readonly Person["id"][]) =>
      list.format([...ids].sort((a, b) => Number(b === me) - Number(a === me)).map(nameOf)),
    [list, me, nameOf],
  );
  return { nameOf, listOf };
}
