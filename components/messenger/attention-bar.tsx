import { clsx } from "clsx";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icons";

/** Something to know, and what can be done about it, above what one is doing: it covers nothing. */
export function AttentionBar(props: {
  icon: IconName;
  /** Nothing to worry about. */
  calm?: boolean;
  title: string;
  body: ReactNode;
  children: ReactNode;
}): ReactElement {
  return (
    <section className="flex animate-fade flex-wrap items-center gap-x-4 gap-y-1.5 border-line border-b bg-raised px-4 py-2">
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
        <Icon name={props.icon} className={clsx("mt-0.5 size-5", props.calm ? "text-accent" : "text-warn")} />
        <div className="min-w-0 flex-1 text-sm">
          <h2 className="font-semibold">{props.title}</h2>
          <p className="text-pretty text-soft wrap-anywhere">{props.body}</p>
        </div>
      </div>
      <div className="ms-auto flex flex-wrap justify-end gap-1.5">{props.children}</div>
    </section>
  );
}
