/** What the little wallets register. */
export const fields = { first_name: "Ada", last_name: "Lovelace", email_address: "ada@example.com", address_country_code: "GBR" };
