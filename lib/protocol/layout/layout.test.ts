import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat } from "../../base/bytes.ts";
import { LayoutError } from "../../base/fields.ts";
import { type AccountId, idFromBytes } from "../../base/ids.ts";
import { BOX_PURPOSE, encodeBoxHeader, parseBox } from "./box.ts";
import { encodeCertificate, encodeCertificateBody, parseCertificate } from "./certificate.ts";
import {
  ENVELOPE_HEADER_BYTES,
  encodeEnvelopeHeader,
  MAX_ENVELOPE_BYTES,
  MIN_ENVELOPE_BYTES,
  parseEnvelope,
} from "./envelope.ts";
import { encodeJoinRequest, encodeJoinRequestBody, parseJoinRequest } from "./join-request.ts";
import { encodeMemberChanges, parseMemberChanges } from "./member-change.ts";
import { encodePolicy, parsePolicy } from "./policy.ts";
import { encodeRecord, encodeRecordBody, parseRecord } from "./record.ts";
import {
  encodeRoomProfile,
  encodeRoomProfileBody,
  encodeSealedRoomProfile,
  MAX_ROOM_PROFILE_BYTES,
  parseRoomProfile,
  parseSealedRoomProfile,
} from "./room-profile.ts";
import { UnsupportedVersionError } from "./suite.ts";
import {
  bytes,
  certificate,
  envelopeHeader,
  hash,
  joinRequest,
  policy,
  record,
  roomProfile,
  sealedRoomProfile,
  vaultEntryHeader,
} from "./testing/arbitraries.ts";
import { encodeVaultEntryHeader, parseVaultEntry } from "./vault-entry.ts";

const parsers: Readonly<Record<string, (input: Uint8Array) => unknown>> = {
  certificate: parseCertificate,
  box: parseBox,
  record: parseRecord,
  envelope: parseEnvelope,
  "vault entry": parseVaultEntry,
  "member changes": parseMemberChanges,
  policy: parsePolicy,
  "join request": parseJoinRequest,
  "room profile": parseRoomProfile,
  "sealed room profile": parseSealedRoomProfile,
};

