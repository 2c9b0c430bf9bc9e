import { announce, busy, fill, h } from "../dom";
import { failure } from "../errors";

/** A button that deletes the customer after a confirmation. `then` is called when the dialog has closed. */
export function deleteButton(domain: string, remove: () => Promise<void>, then: () => void): HTMLElement {
  const open = h("button", { type: "button", class: "quiet danger", "data-testid": "delete-customer" }, "Delete my data");
  const outcome = h("div");
  const confirm = h("button", { type: "button", class: "danger solid", "data-testid": "confirm-delete" }, "Delete");
  const cancel = h("button", { type: "button", "data-testid": "cancel-delete" }, "Keep");
  const dialog = h(
    "dialog",
    { "aria-labelledby": "delete-title", "aria-describedby": "delete-text" },
    h("h2", { id: "delete-title" }, "Delete your data?"),
    h("p", { id: "delete-text" }, `${domain} will delete everything that it holds about you. This cannot be undone.`),
    outcome,
    h("div", { class: "row end" }, cancel, confirm),
  );
  open.addEventListener("click", () => {
    fill(outcome);
    dialog.showModal();
  });
  cancel.addEventListener("click", () => dialog.close());
  confirm.addEventListener("click", () => {
    void busy(confirm, "Deleting …", async () => {
      try {
        await remove();
        dialog.close();
        announce("Your data is deleted.");
        then();
      } catch (error) {
        fill(outcome, failure(error, domain));
      }
    });
  });
  return h("div", {}, open, dialog);
}
