// Keys as SEP-23 writes them: `G…` and `S…`.
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const VERSIONS = { G: 6 << 3, S: 18 << 3 };

/** The 32 bytes of a key of this kind, `G` or `S`. */
export function decode(kind, text) {
    if (text.length !== 56) throw new Error("a key has 56 characters");
    const bytes = new Uint8Array(35);
    let bits = 0;
    let held = 0;
    let at = 0;
    for (const character of text) {
        const value = ALPHABET.indexOf(character);
        if (value < 0) throw new Error("a key has the characters A-Z and 2-7");
        held = (held << 5) | value;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes[at++] = held >> bits;
            held &= (1 << bits) - 1;
        }
    }
    const sum = checksum(bytes.subarray(0, 33));
    if (bytes[0] !== VERSIONS[kind] || bytes[33] !== (sum & 255) || bytes[34] !== sum >> 8) throw new Error(`no ${kind} key`);
    return bytes.slice(1, 33);
}

/** CRC16-XModem. */
function checksum(bytes) {
    let sum = 0;
    for (const byte of bytes) {
        sum ^= byte << 8;
        for (let bit = 0; bit < 8; bit++) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
    }
    return sum;
}
