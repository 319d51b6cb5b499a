/**
 * Everything a server may do with what members sign: check it. Server code imports cryptography through this
 * file alone, and nothing reachable from it can open or seal; the import rules hold both.
 */
export { type BoxListEntry, boxListEntry, boxListHash, requireBoxList } from "./box-list.ts";
export { certificateHash, verifyCertificate } from "./certificate.ts";
export { acceptRecord, type ChainLink, type FindSigningKey, recordHash } from "./chain.ts";
export type { ChainState } from "./chain-state.ts";
export { directConversationId } from "./direct-conversation.ts";
export { CryptoError, type CryptoErrorCode } from "./errors.ts";
export { keyId } from "./key-id.ts";
export { applyChanges, type Members, membersHash } from "./members.ts";
