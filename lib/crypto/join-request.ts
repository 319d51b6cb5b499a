import { type Bytes, equalBytes } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, type ConversationId, idToBytes } from "../base/ids.ts";
import {
  encodeJoinRequest,
  encodeJoinRequestBody,
  type JoinRequest,
  type JoinRequestBody,
  parseJoinRequest,
} from "../protocol/layout/join-request.ts";
import { label } from "../protocol/layout/label.ts";
import type { FindSigningKey } from "./chain.ts";
import { CryptoError, parseWith } from "./errors.ts";
import { type SigningKey, sign, verifySignature } from "./signature.ts";
import { hmac } from "./webcrypto.ts";

type Joiner = Pick<JoinRequestBody, "conversation" | "account" | "certificateHash">;

/** @param key of the certificate that the request names */
export async function signJoinRequest(key: SigningKey, body: JoinRequestBody): Promise<Bytes> {
  const signed = encodeJoinRequestBody(body);
  return encodeJoinRequest(signed, await sign(key, signed));
}

/**
 * The proof in it is judged apart, by members who know the invitation's secret.
 * @throws CryptoError `malformed`, `unsupported-version`, `wrong-chain` (another room or person), `unknown-signer`,
 * `bad-signature`
 */
export async function verifyJoinRequest(
  bytes: Uint8Array,
  expected: { readonly conversation: ConversationId; readonly account: AccountId },
  findSigningKey: FindSigningKey,
): Promise<JoinRequest> {
  const request = parseWith(parseJoinRequest, bytes);
  if (request.conversation !== expected.conversation || request.account !== expected.account)
    throw new CryptoError("wrong-chain", "a request for another room or person");
  const key = await findSigningKey(request.account, request.certificateHash);
  if (!key) throw new CryptoError("unknown-signer", `no certificate of ${request.account}`);
  if (!(await verifySignature(key, request.signed, request.signature)))
    throw new CryptoError("bad-signature", "join request");
  return request;
}

/** `HMAC-SHA-256(secret, enc("sceau/1/join-proof", conversation, account, certificate hash))`: 32 bytes. */
export function joinProof(secret: Bytes, joiner: Joiner): Promise<Bytes> {
  const { conversation, account, certificateHash } = joiner;
  const input = encodeFields(
    label("join-proof"),
    idToBytes(conversation),
    idToBytes(account),
    certificateHash,
  );
  return hmac(secret, input);
}

/** Whether the request knows the secret of the invitation it names. */
export async function isInvited(request: JoinRequestBody, secret: Bytes): Promise<boolean> {
  return request.invited !== null && equalBytes(request.invited.proof, await joinProof(secret, request));
}
