import type { Keypair, Wallet43 } from "windlass";
import type { Report } from "windlass/server";

import { fill, h, icon } from "./dom";

/** The dialog in which a wallet asks its user to confirm. */
export interface Confirmation {
  readonly root: HTMLElement;
  /** A SEP-43 wallet with this key, as a browser extension would be: it inspects the transaction and asks before it signs. */
  wallet(keypair: Keypair, network: string, inspect: (xdr: string) => Promise<Report>): Wallet43;
  /** Closes the dialog without a signature. */
  close(): void;
}

/** Makes a modal dialog, which Escape closes without a signature. */
export function confirmation(): Confirmation {
  const dialog = h("dialog", { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text", "data-testid": "confirmation" });
  const close = (): void => dialog.close();

  /** Whether the user agrees. */
  const ask = (account: string, report: Report): Promise<boolean> =>
    new Promise((resolve) => {
      const agree = h("button", { type: "button", class: "primary", "data-testid": "agree", onclick: () => dialog.close("sign") }, "Sign");
      const refuse = h("button", { type: "button", "data-testid": "refuse", onclick: close }, "Refuse");
      fill(
        dialog,
        h("h2", { id: "confirm-title" }, icon("lock"), "Sign the anchor's challenge?"),
        h("p", { id: "confirm-text" }, "It kept every rule of SEP-10: it moves nothing, and proves only that the key is yours."),
        h("dl", { class: "facts narrow" }, h("dt", {}, "Account"), h("dd", {}, h("code", {}, account)), ...purpose(report)),
        h("div", { class: "row end" }, refuse, agree),
      );
      dialog.returnValue = "";
      dialog.addEventListener(
        "close",
        () => {
          fill(dialog);
          resolve(dialog.returnValue === "sign");
        },
        { once: true },
      );
      dialog.showModal();
      agree.focus();
    });

  const wallet: Confirmation["wallet"] = (keypair, network, inspect) => ({
    getAddress: async () => ({ address: keypair.address }),
    getNetwork: async () => ({ network: "", networkPassphrase: network }),
    signTransaction: async (xdr) => {
      if (!(await ask(keypair.address, await inspect(xdr)))) {
        return { signedTxXdr: "", signerAddress: "", error: { code: -4, message: "The user refused." } };
      }
      return { signedTxXdr: await keypair.sign(xdr, { networkPassphrase: network }), signerAddress: keypair.address };
    },
  });
  return { root: dialog, wallet, close };
}

/** The operations of the challenge, by name: which anchor it is for, and which server made it. */
function purpose({ contents }: Report): HTMLElement[] {
  const names = contents?.operations.map(({ name, value = "" }) => (value.length < 64 ? `${name}: ${value}` : name)) ?? [];
  return [h("dt", {}, "It says"), h("dd", {}, h("ul", {}, ...names.map((name) => h("li", {}, h("code", {}, name)))))];
}
