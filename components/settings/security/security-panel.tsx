"use client";

import type { ReactElement } from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { AppPasswordsGroup } from "./app-passwords-group";
import { AuthenticatorGroup } from "./authenticator-group";
import { PasswordGroup } from "./password-group";
import { SignInCodesGroup } from "./sign-in-codes-group";

/** What signs the person in, and what replaces it. */
export function SecurityPanel(): ReactElement {
  const { credentials } = useAccount();
  const { value: status, error, reload } = useLoaded(credentials.status);
  if (!status) return error === null ? <PanelSkeleton /> : <PanelFailed error={error} onRetry={reload} />;
  const password = <PasswordGroup key="password" min={status.passwordChars} />;
  const authenticator = (
    <AuthenticatorGroup key="authenticator" missed={status.authenticatorMissed} onReplaced={reload} />
  );
  return (
    <>
      {status.authenticatorMissed ? [authenticator, password] : [password, authenticator]}
      <SignInCodesGroup codes={status.signInCodes} onChange={reload} />
      <AppPasswordsGroup />
    </>
  );
}
