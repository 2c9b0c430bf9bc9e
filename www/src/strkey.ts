const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The five bits that make an address begin with its letter, before three zero bits. */
const KINDS = { G: 6, M: 12 } as const;

/** Writes a key as people know it (SEP-23): its kind, the bytes and a checksum, in base32. */
export function encodeAddress(kind: keyof typeof KINDS, bytes: Uint8Array): string {
  const body = [KINDS[kind] << 3, ...bytes];
  const sum = checksum(body);
  const all = [...body, sum & 255, sum >> 8];
  let [text, held, bits] = ["", 0, 0];
  for (const byte of all) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >> (bits - 5)) & 31);
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

/** CRC-16/XMODEM. */
function checksum(bytes: readonly number[]): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum;
}