describe("layouts", () => {
  it("parse what they encode", () => {
    const signature = new Uint8Array(64).fill(9);
    fc.assert(
      fc.property(certificate, (body) => {
        const signed = encodeCertificateBody(body);
        expect(parseCertificate(encodeCertificate(signed, signature))).toEqual({
          ...body,
          signed,
          signature,
        });
      }),
    );
    fc.assert(
      fc.property(record, (body) => {
        const signed = encodeRecordBody(body);
        const parsed = parseRecord(encodeRecord(signed, signature));
        expect({ ...parsed, changes: [] }).toEqual({ ...body, changes: [], signed, signature });
        expect(new Set(parsed.changes)).toEqual(new Set(body.changes));
      }),
    );
    fc.assert(
      fc.property(envelopeHeader, bytes(272, 500), (value, ciphertext) => {
        const headerBytes = encodeEnvelopeHeader(value);
        expect(headerBytes.length).toBe(ENVELOPE_HEADER_BYTES);
        expect(parseEnvelope(concat(headerBytes, ciphertext))).toEqual({
          header: value,
          headerBytes,
          ciphertext,
        });
      }),
    );
    fc.assert(
      fc.property(vaultEntryHeader, bytes(16, 90), (value, ciphertext) => {
        const headerBytes = encodeVaultEntryHeader(value);
        expect(parseVaultEntry(concat(headerBytes, ciphertext))).toEqual({
          header: value,
          headerBytes,
          ciphertext,
        });
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...BOX_PURPOSE.names),
        hash,
        bytes(1120),
        bytes(16, 90),
        (purpose, recipientKeyId, encapsulation, ciphertext) => {
          const boxHeader = encodeBoxHeader(purpose, recipientKeyId);
          const parsed = parseBox(concat(boxHeader, encapsulation, ciphertext));
          expect(parsed).toEqual({ purpose, recipientKeyId, encapsulation, ciphertext, header: boxHeader });
        },
      ),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(policy, (value) => {
        expect(parsePolicy(encodePolicy(value))).toEqual(value);
      }),
    );
  });

  it("parse what they encode of rooms", () => {
    const signature = new Uint8Array(64).fill(9);
    fc.assert(
      fc.property(joinRequest, (body) => {
        const signed = encodeJoinRequestBody(body);
        expect(parseJoinRequest(encodeJoinRequest(signed, signature))).toEqual({
          ...body,
          signed,
          signature,
        });
      }),
    );
    fc.assert(
      fc.property(roomProfile, (body) => {
        const signed = encodeRoomProfileBody(body);
        expect(parseRoomProfile(encodeRoomProfile(signed, signature))).toEqual({
          ...body,
          signed,
          signature,
        });
      }),
    );
    fc.assert(
      fc.property(sealedRoomProfile, (value) => {
        expect(parseSealedRoomProfile(encodeSealedRoomProfile(value))).toEqual(value);
      }),
    );
    expect(() => parseSealedRoomProfile(new Uint8Array(MAX_ROOM_PROFILE_BYTES + 1))).toThrow(LayoutError);
  });

  it.each(Object.entries(parsers))(
    "%s: random bytes parse or raise LayoutError, nothing else",
    (_, parse) => {
      const start = fc.constantFrom(
        Uint8Array.of(),
        Uint8Array.of(1, 1),
        Uint8Array.of(1, 1, 1),
        Uint8Array.of(0, 0, 0, 14),
      );
      fc.assert(
        fc.property(start, fc.uint8Array({ maxLength: 1300, size: "max" }), (prefix, tail) => {
          try {
            parse(concat(prefix, tail));
          } catch (error) {
            expect(error).toBeInstanceOf(LayoutError);
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  it("refuse every truncation and extension of what is signed", () => {
    const [body] = fc.sample(record, { numRuns: 1, seed: 4 });
    const [other] = fc.sample(certificate, { numRuns: 1, seed: 4 });
    if (!body || !other) throw new Error("no sample");
    const signature = new Uint8Array(64);
    const wholes = [
      [parseRecord, encodeRecord(encodeRecordBody(body), signature)],
      [parseCertificate, encodeCertificate(encodeCertificateBody(other), signature)],
    ] as const;
    for (const [parse, whole] of wholes) {
      for (let length = 0; length < whole.length; length++) {
        expect(() => parse(whole.slice(0, length))).toThrow(LayoutError);
      }
      expect(() => parse(concat(whole, new Uint8Array(1)))).toThrow(LayoutError);
    }
  });

  it("refuse other versions and suites by name", () => {
    const rest = new Uint8Array(2000);
    for (const [version, suite] of [
      [2, 1],
      [1, 2],
      [0, 1],
    ] as const) {
      for (const parse of [parseBox, parseEnvelope, parseVaultEntry]) {
        expect(() => parse(concat(Uint8Array.of(version, suite), rest))).toThrow(UnsupportedVersionError);
      }
    }
  });

  it("refuse envelopes outside the size limits", () => {
    const start = Uint8Array.of(1, 1, 1);
    const sized = (length: number) => concat(start, new Uint8Array(length - start.length));
    expect(parseEnvelope(sized(MIN_ENVELOPE_BYTES)).header.kind).toBe("message");
    expect(parseEnvelope(sized(MAX_ENVELOPE_BYTES)).header.kind).toBe("message");
    expect(() => parseEnvelope(sized(MIN_ENVELOPE_BYTES - 1))).toThrow(LayoutError);
    expect(() => parseEnvelope(sized(MAX_ENVELOPE_BYTES + 1))).toThrow(LayoutError);
  });

  it("refuse member changes out of order, twice, or with something after a removal", () => {
    const account = (byte: number) => idFromBytes<AccountId>(new Uint8Array(16).fill(byte));
    const two = encodeMemberChanges([
      { operation: "remove", account: account(1) },
      { operation: "remove", account: account(2) },
    ]);
    expect(parseMemberChanges(two).length).toBe(2);
    expect(() => parseMemberChanges(concat(two.subarray(50), two.subarray(0, 50)))).toThrow(LayoutError);
    expect(() => parseMemberChanges(concat(two.subarray(0, 50), two.subarray(0, 50)))).toThrow(LayoutError);
    const loaded = two.slice();
    loaded[49] = 1;
    expect(() => parseMemberChanges(loaded)).toThrow(LayoutError);
  });

  it("refuse a policy whose key epochs outlive a tenth of the retention period", () => {
    const valid = {
      retentionSeconds: 100,
      rotationSeconds: 10,
      history: "all",
      posting: "everyone",
      slowSeconds: 0,
    } as const;
    expect(parsePolicy(encodePolicy(valid))).toEqual(valid);
    for (const wrong of [{ rotationSeconds: 11 }, { rotationSeconds: 0 }, { retentionSeconds: 99 }]) {
      expect(() => parsePolicy(encodePolicy({ ...valid, ...wrong }))).toThrow(LayoutError);
    }
  });

  it("give a policy one encoding", () => {
    const plain = {
      retentionSeconds: 0,
      rotationSeconds: 10,
      history: "all",
      posting: "everyone",
      slowSeconds: 0,
    } as const;
    expect(encodePolicy(plain)).toHaveLength(9);
    const quiet = { ...plain, posting: "moderators" } as const;
    expect(parsePolicy(encodePolicy(quiet))).toEqual(quiet);
    expect(() => parsePolicy(concat(encodePolicy(plain), new Uint8Array([1, 0, 0, 0, 0])))).toThrow(
      LayoutError,
    );
  });
});
