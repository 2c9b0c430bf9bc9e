// A small KYC server for the examples of the documentation: one customer, who is looked at once and then accepted.
import { type Answer, type Asked, type Fake, json } from "./anchor.js";

const NEEDS_INFO = { status: "NEEDS_INFO", fields: { first_name: { type: "string" }, birth_date: { type: "date" } } };

/** What answers under `/kyc`, for as long as it is asked. */
export function customers(): Fake["kyc"] {
    let looks: number | undefined;
    const answer: Answer = async ({ method, url }: Asked) => {
        switch (`${method} ${url.pathname.replace(/^\/kyc/, "")}`) {
            case "PUT /customer":
                looks = 0;
                return json({ id: "c1" }, 202);
            case "GET /customer":
                if (looks === undefined) return json(NEEDS_INFO);
                return json({ id: "c1", status: looks++ === 0 ? "PROCESSING" : "ACCEPTED" });
            case "PUT /customer/verification":
                return json({ id: "c1", status: "PROCESSING" });
            case "PUT /customer/callback":
                return new Response();
            case "POST /customer/files":
                return json({ file_id: "f1", content_type: "image/png", size: 8 });
            case "GET /customer/files":
                return json({ files: [{ file_id: "f1", content_type: "application/pdf", size: 8 }] });
        }
        if (method === "DELETE") {
            looks = undefined;
            return new Response();
        }
        return json({ error: "not here" }, 404);
    };
    const endless: Answer[] = [];
    endless.shift = () => answer;
    return endless;
}
