//! Helpers for all modules that contain SQL.

use super::database::StoreError;

/// The result of a query.
pub(crate) type Result<T> = std::result::Result<T, StoreError>;

/// Converts a Unix time to the type of the database's columns.
pub(crate) fn seconds(time: u64) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}

/// Defines an enum that is stored as a text. A query fails if the column contains another text.
macro_rules! column_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub(crate) enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            pub(crate) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl sqlx::Type<sqlx::Any> for $name {
            fn type_info() -> sqlx::any::AnyTypeInfo {
                <String as sqlx::Type<sqlx::Any>>::type_info()
            }
        }

        impl<'r> sqlx::Decode<'r, sqlx::Any> for $name {
            fn decode(value: sqlx::any::AnyValueRef<'r>) -> std::result::Result<Self, sqlx::error::BoxDynError> {
                let text = <String as sqlx::Decode<'r, sqlx::Any>>::decode(value)?;
                match text.as_str() {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(concat!("the column does not contain a ", stringify!($name)).into()),
                }
            }
        }
    };
}

pub(crate) use column_enum;
