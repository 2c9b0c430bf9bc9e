import { encodeAddress } from "./strkey";

/** What a challenge says, read for people to look at. Whether it is right, the package decides. */
export interface Transaction {
  readonly source: string;
  readonly sequence: bigint;
  readonly memo: string | undefined;
  /** Unix seconds. */
  readonly bounds: readonly [from: bigint, to: bigint] | undefined;
  readonly operations: readonly Operation[];
  /** The last four bytes of the keys that are said to have signed, in hexadecimal digits. */
  readonly signers: readonly string[];
}

/** A ManageData operation. */
export interface Operation {
  readonly source: string | undefined;
  readonly name: string;
  /** Absent if the operation removes an entry. */
  readonly value: string | undefined;
}

/**
 * Reads a version 1 envelope of ManageData operations in base64.
 *
 * Throws if it is something else: there is no more in a challenge.
 */
export function readTransaction(base64: string): Transaction {
  const reader = new Reader(Uint8Array.from(atob(base64.trim()), (char) => char.charCodeAt(0)));
  if (reader.int() !== 2) throw new Error("it is no version 1 transaction");
  const source = reader.account();
  reader.int(); // fee
  const sequence = reader.long();
  const bounds = reader.choice("precondition", { 0: () => undefined, 1: () => [reader.long(), reader.long()] as const });
  const memo = reader.choice("memo", {
    0: () => undefined,
    1: () => text(reader.opaque()),
    2: () => String(reader.long()),
    3: () => hex(reader.bytes(32)),
    4: () => hex(reader.bytes(32)),
  });
  const operations = reader.list(() => ({
    source: reader.option(() => reader.account()),
    ...reader.choice("operation", { 10: () => ({ name: text(reader.opaque()), value: reader.option(() => text(reader.opaque())) }) }),
  }));
  reader.choice("extension", { 0: () => undefined });
  const signers = reader.list(() => {
    const hint = hex(reader.bytes(4));
    reader.opaque();
    return hint;
  });
  return { source, sequence, memo, bounds, operations, signers };
}

class Reader {
  private at = 0;

  constructor(private readonly all: Uint8Array) {}

  bytes(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.all.length) throw new Error("it ends too early");
    const part = this.all.subarray(this.at, end);
    this.at = end;
    return part;
  }

  int(): number {
    return Number(BigInt.asIntN(32, this.number(4)));
  }

  long(): bigint {
    return this.number(8);
  }

  /** A length, the bytes, and zeros up to a multiple of four. */
  opaque(): Uint8Array {
    const length = Number(this.number(4));
    const part = this.bytes(length);
    this.bytes((4 - (length % 4)) % 4);
    return part;
  }

  account(): string {
    return this.choice("account", {
      0: () => encodeAddress("G", this.bytes(32)),
      0x100: () => {
        const id = this.bytes(8);
        return encodeAddress("M", Uint8Array.from([...this.bytes(32), ...id]));
      },
    });
  }

  option<T>(read: () => T): T | undefined {
    return this.choice("option", { 0: () => undefined, 1: read });
  }

  list<T>(read: () => T): T[] {
    const length = Number(this.number(4));
    // No operation and no signature has fewer bytes than this.
    if (length * 8 > this.all.length) throw new Error("it ends too early");
    return Array.from({ length }, read);
  }

  choice<T>(what: string, arms: Readonly<Record<number, () => T>>): T {
    const kind = this.int();
    const arm = arms[kind];
    if (!arm) throw new Error(`it has ${what} ${kind}, which no challenge has`);
    return arm();
  }

  private number(length: number): bigint {
    return this.bytes(length).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  }
}

/** Bytes as text where they are text, and as digits where not. */
function text(bytes: Uint8Array): string {
  try {
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!/\p{C}/u.test(decoded)) return decoded;
  } catch {
    // No text.
  }
  return `0x${hex(bytes)}`;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
