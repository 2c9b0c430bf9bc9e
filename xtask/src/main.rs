#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task runner prints its progress")]
//! The tasks of this repository, one subcommand each.
//!
//! `cargo xtask demo` sets the machine up and starts everything on one port; `cargo xtask test`
//! sets the machine up and runs every test. Each step prints what it does and how long it may take,
//! and is skipped when its result is already there.

mod bench;
mod browser;
mod cargo;
mod demo;
mod deny;
mod entries;
mod fuzz;
mod generate;
mod lint;
mod module;
mod npm;
mod one_member;
mod pack;
mod package;
mod postgres;
mod setup;
mod sh;
mod size;
mod stamp;
mod table;
mod test;
mod testing;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{
    setup::Need,
    sh::{Interrupted, Sh},
};

/// The tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Cli {
    /// Stream the output of every step, as when `CI` is set, not only when a step fails
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what the other tasks need: the wasm32 target, wasm-bindgen, wasm-pack, npm packages
    Setup {
        /// Also Chromium and its WebDriver (Debian packages)
        #[arg(long)]
        browser: bool,
        /// Also PostgreSQL (Debian package)
        #[arg(long)]
        postgres: bool,
    },
    /// Set up, build and serve the anchor, the sandbox ledger and the demo wallet on one port
    Demo {
        /// Port to serve on
        #[arg(long, default_value_t = 8000)]
        port: u16,
    },
    /// Set up and run every test, or only the named parts
    Test(test::Args),
    /// Check formatting, clippy (native and wasm32) and documentation, warnings being errors
    Lint {
        /// Repair what the tools can repair
        #[arg(long)]
        fix: bool,
    },
    /// Build the npm package into `sdk/wasm/pkg`
    Wasm,
    /// Build `windlass/testing` into `sdk/wasm/testing/pkg`, and print its size
    Testing,
    /// Pack the npm package into `target/npm`, and fail when one of its files is missing
    Pack,
    /// Measure how fast the server and the npm package are, and how large
    Bench {
        #[command(subcommand)]
        subject: bench::Subject,
    },
    /// Fuzz what reads untrusted bytes, with cargo-fuzz
    Fuzz(fuzz::Args),
    /// Print the size of the npm package and hold it against `sdk/wasm/size-budget.json`
    Size,
    /// Build the demo wallet into `www/dist`
    Www,
    /// Check licences, duplicate and banned dependencies, and sources with cargo-deny
    Deny,
    /// Regenerate the committed files that are derived from the Rust sources
    Generate {
        /// Change nothing; fail when a committed file is out of date
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Interrupted>() => {
            eprintln!("{error}");
            ExitCode::from(130) // what a shell reports for a command ended by Ctrl-C
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    sh::stop_between_steps()?;
    let sh = Sh::new(cli.verbose);
    match cli.task {
        Task::Setup { browser, postgres } => {
            let mut needs = vec![Need::WasmTarget, Need::WasmTools, Need::Npm, Need::Python];
            needs.extend(browser.then_some(Need::Browser));
            needs.extend(postgres.then_some(Need::Postgres));
            setup::ensure(&sh, &needs)?;
            println!("set up");
            Ok(())
        }
        Task::Demo { port } => demo::run(&sh, port),
        Task::Test(args) => test::run(&sh, &args),
        Task::Lint { fix } => lint::run(&sh, fix),
        Task::Wasm => package::build(&sh),
        Task::Testing => testing::run(&sh),
        Task::Pack => pack::run(&sh),
        Task::Bench { subject } => bench::run(&sh, &subject),
        Task::Fuzz(args) => fuzz::run(&sh, &args),
        Task::Size => package::size(&sh),
        Task::Www => npm::build_www(&sh),
        Task::Deny => deny::run(&sh),
        Task::Generate { check } => generate::run(&sh, check),
    }
}
