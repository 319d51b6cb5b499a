import type { ReactElement } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

/** A link that the server does not keep: it is to be copied now. */
export function OnceLink(props: {
  link: string;
  label: string;
  /** That it is shown once. */
  notice: string;
  copyLabel: string;
  copiedLabel: string;
}): ReactElement {
  return (
    <>
      <div role="status">
        <Notice icon="link">{props.notice}</Notice>
      </div>
      <TextField label={props.label} readOnly value={props.link} onFocus={(event) => event.target.select()} />
      <CopyButton
        text={props.link}
        label={props.copyLabel}
        doneLabel={props.copiedLabel}
        className="self-start"
      />
    </>
  );
}
