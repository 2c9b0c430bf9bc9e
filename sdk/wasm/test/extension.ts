// A page with a browser extension that speaks Freighter's messages, as Freighter and Fordefi do.
import type { Keypair as TheirKeypair } from "@stellar/stellar-sdk";
import { NETWORK } from "./anchor.js";
import { sign } from "./wallets.js";

interface Message {
    source: string;
    messageId: number;
    type: string;
    transactionXdr?: string;
}

export interface Extension {
    installed: boolean;
    allowed: boolean;
    /** The types of the messages so far. */
    asked: string[];
}

/** `globalThis.window` with an extension that holds `key`. Without the extension, its messages stay unanswered. */
export function pageWith(key: TheirKeypair): { page: object; extension: Extension } {
    const extension: Extension = { installed: true, allowed: true, asked: [] };
    const listeners = new Set<(event: unknown) => void>();

    function answer({ type, transactionXdr = "" }: Message): object {
        if (type === "REQUEST_ACCESS") extension.allowed = true;
        const publicKey = extension.allowed ? key.publicKey() : "";
        const signed = type === "SUBMIT_TRANSACTION" && { signedTransaction: sign(transactionXdr, key), signerAddress: publicKey };
        return { isConnected: true, publicKey, networkDetails: { network: "TESTNET", networkPassphrase: NETWORK }, ...signed };
    }

    const page = {
        location: { origin: "https://wallet.example.org" },
        addEventListener: (_: string, listener: (event: unknown) => void) => listeners.add(listener),
        removeEventListener: (_: string, listener: (event: unknown) => void) => listeners.delete(listener),
        postMessage(message: Message): void {
            extension.asked.push(message.type);
            if (!extension.installed) return;
            const data = { source: "FREIGHTER_EXTERNAL_MSG_RESPONSE", messagedId: message.messageId, ...answer(message) };
            queueMicrotask(() => listeners.forEach((listener) => listener({ source: page, data })));
        },
    };
    return { page, extension };
}
