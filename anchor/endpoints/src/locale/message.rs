//! The ids of all messages in the Fluent files.

macro_rules! messages {
    ($($variant:ident = $id:literal,)+) => {
        /// The id of a message. The variables of its text are filled in by
        /// [`LocalizedText::with`](super::LocalizedText::with).
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum MessageId {
            $(#[doc = concat!("`", $id, "`")] $variant,)+
        }

        impl MessageId {
            #[cfg(test)]
            pub(super) const ALL: &[Self] = &[$(Self::$variant,)+];

            pub(super) const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }
        }
    };
}

messages! {
    // Separates the refusals of one request
    Separator = "separator",

    // Requests that cannot be read
    BodyMediaType = "body-media-type",
    BodyMultipart = "body-multipart",
    BodyMalformed = "body-malformed",
    BodyRepeated = "body-repeated",
    BodyMissing = "body-missing",
    BodyNotText = "body-not-text",
    BodyUnexpected = "body-unexpected",
    BodyAName = "body-a-name",
    BodyTooLarge = "body-too-large",
    BodyPartTooLarge = "body-part-too-large",
    BodyTooSlow = "body-too-slow",
    BodyTooManyParts = "body-too-many-parts",
    NotFound = "not-found",
    MethodNotAllowed = "method-not-allowed",
    NotImplemented = "not-implemented",
    Internal = "internal",
    Unavailable = "unavailable",

    // The caller
    TokenMissing = "token-missing",
    TokenInvalid = "token-invalid",
    TokenExpired = "token-expired",
    NotYours = "not-yours",
    AccountMalformed = "account-malformed",
    AccountOther = "account-other",
    AccountMuxedMemo = "account-muxed-memo",
    MemoId = "memo-id",
    MemoText = "memo-text",
    MemoHash = "memo-hash",
    MemoType = "memo-type",
    MemoOther = "memo-other",
    MemoOfOther = "memo-of-other",

    // Field values
    ValueUnknownField = "value-unknown-field",
    ValueNotText = "value-not-text",
    ValueEmpty = "value-empty",
    ValueTooLong = "value-too-long",
    ValueControlCharacter = "value-control-character",
    ValueNotAnInteger = "value-not-an-integer",
    ValueNotADate = "value-not-a-date",
    ValueInTheFuture = "value-in-the-future",
    ValueExpiresBeforeIssue = "value-expires-before-issue",
    ValueNotAYearMonth = "value-not-a-year-month",
    ValueUnknownCountry = "value-unknown-country",
    ValueUnknownCountryAlpha2 = "value-unknown-country-alpha2",
    ValueNotASubdivision = "value-not-a-subdivision",
    ValueUnknownLanguage = "value-unknown-language",
    ValueNotE164 = "value-not-e164",
    ValueNotAnEmail = "value-not-an-email",
    ValueUnknownOccupation = "value-unknown-occupation",
    ValueNotAnIpAddress = "value-not-an-ip-address",
    ValueDigits = "value-digits",
    ValueDigitsRange = "value-digits-range",
    ValueNotACardNumber = "value-not-a-card-number",
    ValueNotAChoice = "value-not-a-choice",
    ValueFileExpected = "value-file-expected",
    ValueNotAFileField = "value-not-a-file-field",
    ValueWrongFile = "value-wrong-file",
    ValueConflict = "value-conflict",
    ValueMobileFormat = "value-mobile-format",

    // Customers
    CustomerUnknown = "customer-unknown",
    CustomerRejected = "customer-rejected",
    TypeUnknown = "type-unknown",
    TransactionUnknown = "transaction-unknown",
    TransactionNeedsType = "transaction-needs-type",
    CallbackUrl = "callback-url",
    LangMalformed = "lang-malformed",

    // Confirmation codes
    CodeText = "code-text",
    CodeLink = "code-link",
    CodeWrong = "code-wrong",
    CodeExpired = "code-expired",
    CodeNothing = "code-nothing",
    CodeNotText = "code-not-text",
    CodeConflict = "code-conflict",
    CodeOtherValue = "code-other-value",
    CodeDelayed = "code-delayed",
    CodesMissing = "codes-missing",
    CodesAlone = "codes-alone",

    // Pages behind links in e-mails
    LinkAsk = "link-ask",
    LinkAskText = "link-ask-text",
    LinkAskButton = "link-ask-button",
    LinkDone = "link-done",
    LinkDoneText = "link-done-text",
    LinkGone = "link-gone",
    LinkGoneText = "link-gone-text",

    // Files
    FileMissing = "file-missing",
    FileOrId = "file-or-id",
    FileIdNotText = "file-id-not-text",
    FileUnknown = "file-unknown",
    FilesWait = "files-wait",
    FilesOneName = "files-one-name",

    // The status of a customer
    StatusProcessing = "status-processing",
    StatusRejected = "status-rejected",
}
