import { clsx } from "clsx";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icons";

interface SectionLinkProps {
  readonly href: string;
  readonly icon: IconName;
  readonly current: boolean;
  readonly children: ReactNode;
}

/** One section in the list beside, on a phone before, what it shows. */
export function SectionLink({ href, icon, current, children }: SectionLinkProps): ReactElement {
  return (
    <li>
      <a
        href={href}
        aria-current={current ? "page" : undefined}
        className={clsx(
          "target flex items-center gap-3 rounded-lg px-2.5 py-1.5 transition-colors hover:bg-hover",
          current && "md:bg-hover md:font-medium",
        )}
      >
        <Icon name={icon} className="size-4.5 text-soft" />
        {children}
      </a>
    </li>
  );
}
