import type { Keypair, Wallet43 } from "windlass";
import type { Report } from "windlass/server";

import { passed } from "./checks";
import { fill, h, icon, shortened, type Child } from "./dom";

/** Who asks for the signature, and on which network. */
export interface Asker {
  readonly name: string;
  readonly domain: string;
  readonly network: string;
}

/** The sheet in which the wallet asks its user to confirm. */
export interface Confirmation {
  readonly root: HTMLElement;
  /** A SEP-43 wallet with this key, as a browser extension would be: it inspects the transaction and asks before it signs. */
  wallet(keypair: Keypair, network: string, asker: Asker, inspect: (xdr: string) => Promise<Report>): Wallet43;
  /** Closes the sheet without a signature. */
  close(): void;
}

/** Makes a modal dialog, which Escape closes without a signature. */
export function confirmation(): Confirmation {
  const dialog = h("dialog", { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text", "data-testid": "confirmation" });
  const close = (): void => dialog.close();

  /** Whether the user agrees. */
  const ask = (account: string, { name, domain, network }: Asker, report: Report): Promise<boolean> =>
    new Promise((resolve) => {
      const agree = h("button", { type: "button", class: "primary", "data-testid": "agree", onclick: () => dialog.close("sign") }, "Sign");
      const refuse = h("button", { type: "button", "data-testid": "refuse", onclick: close }, "Refuse");
      fill(
        dialog,
        h("div", { class: "sheet-head" }, h("span", { class: "sheet-sign" }, icon("lock")), h("h2", { id: "confirm-title" }, `Sign in to ${name}?`)),
        h(
          "dl",
          { class: "sheet-facts" },
          ...fact("Who asks", domain),
          ...fact("Network", network),
          ...fact("Your account", shortened(account)),
        ),
        h("p", { id: "confirm-text", class: "sheet-note" }, icon("shield"), h("span", {}, `This moves no money. It only proves that the account is yours. ${verdict(report)}`)),
        h("details", { class: "developer" }, h("summary", {}, "What is signed"), purpose(report)),
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

  const wallet: Confirmation["wallet"] = (keypair, network, asker, inspect) => ({
    getAddress: async () => ({ address: keypair.address }),
    getNetwork: async () => ({ network: "", networkPassphrase: network }),
    signTransaction: async (xdr) => {
      if (!(await ask(keypair.address, asker, await inspect(xdr)))) {
        return { signedTxXdr: "", signerAddress: "", error: { code: -4, message: "The user refused." } };
      }
      return { signedTxXdr: await keypair.sign(xdr, { networkPassphrase: network }), signerAddress: keypair.address };
    },
  });
  return { root: dialog, wallet, close };
}

function fact(term: string, value: Child): Child[] {
  return [h("dt", {}, term), h("dd", {}, value)];
}

function verdict(report: Report): string {
  return `All ${passed(report)} safety checks passed.`;
}

/** The operations of the challenge, by name: which anchor it is for, and which server made it. */
function purpose({ contents }: Report): HTMLElement {
  const names = contents?.operations.map(({ name, value = "" }) => (value.length < 64 ? `${name}: ${value}` : name)) ?? [];
  return h("ul", {}, ...names.map((name) => h("li", {}, h("code", {}, name))));
}
