//! Translated texts (S12-36, W-15, W-33, P-40; A10).

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use serde_json::{Value, json};
use windlass_anchor::kyc::Decision;

use crate::support::{Answer, Wallet, g, send, service, service_with};

const TYPES: &str = r#"
    default = "person"
    [types.person]
    required = ["city", "id_type", "organization.bank_account_type", "birth_date", "mobile_number"]
    [types.manual]
    required = ["city"]
    review = "manual"
    [fields.birth_date]
    description = { en = "The day on your passport.", es = "El día de su pasaporte." }
    [fields.mobile_number]
    description = "Nur in Zürich"
"#;

/// Sends a request with this `Accept-Language`.
async fn ask(
    wallet: &Wallet<'_>,
    method: Method,
    path: &str,
    accept: &str,
    body: &Value,
) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {}", wallet.token))
        .header(header::ACCEPT_LANGUAGE, accept)
        .header(header::CONTENT_TYPE, "application/json");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    send(wallet.router, request.body(Body::from(body)).unwrap()).await
}

fn language(answer: &Answer) -> &str {
    answer.headers.get(header::CONTENT_LANGUAGE).map_or("", |value| value.to_str().unwrap())
}

fn varies(answer: &Answer) -> bool {
    answer.headers.get_all(header::VARY).iter().any(|value| value == "accept-language")
}

// S12-36, A10
#[tokio::test]
async fn descriptions_and_choices_are_in_the_requested_language() {
    let service = service_with(TYPES).await;
    let wallet = service.wallet(&g(1));
    for (query, code, city, passport) in [
        ("", "en", "City or town of the address.", "passport"),
        ("lang=en", "en", "City or town of the address.", "passport"),
        ("lang=", "en", "City or town of the address.", "passport"),
        ("lang=xx", "en", "City or town of the address.", "passport"),
        ("lang=ES", "es", "Ciudad o localidad de la dirección.", "Pasaporte"),
        ("lang=pt", "pt", "Cidade do endereço.", "Passaporte"),
        ("lang=pt-BR", "pt", "Cidade do endereço.", "Passaporte"),
        ("type=person&lang=fr", "fr", "Ville de l'adresse.", "Passeport"),
        ("lang=ar", "ar", "مدينة العنوان أو بلدته.", "جواز سفر"),
    ] {
        let answer = wallet.get(query).await;
        assert_eq!((language(&answer), varies(&answer)), (code, true), "{query}");
        let fields = &answer.ok()["fields"];
        assert_eq!(fields["city"]["description"], city, "{query}");
        assert_eq!(fields["id_type"]["choices"][0], passport, "{query}");
        assert_eq!(fields["id_type"]["type"], "string");
    }
    for malformed in ["lang=english", "lang=pt_BR", "lang=e"] {
        assert_eq!(wallet.get(malformed).await.refusal(), (400, "invalid_language"), "{malformed}");
    }
}

// W-15
#[tokio::test]
async fn accept_language_applies_without_lang_and_does_not_translate_choices() {
    let service = service_with(TYPES).await;
    let wallet = service.wallet(&g(1));
    let none = Value::Null;
    for (query, accept, code) in [
        ("", "pt-BR, en;q=0.5", "pt"),
        ("?lang=fr", "pt-BR", "fr"),
        ("?lang=xx", "de, ar;q=0.3", "ar"),
        ("", "de, tlh", "en"),
    ] {
        let answer = ask(&wallet, Method::GET, &format!("/customer{query}"), accept, &none).await;
        assert_eq!(language(&answer), code, "{query} {accept}");
    }
    // A wallet that does not use `lang` compares choices with SEP-9's values.
    let answer = ask(&wallet, Method::GET, "/customer", "es", &none).await;
    assert_eq!(answer.body["fields"]["id_type"]["choices"][0], "passport");
    assert_eq!(answer.body["fields"]["city"]["description"], "Ciudad o localidad de la dirección.");
}

