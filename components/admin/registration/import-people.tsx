"use client";

import { type ReactElement, useState } from "react";
import { BackLink } from "@/components/admin/back-link";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Field, INPUT_CLASS } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { saveText } from "@/components/ui/save-text";
import { Table } from "@/components/ui/table";
import {
  CSV_MARK,
  csvLine,
  type PersonLine,
  readPeopleFile,
  useInvitationCalls,
} from "@/lib/client/hooks/admin/invitations";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { IMPORTED_AT_ONCE, type ImportedPerson } from "@/lib/protocol/http/admin/invitations";
import { DaysField } from "./days-field";

type Unusable = "unreadable" | "empty" | "tooMany";
const FILE_BYTES = 1024 * 1024;
const REPORT = "sceau-invitations.csv";

/** People from a file: looked at line by line, then each gets an invitation. */
export function ImportPeople(): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const calls = useInvitationCalls();
  const [lines, setLines] = useState<readonly PersonLine[] | null>(null);
  const [unusable, setUnusable] = useState<Unusable | null>(null);
  const [report, setReport] = useState<{ count: number; csv: string } | null>(null);
  const choose = useGuardedAction(async (file: File) => {
    setUnusable(null);
    const read = readPeopleFile(await textOf(file));
    const people = read.flatMap(({ person }) => person ?? []);
    if (read.length === 0 || people.length > IMPORTED_AT_ONCE)
      return setUnusable(read.length === 0 ? "empty" : "tooMany");
    const checked = people.length === 0 ? [] : await calls.check(people);
    const problems = new Map(people.map((person, i) => [person, checked[i]?.problem ?? null]));
    setLines(
      read.map((line) => {
        const problem = line.person && problems.get(line.person);
        return problem ? { ...line, person: null, problem } : line;
      }),
    );
  });
  if (report)
    return (
      <Done
        {...report}
        onAnother={() => {
          setReport(null);
          setLines(null);
        }}
      />
    );
  return (
    <>
      <BackLink href={adminHref("registration")}>{t("serverInvitations.back")}</BackLink>
      <PanelGroup title={t("import.title")} intro={t("import.intro")}>
        <div className="max-w-xl">
          <Field
            label={t("import.file")}
            hint={t("import.fileHint", { max: IMPORTED_AT_ONCE })}
            error={unusable ? t(`import.${unusable}`, { max: IMPORTED_AT_ONCE }) : undefined}
          >
            {(links) => (
              <input
                {...links}
                type="file"
                accept=".csv,.tsv,.txt,text/csv,text/plain"
                disabled={choose.busy}
                onChange={(event) => {
                  const [file] = event.target.files ?? [];
                  setLines(null);
                  if (!file) return;
                  if (file.size > FILE_BYTES) setUnusable("tooMany");
                  else choose.run(file);
                }}
                className={INPUT_CLASS}
              />
            )}
          </Field>
        </div>
        {choose.error !== null &&
          (choose.error instanceof TypeError ? (
            <Notice tone="danger">{t("import.unreadable")}</Notice>
          ) : (
            <Notice tone="danger">{errorText(choose.error)}</Notice>
          ))}
      </PanelGroup>
      {lines && <Preview lines={lines} onDone={setReport} />}
    </>
  );
}

/** @throws TypeError for what is no UTF-8 */
async function textOf(file: File): Promise<string> {
  return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
}

function Preview(props: {
  lines: readonly PersonLine[];
  onDone: (report: { count: number; csv: string }) => void;
}): ReactElement {
  const { lines } = props;
  const { t } = useI18n();
  const errorText = useErrorText();
  const calls = useInvitationCalls();
  const [days, setDays] = useState(7);
  const people = lines.flatMap(({ person }) => person ?? []);
  const bad = lines.length - people.length;
  const { run, busy, error } = useGuardedAction(async () => {
    const links = await calls.invite(people, days);
    props.onDone({ count: links.filter(Boolean).length, csv: reportOf(people, links) });
  });
  return (
    <PanelGroup title={t("import.preview")}>
      <div role="status" className="flex flex-col gap-2">
        {people.length > 0 && <Notice icon="check">{t("import.ready", { count: people.length })}</Notice>}
        {bad > 0 && <Notice tone="warn">{t("import.bad", { count: bad })}</Notice>}
      </div>
      <Table
        label={t("import.preview")}
        // Those that somebody has to look at stand first.
        rows={[...lines].sort((a, b) => Number(b.problem !== null) - Number(a.problem !== null))}
        rowKey={({ number }) => String(number)}
        rowName={({ text }) => text}
        empty={t("import.empty")}
        columns={[
          { id: "text", title: t("serverInvitations.for"), cell: ({ text }) => <bdi>{text}</bdi> },
          { id: "line", title: t("import.line"), numeric: true, cell: ({ number }) => number },
          {
            id: "state",
            title: t("serverInvitations.state"),
            cell: ({ problem }) =>
              problem ? (
                <span className="text-danger">{t(`import.problem.${problem}`)}</span>
              ) : (
                t("import.good")
              ),
          },
        ]}
      />
      {people.length > 0 && (
        <form
          className="flex max-w-xl flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            run();
          }}
        >
          <DaysField value={days} onChange={setDays} />
          {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
          <Button type="submit" busy={busy} className="self-start">
            {t("import.run", { count: people.length })}
          </Button>
        </form>
      )}
    </PanelGroup>
  );
}

function reportOf(people: readonly ImportedPerson[], links: readonly (string | null)[]): string {
  const lines = people.map(({ name, displayName, email, role }, i) =>
    csvLine([name, displayName, email ?? "", role, links[i] ?? ""]),
  );
  return [CSV_MARK, csvLine(["name", "display name", "e-mail", "role", "link"]), ...lines].join("");
}

function Done(props: { count: number; csv: string; onAnother: () => void }): ReactElement {
  const { count, csv, onAnother } = props;
  const { t } = useI18n();
  return (
    <>
      <BackLink href={adminHref("registration")}>{t("serverInvitations.back")}</BackLink>
      <PanelGroup title={t("import.title")}>
        <div role="status">
          <Notice icon="check">{t("import.done", { count })}</Notice>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button icon="download" onClick={() => saveText(REPORT, csv)}>
            {t("import.save")}
          </Button>
          <Button tone="quiet" onClick={onAnother}>
            {t("import.another")}
          </Button>
        </div>
      </PanelGroup>
    </>
  );
}
