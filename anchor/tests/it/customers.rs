//! What any [`Customers`](windlass_anchor::hooks::Customers) must do: one suite, over HTTP through the router, for every
//! implementation that there is (P-02).

use serde_json::{Value, json};

use crate::support::{JPEG, MULTIPART, PNG, Part, g, hosts, m};

mod files;
mod identity;
mod values;
mod verification;

/// Runs the whole suite for one implementation.
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

/// The same tests for each of them.
macro_rules! hosts {
    ($($host:ident)+) => {
        suite! {$(
            $host:
            values::{
                stranger_learns_what_is_needed,
                everything_required_is_accepted,
                what_is_given_is_told_of_but_never_shown,
                only_what_is_sent_changes,
                bad_values_are_refused_and_nothing_is_stored,
                unknown_types_are_refused,
                names_that_mean_nothing_are_left_out,
                either_name_of_a_field_is_taken,
                the_same_put_at_once_makes_one_customer,
            },
            identity::{
                id_stays_the_same_for_ever,
                users_of_one_account_are_different_customers,
                ids_of_others_look_like_ids_of_nobody,
                account_sees_its_users_and_they_do_not_see_each_other,
                customer_is_deleted_once_and_nobody_else_with_it,
            },
            verification::{
                value_waits_for_its_code,
                codes_may_come_with_the_customer,
                wrong_code_changes_nothing,
                codes_belong_to_one_customer,
                another_value_needs_another_code,
            },
            files::{
                files_are_values_of_fields,
                files_may_be_sent_before,
                files_of_others_look_like_no_files,
                files_go_with_their_customer,
            };
        )+}
    };
}
hosts! { built_in in_memory over_http }
