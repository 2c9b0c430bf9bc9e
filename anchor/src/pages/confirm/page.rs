//! What the page of a confirmation link says.

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
    /// The form has no action: it is sent to the page's own address.
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
        let heading = "<b>&\"'</b>".to_owned();
        let page = ConfirmPage { heading, ..ConfirmPage::new(&Link::Gone, Language::EN) }
            .render()
            .unwrap();
        assert!(page.contains("&#38;") && !page.contains("<b>"), "{page}");
    }
}
