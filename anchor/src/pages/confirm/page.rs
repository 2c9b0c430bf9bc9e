//! The page of a confirmation link.

use askama::Template;
use windlass_core::language::Language;

use super::super::frame::Frame;
use crate::{
    kyc::Link,
    locale::{LocalizedText, MessageId},
};

#[derive(Template)]
#[template(path = "confirm.html")]
pub(super) struct ConfirmPage {
    frame: Frame,
    heading: String,
    text: String,
    /// The text of the button; `None` if there is nothing to confirm. The form has no action, so
    /// the browser posts it to the page's own URL.
    button: Option<String>,
}

impl ConfirmPage {
    pub(super) fn new(link: &Link, language: Language) -> Self {
        let (heading, text, button) = match link {
            Link::Waiting { .. } => {
                (MessageId::LinkAsk, MessageId::LinkAskText, Some(MessageId::LinkAskButton))
            }
            Link::Confirmed { .. } => (MessageId::LinkDone, MessageId::LinkDoneText, None),
            Link::Gone => (MessageId::LinkGone, MessageId::LinkGoneText, None),
        };
        let text_of = |id| LocalizedText::from(id).in_language(language);
        Self {
            frame: Frame::new(language),
            heading: text_of(heading),
            text: text_of(text),
            button: button.map(text_of),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::LANGUAGES;

    fn render(link: &Link, language: Language) -> String {
        ConfirmPage::new(link, language).render().unwrap()
    }

    #[test]
    fn only_unconfirmed_links_have_a_button() {
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
    fn arabic_pages_are_right_to_left() {
        assert!(render(&Link::Gone, Language::AR).contains("<html lang=\"ar\" dir=\"rtl\">"));
        assert!(render(&Link::Gone, Language::FR).contains("<html lang=\"fr\" dir=\"ltr\">"));
    }

    #[test]
    fn texts_are_escaped_in_html() {
        let heading = "<b>&\"'</b>".to_owned();
        let page = ConfirmPage { heading, ..ConfirmPage::new(&Link::Gone, Language::EN) }
            .render()
            .unwrap();
        assert!(page.contains("&#38;") && !page.contains("<b>"), "{page}");
    }
}
