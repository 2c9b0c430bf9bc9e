/** For `Anchor.discover`. */
export interface DiscoverOptions extends Abortable {
    /** The wallet's network. If absent, the network that the stellar.toml names is trusted, or else the public one. */
    networkPassphrase?: string | undefined;
    /** Whether plain http is good enough for an anchor on this machine. For development only. */
    allowHttp?: boolean | undefined;
}

/** For `anchor.signIn`. */
export interface SignInOptions extends Abortable {
    /** The account to sign in to: `G...` or `M...`. The signer's own, if absent. */
    account?: string | undefined;
    /** Which user of a shared account, as an unsigned 64-bit number. */
    memo?: string | bigint | undefined;
    /** The wallet's own domain, to be proved to the anchor. */
    clientDomain?: ClientDomain | undefined;
    /**
     * Whether the session keeps the signers and signs in again by itself when its token ends. A wallet then asks its user again;
     * who says no is not asked a second time.
     */
    renew?: boolean | undefined;
}

/** A wallet's own domain and whoever signs for it, most often the wallet's server: a function, or a service at a URL. */
export type ClientDomain = ClientDomainName & (ClientDomainSigner | SigningService);

/** What a client domain is proved to be. */
export interface ClientDomainName {
    /** The domain, a bare host name such as `wallet.example.com`. */
    domain: string;
    /** The `SIGNING_KEY` of the domain's stellar.toml. */
    signingKey: string;
}

/** Whoever signs for a client domain. */
export interface ClientDomainSigner {
    /** Returns the transaction with the signature of `signingKey` added. */
    sign(xdr: string, options: DomainSignOptions): string | Promise<string>;
    /**
     * Returns the ed25519 signature of `signingKey` over the text in UTF-8: a token that vouches for the application, for anchors
     * that answer no others. Without it, such an anchor throws `proof_required`.
     */
    vouch?: ((text: string) => Uint8Array | Promise<Uint8Array>) | undefined;
}

/** What whoever signs for a client domain is told. */
export interface DomainSignOptions extends SigningOptions {
    /** The address of `signingKey`. */
    address: string;
}

/** What a signature is for. */
export interface SigningOptions {
    /** The passphrase of the network: a signature is good on one alone. */
    networkPassphrase: string;
}

/**
 * A service that is sent `{transaction, network_passphrase}` by POST, and answers with the transaction signed; for anchors that ask which
 * application it is it is sent `{message}`, and answers with `{signature}`: `signingService` is one.
 */
export interface SigningService {
    /** Its address. */
    url: string;
    /** Its `Authorization` header, such as `Bearer …`. */
    authorization?: string | undefined;
}

/** A wallet as SEP-43 describes it: a browser extension, or anything that signs. */
export interface Wallet43 {
    /** The address of the account that the user has chosen. */
    getAddress(): Promise<Address43>;
    /** The network that the wallet is set to: signing in is refused if it is another one. */
    getNetwork?: (() => Promise<Network43>) | undefined;
    /** Asks the user, and answers with the transaction signed. */
    signTransaction(xdr: string, options?: SignOptions43): Promise<Signed43>;
}

/**
 * Whether something can sign as SEP-43 describes it: an extension that is not installed cannot. It has the methods that signing in
 * needs; wallets of before mid-2024 lack others.
 *
 * @example
 * ```ts
 * import { isWallet43 } from "windlass";
 *
 * const extension: unknown = (globalThis as { someWallet?: unknown }).someWallet;
 * console.log(isWallet43(extension)); // false
 * ```
 */
export function isWallet43(value: unknown): value is Wallet43;

/** The address of a SEP-43 wallet. */
export interface Address43 {
    /** The account: `G...`. */
    address: string;
    /** Why there is none. */
    error?: Error43 | undefined;
}

/** The network of a SEP-43 wallet. */
export interface Network43 {
    /** Its name, such as `TESTNET`. */
    network: string;
    /** Its passphrase. */
    networkPassphrase: string;
    /** Why there is none. */
    error?: Error43 | undefined;
}

/** A transaction that a SEP-43 wallet has signed. */
export interface Signed43 {
    /** The transaction with its signatures, in base64. */
    signedTxXdr: string;
    /** Who has signed: it must be the account that was asked. */
    signerAddress?: string | undefined;
    /** Why it is not signed. */
    error?: Error43 | undefined;
}

/** What a wallet is told about a transaction that it is to sign. */
export interface SignOptions43 {
    /** The network that it is for: always given here. */
    networkPassphrase?: string;
    /** The account that is to sign: always given here. */
    address?: string;
    /** Whether the wallet sends it to the network: never asked for here. */
    submit?: boolean;
    /** Where to. */
    submitUrl?: string;
}

/** The error of a SEP-43 wallet: -1 internal, -2 external, -3 invalid request, -4 refused by the user. */
export interface Error43 {
    /** Its number in SEP-43. */
    code: number;
    /** What went wrong, for a person. */
    message: string;
    /** More about it, such as a stack. */
    ext?: string[] | undefined;
}
