interface Size {
  readonly width: number;
  readonly height: number;
}

/** How far into a file a size is looked for: cameras put previews in front of it. */
export const HEADER_BYTES = 1024 * 1024;

/**
 * Width and height as a JPEG, PNG or WebP file says them, before anything is decoded: a small file may unfold to
 * gigabytes. Null for anything else, and where the header is not understood.
 * @param head the first HEADER_BYTES of the file, or all of it
 */
export function pictureSize(head: Uint8Array): Size | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return webpSize(view);
    return view.getUint16(0) === 0xffd8 ? jpegSize(view) : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** RFC 9649: the first chunk has the size, lossy, lossless or extended. */
function webpSize(view: DataView): Size | null {
  const chunk = view.getUint32(12);
  if (chunk === 0x56503820)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk === 0x5650384c) {
    const packed = view.getUint32(21, true);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 0x56503858) return null;
  return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}

/** ITU-T T.81: the frame header is among the segments before the scan. */
function jpegSize(view: DataView): Size | null {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xda) return null;
  }
  return null;
}
