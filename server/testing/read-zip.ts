import { crc32 } from "node:zlib";

/** The files of a zip whose entries are stored, each held against its checksum. For tests. */
export function readZip(zip: Uint8Array): Map<string, string> {
  const bytes = Buffer.from(zip);
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) throw new Error("no end of central directory");
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error("not an entry");
    const method = bytes.readUInt16LE(at + 10);
    const [crc, size] = [bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 24)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const path = bytes.toString("utf8", at + 46, at + 46 + name);
    const start = bytes.readUInt32LE(at + 42);
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const content = bytes.subarray(from, from + size);
    if (method !== 0 || crc32(content) !== crc) throw new Error(`${path} is damaged`);
    files.set(path, content.toString("utf8"));
    at += 46 + name + extra + comment;
  }
  return files;
}
