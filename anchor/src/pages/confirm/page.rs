//! What the pages say, and how they look.

use windlass_core::sep12::Language;

use crate::{
    kyc::Link,
    locale::{LocalizedText, MessageId},
};

const STYLE: &str = "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#1a1a1a;background:#fff}\
h1{font-size:1.5rem;line-height:1.25}\
button{font:inherit;font-weight:600;padding:.75rem 2rem;border:0;border-radius:.5rem;color:#fff;background:#0b57d0}\
button:focus-visible{outline:3px solid #1a1a1a;outline-offset:3px}\
@media(prefers-color-scheme:dark){body{color:#eee;background:#121212}button{color:#121212;background:#a8c7fa}button:focus-visible{outline-color:#eee}}";

/// The page for a link that stands there.
pub(super) fn render(link: &Link, language: Language) -> String {
    let (heading, text, button) = match link {
        Link::Waiting { .. } => {
            (MessageId::LinkAsk, MessageId::LinkAskText, Some(MessageId::LinkAskButton))
        }
        Link::Confirmed { .. } => (MessageId::LinkDone, MessageId::LinkDoneText, None),
        Link::Gone => (MessageId::LinkGone, MessageId::LinkGoneText, None),
    };
    let say = |saying| escape(LocalizedText::from(saying).in_language(language));
    let (heading, text) = (say(heading), say(text));
    // No action: the form goes to the page's own address.
    let form = button.map_or_else(String::new, |button| {
        format!("<form method=\"post\"><button>{}</button></form>\n", say(button))
    });
    let direction = if language == Language::AR { "rtl" } else { "ltr" };
    let lang = language.as_str();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{heading}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{heading}</h1>\n<p>{text}</p>\n{form}</main>\n</body>\n</html>\n"
    )
}

/// The text as it may stand in an element or in a quoted attribute.
fn escape(text: String) -> String {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text;
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
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::LANGUAGES;

    #[test]
    fn only_a_link_that_waits_has_a_button() {
        let field = "email_address".to_owned();
        for (link, buttons) in [
            (Link::Waiting { field: field.clone() }, 1),
            (Link::Confirmed { field }, 0),
            (Link::Gone, 0),
        ] {
            for &language in LANGUAGES {
                let lang = language.as_str();
                let page = render(&link, language);
                assert_eq!(page.matches("<button>").count(), buttons, "{link:?}");
                assert!(page.starts_with(&format!("<!doctype html>\n<html lang=\"{lang}\" dir=")));
            }
        }
    }

    #[test]
    fn arabic_is_read_from_the_right() {
        assert!(render(&Link::Gone, Language::AR).contains("<html lang=\"ar\" dir=\"rtl\">"));
        assert!(render(&Link::Gone, Language::FR).contains("<html lang=\"fr\" dir=\"ltr\">"));
    }

    #[test]
    fn texts_cannot_become_markup() {
        assert_eq!(escape("<b>&\"'</b>".to_owned()), "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;");
        assert_eq!(escape("a".to_owned()), "a");
    }
}
