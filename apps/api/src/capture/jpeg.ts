/** Whether the bytes begin and end as a JPEG does. */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  const end = bytes.length;
  return (
    end > 4 &&
    bytes[0] === 0xff &&
    bytes[1] === 0xd8 &&
    bytes[end - 2] === 0xff &&
    bytes[end - 1] === 0xd9
  );
}

/** Reads a JPEG's size from its header; `undefined` when there is none to be found. */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const word = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isStartOfFrame(marker)) {
      const size = { width: word(at + 7), height: word(at + 5) };
      return size.width > 0 && size.height > 0 ? size : undefined;
    }
    at += 2 + word(at + 2);
  }
  return undefined;
}

function isStartOfFrame(marker: number): boolean {
  // C4, C8 and CC lie in the same range and are tables.
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
