// Challenges built with the other SDK, each changed in one way and signed again where the change is not about signatures.
import {
  Account,
  Asset,
  Keypair,
  Memo,
  MuxedAccount,
  Operation,
  SorobanDataBuilder,
  Transaction,
  TransactionBuilder,
  type xdr,
} from "@stellar/stellar-sdk";

export const NOW = 1_700_000_450;
export const PASSPHRASE = "Test SDF Network ; September 2015";
export const HOME_DOMAIN = "anchor.example.com";
export const WEB_AUTH_DOMAIN = "auth.anchor.example.com";
export const CLIENT_DOMAIN = "wallet.example.org";

const seed = (byte: number) => Keypair.fromRawEd25519Seed(new Uint8Array(32).fill(byte));
export const SERVER = seed(1);
export const CLIENT = seed(2);
export const OTHER_KEY = seed(3);
/** The client domain's key. */
export const DOMAIN = seed(4);

const muxed = (key: Keypair, id: string) => new MuxedAccount(new Account(key.publicKey(), "0"), id).accountId();
export const MUXED = muxed(CLIENT, "7");

const NONCE = Buffer.from(new Uint8Array(48).fill(9)).toString("base64");

/** The parts of a challenge, each of which can be changed. */
interface Parts {
  sequence: bigint;
  source: string;
  minTime: number;
  maxTime: number;
  memo: Memo;
  first: Data;
  webAuth: Data | undefined;
  more: xdr.Operation[];
  network: string;
  signers: Keypair[];
  adjust: (builder: TransactionBuilder) => void;
}

interface Data {
  name?: string;
  value?: string | Uint8Array | null;
  source?: string | undefined;
}

const data = ({ name = "", value = null, source }: Data): xdr.Operation =>
  Operation.manageData({ name, value, ...(source !== undefined && { source }) });

const payment = (source: string) =>
  Operation.payment({ destination: SERVER.publicKey(), asset: Asset.native(), amount: "1", source });

const FIRST: Data = { name: `${HOME_DOMAIN} auth`, value: NONCE, source: CLIENT.publicKey() };
const WEB_AUTH: Data = { name: "web_auth_domain", value: WEB_AUTH_DOMAIN, source: SERVER.publicKey() };
const clientDomain = (other: Data = {}) =>
  data({ name: "client_domain", value: CLIENT_DOMAIN, source: DOMAIN.publicKey(), ...other });

/** The transaction of a challenge with these parts instead of the right ones. */
function build(other: Partial<Parts> = {}, operations?: xdr.Operation[]): Transaction {
  const parts: Parts = {
    sequence: 0n,
    source: SERVER.publicKey(),
    minTime: NOW - 60,
    maxTime: NOW + 840,
    memo: Memo.none(),
    first: FIRST,
    webAuth: WEB_AUTH,
    more: [],
    network: PASSPHRASE,
    signers: [SERVER],
    adjust: () => {},
    ...other,
  };
  const source = parts.source.startsWith("M")
    ? MuxedAccount.fromAddress(parts.source, String(parts.sequence - 1n))
    : new Account(parts.source, String(parts.sequence - 1n));
  const builder = new TransactionBuilder(source, {
    fee: "100",
    networkPassphrase: parts.network,
    memo: parts.memo,
    timebounds: { minTime: parts.minTime, maxTime: parts.maxTime },
  });
  parts.adjust(builder);
  const own = [data(parts.first), ...(parts.webAuth ? [data(parts.webAuth)] : []), ...parts.more];
  for (const operation of operations ?? own) builder.addOperation(operation);
  const transaction = builder.build();
  transaction.sign(...parts.signers);
  return transaction;
}

/** The challenge in base64. */
const challenge = (...parts: Parameters<typeof build>): string => build(...parts).toXdr();

/** The bytes of a challenge, changed without a new signature. */
function bytes(change: (bytes: Uint8Array) => Uint8Array): string {
  return Buffer.from(change(Buffer.from(challenge(), "base64"))).toString("base64");
}

/** What the wallet asked for. */
export interface Asked {
  account?: string;
  memo?: string;
  clientDomain?: boolean;
}

export interface Mutation {
  name: string;
  xdr: string;
  asked?: Asked;
  /** The codes of our checks that fail; none if it is accepted. */
  ours: string[];
  /** A part of the text of their refusal; absent if they accept it. */
  theirs?: RegExp;
  /** Why the verdicts differ. There must be one if they do, and none if they do not. */
  because?: string;
}

