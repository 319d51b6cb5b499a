import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icons";

/** Something to know, and what can be done about it, beside what one is doing. */
export function AttentionCard(props: {
  icon: IconName;
  title: string;
  body: ReactNode;
  children: ReactNode;
}): ReactElement {
  return (
    <section className="w-full max-w-sm animate-rise rounded-2xl border border-line bg-raised p-4 shadow-lift">
      <div className="flex items-start gap-3">
        <Icon name={props.icon} className="mt-0.5 size-5 text-warn" />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{props.title}</h2>
          <p className="text-pretty text-sm text-soft wrap-anywhere">{props.body}</p>
        </div>
      </div>
      <div className="flex flex-wrap justify-end gap-1.5 pt-3">{props.children}</div>
    </section>
  );
}
