import { clsx } from "clsx";
import type { ComponentProps, ReactElement, SyntheticEvent } from "react";
import { Icon, type IconName } from "./icons";

export type ButtonTone = "primary" | "secondary" | "quiet" | "danger";

const TONES: Readonly<Record<ButtonTone, string>> = {
  primary: "bg-accent text-on-accent hover:not-disabled:bg-accent-deep",
  secondary: "border border-edge bg-raised text-ink hover:not-disabled:bg-hover",
  quiet: "text-accent hover:not-disabled:bg-tint",
  danger: "bg-danger text-on-danger hover:not-disabled:opacity-90",
};

type ButtonProps = ComponentProps<"button"> & {
  tone?: ButtonTone;
  icon?: IconName;
  /**
   * Refuses further presses and says so to screen readers; the label stays, so that nothing jumps. Not `disabled`, which
   * would take the focus from whoever has just pressed it.
   */
  busy?: boolean;
};

function refuse(event: SyntheticEvent): void {
  event.preventDefault();
}

export function Button(props: ButtonProps): ReactElement {
  const { tone = "primary", icon, busy = false, className, children, onClick, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      // Enter in a field presses the form's button, too: nothing is submitted twice.
      onClick={busy ? refuse : onClick}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={clsx(
        "target inline-flex items-center justify-center gap-2 rounded-lg px-4 py-1.5 font-medium text-base transition-colors",
        "disabled:cursor-default disabled:opacity-60",
        busy && "pointer-events-none animate-breathe opacity-60",
        TONES[tone],
        className,
      )}
    >
      {icon && <Icon name={icon} className="size-[1.15em]" />}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "children"> & {
  icon: IconName;
  label: string;
};

export function IconButton({ icon, label, className, ...rest }: IconButtonProps): ReactElement {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={clsx(
        "target inline-flex aspect-square items-center justify-center rounded-lg text-soft transition-colors",
        "hover:not-disabled:bg-hover hover:not-disabled:text-ink disabled:cursor-default disabled:opacity-50",
        className,
      )}
    >
      <Icon name={icon} />
    </button>
  );
}
