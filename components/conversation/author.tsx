"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { Avatar } from "@/components/ui/avatar";
import { toneOf } from "@/components/ui/avatar-look";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import type { Person } from "@/lib/client/model";

/** Written out, because Tailwind finds classes by reading them. */
const TONES = [
  "text-name-0",
  "text-name-1",
  "text-name-2",
  "text-name-3",
  "text-name-4",
  "text-name-5",
  "text-name-6",
  "text-name-7",
];

/** Above the first of somebody's consecutive messages; each of them says the name to screen readers by itself. */
export function Author({ author }: { author: Person }): ReactElement {
  const { t } = useI18n();
  return (
    <div aria-hidden="true" className="max-w-full">
      <span className="absolute start-3 top-3 sm:start-5">
        <Avatar person={author} className="size-8 text-xs" />
      </span>
      <p className={clsx("cut px-1 pb-0.5 font-semibold text-sm", TONES[toneOf(author.id)])}>
        <bdi>{personName(author, t)}</bdi>
      </p>
    </div>
  );
}
