//! The contract of [`Customers`](windlass_anchor::hooks::Customers): one suite, over HTTP through
//! the router, that runs against every implementation (P-02).

use serde_json::{Value, json};

use crate::support::{JPEG, MULTIPART, PNG, Part, g, hosts, m};

mod files;
mod identity;
mod values;
mod verification;

/// Defines the tests of the suite for one implementation.
macro_rules! suite {
    ($($host:ident: $($module:ident::{$($test:ident),+ $(,)?}),+;)+) => {$(
        mod $host {
            $($(
                #[tokio::test]
                async fn $test() {
                    super::$module::$test(&super::hosts::$host().await).await;
                }
            )+)+
        }
    )+};
}

/// Defines the same tests for each implementation.
macro_rules! hosts {
    ($($host:ident)+) => {
        suite! {$(
            $host:
            values::{
                unregistered_customer_gets_the_required_fields,
                customer_with_all_required_values_is_accepted,
                provided_fields_are_listed_without_values,
                fields_that_are_not_sent_do_not_change,
                invalid_values_are_refused_and_nothing_is_stored,
                unknown_types_are_refused,
                unknown_field_names_are_dropped,
                each_name_of_a_field_is_accepted,
                concurrent_equal_puts_create_one_customer,
            },
            identity::{
                customer_id_never_changes,
                users_of_one_account_are_different_customers,
                unknown_and_foreign_ids_get_the_same_answer,
                account_sees_its_users_and_they_do_not_see_each_other,
                delete_removes_only_the_named_customer_and_works_once,
            },
            verification::{
                number_is_accepted_after_its_code_is_returned,
                codes_are_accepted_in_put_customer,
                wrong_code_changes_nothing,
                codes_belong_to_one_customer,
                new_value_needs_a_new_code,
            },
            files::{
                files_are_values_of_fields,
                uploaded_files_can_be_referred_to_later,
                unknown_and_foreign_files_get_the_same_answer,
                files_are_deleted_with_their_customer,
            };
        )+}
    };
}
hosts! { built_in in_memory over_http }
