import type { Keypair, Wallet43 } from "windlass";

import { fill, h, icon } from "./dom";

/** The place where a wallet asks its user. */
export interface Confirmation {
  readonly root: HTMLElement;
  /** A wallet of SEP-43 on this key, as an extension would be one: it asks before it signs. */
  wallet(keypair: Keypair, network: string): Wallet43;
  /** Asks nothing any more. */
  close(): void;
}

/** Makes the place. */
export function confirmation(): Confirmation {
  const root = h("div", { "data-testid": "confirmation" });
  const close = (): void => fill(root);

  /** Whether the user agrees. */
  const ask = (account: string): Promise<boolean> =>
    new Promise((resolve) => {
      const answer = (yes: boolean) => (): void => {
        close();
        resolve(yes);
      };
      const agree = h("button", { type: "button", class: "primary", "data-testid": "agree", onclick: answer(true) }, "Sign");
      const refuse = h("button", { type: "button", "data-testid": "refuse", onclick: answer(false) }, "Refuse");
      const title = h("h3", { id: "confirm-title" }, icon("lock"), "Sign the anchor's challenge?");
      fill(
        root,
        h(
          "section",
          { class: "ask", role: "alertdialog", "aria-labelledby": title.id, "aria-describedby": "confirm-text" },
          title,
          h("p", { id: "confirm-text" }, "It kept every rule of SEP-10: it moves nothing, and proves only that the key is yours."),
          h("p", { class: "key" }, h("code", {}, account)),
          h("div", { class: "row" }, agree, refuse),
        ),
      );
      agree.focus();
    });

  const wallet = (keypair: Keypair, network: string): Wallet43 => ({
    getAddress: async () => ({ address: keypair.address }),
    getNetwork: async () => ({ network: "", networkPassphrase: network }),
    signTransaction: async (xdr) => {
      if (!(await ask(keypair.address))) {
        return { signedTxXdr: "", signerAddress: "", error: { code: -4, message: "The user refused." } };
      }
      return { signedTxXdr: keypair.sign(xdr, { networkPassphrase: network }), signerAddress: keypair.address };
    },
  });
  return { root, wallet, close };
}
