//! What the pages say, and how they look.

use std::borrow::Cow;

use crate::kyc::Link;

/// The texts in one language.
pub(super) struct Texts {
    /// ISO 639-1.
    lang: &'static str,
    /// Before the button: heading, what it is about, the button itself.
    ask: [&'static str; 3],
    /// When it is done: heading, what to do next.
    done: [&'static str; 2],
    /// When the link is of no use: heading, what to do.
    gone: [&'static str; 2],
}

/// The texts in English.
pub(super) const ENGLISH: Texts = Texts {
    lang: "en",
    ask: [
        "Confirm your e-mail address",
        "Somebody has given the e-mail address that this link was sent to. If that was you, confirm that it is yours.",
        "Confirm",
    ],
    done: [
        "Your e-mail address is confirmed",
        "You can close this page and go back to your wallet.",
    ],
    gone: [
        "This link is not valid any more",
        "It has expired, or a newer one was sent. Go back to your wallet and send your e-mail address again.",
    ],
};

const STYLE: &str = "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#1a1a1a;background:#fff}\
h1{font-size:1.5rem;line-height:1.25}\
button{font:inherit;font-weight:600;padding:.75rem 2rem;border:0;border-radius:.5rem;color:#fff;background:#0b57d0}\
button:focus-visible{outline:3px solid #1a1a1a;outline-offset:3px}\
@media(prefers-color-scheme:dark){body{color:#eee;background:#121212}button{color:#121212;background:#a8c7fa}button:focus-visible{outline-color:#eee}}";

/// The page for a link that stands there.
pub(super) fn render(link: &Link, texts: &Texts) -> String {
    let ([heading, text], button) = match link {
        Link::Waiting { .. } => ([texts.ask[0], texts.ask[1]], Some(texts.ask[2])),
        Link::Confirmed { .. } => (texts.done, None),
        Link::Gone => (texts.gone, None),
    };
    let (heading, text) = (escape(heading), escape(text));
    // No action: the form goes to the page's own address.
    let form = button.map_or_else(String::new, |button| {
        format!("<form method=\"post\"><button>{}</button></form>\n", escape(button))
    });
    let lang = texts.lang;
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{heading}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{heading}</h1>\n<p>{text}</p>\n{form}</main>\n</body>\n</html>\n"
    )
}

/// The text as it may stand in an element or in a quoted attribute.
fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_link_that_waits_has_a_button() {
        let field = "email_address".to_owned();
        for (link, buttons) in [
            (Link::Waiting { field: field.clone() }, 1),
            (Link::Confirmed { field }, 0),
            (Link::Gone, 0),
        ] {
            let page = render(&link, &ENGLISH);
            assert_eq!(page.matches("<button>").count(), buttons, "{link:?}");
            assert!(page.starts_with("<!doctype html>") && page.contains("<html lang=\"en\">"));
        }
    }

    #[test]
    fn texts_cannot_become_markup() {
        let texts = Texts { gone: ["<b>&\"'</b>", "a & b"], ..ENGLISH };
        let page = render(&Link::Gone, &texts);
        assert!(page.contains("<h1>&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</h1>"), "{page}");
        assert!(page.contains("<p>a &amp; b</p>") && !page.contains("<b>"));
    }
}
