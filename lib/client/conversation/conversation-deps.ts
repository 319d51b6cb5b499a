import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { Api } from "../api.ts";
import type { Identities } from "../identities.ts";
import type { KeyBook } from "../key-book.ts";
import type { Person } from "../model.ts";
import type { Outbox } from "../outbox.ts";
import type { LocalDevice, Platform } from "../platform.ts";
import type { Profiles } from "../profiles.ts";
import type { ServerClock } from "../server-clock.ts";
import type { Socket } from "../socket.ts";
import type { Vault } from "../vault.ts";

/** What every conversation of this device stands on. */
export interface ConversationDeps {
  readonly api: Api;
  readonly platform: Platform;
  readonly clock: ServerClock;
  readonly vault: Vault;
  readonly device: LocalDevice;
  readonly identities: Identities;
  readonly book: KeyBook;
  readonly profiles: Profiles;
  readonly socket: Pick<Socket, "sendText">;
  readonly outbox: Pick<Outbox, "unsent" | "discard" | "close" | "resume">;
  readonly isNamed: (account: AccountId) => boolean;
  readonly showsReads: () => boolean;
  readonly isBlocked: (account: AccountId) => boolean;
  readonly showPeople: (people: readonly Person[]) => void;
  readonly onChange: (conversation: ConversationId) => void;
  /** Messages before this place are over. */
  readonly onGone: (conversation: ConversationId, first: number) => void;
}