const ONLY_READ = "their reader returns it and leaves the comparison to its caller, who is not told to make one";
const BASE64 = "their decoder is that of the browser, which takes the other alphabet and blanks; SEP-10 means the standard (S10-77)";

export const MUTATIONS: Mutation[] = [
  // Accepted by both
  { name: "unchanged", xdr: challenge(), ours: [] },
  { name: "memo as asked", xdr: challenge({ memo: Memo.id("7") }), asked: { memo: "7" }, ours: [] },
  { name: "memo 0 as asked", xdr: challenge({ memo: Memo.id("0") }), asked: { memo: "0" }, ours: [] },
  {
    name: "largest memo as asked",
    xdr: challenge({ memo: Memo.id("18446744073709551615") }),
    asked: { memo: "18446744073709551615" },
    ours: [],
  },
  { name: "muxed account", xdr: challenge({ first: { ...FIRST, source: MUXED } }), asked: { account: MUXED }, ours: [] },
  { name: "client domain as asked", xdr: challenge({ more: [clientDomain()] }), asked: { clientDomain: true }, ours: [] },
  { name: "client domain asked for and left out", xdr: challenge(), asked: { clientDomain: true }, ours: [] },
  { name: "no web auth domain, as old servers", xdr: challenge({ webAuth: undefined }), ours: [] },
  { name: "web auth domain twice", xdr: challenge({ more: [data(WEB_AUTH)] }), ours: [] },
  {
    name: "another operation of the anchor's",
    xdr: challenge({ more: [data({ name: "reserved", value: "x", source: SERVER.publicKey() })] }),
    ours: [],
  },
  {
    name: "another operation of the anchor's, without value",
    xdr: challenge({ more: [data({ name: "reserved", source: SERVER.publicKey() })] }),
    ours: [],
  },
  {
    name: "time bounds alone, as preconditions of the second kind",
    xdr: signedAnew((it, at) => Buffer.concat([it.subarray(0, at - 4), uint32(2), uint32(1), it.subarray(at, at + 16), Buffer.alloc(24), it.subarray(at + 16)])),
    ours: [],
  },
  { name: "no fee", xdr: challenge({ adjust: (builder) => void (builder.baseFee = "0") }), ours: [] },
  { name: "299 s expired", xdr: challenge({ maxTime: NOW - 299, minTime: NOW - 1199 }), ours: [] },
  { name: "299 s too early", xdr: challenge({ minTime: NOW + 299, maxTime: NOW + 1199 }), ours: [] },

  // The transaction
  { name: "sequence 1", xdr: challenge({ sequence: 1n }), ours: ["challenge_sequence"], theirs: /sequence number/ },
  { name: "sequence below zero", xdr: challenge({ sequence: -1n }), ours: ["challenge_sequence"], theirs: /sequence number/ },
  {
    name: "source is another key",
    xdr: challenge({ source: OTHER_KEY.publicKey() }),
    ours: ["challenge_source"],
    theirs: /source account/,
  },
  {
    name: "the source muxed",
    xdr: challenge({ source: muxed(SERVER, "0") }),
    ours: ["challenge_source"],
    theirs: /source account/,
  },
  {
    name: "made and signed by another key",
    xdr: challenge({ source: OTHER_KEY.publicKey(), webAuth: { ...WEB_AUTH, source: OTHER_KEY.publicKey() }, signers: [OTHER_KEY] }),
    ours: ["challenge_source", "challenge_operation", "challenge_server_signature"],
    theirs: /source account/,
  },
  {
    name: "no time bounds",
    xdr: signedAnew((it, at) => Buffer.from([...it.subarray(0, at - 4), 0, 0, 0, 0, ...it.subarray(at + 16)])),
    ours: ["challenge_time_bounds"],
    theirs: /expired/,
  },
  {
    name: "no beginning and no end",
    xdr: challenge({ minTime: 0, maxTime: 0 }),
    ours: ["challenge_time_bounds", "challenge_expired"],
    theirs: /timebounds/,
  },
  {
    name: "no end",
    xdr: challenge({ maxTime: 0 }),
    ours: ["challenge_time_bounds", "challenge_expired"],
    theirs: /timebounds/,
  },
  { name: "301 s expired", xdr: challenge({ minTime: NOW - 1201, maxTime: NOW - 301 }), ours: ["challenge_expired"], theirs: /expired/ },
  { name: "301 s too early", xdr: challenge({ minTime: NOW + 301, maxTime: NOW + 1201 }), ours: ["challenge_not_yet_valid"], theirs: /expired/ },
  {
    name: "ends before it begins",
    xdr: signedAnew((it, at) => {
      it.set(bigEndian(NOW + 60), at);
      it.set(bigEndian(NOW - 60), at + 8);
      return it;
    }),
    ours: ["challenge_time_bounds"],
    because: "never valid on the ledger, but within both tolerances: they look at each end alone (S10-65)",
  },
  {
    name: "ledger bounds",
    xdr: challenge({ adjust: (builder) => builder.setLedgerbounds(1, 2) }),
    ours: ["challenge_not_readable"],
    because: "they read every precondition; a challenge needs time bounds and nothing else (S10-66)",
  },
  {
    name: "a minimum sequence",
    xdr: challenge({ adjust: (builder) => builder.setMinAccountSequence("0") }),
    ours: ["challenge_not_readable"],
    because: "they read every precondition; a challenge needs time bounds and nothing else (S10-66)",
  },
  {
    name: "contract data",
    xdr: challenge({ adjust: (builder) => builder.setSorobanData(new SorobanDataBuilder().build()) }),
    ours: ["challenge_not_readable"],
    because: "they read contract transactions; a challenge is none (S10-66)",
  },
  { name: "text memo", xdr: challenge({ memo: Memo.text("7") }), ours: ["challenge_memo"], theirs: /memo must be of type/ },
  { name: "hash memo", xdr: challenge({ memo: Memo.hash("07".repeat(32)) }), ours: ["challenge_memo"], theirs: /memo must be of type/ },
  { name: "return memo", xdr: challenge({ memo: Memo.return("07".repeat(32)) }), ours: ["challenge_memo"], theirs: /memo must be of type/ },
  {
    name: "memo beside a muxed account",
    xdr: challenge({ memo: Memo.id("7"), first: { ...FIRST, source: MUXED } }),
    asked: { account: MUXED },
    ours: ["challenge_memo"],
    theirs: /memo but the client account ID is a muxed/,
  },
  { name: "memo that was not requested", xdr: challenge({ memo: Memo.id("7") }), ours: ["challenge_memo"], because: ONLY_READ },
  { name: "another memo", xdr: challenge({ memo: Memo.id("8") }), asked: { memo: "7" }, ours: ["challenge_memo"], because: ONLY_READ },
  { name: "no memo where one was asked for", xdr: challenge(), asked: { memo: "7" }, ours: ["challenge_memo"], because: ONLY_READ },

  // The first operation
  {
    name: "no operation",
    xdr: challenge({}, []),
    ours: ["challenge_account", "challenge_home_domain"],
    theirs: /at least one operation/,
  },
  { name: "first: payment", xdr: challenge({}, [payment(CLIENT.publicKey()), data(WEB_AUTH)]), ours: ["challenge_not_readable"], theirs: /manageData/ },
  { name: "first: no source", xdr: challenge({ first: { ...FIRST, source: undefined } }), ours: ["challenge_account"], theirs: /source account/ },
  {
    name: "first: another account",
    xdr: challenge({ first: { ...FIRST, source: OTHER_KEY.publicKey() } }),
    ours: ["challenge_account"],
    because: ONLY_READ,
  },
  {
    name: "first: the account muxed",
    xdr: challenge({ first: { ...FIRST, source: MUXED } }),
    ours: ["challenge_account"],
    because: ONLY_READ,
  },
  { name: "first: other home domain", xdr: challenge({ first: { ...FIRST, name: "example.com auth" } }), ours: ["challenge_home_domain"], theirs: /home domain/ },
  { name: "first: home domain with a port", xdr: challenge({ first: { ...FIRST, name: `${HOME_DOMAIN}:443 auth` } }), ours: ["challenge_home_domain"], theirs: /home domain/ },
  { name: "first: home domain in capitals", xdr: challenge({ first: { ...FIRST, name: `${HOME_DOMAIN.toUpperCase()} auth` } }), ours: ["challenge_home_domain"], theirs: /home domain/ },
  { name: "first: more after the name", xdr: challenge({ first: { ...FIRST, name: `${HOME_DOMAIN} auth ` } }), ours: ["challenge_home_domain"], theirs: /home domain/ },
  { name: "first: only the home domain", xdr: challenge({ first: { ...FIRST, name: HOME_DOMAIN } }), ours: ["challenge_home_domain"], theirs: /home domain/ },
  { name: "first: no value", xdr: challenge({ first: { ...FIRST, value: null } }), ours: ["challenge_nonce"], theirs: /not be null/ },
  { name: "first: 48 raw bytes", xdr: challenge({ first: { ...FIRST, value: new Uint8Array(48).fill(9) } }), ours: ["challenge_nonce"], theirs: /64 bytes base64/ },
  { name: "first: 47 bytes in base64", xdr: challenge({ first: { ...FIRST, value: Buffer.alloc(47).toString("base64") } }), ours: ["challenge_nonce"], theirs: /64 bytes base64/ },
  { name: "first: not base64", xdr: challenge({ first: { ...FIRST, value: "!".repeat(64) } }), ours: ["challenge_nonce"], theirs: /64 bytes base64/ },
  { name: "first: url-safe base64", xdr: challenge({ first: { ...FIRST, value: Buffer.alloc(48, 0xff).toString("base64url") } }), ours: ["challenge_nonce"], because: BASE64 },

  // Further operations
  { name: "second: payment", xdr: challenge({ more: [payment(SERVER.publicKey())] }), ours: ["challenge_not_readable"], theirs: /not of type 'manageData'/ },
  { name: "second: the client's", xdr: challenge({ more: [data({ name: "x", value: "y", source: CLIENT.publicKey() })] }), ours: ["challenge_operation"], theirs: /unrecognized/ },
  { name: "second: no source", xdr: challenge({ webAuth: { ...WEB_AUTH, source: undefined } }), ours: ["challenge_operation"], theirs: /unrecognized/ },
  { name: "web auth domain: another", xdr: challenge({ webAuth: { ...WEB_AUTH, value: "auth.example.com" } }), ours: ["challenge_web_auth_domain"], theirs: /does not match/ },
  { name: "web auth domain: home domain", xdr: challenge({ webAuth: { ...WEB_AUTH, value: HOME_DOMAIN } }), ours: ["challenge_web_auth_domain"], theirs: /does not match/ },
  { name: "web auth domain: no value", xdr: challenge({ webAuth: { ...WEB_AUTH, value: null } }), ours: ["challenge_web_auth_domain"], theirs: /not be null/ },
  { name: "web auth domain: of the client", xdr: challenge({ webAuth: { ...WEB_AUTH, source: CLIENT.publicKey() } }), ours: ["challenge_operation"], theirs: /unrecognized/ },

  // The client domain
  {
    name: "client domain that was not requested",
    xdr: challenge({ more: [clientDomain()] }),
    ours: ["challenge_client_domain"],
    because: "they do not know what was asked for; nothing is to be signed for a domain that the wallet did not name (S10-63)",
  },
  {
    name: "another client domain",
    xdr: challenge({ more: [clientDomain({ value: "other.example.org" })] }),
    asked: { clientDomain: true },
    ours: ["challenge_client_domain"],
    because: "they do not know what was asked for (S10-63)",
  },
  {
    name: "client domain with another key",
    xdr: challenge({ more: [clientDomain({ source: OTHER_KEY.publicKey() })] }),
    asked: { clientDomain: true },
    ours: ["challenge_client_domain"],
    because: "they do not know what was asked for (S10-63)",
  },
  {
    name: "client domain with the anchor's key",
    xdr: challenge({ more: [clientDomain({ source: SERVER.publicKey() })] }),
    asked: { clientDomain: true },
    ours: ["challenge_client_domain"],
    because: "the anchor's signature, which is always there, would prove any domain (S10-99)",
  },
  {
    name: "client domain twice",
    xdr: challenge({ more: [clientDomain(), clientDomain()] }),
    asked: { clientDomain: true },
    ours: ["challenge_client_domain"],
    because: "their reader passes over it, and only their server's verifier refuses it (S10-63)",
  },
  {
    name: "client domain without value",
    xdr: challenge({ more: [clientDomain({ value: null })] }),
    asked: { clientDomain: true },
    ours: ["challenge_client_domain"],
    because: "without a value no domain is named; they do not look (S10-87)",
  },

  // Signatures
  { name: "no signature", xdr: challenge({ signers: [] }), ours: ["challenge_server_signature", "challenge_signature"], theirs: /not signed by server/ },
  { name: "signed by another key", xdr: challenge({ signers: [OTHER_KEY] }), ours: ["challenge_server_signature"], theirs: /not signed by server/ },
  { name: "signed by the client alone", xdr: challenge({ signers: [CLIENT] }), ours: ["challenge_server_signature"], theirs: /not signed by server/ },
  {
    name: "signed for another network",
    xdr: challenge({ network: "Public Global Stellar Network ; September 2015" }),
    ours: ["challenge_server_signature"],
    theirs: /not signed by server/,
  },
  { name: "one bit of the signature changed", xdr: bytes((it) => flip(it, it.length - 1)), ours: ["challenge_server_signature"], theirs: /not signed by server/ },
  { name: "the signature's hint changed", xdr: bytes((it) => flip(it, it.length - 72)), ours: ["challenge_server_signature"], theirs: /not signed by server/ },
  { name: "the fee changed", xdr: bytes((it) => flip(it, 43)), ours: ["challenge_server_signature"], theirs: /not signed by server/ },
  {
    name: "signed twice by the anchor",
    xdr: challenge({ signers: [SERVER, SERVER] }),
    ours: ["challenge_server_signature", "challenge_signature"],
    because: "they find a signature and stop; the anchor signs once (S10-88)",
  },
  {
    name: "signed by another key too",
    xdr: challenge({ signers: [SERVER, OTHER_KEY] }),
    ours: ["challenge_signature"],
    because: "their reader serves the anchor too, where others have signed; a wallet is the first to sign (S10-59)",
  },
  {
    name: "signed by the client already",
    xdr: challenge({ signers: [SERVER, CLIENT] }),
    ours: ["challenge_signature"],
    because: "their reader serves the anchor too, where others have signed; a wallet is the first to sign (S10-59)",
  },

  // The envelope and its text
  {
    name: "fee bump",
    xdr: feeBump(),
    ours: ["challenge_not_readable"],
    theirs: /FeeBumpTransaction/,
  },
  {
    name: "version 0 envelope",
    // The same signature is valid: version 0 is signed as if it were version 1.
    xdr: bytes((it) => Uint8Array.from([0, 0, 0, 0, ...it.subarray(8)])),
    ours: [],
  },
  { name: "four bytes after the end", xdr: bytes((it) => Uint8Array.from([...it, 0, 0, 0, 0])), ours: ["challenge_not_readable"], theirs: /deserialize/ },
  { name: "cut by four bytes", xdr: bytes((it) => it.subarray(0, it.length - 4)), ours: ["challenge_not_readable"], theirs: /deserialize/ },
  { name: "nothing", xdr: "", ours: ["challenge_not_readable"], theirs: /deserialize/ },
  { name: "not base64", xdr: "not base64!", ours: ["challenge_not_readable"], theirs: /deserialize/ },
  { name: "url-safe base64", xdr: Buffer.from(challenge(), "base64").toString("base64url"), ours: ["challenge_not_readable"], because: BASE64 },
  { name: "a line break at the end", xdr: `${challenge()}\n`, ours: [] },
  { name: "blanks for plus signs", xdr: challenge().replaceAll("+", " "), ours: ["challenge_not_readable"], theirs: /deserialize/ },
];

function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** A transaction that the builder cannot build: the bytes at the time bounds, `at`, are changed and signed again. */
function signedAnew(change: (bytes: Buffer, at: number) => Buffer): string {
  const right = Buffer.from(challenge({ signers: [] }), "base64");
  const changed = change(right, right.indexOf(bigEndian(NOW - 60)));
  const transaction = new Transaction(changed.toString("base64"), PASSPHRASE);
  transaction.sign(SERVER);
  return transaction.toXdr();
}

function uint32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

function bigEndian(seconds: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(seconds));
  return bytes;
}

function feeBump(): string {
  const bump = TransactionBuilder.buildFeeBumpTransaction(SERVER, "200", build(), PASSPHRASE);
  bump.sign(SERVER);
  return bump.toXdr();
}
