// The requests of SEP-10 and SEP-12, with nothing but `fetch`, for whoever brings the rules and the key.

/** Signs in: `answer` turns the challenge into the challenge signed. Gives the token. */
export async function signIn({ webAuthEndpoint, account, homeDomain }, answer) {
    const query = new URLSearchParams({ account, home_domain: homeDomain });
    const { transaction } = await json(await fetch(`${webAuthEndpoint}?${query}`));
    const body = JSON.stringify({ transaction: await answer(transaction) });
    const headers = { "Content-Type": "application/json" };
    return (await json(await fetch(webAuthEndpoint, { method: "POST", headers, body }))).token;
}

/** Registers a customer and asks for it again; gives its status. */
export async function register({ kycServer }, token, fields) {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const { id } = await json(await fetch(`${kycServer}/customer`, { method: "PUT", headers, body: JSON.stringify(fields) }));
    return (await json(await fetch(`${kycServer}/customer?id=${id}`, { headers }))).status;
}

async function json(response) {
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response.json();
}
