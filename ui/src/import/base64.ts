/** Pieces that fit a call's arguments, and are a multiple of three so that they join without padding. */
const PIECE = 3 * 8192;

export function toBase64(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  const pieces: string[] = [];
  for (let start = 0; start < all.length; start += PIECE) {
    pieces.push(btoa(String.fromCharCode(...all.subarray(start, start + PIECE))));
  }
  return pieces.join('');
}
