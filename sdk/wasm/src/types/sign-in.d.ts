/** A wallet's own domain and its signer, most often the wallet's server: a function, or a service at a URL. */
export type ClientDomain = ClientDomainName & (ClientDomainSigner | SigningService);

/** A signer of a client domain, in the same program. */
export interface ClientDomainSigner {
    /** Returns the transaction with the signature of `signingKey` added. */
    sign(xdr: string, options: DomainSignOptions): string | Promise<string>;
    /**
     * Returns the ed25519 signature of `signingKey` over the text in UTF-8: a token that vouches for the application, for anchors
     * that answer no others. Without it, such an anchor throws `proof_required`.
     */
    vouch?: (text: string) => Uint8Array | Promise<Uint8Array>;
}

/** The options that the signer of a client domain is called with. */
export interface DomainSignOptions extends SigningOptions {
    /** The address of `signingKey`. */
    address: string;
}

/** A wallet as SEP-43 describes it: a browser extension, or anything that signs. */
export interface Wallet43 {
    /** The address of the account that the user has chosen. It is called without options. */
    getAddress(options?: object): Promise<Address43>;
    /** The network that the wallet is set to: signing in is refused if it is another one. */
    getNetwork?: () => Promise<Network43>;
    /** Asks the user, and answers with the transaction signed. */
    signTransaction(xdr: string, options?: SignOptions43): Promise<Signed43>;
}

/**
 * Whether a value has the methods of SEP-43 that signing in needs. The object of an extension that is not installed has not. Wallets from
 * before mid-2024 lack other methods.
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
    /** The reason, if there is none. */
    error?: Error43;
}

/** The network of a SEP-43 wallet. */
export interface Network43 {
    /** Its name, such as `TESTNET`. */
    network: string;
    /** Its passphrase. */
    networkPassphrase: string;
    /** The reason, if there is none. */
    error?: Error43;
}

/** A transaction that a SEP-43 wallet has signed. */
export interface Signed43 {
    /** The transaction with its signatures, in base64. */
    signedTxXdr: string;
    /** The account that signed; it must be the requested one. */
    signerAddress?: string;
    /** The reason, if it is not signed. */
    error?: Error43;
}

/** The options that a wallet's `signTransaction` is called with. */
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
    ext?: string[];
}