#[tokio::test]
async fn configured_descriptions_are_one_text_or_one_per_language() {
    let service = service_with(TYPES).await;
    let wallet = service.wallet(&g(1));
    for (lang, day) in [
        ("es", "El día de su pasaporte."),
        ("en", "The day on your passport."),
        // The operator's text overrides the built-in translation.
        ("fr", "The day on your passport."),
    ] {
        let fields = wallet.get(&format!("lang={lang}")).await.ok()["fields"].take();
        assert_eq!(fields["birth_date"]["description"], day, "{lang}");
        assert_eq!(fields["mobile_number"]["description"], "Nur in Zürich", "{lang}");
    }
}

// S12-36, trap 7
#[tokio::test]
async fn translated_choices_are_accepted_as_the_same_value() {
    let service = service_with(TYPES).await;
    let wallet = service.wallet(&g(1));
    for name in ["passport", "Pasaporte", "Passaporte", "Passeport", "جواز سفر"] {
        wallet.put(json!({"id_type": name})).await.id();
    }
    // The database is unchanged since the first request: all are the same value.
    let before = service.everything().await;
    wallet.put(json!({"id_type": "Passeport"})).await.id();
    assert_eq!(service.everything().await, before);
    for wrong in ["PASSPORT", "pasaporte", "Reisepass", "Pasaporte "] {
        let answer = wallet.put(json!({"id_type": wrong})).await;
        assert_eq!(
            (answer.refusal(), answer.field()),
            ((400, "invalid_field"), "id_type"),
            "{wrong}"
        );
    }
    wallet.put(json!({"organization.bank_account_type": "Cuenta de ahorros"})).await.id();
    let provided = wallet.get("lang=es").await.ok()["provided_fields"].take();
    assert_eq!(
        provided["organization.bank_account_type"]["choices"],
        json!(["Cuenta corriente", "Cuenta de ahorros"])
    );
}

#[tokio::test]
async fn refusals_are_translated_and_their_codes_are_not() {
    let service = service_with(TYPES).await;
    let wallet = service.wallet(&g(1));
    let put = async |accept: &str, body: Value| {
        ask(&wallet, Method::PUT, "/customer", accept, &body).await
    };
    for (accept, code, text) in [
        (
            "de",
            "en",
            "birth_date must be a date as YYYY-MM-DD, for example 1990-04-21; city must not be empty",
        ),
        (
            "es",
            "es",
            "birth_date debe ser una fecha con el formato YYYY-MM-DD, por ejemplo 1990-04-21; city no puede estar vacío",
        ),
        (
            "fr-CA",
            "fr",
            "birth_date doit être une date au format YYYY-MM-DD, par exemple 1990-04-21 ; city ne doit pas être vide",
        ),
        (
            "pt",
            "pt",
            "birth_date deve ser uma data no formato YYYY-MM-DD, por exemplo 1990-04-21; city não pode ficar vazio",
        ),
        (
            "ar",
            "ar",
            "\u{2068}birth_date\u{2069} يجب أن يكون تاريخًا بالصيغة \u{2068}YYYY-MM-DD\u{2069}، مثل \u{2068}1990-04-21\u{2069}؛ \u{2068}city\u{2069} يجب ألا يكون فارغًا",
        ),
    ] {
        let answer = put(accept, json!({"birth_date": "x", "city": ""})).await;
        assert_eq!((answer.refusal(), answer.field()), ((400, "invalid_field"), "birth_date"));
        assert_eq!((language(&answer), varies(&answer)), (code, true));
        assert_eq!(answer.body["error"], text);
    }
    // `lang` in the body overrides the header.
    let answer = put("fr", json!({"lang": "es", "city": ""})).await;
    assert_eq!(
        (language(&answer), &answer.body["error"]),
        ("es", &json!("city no puede estar vacío"))
    );
    let answer = put("fr", json!({"lang": 7, "city": ""})).await;
    assert_eq!(language(&answer), "fr");
}

