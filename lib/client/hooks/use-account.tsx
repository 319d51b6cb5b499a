"use client";

import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from "react";
import type { Account } from "../model-account.ts";
import { useMessenger } from "./use-messenger.tsx";

const AccountContext = createContext<Account | null>(null);

/** Loads what the settings do, for the panels below it. */
export function AccountProvider(props: {
  loading: ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
}): ReactElement {
  const { loading, failed, children } = props;
  const messenger = useMessenger();
  const [account, setAccount] = useState<Account | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const load = useCallback(() => {
    setFailure(null);
    messenger.account().then(setAccount, (error: unknown) => setFailure({ error }));
  }, [messenger]);
  useEffect(load, [load]);

  if (failure) return <>{failed(failure.error, load)}</>;
  if (!account) return <>{loading}</>;
  return <AccountContext value={account}>{children}</AccountContext>;
}

export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error("useAccount needs an AccountProvider above it");
  return account;
}
