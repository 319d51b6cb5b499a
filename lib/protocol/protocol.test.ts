import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../base/bytes.ts";
import { LayoutError } from "../base/fields.ts";
import { type FileId, newId } from "../base/ids.ts";
import { accountName, displayName, totpCode } from "./account-fields.ts";
import { clientTextFrame } from "./client-text-frames.ts";
import { decodeContent, encodeContent, filesOf } from "./content.ts";
import { ERRORS, type ErrorCode } from "./errors.ts";
import { bytes, id } from "./fields.ts";
import {
  decodeClientFrame,
  decodePage,
  decodeServerFrame,
  encodeMessage,
  encodePage,
  encodeRefused,
  encodeSend,
  encodeStored,
} from "./frames.ts";
import { LIMITS } from "./limits.ts";

const seq = fc.nat(Number.MAX_SAFE_INTEGER);
const envelope = fc.uint8Array({ maxLength: 400 }).map((value) => new Uint8Array(value));
const stored = fc.record({ seq, storedAt: seq, envelope });

describe("binary frames", () => {
  test("read back as they were written", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), stored, (request, message) => {
        const { seq, storedAt, envelope } = message;
        const send = { type: "send", request, envelope } as const;
        expect(decodeClientFrame(encodeSend(request, envelope))).toEqual({ ...send, files: [] });
        const files = [newId<FileId>(), newId<FileId>()];
        expect(decodeClientFrame(encodeSend(request, envelope, files))).toEqual({ ...send, files });
        expect(decodeServerFrame(encodeMessage(message))).toEqual({ type: "message", ...message });
        expect(decodeServerFrame(encodeStored(request, seq, storedAt))).toEqual({
          type: "stored",
          request,
          seq,
          storedAt,
        });
      }),
    );
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      expect(decodeServerFrame(encodeRefused(7, code))).toEqual({ type: "refused", request: 7, code });
    }
  });

  test("pages read back as they were written", () => {
    fc.assert(
      fc.property(fc.array(stored, { maxLength: 10 }), (messages) => {
        expect(decodePage(encodePage(messages))).toEqual(messages);
      }),
    );
  });

  test("garbage is refused and nothing else happens", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (garbage) => {
        for (const decode of [decodeClientFrame, decodeServerFrame, decodePage]) {
          try {
            decode(garbage);
          } catch (error) {
            if (!(error instanceof LayoutError) && !(error instanceof TypeError)) throw error;
          }
        }
      }),
    );
  });
});

describe("text frames", () => {
  const conversation = "AAAAAAAAAAAAAAAAAAAAAA";
  test.each([
    { type: "receipt", conversation, read: -1 },
    { type: "receipt", conversation, read: 2 ** 53 },
    { type: "receipt", conversation: "short", read: 1 },
    { type: "receipt", conversation, read: 1, extra: true },
    { type: "subscribe", conversation },
    ["receipt"],
    null,
  ])("refuses %j", (frame) => {
    expect(clientTextFrame.safeParse(frame).success).toBe(false);
  });
});

describe("values", () => {
  test("names", () => {
    for (const good of ["bo", "a.b-c_9", "Alice "]) expect(accountName.safeParse(good).success).toBe(true);
    expect(accountName.parse(" Alice ")).toBe("alice");
    for (const bad of ["a", ".ab", "ab.", "a b", "élise", "a".repeat(33), "аlice", 5]) {
      expect(accountName.safeParse(bad).success).toBe(false);
    }
  });

  test("display names refuse what could pose as something else", () => {
    expect(displayName.parse("  Élise d’Arc  ")).toBe("Élise d’Arc");
    for (const good of ["李雷", "محمد", "👩‍💻 Ada", "O'Neil-Smith 3rd"])
      expect(displayName.safeParse(good).success).toBe(true);
    for (const bad of [
      "\u200d",
      "a\u200bb",
      "a\ufeffb",
      "a\u2028b",
      "\u3164",
      "a\u{e0041}",
      "",
      "   ",
      "a\u202eb",
      "a\nb",
      "a\u0000",
      "\ud800",
      "x".repeat(65),
    ]) {
      expect(displayName.safeParse(bad).success).toBe(false);
    }
  });

  test("TOTP codes are six ASCII digits", () => {
    expect(totpCode.safeParse("012345").success).toBe(true);
    for (const bad of ["12345", "1234567", "１２３４５６", " 12345", 123456, null, ["123456"], "12345\n"]) {
      expect(totpCode.safeParse(bad).success).toBe(false);
    }
  });

  test("ids and bytes are canonical base64url of the right length", () => {
    expect(id().safeParse("AAAAAAAAAAAAAAAAAAAAAA").success).toBe(true);
    expect(id().safeParse("AAAAAAAAAAAAAAAAAAAAAB").success).toBe(false);
    expect(bytes(2).safeParse("AAA").success).toBe(true);
    for (const bad of ["AA", "AAAA", "AAB", 7]) expect(bytes(2).safeParse(bad).success).toBe(false);
  });
});

describe("content", () => {
  test("a hostile peer's content is null, never an exception", () => {
    const text = "x".repeat(LIMITS.messageChars);
    expect(decodeContent(encodeContent({ type: "text", text }))).toEqual({ type: "text", text });
    for (const bad of [
      "",
      "null",
      "[]",
      '{"type":"text"}',
      '{"type":"text","text":5}',
      '{"type":"text","text":""}',
      '{"type":"file"}',
      `{"type":"text","text":"${text}y"}`,
    ]) {
      expect(decodeContent(utf8(bad))).toBeNull();
    }
    expect(decodeContent(Uint8Array.of(0xff, 0xfe))).toBeNull();
  });

  test("files stand beside a text or for it, as they were written", () => {
    const sealed = {
      id: "A".repeat(22) as FileId,
      key: new Uint8Array(32),
      hash: new Uint8Array(32).fill(7),
    };
    const preview = { ...sealed, size: 1, width: 640, height: 1 };
    const file = { ...sealed, size: LIMITS.fileBytes, name: "Q3.pdf", mediaType: "application/pdf" };
    const sent = { type: "text" as const, text: "", files: [file, { ...file, preview }] };
    expect(decodeContent(encodeContent(sent))).toEqual(sent);
    expect(filesOf(sent)).toEqual([file.id, file.id, file.id]);
    for (const files of [
      [],
      new Array(LIMITS.files + 1).fill(file),
      [{ ...file, key: new Uint8Array(31) }],
      [{ ...file, name: "" }],
      [{ ...file, size: LIMITS.fileBytes + 1 }],
      [{ ...file, preview: { ...preview, width: 641 } }],
      [{ ...file, preview: { ...preview, size: LIMITS.previewBytes + 1 } }],
    ])
      expect(decodeContent(encodeContent({ ...sent, files }))).toBeNull();
  });

  test("the longest content with the most files fits into an envelope", () => {
    const sealed = { id: "A".repeat(22) as FileId, key: new Uint8Array(32), hash: new Uint8Array(32) };
    const preview = { ...sealed, size: LIMITS.previewBytes, width: 640, height: 640 };
    const name = "\u0800".repeat(LIMITS.fileNameChars);
    const mediaType = "x".repeat(LIMITS.mediaTypeChars);
    const file = { ...sealed, size: LIMITS.fileBytes, name, mediaType, preview };
    const most = {
      type: "text" as const,
      text: "\u0800".repeat(LIMITS.messageChars),
      files: new Array(LIMITS.files).fill(file),
      mentions: new Array(LIMITS.mentions).fill(sealed.id),
    };
    expect(encodeContent(most).length).toBeLessThan(59_252);
  });
});
