/**
 * Everything a server may do with what members sign: check it. Server code imports cryptography through this
 * file alone, and nothing reachable from it can open or seal; the import rules hold both.
 */
export { boxListEntry, requireBoxList } from "./box-list.ts";
export { certificateHash, verifyCertificate } from "./certificate.ts";
export { acceptRecord, type ChainLink, continueChain } from "./chain.ts";
export { mayWrite } from "./chain-rules.ts";
export type { ChainState } from "./chain-state.ts";
export { CryptoError } from "./errors.ts";
export { verifyJoinRequest } from "./join-request.ts";
export { keyId } from "./key-id.ts";
export { actingRole } from "./members.ts";
export { verifyRoomProfile } from "./room-profile.ts";
