import type { AccountId, ConversationId } from "../base/ids.ts";
import type { MessageRef } from "../protocol/content.ts";
import type { Role } from "../protocol/layout/member-change.ts";
import type { HistoryVisibility, Posting } from "../protocol/layout/policy.ts";
import type { Person } from "./model-person.ts";

/** Rooms as views see them. Everything here comes from signed records, but for what is marked. */

export type RoomKind = "private-room" | "public-room";

/** What everybody in a room sees of it. Part of a conversation in the messenger's state. */
export interface RoomStanding {
  /** Empty until it could be opened. */
  readonly name: string;
  readonly topic: string;
  /** One's own; null for who is no member any more. */
  readonly role: Role | null;
  readonly memberCount: number;
  /** Who may write; "nobody" in an archived room. */
  readonly posting: Posting;
  /** Between two messages of one member; 0 for no limit. */
  readonly slowSeconds: number;
  /** Messages are gone after this long; 0 keeps them. */
  readonly retentionSeconds: number;
  readonly history: HistoryVisibility;
  /**
   * Access rules keep oneself out, or out from here: nothing is told of what is said there, and nothing can be done. The
   * server's word.
   */
  readonly refused: boolean;
  /** Those who run the server let nothing new in. The server's word. */
  readonly archived: boolean;
  /** None of its owners is there any more, and oneself is asked to take it over. The server's word. */
  readonly offered: boolean;
  /** The latest one last. */
  readonly pins: readonly MessageRef[];
}

export interface RoomMember {
  readonly person: Person;
  readonly role: Role;
  /** The server's word. */
  readonly mutedUntil: number | null;
}

/** What the details pane shows; loaded when it is opened and kept current while somebody listens. */
export interface RoomDetails {
  /** Owners first, then moderators, then members; by name. */
  readonly members: readonly RoomMember[];
  readonly banned: readonly Person[];
  /** Links by which people come in by themselves; only for who may moderate. */
  readonly invitations: readonly RoomInvitation[];
  /** Whether none of its owners is there any more, and it is oneself's to take over. */
  readonly mayTakeOver: boolean;
}

export interface RoomInvitation {
  readonly id: string;
  /** The whole address to pass on; its secret part stands in the fragment. */
  readonly link: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** One line of what moderators and owners did, newest first. */
export interface RoomEvent {
  readonly at: number;
  readonly author: AccountId;
  readonly event:
    | {
        readonly kind:
          | "created"
          | "left"
          | "renamed"
          | "deleted-message"
          | "decided-report"
          | "new-key"
          | "archived"
          | "reopened"
          | "taken-over";
      }
    | { readonly kind: "added" | "removed" | "banned" | "lifted"; readonly people: readonly AccountId[] }
    | { readonly kind: "role"; readonly person: AccountId; readonly role: Role }
    | { readonly kind: "muted"; readonly person: AccountId; readonly until: number | null }
    | { readonly kind: "policy"; readonly policy: RoomPolicy };
}

export interface RoomPolicy {
  readonly posting: Posting;
  readonly slowSeconds: number;
  readonly retentionSeconds: number;
  readonly history: HistoryVisibility;
}

export interface NewRoom {
  readonly kind: RoomKind;
  readonly name: string;
  readonly topic: string;
  readonly history: HistoryVisibility;
  readonly retentionSeconds: number;
  readonly posting: Posting;
  readonly people: readonly AccountId[];
}

/** A public room as the directory lists it. The count is the server's word. */
export interface ListedRoom {
  readonly id: ConversationId;
  readonly name: string;
  readonly topic: string;
  readonly memberCount: number;
  readonly standing: "member" | "waiting" | "banned" | "none";
}

/** A room that one has asked to enter: some member's browser must be there to hand out the key. */
export interface Waiting {
  readonly conversation: ConversationId;
  /** Empty where the room is private: an invitation does not say. */
  readonly name: string;
  readonly since: number;
}

/** How far a sealing for many people has come. */
export type SealingProgress = (done: number, total: number) => void;

/** What is done with rooms; its code comes with the first call. Each rejects with AppError. */
export interface Rooms {
  create(room: NewRoom, onProgress?: SealingProgress): Promise<ConversationId>;
  /** Public rooms whose name or topic contains the text, most members first; an empty text lists all. */
  directory(text: string): Promise<readonly ListedRoom[]>;
  /** Asks to enter; the room is in the state as soon as somebody's browser has answered. */
  join(room: ConversationId): Promise<void>;
  /** @param link the whole address or its fragment. @throws AppError "bad-code" when it is no invitation */
  joinByLink(link: string): Promise<ConversationId>;
  cancelJoining(room: ConversationId): Promise<void>;
  details(room: ConversationId): Promise<RoomDetails>;
  journal(room: ConversationId): Promise<readonly RoomEvent[]>;
  add(room: ConversationId, people: readonly AccountId[], onProgress?: SealingProgress): Promise<void>;
  remove(room: ConversationId, person: AccountId): Promise<void>;
  ban(room: ConversationId, person: AccountId): Promise<void>;
  lift(room: ConversationId, person: AccountId): Promise<void>;
  /** @param until milliseconds since 1970; null lets the person write again */
  mute(room: ConversationId, person: AccountId, until: number | null): Promise<void>;
  setRole(room: ConversationId, person: AccountId, role: Role): Promise<void>;
  /** @param profile what is left out stays */
  rename(room: ConversationId, profile: { readonly name?: string; readonly topic?: string }): Promise<void>;
  /** For everybody in the room; one pin too many takes the oldest one's place. */
  pin(room: ConversationId, message: MessageRef): Promise<void>;
  unpin(room: ConversationId, message: MessageRef): Promise<void>;
  setPolicy(room: ConversationId, policy: RoomPolicy): Promise<void>;
  createInvitation(room: ConversationId, expiresAt: number): Promise<RoomInvitation>;
  revokeInvitations(room: ConversationId, invitations: readonly string[]): Promise<void>;
  /**
   * Becomes the owner of a room that none of its owners is in any more.
   * @returns false where it is not one's to take, or not any more
   */
  takeOver(room: ConversationId, onProgress?: SealingProgress): Promise<boolean>;
  /** Answers an offer to take a room over by no. @throws AppError "not-found" where it was withdrawn */
  declineOffer(room: ConversationId): Promise<void>;
  /** @throws AppError "last-owner" */
  leave(room: ConversationId): Promise<void>;
  /** For everybody, at once and for good: messages, keys, members. */
  delete(room: ConversationId): Promise<void>;
}
