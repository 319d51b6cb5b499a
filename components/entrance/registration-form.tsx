"use client";

import { type ReactElement, Suspense, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { unaskedView } from "@/components/ui/late-view";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import type { Invitation } from "@/lib/client/hooks/use-invitation";
import { type RegistrationTerms, useRegistrationTerms } from "@/lib/client/hooks/use-registration-terms";
import { ACCOUNT_NAME_SHAPE, LIMITS } from "@/lib/protocol/limits";
import { Elsewhere, Step } from "./step";

/**
 * There is nothing to measure before the first letter: it may come after the page. It must not be prerendered,
 * because a lazy part does not hydrate, and Trusted Types refuse what React does to repair that.
 */
const StrengthMeter = unaskedView(async () => (await import("./strength-meter")).StrengthMeter);
const NO_METER = <div className="-mt-2 h-6.5" />;

export interface RegistrationDetails {
  readonly name: string;
  readonly displayName: string;
  /** Empty where none is given. */
  readonly email: string;
  readonly password: string;
}

type FieldName = keyof RegistrationDetails;

type Lengths = Readonly<Record<FieldName, Readonly<Record<"min" | "max", number>>>>;

function lengthsFor(passwordChars: number): Lengths {
  return {
    name: LIMITS.accountNameChars,
    displayName: LIMITS.displayNameChars,
    email: { min: 0, max: LIMITS.emailChars },
    password: { ...LIMITS.passwordChars, min: passwordChars },
  };
}

/** The field that each refusal belongs to; any other is said above the button. */
const REFUSED_FIELD: Readonly<Record<string, FieldName>> = {
  "name-taken": "name",
  "email-taken": "email",
  "email-refused": "email",
  "bad-password": "password",
  "weak-password": "password",
};

/** The server knows more exactly what an address is. */
const EMAIL_SHAPE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function wrongFields(
  form: RegistrationDetails,
  lengths: Lengths,
  email: RegistrationTerms["email"],
): FieldName[] {
  const isMisshapen: Partial<Record<FieldName, boolean>> = {
    name: !ACCOUNT_NAME_SHAPE.test(form.name.toLowerCase()),
    email: form.email === "" ? email === "required" : !EMAIL_SHAPE.test(form.email),
  };
  return (Object.keys(lengths) as FieldName[]).filter((field) => {
    const { min, max } = lengths[field];
    return isMisshapen[field] || form[field].length < min || form[field].length > max;
  });
}

export function RegistrationForm(props: {
  initial: RegistrationDetails;
  firstRun: boolean;
  /** Why the form is shown a second time. */
  again: "expired" | "reloaded" | null;
  /** By which the person comes; null for none. */
  invitation: Invitation | null;
  onSubmit: (form: RegistrationDetails) => Promise<void>;
}): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const terms = useRegistrationTerms();
  const lengths = lengthsFor(terms.passwordChars);
  const [form, setForm] = useState(props.initial);
  const suggested = props.invitation?.suggested;
  useEffect(() => {
    if (!suggested) return;
    setForm((form) => ({
      ...form,
      name: form.name || (suggested.name ?? ""),
      displayName: form.displayName || (suggested.displayName ?? ""),
      email: form.email || (suggested.email ?? ""),
    }));
  }, [suggested]);
  const [checked, setChecked] = useState<readonly FieldName[]>([]);
  const [refused, setRefused] = useState(0);
  const { run, busy, error, clearError } = useAction(async (tidy: RegistrationDetails) => {
    try {
      await props.onSubmit(tidy);
    } catch (error) {
      setRefused((count) => count + 1);
      throw error;
    }
  });
  const refusedField = error === null ? undefined : REFUSED_FIELD[errorCode(error)];

  const input = (field: FieldName) => ({
    value: form[field],
    required: field !== "email" || terms.email === "required",
    readOnly: busy,
    error: checked.includes(field)
      ? t(`register.${field}Length`, lengths[field])
      : refusedField === field
        ? errorText(error)
        : undefined,
    onChange: (event: { target: { value: string } }) => {
      const { value } = event.target;
      // A password manager fills several fields at once.
      setForm((form) => ({ ...form, [field]: value }));
      setChecked((checked) => checked.filter((name) => name !== field));
      if (refusedField === field) clearError();
    },
  });

  const submit = (): void => {
    const tidy = {
      ...form,
      name: form.name.trim(),
      displayName: form.displayName.trim(),
      email: form.email.trim(),
    };
    const wrong = wrongFields(tidy, lengths, terms.email);
    setChecked(wrong);
    if (wrong.length === 0) run(tidy);
    else setRefused(refused + 1);
  };

  return (
    <Step
      title={t(props.firstRun ? "register.firstTitle" : "register.title")}
      intro={props.firstRun ? t("register.firstIntro") : undefined}
    >
      <form
        ref={useFocusWrong(busy ? 0 : refused)}
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {!props.firstRun && <Standing registration={terms.registration} invitation={props.invitation} />}
        {props.again && <Notice tone="warn">{t(`register.${props.again}`)}</Notice>}
        <TextField
          {...input("name")}
          label={t("register.name")}
          hint={t("register.nameHint")}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        <TextField
          {...input("displayName")}
          label={t("register.displayName")}
          hint={t("register.displayNameHint")}
          name="name"
          autoComplete="name"
          dir="auto"
        />
        {!props.firstRun && (terms.email !== "unasked" || suggested?.email) && (
          <TextField
            {...input("email")}
            label={t("register.email")}
            hint={t(terms.email === "required" ? "register.emailHint" : "register.emailOptional")}
            type="email"
            name="email"
            autoComplete="email"
          />
        )}
        <PasswordField
          {...input("password")}
          label={t("register.password")}
          hint={t("register.passwordHint", { min: terms.passwordChars })}
          showLabel={t("password.show")}
          hideLabel={t("password.hide")}
          name="password"
          autoComplete="new-password"
        />
        {form.password === "" ? (
          NO_METER
        ) : (
          <Suspense fallback={NO_METER}>
            <StrengthMeter
              password={form.password}
              min={terms.passwordChars}
              personal={[form.name, form.displayName]}
            />
          </Suspense>
        )}
        {error !== null && !refusedField && <Notice tone="danger">{errorText(error)}</Notice>}
        <Button type="submit" busy={busy}>
          {t("register.submit")}
        </Button>
      </form>
      {!props.firstRun && (
        <Elsewhere question={t("register.haveAccount")} href="/login" label={t("register.signIn")} />
      )}
    </Step>
  );
}

/** Whether this person may make an account here, as far as the page knows. */
function Standing(props: {
  registration: RegistrationTerms["registration"];
  invitation: Invitation | null;
}): ReactElement | null {
  const { registration, invitation } = props;
  const { t } = useI18n();
  if (registration === "closed") return <Notice tone="warn">{t("error.registration-closed")}</Notice>;
  if (invitation?.isOver) return <Notice tone="warn">{t("error.invitation-over")}</Notice>;
  if (invitation?.suggested) return <Notice icon="check">{t("register.invited")}</Notice>;
  if (registration === "invitation" && !invitation)
    return <Notice tone="warn">{t("register.invitationOnly")}</Notice>;
  return null;
}
