//! Messages: structs that are objects in JSON.

/// Names the members of a message, all of them: a struct whose fields are named incompletely does not compile.
///
/// A member has the name of its field, or the one after `as`. The members of a field `as flat` stand among those of the
/// message itself, and a field `as skip` is none.
macro_rules! message {
    ($message:ident { $($field:ident $(as $wire:tt)?),* }) => {
        $crate::json::message!(read $message { $($field $(as $wire)?),* });
        $crate::json::message!(write $message { $($field $(as $wire)?),* });
    };
    (read $message:ident { $($field:ident $(as $wire:tt)?),* }) => {
        impl $crate::json::FromJson for $message {
            fn from_json(value: $crate::json::Value, fault: &mut $crate::json::Fault) -> Self {
                Self::from_members(&mut value.object(fault), fault)
            }

            fn from_members(
                object: &mut $crate::json::Object,
                fault: &mut $crate::json::Fault,
            ) -> Self {
                let _ = (&object, &fault);
                Self { $($field: $crate::json::message!(@read object fault $field $($wire)?),)* }
            }
        }
    };
    (write $message:ident { $($field:ident $(as $wire:tt)?),* }) => {
        impl $crate::json::ToJson for $message {
            fn to_json(&self, out: &mut alloc::string::String) {
                $crate::json::Members::object(self, out);
            }

            fn to_members(&self, out: &mut $crate::json::Members<'_>) {
                let (_, Self { $($field),* }) = (&out, self);
                $($crate::json::message!(@write out $field $($wire)?);)*
            }
        }
    };
    (@read $object:ident $fault:ident $field:ident) => { $object.member(stringify!($field), $fault) };
    (@read $object:ident $fault:ident $field:ident flat) => {
        $crate::json::FromJson::from_members($object, $fault)
    };
    (@read $object:ident $fault:ident $field:ident $wire:tt) => { $object.member($wire, $fault) };
    (@write $out:ident $field:ident) => { $out.member(stringify!($field), $field) };
    (@write $out:ident $field:ident flat) => { $crate::json::ToJson::to_members($field, $out) };
    (@write $out:ident $field:ident skip) => { let _ = $field; };
    (@write $out:ident $field:ident $wire:tt) => { $out.member($wire, $field) };
}
pub(crate) use message;

/// Names the words that the variants of a closed set are on the wire.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $name {
            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl $crate::json::ToJson for $name {
            fn to_json(&self, out: &mut alloc::string::String) {
                $crate::json::ToJson::to_json(self.as_str(), out);
            }
        }
    };
}
pub(crate) use words;