#[tokio::test]
async fn refusals_of_all_sep12_endpoints_are_translated() {
    let service = service().await;
    let nobody = Wallet { router: &service.router, token: "x.y.z".to_owned() };
    let wallet = service.wallet(&g(1));
    let (none, empty) = (Value::Null, json!({}));
    for (wallet, method, path, body, code, text) in [
        (
            &nobody,
            Method::GET,
            "/customer",
            &none,
            "token_invalid",
            "el token no es válido aquí: inicie sesión de nuevo",
        ),
        (
            &wallet,
            Method::GET,
            "/customer?id=x",
            &none,
            "customer_not_found",
            "no existe ese cliente",
        ),
        (
            &wallet,
            Method::GET,
            "/customer?type=x",
            &none,
            "unknown_customer_type",
            "este servicio no conoce ese tipo de cliente",
        ),
        (
            &wallet,
            Method::GET,
            "/customer?memo=x",
            &none,
            "invalid_memo",
            "memo debe ser un número entero de 0 a 18446744073709551615, sin signo, espacios ni ceros iniciales",
        ),
        (
            &wallet,
            Method::GET,
            "/customer?memo=1&memo=1",
            &none,
            "invalid_request",
            "memo aparece dos veces",
        ),
        (&wallet, Method::PUT, "/customer/verification", &empty, "invalid_request", "falta id"),
        (
            &wallet,
            Method::POST,
            "/customer/files",
            &empty,
            "unsupported_media_type",
            "envíe el archivo como multipart/form-data",
        ),
        (
            &wallet,
            Method::GET,
            "/customer/files",
            &none,
            "invalid_request",
            "indique file_id o customer_id, pero solo uno de los dos",
        ),
        (
            &wallet,
            Method::PATCH,
            "/customer",
            &none,
            "method_not_allowed",
            "esta ruta no admite este método",
        ),
        (
            &wallet,
            Method::DELETE,
            "/customer/x",
            &empty,
            "invalid_account",
            "account: no es una dirección de Stellar válida: compruebe si faltan, sobran o cambian caracteres",
        ),
    ] {
        let answer = ask(wallet, method.clone(), path, "es-AR", body).await;
        assert_eq!(
            (answer.body["code"].as_str(), answer.body["error"].as_str()),
            (Some(code), Some(text)),
            "{method} {path}"
        );
        assert_eq!(language(&answer), "es", "{method} {path}");
    }
}

#[tokio::test]
async fn codes_are_sent_in_the_language_of_the_request() {
    let service = service().await;
    for (n, accept, start) in [
        (1, "ar", "رمز التأكيد الخاص بك هو "),
        (2, "pt-PT", "Seu código de confirmação é "),
        (3, "xx", "Your confirmation code is "),
    ] {
        let wallet = service.wallet(&g(n));
        let body = json!({"type": "phone", "mobile_number": "+441632960001"});
        ask(&wallet, Method::PUT, "/customer", accept, &body).await.id();
        let mail = service.mail().await;
        assert!(mail[0].text.starts_with(start), "{}", mail[0].text);
        assert!(mail[0].text.contains(&mail[0].code) && mail[0].code.len() == 6);
    }
}

// S12-54, P-40
#[tokio::test]
async fn built_in_messages_are_translated_and_operators_messages_are_not() {
    let service = service_with(TYPES).await;
    let wallet = service.wallet(&g(1));
    let id = wallet.put(json!({"type": "manual", "city": "Roma"})).await.id();
    let customer = wallet.get("type=manual&lang=fr").await.ok();
    assert_eq!(
        (&customer["status"], &customer["message"]),
        (&json!("PROCESSING"), &json!("Vos informations sont en cours d'examen."))
    );
    let message = "Wir können Sie nicht bedienen — עברית".to_owned();
    service.kyc.decide(&id, "manual", Decision::Reject { message: message.clone() }).await.unwrap();
    assert_eq!(wallet.get("type=manual&lang=fr").await.ok()["message"], message);
    let body = json!({"type": "manual", "city": "Paris"});
    let refused = ask(&wallet, Method::PUT, "/customer", "fr", &body).await;
    assert_eq!(refused.refusal(), (400, "customer_rejected"));
    assert_eq!(refused.body["error"], "ce client a été refusé, et plus rien n'est accepté");
}
