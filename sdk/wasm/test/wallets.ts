// Wallets as SEP-43 describes them, on keys of an independent SDK.
import { type Keypair as TheirKeypair, type Transaction, TransactionBuilder } from "@stellar/stellar-sdk";
import { expect } from "vitest";
import type { Wallet43 } from "windlass";
import { NETWORK } from "./anchor.js";

/** A SEP-43 wallet on a key of an independent SDK. */
export function wallet(key: TheirKeypair, changes: Partial<Wallet43> = {}): Wallet43 & { asked: number } {
    const self: Wallet43 & { asked: number } = {
        asked: 0,
        getAddress: async () => ({ address: key.publicKey() }),
        getNetwork: async () => ({ network: "TESTNET", networkPassphrase: NETWORK }),
        signTransaction: async (xdr, options) => {
            expect(options).toEqual({ networkPassphrase: NETWORK, address: key.publicKey() });
            return { signedTxXdr: sign(xdr, key), signerAddress: key.publicKey() };
        },
        ...changes,
    };
    const { signTransaction } = self;
    self.signTransaction = (...args) => {
        self.asked += 1;
        return signTransaction(...args);
    };
    return self;
}

export function sign(xdr: string, key: TheirKeypair): string {
    const transaction = TransactionBuilder.fromXDR(xdr, NETWORK) as Transaction;
    transaction.sign(key);
    return transaction.toXDR();
}
